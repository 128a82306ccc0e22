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
  readonly how: string;
  readonly moreWays: (count: number) => string;
  readonly noChange: string;
  readonly closes: string;
  readonly remains: string;
  readonly pictures: string;
  readonly pictureTitle: (name: string) => string;
  readonly graphTitle: (name: string) => string;
  readonly graphColumns: readonly [written: string, fact: string, technique: string, gain: string];
  readonly wallStates: Readonly<Record<"holds" | "absent" | "weakened" | "open" | "unknown", string>>;
  readonly walls: Readonly<Record<WallName, string>>;
  readonly all: string;
  readonly certainty: string;
  readonly certain: string;
  readonly openWalls: string;
  readonly auditReport: string;
  readonly complete: string;
  readonly notComplete: string;
  readonly reachRoot: string;
  readonly reachPossible: string;
  readonly reachLesser: string;
}

/** Names of the walls in the isolation picture. */
type WallName =
  | "mnt"
  | "pid"
  | "net"
  | "ipc"
  | "uts"
  | "user"
  | "cgroup"
  | "time"
  | "capabilities"
  | "seccomp"
  | "lsm"
  | "identity"
  | "mounts"
  | "sockets"
  | "devices"
  | "cgroup-tree";

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
  how: "How",
  moreWays: (count) => `${count} more ${count === 1 ? "way" : "ways"}, listed in the data of this page`,
  noChange: "nothing to change is known",
  closes: "closes",
  remains: "remains",
  pictures: "Path and walls",
  pictureTitle: (name) => `What separates ${name} from its host`,
  graphTitle: (name) => `Escape path of ${name}`,
  graphColumns: ["Written", "Fact", "Technique", "Gain"],
  wallStates: { holds: "holds", absent: "absent, unused", weakened: "weakened", open: "open", unknown: "unknown" },
  walls: {
    mnt: "mnt",
    pid: "pid",
    net: "net",
    ipc: "ipc",
    uts: "uts",
    user: "user",
    cgroup: "cgroup",
    time: "time",
    capabilities: "capabilities",
    seccomp: "seccomp",
    lsm: "LSM",
    identity: "identity",
    mounts: "files",
    sockets: "sockets",
    devices: "devices",
    "cgroup-tree": "cgroups",
  },
  all: "All workloads",
  certainty: "Certainty",
  certain: "certain",
  openWalls: "Open walls",
  auditReport: "Audit report",
  complete: "complete",
  notComplete: "incomplete",
  reachRoot: "reach host root",
  reachPossible: "possibly, an unknown decides",
  reachLesser: "gain something less",
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
  how: "経路",
  moreWays: (count) => `ほか ${count}\u00a0通り(このページのデータに記載)`,
  noChange: "変更すべき点は知られていません",
  closes: "閉じるもの",
  remains: "残るもの",
  pictures: "経路と壁",
  pictureTitle: (name) => `${name} をホストから隔てるもの`,
  graphTitle: (name) => `${name} の脱出経路`,
  graphColumns: ["記述", "事実", "手口", "得るもの"],
  wallStates: {
    holds: "保たれている",
    absent: "なし(未使用)",
    weakened: "薄い",
    open: "開いている",
    unknown: "不明",
  },
  walls: {
    mnt: "mnt",
    pid: "pid",
    net: "net",
    ipc: "ipc",
    uts: "uts",
    user: "user",
    cgroup: "cgroup",
    time: "time",
    capabilities: "権限",
    seccomp: "seccomp",
    lsm: "LSM",
    identity: "ユーザ",
    mounts: "ファイル",
    sockets: "ソケット",
    devices: "デバイス",
    "cgroup-tree": "cgroup 木",
  },
  all: "すべての対象",
  certainty: "確かさ",
  certain: "確実",
  openWalls: "開いた壁",
  auditReport: "監査レポート",
  complete: "完全",
  notComplete: "不完全",
  reachRoot: "ホストの root に到達",
  reachPossible: "可能性あり(不明な事実次第)",
  reachLesser: "より小さなものを得る",
};

/** The words in a language. */
export const reportWords = (language: Language): ReportWords => (language === "ja" ? ja : en);
