import { type Language, quoteUntrusted } from "../../base/index.ts";
import type { WorkloadKind } from "../../facts/index.ts";
import type { Change } from "../../findings/index.ts";
import { linesOfCommand, unifiedDiff } from "../../patch/index.ts";
import { pasteLines } from "../../report/index.ts";
import type { InputKind } from "../inputs/detect.ts";
import type { ProjectOutcome, WorkloadOutcome } from "./fix-outcome.ts";

/** Longest name of a workload that is shown. */
const NAME_CHARACTERS_MAX = 80;

const WORDS = {
  en: {
    written: (closes: string) => `closes ${closes}`,
    host: "needs a change of the host:",
    kept: (goal: string) => `${goal}: cannot be written into this file without changing something else; by hand:`,
    none: (goal: string) => `no fix closes ${goal} for certain; --fix=1 writes the best that there is`,
    besides: "besides, on the host:",
    nothing: "nothing to write: no fix is needed, or none can be written into these files",
  },
  ja: {
    written: (closes: string) => `${closes} を閉じます`,
    host: "ホストの変更が必要です:",
    kept: (goal: string) => `${goal}: ほかの設定を変えずにこのファイルへ書き込むことはできません。手で直してください:`,
    none: (goal: string) => `${goal} を確実に閉じる修正はありません。--fix=1 で最善のものを書き込みます`,
    besides: "このほか、ホスト側で:",
    nothing: "書き込むものはありません。修正が不要か、これらのファイルには書き込めません",
  },
} as const;

const KINDS: Readonly<Partial<Record<InputKind, WorkloadKind>>> = {
  compose: "service",
  kubernetes: "pod",
  "docker-run": "run-line",
};

/** What a fix writes, as unified diffs and new run lines, and what it leaves to the user, as comments between them. */
export function fixText(projects: readonly ProjectOutcome[], language: Language): string {
  const parts = projects.flatMap((project) => [
    ...project.workloads.map((workload) => outcomeText(workload, KINDS[project.kind], language)),
    ...(project.kind === "docker-run" ? runLines(project) : diffs(project)),
  ]);
  const text = parts.filter((part) => part !== "").join("");
  return text === "" ? `# ${WORDS[language].nothing}\n` : text;
}

const diffs = ({ before, after }: ProjectOutcome): readonly string[] =>
  Array.from(after, ([uri, text]) => unifiedDiff(uri, before.get(uri) ?? "", text));

const runLines = ({ after, lines }: ProjectOutcome): readonly string[] =>
  lines.map((place) => `${linesOfCommand(after.get(place.uri) ?? "", place)}\n`);

function outcomeText(
  { id, goal, summary, state, left }: WorkloadOutcome,
  kind: WorkloadKind | undefined,
  language: Language,
): string {
  const words = WORDS[language];
  const name = quoteUntrusted(id, NAME_CHARACTERS_MAX);
  const lines = (changes: readonly Change[]) => changes.flatMap((change) => changeLines(change, kind, language));
  const say = (text: string, more: readonly string[] = []): string =>
    [`# ${name}: ${text}`, ...more.map((line) => `#   ${line}`)].map((line) => `${line}\n`).join("");
  switch (state) {
    case "written":
      return say(
        `${summary?.[language] ?? ""}: ${words.written(goal)}`,
        left.length > 0 ? [words.besides, ...lines(left)] : [],
      );
    case "host":
      return say(words.host, lines(left));
    case "kept":
      return say(words.kept(goal), lines(left));
    case "none":
      return say(words.none(goal));
    default:
      return state satisfies never;
  }
}

function changeLines(change: Change, kind: WorkloadKind | undefined, language: Language): readonly string[] {
  const pasted =
    kind === undefined || change.edit === ""
      ? []
      : pasteLines(change, kind, language).map(({ sign, text }) => `${sign} ${text}`);
  return [change.summary[language], ...pasted];
}
