import { auditWorkload, auditWorkloads, type WorkloadAudit } from "../../audit/index.ts";
import type { HostFacts, Workload } from "../../facts/index.ts";
import type { Change, Fix } from "../../findings/index.ts";
import { type Texts, writeEdits } from "../../patch/index.ts";
import { readComposeProject } from "../../readers/compose/index.ts";
import { ReadError } from "../../readers/index.ts";
import { projectsOf } from "../collect.ts";
import { type ComposeVariables, composeOptions } from "../inputs/compose-projects.ts";
import { detectKind, type InputKind } from "../inputs/detect.ts";
import { readInput } from "../inputs/files.ts";

/** What the command line asks to mend. */
export interface FixRequest {
  readonly targets: readonly string[];
  readonly merge: boolean;
  readonly as: InputKind | undefined;
  readonly variables: ComposeVariables;
  readonly host: HostFacts;
  /** The number of the fix in the report, from 1; `undefined`: the cheapest that closes. */
  readonly number: number | undefined;
}

/** What became of one workload. */
export interface WorkloadOutcome {
  readonly id: string;
  /** The gain that the fix closes. */
  readonly goal: string;
  readonly fix: Fix | undefined;
  /** `written`: into the files. `host`: it is a change of the host. `kept`: the files cannot carry it. `none`: no fix closes. */
  readonly state: "written" | "host" | "kept" | "none";
  /** Changes that are left to the user. */
  readonly left: readonly Change[];
}

/** A project, mended. */
export interface ProjectOutcome {
  readonly before: Texts;
  readonly after: Texts;
  readonly workloads: readonly WorkloadOutcome[];
}

/** Mends every project that can be read; the others are left to the audit's own words. Nothing is written to disk here. */
export function fixTargets(request: FixRequest): readonly ProjectOutcome[] {
  return projectsOf(request.targets, request.merge).flatMap(({ projects }) =>
    projects.flatMap((files) => {
      const project = openProject(files, request);
      return project === undefined ? [] : [fixProject(project, request)];
    }),
  );
}

interface Project {
  readonly texts: Texts;
  readonly readAgain: (texts: Texts) => readonly Workload[];
}

/** Kinds of files that are written into. */
const WRITTEN: ReadonlySet<InputKind> = new Set<InputKind>(["compose"]);

function openProject(files: readonly string[], request: FixRequest): Project | undefined {
  try {
    const texts = new Map(files.map((file) => [file, readInput(file)]));
    const [main = "-"] = files;
    const kind = request.as ?? detectKind(texts.get(main) ?? "");
    if (main === "-" || kind === undefined || !WRITTEN.has(kind)) {
      return undefined;
    }
    const readAgain = (changed: Texts): readonly Workload[] =>
      readComposeProject(
        files.map((uri) => ({ uri, text: changed.get(uri) ?? "" })),
        composeOptions(main, request.variables, changed),
      ).workloads;
    // Included files are written into as well: their services are this project's.
    for (const { source } of readAgain(texts)) {
      if (!texts.has(source.uri)) {
        texts.set(source.uri, readInput(source.uri));
      }
    }
    return { texts, readAgain };
  } catch (error) {
    if (error instanceof ReadError) {
      return undefined;
    }
    throw error;
  }
}

function fixProject({ texts, readAgain }: Project, request: FixRequest): ProjectOutcome {
  const audits = auditWorkloads(readAgain(texts), request.host, { fixes: true, peersAreKnown: false });
  let after = texts;
  const workloads: WorkloadOutcome[] = [];
  for (const audit of audits) {
    if (audit.goal === undefined) {
      continue;
    }
    const { outcome, texts: next } = fixWorkload(audit, audit.goal, after, readAgain, request.number);
    workloads.push(outcome);
    after = next;
  }
  return { before: texts, after, workloads };
}

function fixWorkload(
  audit: WorkloadAudit,
  goal: string,
  texts: Texts,
  readAgain: Project["readAgain"],
  number: number | undefined,
): { outcome: WorkloadOutcome; texts: Texts } {
  const candidates = candidatesOf(audit.fixes, number);
  const [first] = candidates;
  if (first === undefined) {
    return { outcome: { id: audit.id, goal, fix: undefined, state: "none", left: [] }, texts };
  }
  for (const fix of candidates) {
    const own = fix.changes.filter(({ edit }) => !edit.startsWith("host."));
    if (own.length === 0 && fix === first) {
      return { outcome: { id: audit.id, goal, fix, state: "host", left: fix.changes }, texts };
    }
    const edits = own.map(({ edit }) => edit);
    const { texts: after, left } = writeEdits(audit.id, edits, texts, audit.host, readAgain);
    const host = fix.changes.filter(({ edit }) => edit.startsWith("host."));
    if (own.length > 0 && left.length === 0 && (host.length > 0 || closed(audit, fix, after, readAgain))) {
      return { outcome: { id: audit.id, goal, fix, state: "written", left: host }, texts: after };
    }
  }
  return { outcome: { id: audit.id, goal, fix: first, state: "kept", left: first.changes }, texts };
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
