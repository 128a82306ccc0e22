import assert from "node:assert/strict";
import type { Workload } from "../../facts/index.ts";
import type { ReadProblem } from "../read-result.ts";
import { type ComposeOptions, readCompose } from "./index.ts";

/** A service read from a few lines, for tests. */
export interface OneService {
  readonly workload: Workload;
  readonly problems: readonly ReadProblem[];
  /** `error 4:13 services.web.cap_add expected a list`. */
  readonly said: readonly string[];
}

export const DIRECTORY = "/srv/app";

/** Reads a service `web` from the lines of its mapping; `top` follows the services. The lines begin in line 3. */
export function readOne(lines: string, top = "", options: ComposeOptions = {}): OneService {
  const indented = lines.replace(/^/gm, "    ");
  const text = `services:\n  web:\n${indented}\n${top}`;
  const { workloads, problems } = readCompose(text, "compose.yaml", {
    directory: DIRECTORY,
    home: "/home/u",
    // No .env is looked for.
    envFiles: [],
    ...options,
  });
  const [workload] = workloads;
  assert.ok(workload !== undefined, "no service was read");
  return { workload, problems, said: problems.map(say) };
}

/** A problem as one line. */
export function say({ severity, place, message }: ReadProblem): string {
  return `${severity} ${place.line}:${place.column} ${place.field ?? ""} ${message.en}`;
}
