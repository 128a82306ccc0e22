import type { LocalizedText } from "../base/index.ts";
import type { Severity } from "./severity.ts";

/** What a process in a container can win, and how bad that is. */
export interface GainKind {
  readonly id: string;
  readonly severity: Severity;
  readonly title: LocalizedText;
  /** Whether it reaches beyond the container and its peers, to the host or to credentials. */
  readonly overHost: boolean;
}

const gain = (id: string, severity: Severity, en: string, ja: string, overHost = true): GainKind => ({
  id,
  severity,
  title: { en, ja },
  overHost,
});

/** Every gain, the worst first: the order in which reports list them. */
export const GAINS: readonly GainKind[] = [
  gain("host-root", "critical", "root on the host", "ホストの root"),
  gain("kernel-code", "critical", "code in the host's kernel", "ホストのカーネル内でのコード実行"),
  gain("host-file-write(*)", "critical", "writing any file of the host", "ホストの任意ファイルへの書込み"),
  gain("host-process-inject", "critical", "code in processes of the host", "ホストのプロセスへのコード注入"),
  gain("engine-api", "critical", "the engine's API", "エンジン API の利用"),
  gain("raw-block-device", "critical", "a disk of the host", "ホストのディスク"),
  gain("host-file-read(*)", "high", "reading any file of the host", "ホストの任意ファイルの読取り"),
  gain("host-uid-exec", "high", "code as a user of the host", "ホストの一般ユーザとしての実行"),
  gain("host-memory-read", "high", "reading the host's memory", "ホストのメモリの読取り"),
  gain(
    "k8s-api(cluster)",
    "critical",
    "the cluster's API as its administrator",
    "クラスタ管理者としての Kubernetes API",
  ),
  gain("cloud-account", "high", "rights in the cloud account", "クラウドアカウントの権限"),
  gain("cred-theft", "high", "credentials of others", "他者の資格情報"),
  gain("other-container-control", "high", "control of other containers", "他のコンテナの支配", false),
  gain("other-container-read", "high", "data of other containers", "他のコンテナのデータ", false),
  gain(
    "host-network-admin",
    "high",
    "the host's network settings and firewall",
    "ホストのネットワーク設定とファイアウォール",
  ),
  gain("host-network-sniff", "high", "the host's network traffic", "ホストの通信の盗聴"),
  gain("host-file-write(usb disk)", "high", "writing to attached USB disks", "接続された USB ディスクへの書込み"),
  gain("host-file-write(covered)", "high", "covering host paths with mounts", "マウントによるホストのパスの覆い隠し"),
  gain(
    "host-file-write(/dev/shm)",
    "medium",
    "writing the host's shared memory files",
    "ホストの共有メモリファイルへの書込み",
  ),
  gain(
    "host-file-write(/var/lib/docker)",
    "critical",
    "writing the engine's data root",
    "エンジンのデータルートへの書込み",
  ),
  gain("host-file-read(accessed)", "high", "reading files that the host opens", "ホストが開くファイルの読取り"),
  gain("host-file-read(loop-backed)", "medium", "reading disk images of the host", "ホストのディスクイメージの読取り"),
  gain("engine-plugin-impersonation", "high", "posing as a plugin of the engine", "エンジンのプラグインへのなりすまし"),
  gain("k8s-token-theft", "high", "service account tokens of other pods", "他の Pod のトークン"),
  gain("k8s-api(sa)", "medium", "the cluster's API as the pod's account", "Pod のアカウントとしての Kubernetes API"),
  gain("localhost-service-access", "medium", "services on the host's loopback", "ホストのループバック上のサービス"),
  gain("abstract-socket-access", "medium", "abstract sockets of the host", "ホストの抽象ソケット"),
  gain("host-shm-access", "medium", "the host's shared memory", "ホストの共有メモリ"),
  gain("log-tamper", "medium", "changing the host's logs", "ホストのログの改ざん"),
  gain("host-dos", "medium", "stopping or disturbing the host", "ホストの停止や妨害"),
  gain("host-info-leak", "medium", "information about the host", "ホストの情報"),
  gain(
    "peer-network-mitm",
    "low",
    "traffic of containers on the same network",
    "同じネットワークのコンテナの通信",
    false,
  ),
  gain("ro-binds-become-rw", "medium", "read-only mounts made writable", "読取り専用マウントの書込み可能化"),
  gain("proc-sys-writable", "high", "writable kernel settings", "カーネル設定の書込み"),
  gain("kernel-attack-surface", "low", "more of the kernel to attack", "カーネルの攻撃面の拡大"),
  gain("container-root", "low", "root inside the container", "コンテナ内の root", false),
];

const BY_ID: ReadonlyMap<string, GainKind> = new Map(GAINS.map((kind) => [kind.id, kind]));
const RANK: ReadonlyMap<string, number> = new Map(GAINS.map((kind, rank) => [kind.id, rank]));

/** Whether a name is in the catalogue. */
export const isGain = (id: string): boolean => BY_ID.has(id);

/** The entry of a gain. */
export function gainKind(id: string): GainKind {
  return BY_ID.get(id) ?? gain(id, "info", id, id, false);
}

/** Place in the order of {@link GAINS}; 0 is the worst. */
export const gainRank = (id: string): number => RANK.get(id) ?? GAINS.length;
