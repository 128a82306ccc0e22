import {
  applyBaseline,
  applyExceptions,
  findingsForBaseline,
  inlineExceptions,
  type Profile,
  selectRules,
} from "../audit/index.ts";
import type { AuditResult, FindingException } from "../findings/index.ts";
import { ReadError } from "../readers/index.ts";
import { readBaseline, writeBaseline } from "./config/baseline-file.ts";
import { readIgnoreFile } from "./config/ignore-file.ts";
import { readInput } from "./inputs/files.ts";

/** What decides which findings count. */
export interface SelectionOptions {
  readonly profile: Profile | undefined;
  readonly rules: readonly string[];
  readonly skipped: readonly string[];
  readonly exceptions: readonly FindingException[];
  readonly ignoreFile: string | undefined;
  /** False with `--no-inline-ignores`. */
  readonly inlineIgnores: boolean;
  /** Files whose comments make no exceptions either: containers name them, not the user. */
  readonly unheeded: ReadonlySet<string>;
  readonly baseline: string | undefined;
  readonly writeBaseline: string | undefined;
  /** `YYYY-MM-DD`, UTC. */
  readonly today: string;
}

/**
 * Leaves the findings that count: those of the chosen rules, without exceptions, and new since the baseline.
 * @throws {ReadError} when the ignore file or the baseline cannot be read.
 */
export function selectFindings(result: AuditResult, options: SelectionOptions): AuditResult {
  const chosen = selectRules(result, options);
  const exceptions = [
    ...options.exceptions,
    ...readIgnoreFile(options.ignoreFile),
    ...(options.inlineIgnores ? inlineOf(chosen, options.unheeded) : []),
  ];
  const standing = applyExceptions(chosen, exceptions, options.today);
  if (options.writeBaseline !== undefined) {
    writeBaseline(options.writeBaseline, findingsForBaseline(standing));
  }
  return options.baseline === undefined ? standing : applyBaseline(standing, readBaseline(options.baseline));
}

/** The comments of every file that a finding or a workload lies in: what is included counts as well as what is named. */
function inlineOf(result: AuditResult, unheeded: ReadonlySet<string>): readonly FindingException[] {
  const named = new Set(result.workloads.map(({ source }) => source.uri));
  const found = result.workloads.flatMap(({ findings }) => findings.map(({ location }) => location.uri));
  const files = new Set([...named, ...found.filter((uri) => !unheeded.has(uri))]);
  return [...files].flatMap((uri) => {
    const text = textOf(uri);
    return text === undefined ? [] : inlineExceptions(text, uri);
  });
}

function textOf(uri: string): string | undefined {
  try {
    return readInput(uri);
  } catch (error) {
    if (error instanceof ReadError) {
      return undefined; // An engine or a run line: there is no file that could hold a comment.
    }
    throw error;
  }
}
