import { type Language, quoteUntrusted } from "../../base/index.ts";
import { type RecordedLog, type ReplayChange, type Replayed, replay } from "../../guard/index.ts";
import { EXIT } from "../exit-status.ts";
import { callText, readLogs } from "../guard-log.ts";
import { hostLayersOf } from "../guard-setup.ts";
import { languageOf } from "../language.ts";
import { loadPolicy } from "../policy-file.ts";
import { writeOut } from "../terminal.ts";
import { problemText } from "./guard.ts";

/** Options of `sekisho guard replay`, as commander hands them over. */
export interface ReplayCommandOptions {
  readonly policy: string;
  readonly format: string;
  readonly hostFacts?: string;
  readonly lang?: string;
}

/** Changes that are listed; more are counted. */
const LISTED_MAX = 1_000;

/** Reasons of one change that are shown, and their length. */
const REASONS_SHOWN = 3;
const REASON_CHARACTERS_MAX = 400;

/**
 * `sekisho guard replay --policy NEW LOG…`. 0: no call would change; 1: some would; 2: the policy or a log cannot be read;
 * 3: parts of the log could not be judged, and nothing else would change.
 */
export async function runGuardReplay(files: readonly string[], options: ReplayCommandOptions): Promise<number> {
  const language = languageOf(options.lang, process.env);
  if (options.format !== "text" && options.format !== "json") {
    process.stderr.write("sekisho guard replay: --format takes text or json\n");
    return EXIT.usage;
  }
  let log: RecordedLog;
  let replayed: Replayed;
  try {
    const policy = loadPolicy(options.policy, language);
    log = await readLogs(files);
    replayed = await replay(log.calls, policy, { hostLayers: hostLayersOf(undefined, options.hostFacts) });
  } catch (error) {
    const told = problemText(error, language);
    if (told === undefined) {
      throw error;
    }
    process.stderr.write(`sekisho guard replay: ${told}\n`);
    return EXIT.usage;
  }
  await writeOut(options.format === "json" ? jsonText(log, replayed, language) : plainText(log, replayed, language));
  if (replayed.changes.length > 0) {
    return EXIT.findings;
  }
  return unused(log) > 0 ? EXIT.incomplete : EXIT.clean;
}

const unused = ({ withoutBody, broken, dropped }: RecordedLog): number => withoutBody + broken + dropped;

function jsonText(log: RecordedLog, { changes, same, notJudged }: Replayed, language: Language): string {
  const document = {
    schema: "sekisho.guard-replay/v1",
    records: log.records,
    calls: log.calls.length,
    same,
    notJudged,
    withoutBody: log.withoutBody,
    broken: log.broken,
    dropped: log.dropped,
    changeCount: changes.length,
    changes: changes.slice(0, LISTED_MAX).map(({ call, to, code, reasons }) => ({
      client: call.client,
      method: call.request.method,
      target: call.request.target,
      file: call.file,
      line: call.line,
      count: call.count,
      from: to === "refused" ? "allowed" : "refused",
      to,
      code,
      reasons: reasons.map((reason) => ({ ...reason, message: reason.message[language] })),
    })),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

const CHANGE_WORDS = {
  refused: { en: "allowed -> refused", ja: "許可 → 拒否" },
  allowed: { en: "refused -> allowed", ja: "拒否 → 許可" },
} as const;

function plainText(log: RecordedLog, { changes, same, notJudged }: Replayed, language: Language): string {
  const lines = changes.slice(0, LISTED_MAX).flatMap((change) => changeLines(change, language));
  const more = changes.length - LISTED_MAX;
  if (more > 0) {
    lines.push(language === "ja" ? `… ほか ${more} 種` : `… and ${more} more`);
  }
  const refused = changes.filter(({ to }) => to === "refused").length;
  lines.push(
    language === "ja"
      ? `異なる呼び出し ${log.calls.length} 種: 変わらない ${same}、新たに拒否 ${refused}、新たに許可 ${changes.length - refused}、判定できない ${notJudged}`
      : `${log.calls.length} different calls: ${same} as before, ${refused} newly refused, ${changes.length - refused} newly allowed, ${notJudged} that a log cannot decide`,
  );
  if (unused(log) > 0) {
    lines.push(
      language === "ja"
        ? `使えなかった記録: ${unused(log)} 件（本文がない、壊れている、または上限を超えた）`
        : `${unused(log)} records could not be used: without their body, broken, or beyond the bound`,
    );
  }
  return `${lines.join("\n")}\n`;
}

function changeLines({ call, to, reasons }: ReplayChange, language: Language): string[] {
  const shown = reasons
    .slice(0, REASONS_SHOWN)
    .map(({ message }) => `    ${quoteUntrusted(message[language], REASON_CHARACTERS_MAX)}`);
  return [`${CHANGE_WORDS[to][language]}: ${callText(call)}`, ...shown];
}
