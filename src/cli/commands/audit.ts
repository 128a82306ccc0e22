import {
  auditDockerfile,
  auditImage,
  auditWorkloads,
  compareFindings,
  examineHost,
  hostFindingsOf,
  PROFILES,
  type Profile,
  selectSeverity,
  unknownRules,
} from "../../audit/index.ts";
import { type Language, quoteUntrusted } from "../../base/index.ts";
import { podSecurityMinor } from "../../checks/index.ts";
import { EngineError } from "../../engine/index.ts";
import { type AuditResult, type Finding, SEVERITIES, type Severity } from "../../findings/index.ts";
import { ReadError } from "../../readers/index.ts";
import { selectFindings } from "../audit-selection.ts";
import { type Collected, collect } from "../collect.ts";
import { type AuditConfig, readConfig } from "../config/config-file.ts";
import { EXIT } from "../exit-status.ts";
import type { FixRequest } from "../fix/fix-outcome.ts";
import { INPUT_KINDS, type InputKind } from "../inputs/detect.ts";
import { languageOf } from "../language.ts";
import { type Output, parseOutputs, writeOutputs } from "../outputs.ts";
import { progressLine } from "../terminal.ts";

/** Options of `sekisho audit`, as commander hands them over. */
export interface AuditCommandOptions {
  readonly as?: string;
  readonly host?: string;
  readonly hostFacts?: string;
  readonly merge?: boolean;
  readonly envFile?: readonly string[];
  readonly useEnv?: boolean;
  /** `FORMAT` or `FORMAT=FILE`, any number. */
  readonly format?: readonly string[];
  readonly lang?: string;
  readonly failOn?: string;
  /** Least severity that is shown. */
  readonly severity?: string;
  readonly profile?: string;
  /** `latest` or `v1.25`. */
  readonly podSecurityVersion?: string;
  readonly rule?: readonly string[];
  readonly skipRule?: readonly string[];
  readonly config?: string;
  readonly ignoreFile?: string;
  /** False with `--no-inline-ignores`. */
  readonly inlineIgnores: boolean;
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly fix?: boolean;
  /** `--fix=N`. */
  readonly fixNumber?: string;
  readonly dryRun?: boolean;
  readonly compat?: boolean;
  readonly all?: boolean;
  /** False with `--no-fixes`. */
  readonly fixes: boolean;
}

/** Longest name of a rule that is repeated to who wrote it. */
const RULE_CHARACTERS_MAX = 80;

/** Thresholds of `--fail-on`. */
const THRESHOLDS = [...SEVERITIES, "never"] as const;

/** `sekisho audit`. Resolves to the exit status. */
export async function runAudit(
  targets: readonly string[],
  runLine: readonly string[],
  given: AuditCommandOptions,
): Promise<number> {
  let language = languageOf(given.lang, process.env);
  try {
    const config = readConfig(given.config);
    language = languageOf(given.lang ?? config.lang, process.env);
    const options = withConfig(given, config);
    const outputs = parseOutputs(options.format);
    const wrong = usageError(options) ?? (typeof outputs === "string" ? outputs : undefined);
    if (wrong !== undefined || typeof outputs === "string") {
      process.stderr.write(`sekisho audit: ${wrong}\n`);
      return EXIT.usage;
    }
    if (given.compat === true) {
      const { runCompat } = await import("./audit-compat.ts");
      return await runCompat(await collectAll(targets, runLine, options), outputs, language);
    }
    let changed: ReadonlyMap<string, string> = new Map();
    if (given.fix === true || given.fixNumber !== undefined) {
      const fixed = await fixFirst(targets, runLine, options, language, outputs);
      if (typeof fixed === "number") {
        return fixed;
      }
      changed = fixed;
    }
    const { result, unreadable, labelled } = await examine(targets, runLine, { ...options, changed });
    const counted = selectFindings(result, {
      profile: options.profile as Profile | undefined,
      rules: options.rule,
      skipped: options.skipRule,
      exceptions: config.exceptions,
      ignoreFile: given.ignoreFile,
      inlineIgnores: given.inlineIgnores,
      unheeded: labelled,
      baseline: options.baseline,
      writeBaseline: given.writeBaseline,
      today: new Date().toISOString().slice(0, "YYYY-MM-DD".length),
    });
    const failOn = options.failOn as Severity | "never";
    const shown = options.severity === undefined ? counted : selectSeverity(counted, options.severity as Severity);
    const unwritten = await writeOutputs(outputs, shown, { language, all: given.all === true, failOn });
    if (unwritten !== undefined) {
      process.stderr.write(`sekisho audit: ${unwritten}\n`);
      return EXIT.usage;
    }
    return statusOf(counted, unreadable, failOn);
  } catch (error) {
    return failed(error, language);
  }
}

