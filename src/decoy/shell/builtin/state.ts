/** What a script of the small shell works with. */
import type { World } from "./world.ts";

export interface Streams {
  readonly stdin: {
    /** Everything up to the end. */
    readAll(): Promise<Buffer>;
    /** The next line without its end; undefined at the end. */
    readLine(): Promise<string | undefined>;
  };
  stdout(bytes: Uint8Array): void;
  stderr(bytes: Uint8Array): void;
}

export interface ShellState {
  readonly world: World;
  readonly variables: Map<string, string>;
  readonly signal: AbortSignal;
  readonly observe: (line: string) => void;
  workdir: string;
  status: number;
  steps: number;
}

export const NO_INPUT: Streams["stdin"] = { readAll: async () => Buffer.alloc(0), readLine: async () => undefined };
