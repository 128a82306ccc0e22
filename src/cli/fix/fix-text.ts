import { type Language, quoteUntrusted } from "../../base/index.ts";
import type { Change, Fix } from "../../findings/index.ts";
import { unifiedDiff } from "../../patch/index.ts";
import { pasteLines } from "../../report/index.ts";
import type { ProjectOutcome, WorkloadOutcome } from "./fix-targets.ts";

/** Longest name of a workload that is shown. */
const NAME_CHARACTERS_MAX = 80;

const WORDS = {
  en: {
    written: (closes: string) => `closes ${closes}`,
    host: "needs a change of the host:",
    kept: "cannot be written into this file without changing something else; by hand:",
    none: (goal: string) => `no fix closes ${goal} for certain; --fix=1 writes the best that there is`,
    besides: "besides, on the host:",
    nothing: "nothing to write: no fix is needed, or none can be written into these files",
  },
  ja: {
    written: (closes: string) => `${closes} を閉じます`,
    host: "ホストの変更が必要です:",
    kept: "ほかの設定を変えずにこのファイルへ書き込むことはできません。手で直してください:",
    none: (goal: string) => `${goal} を確実に閉じる修正はありません。--fix=1 で最善のものを書き込みます`,
    besides: "このほか、ホスト側で:",
    nothing: "書き込むものはありません。修正が不要か、これらのファイルには書き込めません",
  },
} as const;

/** What a fix writes, as unified diffs, and what it leaves to the user, as comments between them. */
export function fixText(projects: readonly ProjectOutcome[], language: Language): string {
  const parts = projects.flatMap((project) => [
    ...project.workloads.map((workload) => outcomeText(workload, language)),
    ...Array.from(project.after, ([uri, text]) => unifiedDiff(uri, project.before.get(uri) ?? "", text)),
  ]);
  const text = parts.filter((part) => part !== "").join("");
  return text === "" ? `# ${WORDS[language].nothing}\n` : text;
}

function outcomeText({ id, goal, fix, state, left }: WorkloadOutcome, language: Language): string {
  const words = WORDS[language];
  const name = quoteUntrusted(id, NAME_CHARACTERS_MAX);
  const lines = (changes: readonly Change[]) => changes.flatMap((change) => changeLines(change, language));
  const say = (text: string, more: readonly string[] = []): string =>
    [`# ${name}: ${text}`, ...more.map((line) => `#   ${line}`)].map((line) => `${line}\n`).join("");
  switch (state) {
    case "written":
      return say(
        `${summaryOf(fix, language)}: ${words.written(goal)}`,
        left.length > 0 ? [words.besides, ...lines(left)] : [],
      );
    case "host":
      return say(words.host, lines(left));
    case "kept":
      return say(words.kept, lines(left));
    case "none":
      return say(words.none(goal));
    default:
      return state satisfies never;
  }
}

const summaryOf = (fix: Fix | undefined, language: Language): string =>
  (fix?.changes ?? []).map(({ summary }) => summary[language]).join(language === "ja" ? "、" : ", ");

function changeLines(change: Change, language: Language): readonly string[] {
  const pasted = pasteLines(change, "service", language).map(({ sign, text }) => `${sign} ${text}`);
  return [change.summary[language], ...pasted];
}
