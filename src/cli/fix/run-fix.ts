import { writeFileSync } from "node:fs";
import type { Language } from "../../base/index.ts";
import type { Texts } from "../../patch/index.ts";
import { writeOut } from "../terminal.ts";
import type { FixRequest, ProjectOutcome } from "./fix-outcome.ts";
import { fixTargets } from "./fix-targets.ts";
import { fixText } from "./fix-text.ts";

/** How a fix is shown and written. */
export interface FixOutput {
  readonly language: Language;
  /** Shows the diff and writes nothing. */
  readonly dryRun: boolean;
  /** Standard output is for a report that programs read: the diff goes to standard error. */
  readonly quiet: boolean;
}

/** What came of it. */
export interface FixResult {
  /** What could not be written, in words. */
  readonly failed: string | undefined;
  /** Texts that are only shown: run lines, and what came by standard input. The audit goes on with them. */
  readonly shown: Texts;
}

/** C1 controls and marks that turn the direction of text: a terminal would act on them. */
const ACTIVE = /[\u0080-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Shows the fixes of all targets as diffs and new run lines, and writes those that have a file. */
export async function runFix(request: FixRequest, output: FixOutput): Promise<FixResult> {
  const projects = fixTargets(request);
  const text = fixText(projects, output.language);
  if (output.quiet) {
    process.stderr.write(text);
  } else {
    await writeOut(process.stdout.isTTY === true ? text.replace(ACTIVE, "\ufffd") : text);
  }
  const shown = new Map(
    projects.flatMap(({ kind, after }) => [...after].filter(([uri]) => kind === "docker-run" || uri === "-")),
  );
  return { failed: output.dryRun ? undefined : writeProjects(projects, shown), shown };
}

function writeProjects(projects: readonly ProjectOutcome[], shown: Texts): string | undefined {
  for (const { before, after } of projects) {
    for (const [uri, text] of after) {
      if (text === before.get(uri) || shown.has(uri)) {
        continue;
      }
      try {
        writeFileSync(uri, text);
      } catch (error) {
        return `cannot write ${uri}: ${(error as Error).message}`;
      }
    }
  }
  return undefined;
}
