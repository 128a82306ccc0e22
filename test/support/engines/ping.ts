/** Asks an engine whether it is there. */
import { request } from "node:http";
import { PROBE_MS_MAX } from "./limits.ts";

/** Whether the engine answers `GET /_ping` on its unix socket. Whatever else happens means "not yet". */
export function answersPing(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = request({ socketPath, path: "/_ping", timeout: PROBE_MS_MAX, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    probe.once("error", () => resolve(false));
    probe.once("timeout", () => probe.destroy());
    probe.end();
  });
}
