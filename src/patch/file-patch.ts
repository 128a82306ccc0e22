import type { Workload } from "../facts/index.ts";

/** A file as it is written anew. */
export interface FilePatch {
  readonly uri: string;
  readonly text: string;
}

/** What an edit is written into. */
export interface PatchContext {
  readonly workload: Workload;
  /** The workload as it has to be read afterwards. */
  readonly wanted: Workload;
  /** Text of a file by its uri; `undefined`: it may not be changed. */
  readonly textOf: (uri: string) => string | undefined;
}

/** Objects and numbers of the create body as Compose and the command line spell them. */
export function shortForm(key: string, value: unknown): unknown {
  if (key === "NanoCpus") {
    return String((value as number) / 1e9);
  }
  if (key !== "RestartPolicy") {
    return value;
  }
  const { Name = "no", MaximumRetryCount = 0 } = value as { Name?: string; MaximumRetryCount?: number };
  return `${Name}:${MaximumRetryCount}`;
}
