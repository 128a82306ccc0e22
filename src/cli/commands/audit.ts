import { auditWorkloads, hostFindingsOf } from "../../audit/index.ts";
import { EngineError } from "../../engine/index.ts";
import { type AuditResult, SEVERITIES, type Severity } from "../../findings/index.ts";
import { ReadError } from "../../readers/index.ts";
import { collect } from "../collect.ts";
import { EXIT } from "../exit-status.ts";
import { INPUT_KINDS, type InputKind } from "../inputs/detect.ts";
import { languageOf } from "../language.ts";
import { parseOutputs, writeOutputs } from "../outputs.ts";
import { progressLine } from "../terminal.ts";

/** Options of `sekisho audit`, as commander hands them over. */
export interface AuditCommandOptions {
  readonly as?: string;
  readonly host?: string;
  readonly hostFacts?: string;
  /** `FORMAT` or `FORMAT=FILE`, any number. */
  readonly format?: readonly string[];
  readonly lang?: string;
  readonly failOn: string;
  readonly all?: boolean;
  /** False with `--no-fixes`. */
  readonly fixes: boolean;
}

/** Thresholds of `--fail-on`. */
const THRESHOLDS = [...SEVERITIES, "never"] as const;

/** `sekisho audit`. Resolves to the exit status. */
export async function runAudit(
  targets: readonly string[],
  runLine: readonly string[],
  options: AuditCommandOptions,
): Promise<number> {
  const language = languageOf(options.lang, process.env);
  const outputs = parseOutputs(options.format ?? ["table"]);
  const wrong = usageError(options) ?? (typeof outputs === "string" ? outputs : undefined);
  if (wrong !== undefined || typeof outputs === "string") {
    process.stderr.write(`sekisho audit: ${wrong}\n`);
    return EXIT.usage;
  }
  const progress = progressLine("inspect");
  let result: AuditResult;
  let unreadable: boolean;
  try {
    const collected = await collect({
      targets,
      runLine,
      as: options.as as InputKind | undefined,
      hostFacts: options.hostFacts,
      engineHost: options.host,
      progress: progress.show,
    });
    unreadable = collected.unreadable;
    const workloads = auditWorkloads(collected.workloads, collected.host, {
      fixes: options.fixes,
      peersAreKnown: collected.live,
    });
    result = {
      complete: collected.complete,
      host: collected.host,
      hostFindings: hostFindingsOf(
        collected.host,
        workloads.flatMap(({ analysis }) => analysis.reached.views),
      ),
      workloads,
      problems: collected.problems,
    };
  } catch (error) {
    return failed(error, language);
  } finally {
    progress.clear();
  }
  const failOn = options.failOn as Severity | "never";
  const unwritten = await writeOutputs(outputs, result, { language, all: options.all === true, failOn });
  if (unwritten !== undefined) {
    process.stderr.write(`sekisho audit: ${unwritten}\n`);
    return EXIT.usage;
  }
  return statusOf(result, unreadable, failOn);
}

function usageError({ as, failOn }: AuditCommandOptions): string | undefined {
  if (as !== undefined && !INPUT_KINDS.includes(as as InputKind)) {
    return `--as takes one of ${INPUT_KINDS.join(", ")}`;
  }
  return THRESHOLDS.includes(failOn as Severity) ? undefined : `--fail-on takes one of ${THRESHOLDS.join(", ")}`;
}

/** Says what stopped the whole audit. */
export function failed(error: unknown, language: "en" | "ja"): number {
  if (error instanceof EngineError) {
    process.stderr.write(`sekisho: ${error.message}\n`);
    return EXIT.incomplete;
  }
  if (error instanceof ReadError) {
    const { uri, line, column } = error.place;
    const place = [uri, line, column].filter((part) => part !== undefined).join(":");
    process.stderr.write(`sekisho: ${place}: ${error.text[language]}\n`);
    return EXIT.usage;
  }
  throw error;
}

/** Unreadable input is 2, an incomplete examination 3, findings at the threshold 1: whatever is examined, never 0 then. */
function statusOf(result: AuditResult, unreadable: boolean, failOn: Severity | "never"): number {
  if (unreadable) {
    return EXIT.usage;
  }
  if (!result.complete) {
    return EXIT.incomplete;
  }
  const threshold = failOn === "never" ? -1 : SEVERITIES.indexOf(failOn);
  const reached = result.workloads.some(({ findings }) =>
    findings.some(({ severity }) => SEVERITIES.indexOf(severity) <= threshold),
  );
  return reached ? EXIT.findings : EXIT.clean;
}