/** Mends the inputs before they are examined. Resolves to an exit status when nothing more is to be done, else to texts. */
async function fixFirst(
  targets: readonly string[],
  runLine: readonly string[],
  options: ReturnType<typeof withConfig>,
  language: Language,
  outputs: readonly Output[],
): Promise<number | ReadonlyMap<string, string>> {
  if (targets.length === 0 && runLine.length === 0) {
    process.stderr.write("sekisho audit: --fix needs files, or a docker run line after --\n");
    return EXIT.usage;
  }
  const { runFix } = await import("../fix/run-fix.ts");
  const { result, unreadable } = await examine(targets, runLine, { ...options, fixes: false });
  const request: FixRequest = {
    targets,
    runLine,
    merge: options.merge === true,
    as: options.as as InputKind | undefined,
    variables: { envFiles: options.envFile, useEnvironment: options.useEnv },
    host: result.host,
    rules: options.rule,
    skipped: options.skipRule,
    number: options.fixNumber === undefined ? undefined : Number(options.fixNumber),
  };
  const dryRun = options.dryRun === true;
  const quiet = outputs.some(({ format, file }) => file === undefined && format !== "table" && format !== "text");
  const { failed: unwritten, shown } = await runFix(request, { language, dryRun, quiet });
  if (unwritten !== undefined) {
    process.stderr.write(`sekisho audit: ${unwritten}\n`);
    return EXIT.usage;
  }
  return dryRun ? statusOf(result, unreadable, options.failOn as Severity | "never") : shown;
}

/** The command line's options over those of the configuration file over the defaults. */
function withConfig(given: AuditCommandOptions, { settings }: AuditConfig) {
  return {
    ...given,
    format: given.format ?? [settings.format ?? "table"].flat(),
    failOn: given.failOn ?? settings.failOn ?? "high",
    severity: given.severity ?? settings.severity,
    profile: given.profile ?? settings.profile,
    podSecurityVersion: given.podSecurityVersion ?? settings.podSecurityVersion ?? "latest",
    rule: given.rule ?? settings.rules ?? [],
    skipRule: given.skipRule ?? settings.skipRules ?? [],
    hostFacts: given.hostFacts ?? settings.hostFacts,
    baseline: given.baseline ?? settings.baseline,
  };
}

type ExamineOptions = Pick<
  ReturnType<typeof withConfig>,
  "as" | "hostFacts" | "host" | "fixes" | "merge" | "envFile" | "useEnv" | "podSecurityVersion"
> & { readonly changed?: ReadonlyMap<string, string> };

async function collectAll(
  targets: readonly string[],
  runLine: readonly string[],
  options: ExamineOptions,
): Promise<Collected> {
  const progress = progressLine("inspect");
  try {
    return await collect({
      targets,
      runLine,
      as: options.as as InputKind | undefined,
      hostFacts: options.hostFacts,
      merge: options.merge === true,
      variables: { envFiles: options.envFile, useEnvironment: options.useEnv },
      engineHost: options.host,
      ...(options.changed && { changed: options.changed }),
      progress: progress.show,
    });
  } finally {
    progress.clear();
  }
}

async function examine(
  targets: readonly string[],
  runLine: readonly string[],
  options: ExamineOptions,
): Promise<{ readonly result: AuditResult; readonly unreadable: boolean; readonly labelled: ReadonlySet<string> }> {
  const collected = await collectAll(targets, runLine, options);
  const minor = podSecurityMinor(options.podSecurityVersion);
  const workloads = auditWorkloads(collected.workloads, collected.host, {
    fixes: options.fixes,
    peersAreKnown: collected.live,
    ...(minor !== undefined && { podSecurityMinor: minor }),
  });
  const views = workloads.flatMap(({ analysis }) => analysis.reached.views);
  const host = collected.daemon === undefined ? undefined : examineHost(collected.daemon);
  const result: AuditResult = {
    complete: collected.complete,
    host: collected.host,
    hostFindings: [...hostFindingsOf(collected.host, views), ...(host?.findings ?? [])].toSorted(compareFindings),
    ...(host && { hostControls: host.controls }),
    workloads: [...workloads, ...collected.dockerfiles.map(auditDockerfile), ...collected.images.map(auditImage)],
    problems: collected.problems,
  };
  return { result, unreadable: collected.unreadable, labelled: collected.labelled };
}

function usageError(options: ReturnType<typeof withConfig>): string | undefined {
  const { as, failOn, severity, profile, podSecurityVersion, fixNumber, rule, skipRule } = options;
  if (fixNumber !== undefined && !/^[1-9]\d{0,3}$/.test(fixNumber)) {
    return "--fix takes the number of a fix in the report: --fix=2";
  }
  const unknown = unknownRules([...rule, ...skipRule]);
  if (unknown.length > 0) {
    return `no rule is named ${unknown.map((name) => quoteUntrusted(name, RULE_CHARACTERS_MAX)).join(", ")}: sekisho rules lists them`;
  }
  if (as !== undefined && !INPUT_KINDS.includes(as as InputKind)) {
    return `--as takes one of ${INPUT_KINDS.join(", ")}`;
  }
  if (severity !== undefined && !SEVERITIES.includes(severity as Severity)) {
    return `--severity takes one of ${SEVERITIES.join(", ")}`;
  }
  if (profile !== undefined && !PROFILES.includes(profile as Profile)) {
    return `--profile takes one of ${PROFILES.join(", ")}`;
  }
  if (podSecurityMinor(podSecurityVersion) === undefined) {
    return "--pod-security-version takes latest or a version such as v1.25";
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
  const counts = ({ severity }: Finding): boolean => SEVERITIES.indexOf(severity) <= threshold;
  const reached =
    result.workloads.some(({ findings }) => findings.some(counts)) ||
    // A version number alone never decides: published faults of the host are possible, not certain.
    result.hostFindings.some((finding) => finding.certainty === "yes" && counts(finding));
  return reached ? EXIT.findings : EXIT.clean;
}
