/** Runs programs of visitors in a thread of its own, one after the other. It has no way out: no network, no files. */
import { parentPort } from "node:worker_threads";
import type { Job } from "../job.ts";
import { runJob } from "./run-job.ts";

parentPort?.on("message", (job: Job) => {
  runJob(job).then(
    (result) => parentPort?.postMessage({ result }),
    (error: unknown) =>
      parentPort?.postMessage({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
parentPort?.postMessage({ ready: true });
