/**
 * The threads in which programs of visitors run. Few, so that a flood of them takes no more than its share; a program
 * that takes too long is run once more in a lane of its own, so that short ones never wait behind long ones.
 */
import { Worker } from "node:worker_threads";
import type { Job, JobResult } from "./job.ts";

/** Threads for programs that are quick. */
export const QUICK_WORKERS_MAX = 2;

/** Time of a program in the quick lane, milliseconds. */
export const QUICK_MS_MAX = 800;

/** Time of a program in the slow lane, milliseconds. */
export const SLOW_MS_MAX = 5000;

/** Programs that wait for a thread. */
export const WAITING_MAX = 128;

/** Programs of one visitor that wait for a thread. */
export const WAITING_OF_ONE_MAX = 16;

/** Memory of one thread, MiB. */
export const WORKER_MIB_MAX = 96;

/** Programs that one thread runs before it makes room for a fresh one. */
const RUNS_MAX = 500;

/** Time that a thread may take to start, milliseconds. */
const START_MS_MAX = 20_000;

/** Visitors whose use of the threads is remembered. */
const VISITORS_MAX = 1000;

/** What one running program counts for when the next is chosen, milliseconds. */
const BUSY_MS = 1000;

/** Why there is no result. */
export type JobFailure = "too-long" | "out-of-memory" | "busy" | "closed" | "failed";

interface Waiting {
  readonly job: () => Job;
  readonly owner: string;
  readonly slow: boolean;
  readonly done: (result: JobResult | JobFailure) => void;
}

/** Runs from the sources and from the bundle, where the worker is a file of its own. */
const ENTRY = import.meta.url.endsWith(".ts")
  ? new URL("./sandbox/worker.ts", import.meta.url)
  : new URL("../shell-worker.js", import.meta.url);

export class WorkerPool {
  readonly #waiting: Waiting[] = [];
  readonly #lanes: Lane[] = [...Array.from({ length: QUICK_WORKERS_MAX }, () => new Lane(false)), new Lane(true)];
  /** What visitors took of the threads lately, milliseconds. */
  readonly #spent = new Map<string, number>();
  #closed = false;

  /** Runs a job; it is made when its turn comes. Never rejects. */
  run(owner: string, job: () => Job): Promise<JobResult | JobFailure> {
    return new Promise((done) => this.#add({ job, owner, slow: false, done }));
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const { done } of this.#waiting.splice(0)) {
      done("closed");
    }
    await Promise.all(this.#lanes.map((lane) => lane.close()));
  }

  #add(waiting: Waiting): void {
    const lane = this.#waiting.filter(({ slow }) => slow === waiting.slow);
    if (this.#closed) {
      waiting.done("closed");
    } else if (
      lane.length >= WAITING_MAX ||
      lane.filter(({ owner }) => owner === waiting.owner).length >= WAITING_OF_ONE_MAX
    ) {
      waiting.done(waiting.slow ? "too-long" : "busy");
    } else {
      this.#waiting.push(waiting);
      this.#next();
    }
  }

  #next(): void {
    for (const lane of this.#lanes) {
      if (lane.busy !== undefined) {
        continue;
      }
      const index = this.#turn(lane);
      const [waiting] = index < 0 ? [] : this.#waiting.splice(index, 1);
      if (waiting !== undefined) {
        const started = performance.now();
        void lane.run(waiting.owner, waiting.job).then((result) => {
          this.#charge(waiting.owner, performance.now() - started);
          if (result === "too-long" && !lane.slow && !this.#closed) {
            this.#add({ ...waiting, slow: true });
          } else {
            waiting.done(result);
          }
          this.#next();
        });
      }
    }
  }

  #charge(owner: string, ms: number): void {
    const spent = (this.#spent.get(owner) ?? 0) + ms;
    this.#spent.delete(owner);
    this.#spent.set(owner, spent);
    if (this.#spent.size > VISITORS_MAX) {
      this.#spent.delete(this.#spent.keys().next().value ?? "");
    }
  }

  /** Whose turn it is: the visitor's who took least so far, and has nothing running. */
  #turn(lane: Lane): number {
    const busy = new Set(this.#lanes.map((each) => each.busy));
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (const [index, { slow, owner }] of this.#waiting.entries()) {
      const spent = (this.#spent.get(owner) ?? 0) + (busy.has(owner) ? BUSY_MS : 0);
      if (slow === lane.slow && spent < least) {
        least = spent;
        best = index;
      }
    }
    return best;
  }
}

/** One thread, started when it is first needed and again after it was stopped. */
class Lane {
  readonly slow: boolean;
  /** Whose program runs. */
  busy: string | undefined;
  #worker: Worker | undefined;
  #starting: Promise<Worker | undefined> | undefined;
  #runs = 0;

  constructor(slow: boolean) {
    this.slow = slow;
  }

  async run(owner: string, job: () => Job): Promise<JobResult | JobFailure> {
    this.busy = owner;
    try {
      if (this.#runs >= RUNS_MAX) {
        await this.close();
      }
      const worker = await this.#ready();
      if (worker === undefined) {
        await this.close();
        return "failed";
      }
      this.#runs += 1;
      const result = await this.#ask(worker, job());
      if (typeof result === "string") {
        await this.close();
        if (result !== "closed") {
          void this.#ready(); // the next one finds it started
        }
      }
      return result;
    } catch {
      await this.close();
      return "failed"; // what cannot be handed over, or a thread that cannot be started
    } finally {
      this.busy = undefined;
    }
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#starting = undefined;
    this.#runs = 0;
    await worker?.terminate();
  }

  /** The thread, started if there is none. */
  #ready(): Promise<Worker | undefined> {
    this.#starting ??= this.#start();
    return this.#starting;
  }

  async #start(): Promise<Worker | undefined> {
    const worker = new Worker(ENTRY, {
      resourceLimits: { maxOldGenerationSizeMb: WORKER_MIB_MAX, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
      env: {},
      execArgv: [],
      stdin: false,
      stdout: true,
      stderr: true,
    });
    worker.unref();
    this.#worker = worker;
    worker.stdout.resume();
    worker.stderr.resume();
    worker.on("error", () => {}); // a thread that dies between two programs is replaced
    worker.on("exit", () => {
      if (this.#worker === worker) {
        this.#worker = undefined;
        this.#starting = undefined;
      }
    });
    const answer = await messageOf<{ ready?: true }>(worker, START_MS_MAX);
    return typeof answer === "string" ? undefined : worker;
  }

  async #ask(worker: Worker, job: Job): Promise<JobResult | JobFailure> {
    worker.ref();
    const answer = messageOf<{ result?: JobResult }>(worker, this.slow ? SLOW_MS_MAX : QUICK_MS_MAX);
    worker.postMessage(job);
    const got = await answer;
    worker.unref();
    return typeof got === "string" ? got : (got.result ?? "failed");
  }
}

/** The next message of a thread, or why there is none. */
function messageOf<Message>(worker: Worker, ms: number): Promise<Message | JobFailure> {
  return new Promise((resolve) => {
    const end = (answer: Message | JobFailure): void => {
      clearTimeout(timer);
      worker.off("message", end);
      worker.off("error", failed);
      worker.off("exit", gone);
      resolve(answer);
    };
    const failed = (error: Error & { code?: string }): void =>
      end(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "out-of-memory" : "failed");
    const gone = (): void => end("closed");
    const timer = setTimeout(() => end("too-long"), ms);
    worker.on("message", end);
    worker.on("error", failed);
    worker.on("exit", gone);
  });
}
