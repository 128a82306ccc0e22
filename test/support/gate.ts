import { spawn } from "node:child_process";
import { resolve } from "node:path";
import type { TestContext } from "node:test";

const MAIN = resolve(import.meta.dirname, "../../src/cli/main.ts");

/** Runs `sekisho guard` with arguments until the test ends. Resolves to the addresses that it listens on. */
export function runGate(context: TestContext, args: readonly string[], listeners = 1) {
  const child = spawn(process.execPath, [MAIN, "guard", ...args], { stdio: ["ignore", "ignore", "pipe"] });
  const ended = new Promise<void>((done) => child.once("close", () => done()));
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    await ended;
  };
  context.after(stop);
  let talk = "";
  return new Promise<{ readonly uris: readonly string[]; readonly stop: () => Promise<void> }>((found, reject) => {
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      talk += text;
      const uris = [...talk.matchAll(/listening on (\S+)\n/g)].map((match) => match[1] ?? "");
      if (uris.length === listeners) {
        found({ uris, stop });
      }
    });
    child.once("close", () => reject(new Error(talk)));
  });
}
