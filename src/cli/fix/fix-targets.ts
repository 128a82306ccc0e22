import { auditWorkload, auditWorkloads, matchesRule, type WorkloadAudit } from "../../audit/index.ts";
import type { LocalizedText } from "../../base/index.ts";
import { CHECKS } from "../../checks/index.ts";
import type { Change, Finding, Fix } from "../../findings/index.ts";
import { type Texts, writeEdits } from "../../patch/index.ts";
import { joinArguments } from "../../readers/docker-run/index.ts";
import { COMMAND_LINE, projectsOf } from "../collect.ts";
import { fixDockerfile } from "./fix-dockerfile.ts";
import type { FixRequest, ProjectOutcome, WorkloadOutcome } from "./fix-outcome.ts";
import { openProject, type Project, runLineProject } from "./fix-project.ts";

/** Mends every project that can be read; the others are left to the audit's own words. Nothing is written to disk here. */
export function fixTargets(request: FixRequest): readonly ProjectOutcome[] {
  const words = request.runLine;
  const projects = [
    ...projectsOf(request.targets, request.merge).flatMap(({ projects: found }) =>
      found.map((files) => openProject(files, request)),
    ),
    ...(words.length > 0 ? [runLineProject(joinArguments(words).line, COMMAND_LINE)] : []),
  ];
  return projects.flatMap((project) =>
    project === undefined
      ? []
      : [project.kind === "dockerfile" ? fixDockerfile(project, request) : fixProject(project, request)],
  );
}

/** Mends one project. */
export function fixProject({ kind, texts, readAgain }: Project, request: FixRequest): ProjectOutcome {
  let after = texts;
  const workloads: WorkloadOutcome[] = [];
  for (const { id, host } of auditWorkloads(readAgain(texts), request.host, { fixes: false, peersAreKnown: false })) {
    // What was written for one container of a pod may have mended another one.
    const workload = readAgain(after).find((entry) => entry.id === id);
    for (const step of workload === undefined
      ? []
      : stepsFor(auditWorkload(workload, host, true), request, readAgain)) {
      const done = step(after);
      workloads.push(done.outcome);
      after = done.texts;
    }
  }
  const mended = new Set(workloads.filter(({ state }) => state === "written").map(({ id }) => id));
  const lines =
    kind === "docker-run" ? readAgain(after).flatMap(({ id, source }) => (mended.has(id) ? [source] : [])) : [];
  return { kind, before: texts, after, workloads, lines };
}

/** What is to be done about one workload: close its worst gain, or carry out what the chosen checks say. */
function stepsFor(
  audit: WorkloadAudit,
  { rules, skipped, number }: FixRequest,
  readAgain: Project["readAgain"],
): readonly ((texts: Texts) => Step)[] {
  const chosen = (finding: Finding): boolean =>
    rules.some((pattern) => matchesRule(pattern, finding)) && !skipped.some((pattern) => matchesRule(pattern, finding));
  const found = rules.length === 0 ? [] : audit.findings.filter(chosen);
  const checks = found.flatMap(({ id }) => CHECKS.filter((check) => check.id === id));
  const { goal } = audit;
  return [
    ...(goal !== undefined && (rules.length === 0 || found.length > checks.length)
      ? [(texts: Texts) => fixWorkload(audit, goal, texts, readAgain, number)]
      : []),
    ...checks.map((check) => (texts: Texts) => remedy(audit, check, texts, readAgain)),
  ];
}

interface Step {
  readonly outcome: WorkloadOutcome;
  readonly texts: Texts;
}

function fixWorkload(
  audit: WorkloadAudit,
  goal: string,
  texts: Texts,
  readAgain: Project["readAgain"],
  number: number | undefined,
): Step {
  const candidates = candidatesOf(audit.fixes, number);
  const [first] = candidates;
  const outcome = (
    state: WorkloadOutcome["state"],
    fix: Fix | undefined,
    left: readonly Change[],
  ): WorkloadOutcome => ({
    id: audit.id,
    goal,
    summary: fix && summaryOf(fix),
    state,
    left,
  });
  if (first === undefined) {
    return { outcome: outcome("none", undefined, []), texts };
  }
  for (const fix of candidates) {
    const own = fix.changes.filter(({ edit }) => !edit.startsWith("host."));
    if (own.length === 0 && fix === first) {
      return { outcome: outcome("host", fix, fix.changes), texts };
    }
    const edits = own.map(({ edit }) => edit);
    const { texts: after, left } = writeEdits(audit.id, edits, texts, audit.host, readAgain);
    const host = fix.changes.filter(({ edit }) => edit.startsWith("host."));
    if (own.length > 0 && left.length === 0 && (host.length > 0 || closed(audit, fix, after, readAgain))) {
      return { outcome: outcome("written", fix, host), texts: after };
    }
  }
  return { outcome: outcome("kept", first, first.changes), texts };
}

const summaryOf = ({ changes }: Fix): LocalizedText => ({
  en: changes.map(({ summary }) => summary.en).join(", "),
  ja: changes.map(({ summary }) => summary.ja).join("、"),
});

/** Carries out what one check says to do. */
function remedy(
  audit: WorkloadAudit,
  { id: goal, remedy: { summary, edit } }: (typeof CHECKS)[number],
  texts: Texts,
  readAgain: Project["readAgain"],
): Step {
  const { id } = audit;
  const change = { id: goal, summary, edit: edit ?? "" };
  if (edit !== undefined) {
    const { texts: after, left } = writeEdits(id, [edit], texts, audit.host, readAgain);
    const workload = left.length > 0 ? undefined : readAgain(after).find((entry) => entry.id === id);
    const still = workload && auditWorkload(workload, audit.host, false).findings.some((entry) => entry.id === goal);
    if (still === false) {
      return { outcome: { id, goal, summary, state: "written", left: [] }, texts: after };
    }
  }
  return { outcome: { id, goal, summary, state: "kept", left: [change] }, texts };
}

/** The fixes to try, in order: the one that was asked for, or those that close, the cheapest first. */
function candidatesOf(fixes: readonly Fix[], number: number | undefined): readonly Fix[] {
  if (number !== undefined) {
    return fixes.slice(number - 1, number);
  }
  return fixes.filter(({ kind }) => kind === "closing");
}

/** The audit of what the files say now agrees: what the fix closes is closed. */
function closed(audit: WorkloadAudit, fix: Fix, texts: Texts, readAgain: Project["readAgain"]): boolean {
  const workload = readAgain(texts).find(({ id }) => id === audit.id);
  if (workload === undefined) {
    return false;
  }
  const gains = new Set(auditWorkload(workload, audit.host, false).gains.map(({ gain }) => gain));
  return fix.closes.every((gain) => !gains.has(gain));
}
