import type { LocalizedText } from "../../base/index.ts";

/** What a route of the engine does, in the words of a policy. One verb may stand for several routes. */
export interface Verb {
  readonly id: string;
  /**
   * - `read`: tells what every client may know;
   * - `read-inside`: shows what is in a container or an image: output, files, processes;
   * - `read-secret`: may show secrets of others: keys, tokens, credentials;
   * - `write`: makes or changes objects, judged by its effects;
   * - `host`: gives the host or the cluster away by itself, whatever it says;
   * - `tunnel`: opens a pipe that nobody can look into.
   */
  readonly class: "read" | "read-inside" | "read-secret" | "write" | "host" | "tunnel";
  readonly title: LocalizedText;
}

const verb = (id: string, kind: Verb["class"], en: string, ja: string): Verb => ({
  id,
  class: kind,
  title: { en, ja },
});

/** Every verb, by object. */
export const VERBS: readonly Verb[] = [
  verb("system.ping", "read", "ask whether the engine is there", "エンジンの応答確認"),
  verb("system.version", "read", "the engine's version", "エンジンのバージョン"),
  verb("system.info", "read", "the engine's settings and host", "エンジンとホストの設定"),
  verb("system.events", "read", "events as they happen", "イベントの受信"),
  verb("system.disk-usage", "read", "disk usage", "ディスク使用量"),
  verb("system.auth", "host", "log in to a registry from the engine", "エンジンからのレジストリへのログイン"),
  verb("container.list", "read", "list containers", "コンテナの一覧"),
  verb("container.inspect", "read", "inspect a container", "コンテナの詳細"),
  verb("container.wait", "read", "wait for a container to end", "コンテナの終了待ち"),
  verb("container.stats", "read", "resource usage of a container", "コンテナのリソース使用量"),
  verb("container.top", "read-inside", "processes of a container", "コンテナのプロセス"),
  verb("container.logs", "read-inside", "output of a container", "コンテナの出力"),
  verb("container.changes", "read-inside", "changed files of a container", "コンテナの変更ファイル"),
  verb("container.archive-read", "read-inside", "copy files out of a container", "コンテナからのファイルの取出し"),
  verb(
    "container.export",
    "read-inside",
    "export the file system of a container",
    "コンテナのファイルシステムの書出し",
  ),
  verb("container.create", "write", "create a container", "コンテナの作成"),
  verb("container.start", "write", "start a container", "コンテナの開始"),
  verb("container.stop", "write", "stop or kill a container", "コンテナの停止・強制終了"),
  verb("container.restart", "write", "restart a container", "コンテナの再起動"),
  verb("container.pause", "write", "pause and go on", "コンテナの一時停止・再開"),
  verb("container.rename", "write", "rename a container", "コンテナの改名"),
  verb("container.resize", "write", "resize a terminal", "端末サイズの変更"),
  verb("container.update", "write", "change the limits of a container", "コンテナの制限の変更"),
  verb("container.remove", "write", "remove a container", "コンテナの削除"),
  verb("container.prune", "write", "remove stopped containers", "停止コンテナの一括削除"),
  verb("container.archive-write", "write", "copy files into a container", "コンテナへのファイルの書込み"),
  verb("container.attach", "write", "attach to a container", "コンテナへの接続（attach）"),
  verb("container.exec", "write", "run a process in a container", "コンテナ内でのプロセス実行（exec）"),
  verb("container.commit", "write", "make an image of a container", "コンテナからのイメージ作成"),
  verb("container.checkpoint", "host", "checkpoints", "チェックポイント"),
  verb("image.list", "read", "list images", "イメージの一覧"),
  verb("image.inspect", "read", "inspect an image", "イメージの詳細"),
  verb("image.search", "read", "search a registry", "レジストリの検索"),
  verb("image.save", "read-inside", "save images to a file", "イメージの書出し"),
  verb("image.pull", "write", "pull an image", "イメージの取得（pull）"),
  verb("image.push", "write", "push an image", "イメージの送信（push）"),
  verb("image.tag", "write", "tag an image", "イメージへのタグ付け"),
  verb("image.remove", "write", "remove an image", "イメージの削除"),
  verb("image.prune", "write", "remove unused images", "未使用イメージの一括削除"),
  verb("image.build", "write", "build an image", "イメージのビルド"),
  verb("image.load", "write", "load images from a file", "ファイルからのイメージの読込み"),
  verb("image.import", "write", "make an image of a file system", "ファイルシステムからのイメージ作成"),
  verb("build.prune", "write", "remove the build cache", "ビルドキャッシュの削除"),
  verb("network.list", "read", "list networks", "ネットワークの一覧"),
  verb("network.inspect", "read", "inspect a network", "ネットワークの詳細"),
  verb("network.create", "write", "create a network", "ネットワークの作成"),
  verb("network.connect", "write", "connect and disconnect containers", "ネットワークへの接続・切断"),
  verb("network.remove", "write", "remove a network", "ネットワークの削除"),
  verb("network.prune", "write", "remove unused networks", "未使用ネットワークの一括削除"),
  verb("volume.list", "read", "list volumes", "ボリュームの一覧"),
  verb("volume.inspect", "read", "inspect a volume", "ボリュームの詳細"),
  verb("volume.create", "write", "create a volume", "ボリュームの作成"),
  verb("volume.remove", "write", "remove a volume", "ボリュームの削除"),
  verb("volume.prune", "write", "remove unused volumes", "未使用ボリュームの一括削除"),
  verb("volume.update", "write", "change a cluster volume", "クラスタボリュームの変更"),
  verb("service.read", "read", "services, tasks and their logs", "サービスとタスク、そのログ"),
  verb("service.write", "write", "create, change and remove services", "サービスの作成・変更・削除"),
  verb("node.read", "read", "nodes of the swarm", "Swarm のノード"),
  verb("node.write", "host", "change nodes of the swarm", "Swarm のノードの変更"),
  verb("swarm.read", "read-secret", "the swarm and its join tokens", "Swarm の情報と参加トークン"),
  verb("swarm.write", "host", "join, leave and change the swarm", "Swarm への参加・離脱・変更"),
  verb("secret.read", "read", "names of secrets", "シークレットの名前"),
  verb("secret.write", "write", "create, change and remove secrets", "シークレットの作成・変更・削除"),
  verb("config.read", "read-inside", "configs and their content", "コンフィグとその内容"),
  verb("config.write", "write", "create, change and remove configs", "コンフィグの作成・変更・削除"),
  verb("plugin.read", "read", "list and inspect plugins", "プラグインの一覧と詳細"),
  verb("plugin.write", "host", "install and change plugins", "プラグインの導入・変更"),
  verb("distribution.inspect", "host", "ask a registry from the engine", "エンジンからのレジストリへの照会"),
  verb("buildkit", "tunnel", "BuildKit's session and gRPC", "BuildKit のセッションと gRPC"),
  verb("debug", "host", "the daemon's own debugging pages", "デーモンのデバッグ用ページ"),
  verb("libpod", "host", "Podman's own API", "Podman 独自の API"),
];

/** One of the ids of {@link VERBS}. */
export const VERB_IDS: readonly string[] = VERBS.map((entry) => entry.id);

const BY_ID: ReadonlyMap<string, Verb> = new Map(VERBS.map((entry) => [entry.id, entry]));

/** The entry of a verb. */
export const verbOf = (id: string): Verb | undefined => BY_ID.get(id);

/** Names for several verbs at once. `*` at the end of a name does the same: `container.*`. */
export const VERB_GROUPS: Readonly<Record<string, readonly string[]>> = {
  "@read": VERBS.filter((entry) => entry.class === "read").map((entry) => entry.id),
  "@read-inside": VERBS.filter((entry) => entry.class === "read-inside").map((entry) => entry.id),
  "@write": VERBS.filter((entry) => entry.class === "write").map((entry) => entry.id),
};

/** The verbs that a word of a policy stands for; none: the word is unknown. */
export function expandVerb(word: string): readonly string[] {
  const group = VERB_GROUPS[word];
  if (group !== undefined) {
    return group;
  }
  if (word.endsWith(".*")) {
    return VERB_IDS.filter((id) => id.startsWith(word.slice(0, -1)));
  }
  return BY_ID.has(word) ? [word] : [];
}
