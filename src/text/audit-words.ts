import type { Language } from "../base/index.ts";

/** A figure and its counter never part in Japanese: U+00A0 stands between them. */
const nbsp = "\u00a0";

/** The sentences of audit screens. */
export interface AuditWords {
  readonly reaches: (gain: string, ways: number, certain: boolean) => string;
  readonly noPath: string;
  readonly onlyLesser: (gain: string) => string;
  readonly path: string;
  readonly fix: string;
  readonly partialFix: string;
  readonly replacement: string;
  readonly otherFixes: (count: number) => string;
  readonly refused: string;
  readonly refusal: string;
  readonly noFix: string;
  readonly closes: string;
  readonly remains: string;
  readonly findings: string;
  readonly presumed: string;
  readonly unknown: string;
  readonly decidedBy: string;
  readonly more: (paths: number, findings: number) => string;
  readonly moreFindings: (findings: number) => string;
  readonly summary: (hostRoot: number, possible: number, workloads: number, complete: boolean) => string;
  /** Findings that exceptions and the baseline put aside. */
  readonly putAside: (exceptions: number, baseline: number) => string;
  readonly incomplete: string;
  readonly presumptions: string;
  readonly nothing: string;
  readonly host: (findings: number) => string;
  /** What the checks of the daemon and its host came to. */
  readonly controls: (pass: number, fail: number, unknown: number, notApplicable: number) => string;
  /** What was found in how an image is built. */
  readonly imageFindings: (count: number) => string;
  readonly certainly: string;
  readonly possibly: string;
  readonly because: string;
  readonly unresolved: string;
  readonly podSecurity: string;
  readonly podAllowed: string;
  readonly podRefused: string;
}

const en: AuditWords = {
  reaches: (gain, ways, certain) =>
    certain
      ? `reaches ${gain} in ${ways} ${ways === 1 ? "way" : "ways"}, certain`
      : `may reach ${gain} in ${ways} ${ways === 1 ? "way" : "ways"}, possible`,
  noPath: "no path to its host known",
  onlyLesser: (gain) => `no path to root known; gains ${gain}`,
  path: "Shortest path",
  fix: "Least to change",
  partialFix: "Best that can be done here (does not close everything)",
  replacement: "Narrower replacement",
  otherFixes: (count) => `${count} other ${count === 1 ? "fix" : "fixes"}: --all`,
  refused: "Looks like a fix, but the engine refuses it",
  refusal: "The engine refuses this container",
  noFix: "No set of up to four edits closes this whichever way the unknown facts fall.",
  closes: "closes",
  remains: "remains",
  findings: "Findings",
  presumed: "presumed",
  unknown: "unknown",
  decidedBy: "decided by",
  more: (paths, findings) =>
    `${paths} more ${paths === 1 ? "path" : "paths"}, ${findings} ${findings === 1 ? "finding" : "findings"}: --all`,
  moreFindings: (findings) => `${findings} more: --all`,
  summary: (hostRoot, possible, workloads, complete) => {
    const who = `${complete ? "" : "At least "}${hostRoot} of ${workloads} ${workloads === 1 ? "container" : "containers"} can become root on the host`;
    return possible > 0 ? `${who}, ${possible} more possibly.` : `${who}.`;
  },
  putAside: (exceptions, baseline) =>
    `Put aside: ${exceptions} by exceptions, ${baseline} that the baseline knows. What they lead to stays true.`,
  incomplete: "The examination is incomplete:",
  presumptions: "Presumed of the host (say more with --host-facts):",
  nothing: "Nothing to examine.",
  host: (findings) => `Host and daemon: ${findings} ${findings === 1 ? "finding" : "findings"}`,
  controls: (pass, fail, unknown, notApplicable) =>
    `checks: ${pass} pass, ${fail} fail, ${unknown} unknown from here, ${notApplicable} not applicable`,
  imageFindings: (count) =>
    count === 0
      ? "nothing found in how the image is built"
      : `${count} ${count === 1 ? "finding" : "findings"} in how the image is built`,
  certainly: "certain",
  possibly: "possible",
  because: "because",
  unresolved: "Not told by the input",
  podSecurity: "Pod Security Standards",
  podAllowed: "allowed",
  podRefused: "refused",
};

const ja: AuditWords = {
  reaches: (gain, ways, certain) =>
    certain ? `${gain}に到達する(${ways}${nbsp}通り、確実)` : `${gain}に到達しうる(${ways}${nbsp}通り、可能性あり)`,
  noPath: "ホストへ至る経路は知られていない",
  onlyLesser: (gain) => `root への経路は知られていない。得るもの: ${gain}`,
  path: "最短の経路",
  fix: "最小の変更",
  partialFix: "ここでできる最善(すべては閉じない)",
  replacement: "より狭い代替",
  otherFixes: (count) => `ほかの修正 ${count}${nbsp}件: --all`,
  refused: "修正に見えるが、エンジンが拒否する",
  refusal: "エンジンはこのコンテナを拒否する",
  noFix: `未知の事実がどちらに転んでも閉じる変更は、4${nbsp}手以内にはない。`,
  closes: "閉じるもの",
  remains: "残るもの",
  findings: "指摘",
  presumed: "仮定",
  unknown: "不明",
  decidedBy: "決め手",
  more: (paths, findings) => `ほかの経路 ${paths}${nbsp}件、指摘 ${findings}${nbsp}件: --all`,
  moreFindings: (findings) => `ほか ${findings}${nbsp}件: --all`,
  summary: (hostRoot, possible, workloads, complete) => {
    const who = `${workloads}${nbsp}個のコンテナのうち${complete ? "" : "少なくとも"} ${hostRoot}${nbsp}個がホストの root になれる`;
    return possible > 0 ? `${who}。さらに ${possible}${nbsp}個はその可能性がある。` : `${who}。`;
  },
  putAside: (exceptions, baseline) =>
    `除外: 例外 ${exceptions}${nbsp}件、ベースライン ${baseline}${nbsp}件。そこから至る結果は変わらない。`,
  incomplete: "調べきれなかったものがある:",
  presumptions: "ホストについての仮定(--host-facts で指定できる):",
  nothing: "調べるものがない。",
  host: (findings) => `ホストとデーモン: 指摘 ${findings}${nbsp}件`,
  controls: (pass, fail, unknown, notApplicable) =>
    `チェック: 合格 ${pass}、不合格 ${fail}、ここからは不明 ${unknown}、対象外 ${notApplicable}`,
  imageFindings: (count) => (count === 0 ? "イメージの作り方に指摘はない" : `イメージの作り方に指摘 ${count}${nbsp}件`),
  certainly: "確実",
  possibly: "可能性",
  because: "根拠",
  unresolved: "入力からは分からないもの",
  podSecurity: "Pod Security Standards",
  podAllowed: "許可",
  podRefused: "拒否",
};

/** The sentences in one language. */
export const auditWords = (language: Language): AuditWords => (language === "ja" ? ja : en);
