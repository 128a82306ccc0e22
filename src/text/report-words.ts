import type { Language } from "../base/index.ts";

/** Words of the reports that are written to files. */
export interface ReportWords {
  readonly severities: Readonly<Record<"critical" | "high" | "medium" | "low" | "info", string>>;
  readonly workload: string;
  readonly place: string;
  readonly gain: string;
  readonly firstFix: string;
  readonly none: string;
  readonly possible: string;
  readonly host: string;
  readonly findings: (count: number) => string;
  readonly more: (count: number) => string;
  readonly writtenBy: string;
}

const en: ReportWords = {
  severities: { critical: "critical", high: "high", medium: "medium", low: "low", info: "info" },
  workload: "Workload",
  place: "Place",
  gain: "Reaches",
  firstFix: "Least to change",
  none: "no path known",
  possible: "possible",
  host: "Host",
  findings: (count) => `${count} ${count === 1 ? "finding" : "findings"}`,
  more: (count) => `${count} more`,
  writtenBy: "Written by",
};

const ja: ReportWords = {
  severities: { critical: "緊急", high: "高", medium: "中", low: "低", info: "情報" },
  workload: "対象",
  place: "場所",
  gain: "到達先",
  firstFix: "最小の変更",
  none: "知られた経路なし",
  possible: "可能性あり",
  host: "ホスト",
  findings: (count) => `検出 ${count}\u00a0件`,
  more: (count) => `ほか ${count}\u00a0件`,
  writtenBy: "作成:",
};

/** The words in a language. */
export const reportWords = (language: Language): ReportWords => (language === "ja" ? ja : en);
