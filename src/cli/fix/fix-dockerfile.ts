import { auditDockerfile, matchesRule } from "../../audit/index.ts";
import { DOCKERFILE_CHECKS, type DockerfileCheck } from "../../checks/index.ts";
import type { Finding } from "../../findings/index.ts";
import { endWithUser, rewriteInstruction } from "../../patch/index.ts";
import { readDockerfile } from "../../readers/dockerfile/index.ts";
import { UNUSED_USER } from "../../remedies/index.ts";
import type { FixRequest, ProjectOutcome, WorkloadOutcome } from "./fix-outcome.ts";
import type { Project } from "./fix-project.ts";

/** Most findings that are mended in one Dockerfile. */
const MENDED_MAX = 1000;

/** Mends a Dockerfile of every chosen finding that can be mended without a choice of its author's. */
export function fixDockerfile({ main, texts }: Project, { rules, skipped }: FixRequest): ProjectOutcome {
  const chosen = (check: DockerfileCheck): boolean =>
    check.fix !== undefined &&
    (rules.length === 0 || rules.some((rule) => matchesRule(rule, check))) &&
    !skipped.some((rule) => matchesRule(rule, check));
  let text = texts.get(main) ?? "";
  const outcomes: WorkloadOutcome[] = [];
  for (const check of DOCKERFILE_CHECKS.filter(chosen)) {
    const { text: after, left, mended } = mend(text, main, check);
    text = after;
    const outcome = { id: main, goal: check.id, summary: check.title };
    if (mended) {
      outcomes.push({ ...outcome, state: "written", left: [] });
    }
    if (left) {
      const change = { id: check.id, summary: check.explanation, edit: "" };
      outcomes.push({ ...outcome, state: "kept", left: [change] });
    }
  }
  return { kind: "dockerfile", before: texts, after: new Map(texts).set(main, text), workloads: outcomes, lines: [] };
}

/** Rewrites matches from the last to the first, as long as each leaves one fewer and brings no other finding. */
function mend(given: string, uri: string, check: DockerfileCheck): { text: string; left: boolean; mended: boolean } {
  let text = given;
  let left = check.find(readDockerfile(text, uri)).length > 0;
  let mended = false;
  for (let count = 0; left && count < MENDED_MAX; count += 1) {
    const after = oneFewer(text, uri, check);
    if (after === undefined) {
      break;
    }
    text = after;
    mended = true;
    left = check.find(readDockerfile(text, uri)).length > 0;
  }
  return { text, left, mended };
}

function oneFewer(text: string, uri: string, { id, fix, find }: DockerfileCheck): string | undefined {
  const file = readDockerfile(text, uri);
  const before = countsOf(auditDockerfile(file).findings);
  for (const { place } of find(file).toReversed()) {
    const after =
      fix === "end-with-user" ? endWithUser(text, file, UNUSED_USER) : fix && rewriteInstruction(text, place, fix);
    const now = after === undefined ? undefined : countsOf(auditDockerfile(readDockerfile(after, uri)).findings);
    const better = now !== undefined && (now.get(id) ?? 0) < (before.get(id) ?? 0);
    if (better && [...now].every(([rule, count]) => count <= (before.get(rule) ?? 0))) {
      return after;
    }
  }
  return undefined;
}

function countsOf(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { id } of findings) {
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}
