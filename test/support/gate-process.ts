/** The gate as its users run it: a process of its own before an engine. */
import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";

const MAIN = resolve(import.meta.dirname, "../../src/cli/main.ts");

/** How long the gate may take to open, on a loaded machine. */
const START_MS_MAX = 60_000;

/** A gate that runs. */
export interface GateProcess {
  readonly child: ChildProcess;
  /** What it has written on its standard error so far. */
  readonly talk: () => string;
  /** Ends it with SIGTERM. Resolves to its exit status. */
  readonly stop: () => Promise<number | null>;
}

/** Starts `sekisho guard` with some arguments and waits until it listens. */
export function startGate(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<GateProcess> {
  const { PATH = "" } = process.env;
  const child = spawn(process.execPath, [MAIN, "guard", ...args], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { PATH, HOME: "/nonexistent", LANG: "C.UTF-8", ...environment },
  });
  let text = "";
  const ended = new Promise<number | null>((resolveStatus) => child.once("close", resolveStatus));
  return new Promise((resolveGate, reject) => {
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`the gate does not open: ${text}`));
    }, START_MS_MAX);
    void ended.then(() => {
      clearTimeout(timer);
      reject(new Error(`the gate ended at its start: ${text}`));
    });
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      if (/^listening on /m.test(text)) {
        clearTimeout(timer);
        resolveGate({
          child,
          talk: () => text,
          stop: () => {
            child.kill("SIGTERM");
            return ended;
          },
        });
      }
    });
  });
}
