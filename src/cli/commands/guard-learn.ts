import { writeFileSync } from "node:fs";
import { stringify } from "yaml";
import { type Language, quoteUntrusted } from "../../base/index.ts";
import { type Learnt, type LeftOut, learn, type RecordedLog } from "../../guard/index.ts";
import { EXIT } from "../exit-status.ts";
import { callText, readLogs } from "../guard-log.ts";
import { hostLayersOf } from "../guard-setup.ts";
import { languageOf } from "../language.ts";
import { parsePolicy } from "../policy-file.ts";
import { writeOut } from "../terminal.ts";
import { problemText } from "./guard.ts";

/** Options of `sekisho guard learn`, as commander hands them over. */
export interface LearnCommandOptions {
  readonly output?: string;
  readonly own?: string;
  readonly refused?: boolean;
  readonly hostFacts?: string;
  readonly lang?: string;
}

/** Calls that are listed one by one; more are counted. */
const LISTED_MAX = 200;

/** Characters of a call and of a reason that are shown. */
const SHOWN_CHARACTERS_MAX = 240;

const WHY: Readonly<Record<LeftOut["why"], Readonly<Record<Language, string>>>> = {
  "host-gain": { en: "left out: it would give the host away", ja: "除外: ホストを明け渡すことになります" },
  "not-expressible": { en: "left out: no rule allows just this", ja: "除外: これだけを許可する規則を書けません" },
  "was-refused": { en: "left out: it was refused then, too", ja: "除外: 記録時にも拒否されています" },
};

/**
 * `sekisho guard learn LOG…`. 0: every call is in the policy; 1: some are left out; 2: nothing could be read; 3: parts of
 * the log could not be used.
 */
export async function runGuardLearn(files: readonly string[], options: LearnCommandOptions): Promise<number> {
  const language = languageOf(options.lang, process.env);
  const say = (en: string, ja: string): void => {
    process.stderr.write(`${language === "ja" ? ja : en}\n`);
  };
  const { own, hostFacts, output } = options;
  if (own !== undefined && own !== "only" && own !== "any") {
    say(
      "sekisho guard learn: --own takes only or any",
      "sekisho guard learn: --own には only か any を指定してください",
    );
    return EXIT.usage;
  }
  let log: RecordedLog;
  let learnt: Learnt;
  try {
    log = await readLogs(files);
    learnt = await learn(log.calls, {
      language,
      refused: options.refused === true,
      ...(own !== undefined && { own }),
      hostLayers: hostLayersOf(undefined, hostFacts),
    });
    const text = policyText(learnt, language);
    if (learnt.learnt.length > 0) {
      parsePolicy(text, output ?? "policy", language); // what is written can be read again
      await (output === undefined || output === "-" ? writeOut(text) : writeFileSync(output, text, { flag: "wx" }));
    }
  } catch (error) {
    const told = problemText(error, language);
    if (told === undefined) {
      throw error;
    }
    process.stderr.write(`sekisho guard learn: ${told}\n`);
    return EXIT.usage;
  }
  for (const line of leftOutLines(learnt.leftOut, language)) {
    process.stderr.write(`${line}\n`);
  }
  const missing = log.withoutBody + log.broken + log.dropped;
  say(
    `${log.records} records, ${log.calls.length} different calls: ${learnt.learnt.length} learnt, ${learnt.leftOut.length} left out`,
    `記録 ${log.records} 件、異なる呼び出し ${log.calls.length} 種: 学習 ${learnt.learnt.length} 種、除外 ${learnt.leftOut.length} 種`,
  );
  if (missing > 0) {
    say(
      `not used: ${log.withoutBody} records without their body, ${log.broken} lines that are no whole record, ${log.dropped} beyond the bound`,
      `使えなかったもの: 本文のない記録 ${log.withoutBody} 件、完全でない行 ${log.broken} 行、上限を超えた記録 ${log.dropped} 件`,
    );
    return log.records === 0 ? EXIT.usage : EXIT.incomplete;
  }
  return learnt.leftOut.some(({ why }) => why !== "was-refused") ? EXIT.findings : EXIT.clean;
}

function policyText({ policy, leftOut }: Learnt, language: Language): string {
  const heads = {
    en: ["Learnt from what was observed: read it before it is used.", "Left out:"],
    ja: ["観測した通信から学習したポリシーです。使う前に内容を確認してください。", "除外したもの:"],
  }[language];
  const lines = leftOut.length === 0 ? [] : [heads[1] ?? "", ...leftOutLines(leftOut, language)];
  const comments = [heads[0] ?? "", ...lines].map((line) => `# ${line}\n`).join("");
  return `${comments}${stringify(policy, { lineWidth: 100 })}`;
}

/** One line a call. What a client wrote is quoted, so that no line of it becomes one of the policy. */
function leftOutLines(leftOut: readonly LeftOut[], language: Language): string[] {
  const lines = leftOut.slice(0, LISTED_MAX).map(({ call, why, reasons }) => {
    const reason = reasons[0]?.message[language];
    const shown = reason === undefined ? "" : `: ${quoteUntrusted(reason, SHOWN_CHARACTERS_MAX)}`;
    return `${callText(call)}: ${WHY[why][language]}${shown}`;
  });
  const more = leftOut.length - lines.length;
  return more === 0 ? lines : [...lines, language === "ja" ? `… ほか ${more} 種` : `… and ${more} more`];
}
