/** Real clients, run the same way against the engine itself and through a gate, and what differs only by chance taken out. */

import { Buffer } from "node:buffer";
import { spawn } from "node:child_process";

/** One thing that a user does: commands one after another. */
export interface ClientRun {
  readonly name: string;
  readonly steps: readonly ClientStep[];
}

export interface ClientStep {
  readonly program: string;
  readonly args: readonly string[];
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Milliseconds after which the client is interrupted, as by Ctrl-C: for streams that never end. */
  readonly interruptAfterMs?: number;
  /** The output is compared as a set of lines: the client writes it in parallel. */
  readonly unordered?: boolean;
  /** Only the exit status is compared: the output is measured values. */
  readonly onlyStatus?: boolean;
}

export interface StepResult {
  readonly command: string;
  readonly status: number | null;
  readonly output: string;
}

/** How long one command may take on a loaded machine. */
const STEP_MS_MAX = 60_000;

/** Runs every step with DOCKER_HOST set. */
export async function runAs(run: ClientRun, dockerHost: string): Promise<readonly StepResult[]> {
  const results: StepResult[] = [];
  for (const step of run.steps) {
    results.push(await runStep(step, dockerHost));
  }
  return results;
}

function runStep(step: ClientStep, dockerHost: string): Promise<StepResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(step.program, step.args, {
      env: { ...process.env, DOCKER_HOST: dockerHost, DOCKER_CONFIG: "/nonexistent", ...step.environment },
      stdio: ["pipe", "pipe", "pipe"],
      timeout: STEP_MS_MAX,
      killSignal: "SIGKILL",
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.stdin.on("error", () => {}); // it may end before it has read everything
    if (step.input !== undefined) {
      child.stdin.write(step.input);
    }
    child.stdin.end();
    const timer =
      step.interruptAfterMs === undefined ? undefined : setTimeout(() => child.kill("SIGINT"), step.interruptAfterMs);
    child.on("error", reject);
    child.on("close", (status) => {
      clearTimeout(timer);
      const text = `${normalised(Buffer.concat(stdout).toString("latin1"))}\n--- stderr\n${normalised(Buffer.concat(stderr).toString("latin1"))}`;
      const sorted = step.unordered === true ? text.split("\n").sort().join("\n") : text;
      resolve({
        command: [step.program, ...step.args].join(" "),
        status,
        output: step.onlyStatus === true ? "" : sorted,
      });
    });
  });
}

/** Takes out what differs between two runs of the same thing: ids, times, durations, addresses. */
export function normalised(text: string): string {
  return text
    .replace(/\b[0-9a-f]{64}\b/g, "ID")
    .replace(/\b[0-9a-f]{12}\b/g, "ID")
    .replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?: ?[+-]\d\d:?\d\d|Z)?(?: UTC)?/g, "TIME")
    .replace(/"(?:time|timeNano)":\d+/g, "TIME")
    .replace(/(?:Less than a second|About a minute|\d+ (?:second|minute)s?)( ago)?/g, "AGO")
    .replace(/\b\d+(?:\.\d+)?m?s\b/g, "DURATION")
    .replace(/\b\d+(?:\.\d+)?(?:k|M)?B\/s\b/g, "RATE")
    .replace(/[ \t]+/g, " ");
}
