import type { Language } from "../base/index.ts";

const EN = {
  verdict: { malicious: "malicious", recon: "looked around", benign: "harmless" },
  verdictSentence: {
    malicious: "This was an attack.",
    recon: "Somebody looked for an engine and did no more.",
    benign: "Nothing here is an attack.",
  },
  session: "Session",
  sessions: "Sessions",
  noSessions: "No visitor yet.",
  from: "from",
  to: "to",
  source: "Source",
  clients: "Clients",
  requests: (count: number) => `${count} ${count === 1 ? "request" : "requests"}`,
  connections: (count: number) => `${count} ${count === 1 ? "connection" : "connections"}`,
  story: "What happened",
  timeline: "Step by step",
  techniques: "ATT&CK v17",
  indicators: "Indicators",
  noIndicators: "Nothing to share.",
  context: "Part of the story, met in innocent places too",
  gains: "A real engine would have given away",
  files: "Files that were brought",
  reasons: "Why",
  decoded: (layers: string) => `Decoded (${layers})`,
  basis: { observed: "seen", likely: "likely", reported: "reported" },
  request: (number: number) => `request ${number}`,
  left: "Left",
  secret: "secret",
  more: (count: number) => `and ${count} more`,
  seconds: (count: number) => `${count} s`,
  answered: (status: number) => `Answered ${status}`,
  untrusted:
    "Text of visitors is shown with its control characters; addresses are written so that nobody clicks on them.",
};

const JA: typeof EN = {
  verdict: { malicious: "攻撃", recon: "偵察", benign: "無害" },
  verdictSentence: {
    malicious: "これは攻撃です。",
    recon: "エンジンを探しただけで、それ以上のことはしていません。",
    benign: "攻撃にあたるものはありません。",
  },
  session: "セッション",
  sessions: "セッション一覧",
  noSessions: "訪問者はまだいません。",
  from: "開始",
  to: "終了",
  source: "接続元",
  clients: "クライアント",
  requests: (count) => `要求 ${count}\u00a0件`,
  connections: (count) => `接続 ${count}\u00a0本`,
  story: "何が起きたか",
  timeline: "経過",
  techniques: "ATT&CK v17",
  indicators: "痕跡情報 (IoC)",
  noIndicators: "共有すべきものはありません。",
  context: "経緯の一部ですが、無害な場所でも見られるもの",
  gains: "本物のエンジンであれば奪われていたもの",
  files: "持ち込まれたファイル",
  reasons: "判断の理由",
  decoded: (layers) => `復号結果 (${layers})`,
  basis: { observed: "観測", likely: "推定", reported: "報告" },
  request: (number) => `要求 ${number}`,
  left: "立ち去った",
  secret: "秘密情報",
  more: (count) => `ほか ${count}\u00a0件`,
  seconds: (count) => `${count}\u00a0秒`,
  answered: (status) => `応答 ${status}`,
  untrusted: "訪問者の書いた文字列は制御文字を見える形で示しています。アドレスは誤って開かれない形で書かれています。",
};

/** Words of the reports about sessions. */
export type DecoyWords = typeof EN;

/** Words of the reports about sessions, in a language. */
export const decoyWords = (language: Language): DecoyWords => (language === "ja" ? JA : EN);
