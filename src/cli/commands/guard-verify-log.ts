import { createReadStream } from "node:fs";
import { type LogVerdict, LogVerifier } from "../../guard/index.ts";
import { EXIT } from "../exit-status.ts";
import { languageOf } from "../language.ts";
import { writeOut } from "../terminal.ts";

/** Options of `sekisho guard verify-log`, as commander hands them over. */
export interface VerifyLogOptions {
  readonly format: string;
  readonly expectLast?: string;
  readonly lang?: string;
}

/**
 * `sekisho guard verify-log FILE…`, the oldest first. 0: every record is there and unchanged; 1: something was changed,
 * cut out or moved; 3: whole, but the last record broke off.
 */
export async function runVerifyLog(files: readonly string[], options: VerifyLogOptions): Promise<number> {
  const language = languageOf(options.lang, process.env);
  const verifier = new LogVerifier();
  for (const file of files) {
    try {
      await verifier.read(file, file === "-" ? process.stdin : createReadStream(file));
    } catch (error) {
      if (!(error instanceof Error && "syscall" in error)) {
        throw error;
      }
      process.stderr.write(`sekisho guard verify-log: ${error.message}\n`);
      return EXIT.usage;
    }
  }
  const verdict = verifier.end();
  const endsElsewhere = options.expectLast !== undefined && verdict.lastHash !== options.expectLast;
  if (options.format === "json") {
    await writeOut(
      `${JSON.stringify({ schema: "sekisho.log-verdict/v1", ...verdict, endsElsewhere }, undefined, 2)}\n`,
    );
  } else {
    await writeOut(`${verdictLines(verdict, endsElsewhere, language).join("\n")}\n`);
  }
  return statusOf(verdict, endsElsewhere);
}

function statusOf(verdict: LogVerdict, endsElsewhere: boolean): number {
  if (verdict.problemCount > 0 || endsElsewhere) {
    return EXIT.findings;
  }
  return verdict.torn === undefined ? EXIT.clean : EXIT.incomplete;
}

function verdictLines(verdict: LogVerdict, endsElsewhere: boolean, language: "en" | "ja"): string[] {
  const { records, firstSequence, lastSequence, lastHash, problems, problemCount, torn, closed } = verdict;
  const say = (en: string, ja: string) => (language === "ja" ? ja : en);
  const lines = problems.map(({ file, line, kind, text }) => `${file}:${line}: ${kind}: ${text[language]}`);
  if (problemCount > problems.length) {
    lines.push(say(`… and ${problemCount - problems.length} more`, `… ほか ${problemCount - problems.length} 件`));
  }
  if (torn !== undefined) {
    lines.push(
      say(
        `${torn.file}:${torn.line}: the last record broke off after ${torn.bytes} bytes, as after a crash`,
        `${torn.file}:${torn.line}: 最後のレコードが ${torn.bytes} バイトで途切れています（異常終了時に起こります）。`,
      ),
    );
  }
  if (endsElsewhere) {
    lines.push(
      say(
        "the last record is not the one that was expected: records at the end are missing, or others were added",
        "最後のレコードが期待したものと異なります。末尾のレコードが失われたか、追加されています。",
      ),
    );
  }
  lines.push(
    records === 0
      ? say("no records", "レコードがありません。")
      : say(
          `${records} records (${firstSequence} to ${lastSequence}), ${problemCount} problems; last hash ${lastHash}`,
          `レコード ${records} 件（${firstSequence}〜${lastSequence}）、問題 ${problemCount} 件。最後のハッシュ: ${lastHash}`,
        ),
  );
  if (records > 0 && !closed) {
    lines.push(
      say(
        "the gate did not write that it stopped: it still runs, was killed, or the end was cut off",
        "ゲートの停止記録がありません。稼働中か、強制終了されたか、末尾が切り取られています。",
      ),
    );
  }
  return lines;
}
