/** Requests of every kind that a gate may be asked, for the pages of its presets. */
import type { LocalizedText } from "../src/base/index.ts";

/** A request of one kind, in words. */
export interface Probe {
  readonly id: string;
  readonly title: LocalizedText;
  readonly method: string;
  readonly target: string;
  readonly body?: unknown;
  readonly streamed?: boolean;
}

const get = (id: string, target: string, en: string, ja: string): Probe => ({
  id,
  method: "GET",
  target,
  title: { en, ja },
});
const post = (id: string, target: string, body: unknown, en: string, ja: string): Probe => ({
  ...{ id, method: "POST", target, title: { en, ja } },
  ...(body !== undefined && { body }),
});
const create = (id: string, HostConfig: object, en: string, ja: string): Probe =>
  post(id, "/containers/create", { Image: "busybox:1.36", Cmd: ["sleep", "1"], HostConfig }, en, ja);
const publish = (id: string, HostIp: string, HostPort: string, en: string, ja: string): Probe =>
  create(id, { PortBindings: { "80/tcp": [{ HostIp, HostPort }] } }, en, ja);

/** `own` is a container that the client made, `other` one that it did not, `root` one of others that has the host's root. */
export const PROBES: readonly Probe[] = [
  get("list", "/containers/json", "list containers", "コンテナの一覧"),
  get("events", "/events", "follow events", "イベントの受信"),
  get("info", "/info", "ask for the engine's settings and host", "エンジンとホストの設定"),
  get("inspect-other", "/containers/other/json", "inspect containers of others", "他者のコンテナの詳細"),
  get(
    "logs-other",
    "/containers/other/logs?stdout=1",
    "read the output of containers of others",
    "他者のコンテナの出力",
  ),
  get(
    "files-other",
    "/containers/other/archive?path=%2F",
    "copy files out of containers of others",
    "他者のコンテナからのファイルの取出し",
  ),
  post(
    "exec-other",
    "/containers/other/exec",
    { Cmd: ["id"] },
    "run commands in containers of others",
    "他者のコンテナでのコマンド実行",
  ),
  { ...post("stop-other", "/containers/other/stop", undefined, "stop containers of others", "他者のコンテナの停止") },
  {
    ...get("remove-other", "/containers/other", "remove containers of others", "他者のコンテナの削除"),
    method: "DELETE",
  },
  post(
    "exec-root",
    "/containers/root/exec",
    { Cmd: ["id"] },
    "run commands in a container that has the host's root directory",
    "ホストのルートを持つコンテナでのコマンド実行",
  ),
  post(
    "start-root",
    "/containers/root/start",
    undefined,
    "start a container that has the host's root directory",
    "ホストのルートを持つコンテナの開始",
  ),
  get("inspect-own", "/containers/own/json", "inspect its own containers", "自分のコンテナの詳細"),
  get("logs-own", "/containers/own/logs?stdout=1", "read the output of its own containers", "自分のコンテナの出力"),
  post(
    "exec-own",
    "/containers/own/exec",
    { Cmd: ["id"] },
    "run commands in its own containers",
    "自分のコンテナでのコマンド実行",
  ),
  post(
    "exec-privileged",
    "/containers/own/exec",
    { Cmd: ["id"], Privileged: true },
    "run privileged commands",
    "特権付きのコマンド実行",
  ),
  {
    ...get(
      "copy-in",
      "/containers/own/archive?path=%2F",
      "copy files into its own containers",
      "自分のコンテナへのファイルの書込み",
    ),
    method: "PUT",
    streamed: true,
  },
  get(
    "copy-out",
    "/containers/own/archive?path=%2F",
    "copy files out of its own containers",
    "自分のコンテナからのファイルの取出し",
  ),
  post("stop-own", "/containers/own/stop", undefined, "stop its own containers", "自分のコンテナの停止"),
  { ...get("remove-own", "/containers/own", "remove its own containers", "自分のコンテナの削除"), method: "DELETE" },
  post("rename-own", "/containers/own/rename?name=new", undefined, "rename its own containers", "自分のコンテナの改名"),
  create("create", {}, "make a container", "コンテナの作成"),
  create(
    "volume-mount",
    { Binds: ["data:/data"] },
    "make a container with a named volume",
    "名前付きボリュームを持つコンテナの作成",
  ),
  create(
    "host-path",
    { Binds: ["/srv/work:/work"] },
    "make a container with a path of the host",
    "ホストのパスを持つコンテナの作成",
  ),
  create(
    "engine-socket",
    { Binds: ["/var/run/docker.sock:/s"] },
    "make a container with the engine's socket",
    "エンジンのソケットを持つコンテナの作成",
  ),
  create("privileged", { Privileged: true }, "make a privileged container", "特権コンテナの作成"),
  create("capability", { CapAdd: ["NET_ADMIN"] }, "add a capability", "ケーパビリティの追加"),
  create(
    "device",
    { Devices: [{ PathOnHost: "/dev/fuse", PathInContainer: "/dev/fuse", CgroupPermissions: "rwm" }] },
    "use a device of the host",
    "ホストのデバイスの利用",
  ),
  create("host-network", { NetworkMode: "host" }, "use the host's network", "ホストのネットワークの利用"),
  create("host-processes", { PidMode: "host" }, "see the host's processes", "ホストのプロセスの閲覧"),
  create("seccomp-off", { SecurityOpt: ["seccomp=unconfined"] }, "switch seccomp off", "seccomp の無効化"),
  create(
    "restart",
    { RestartPolicy: { Name: "always" } },
    "make a container that starts again by itself",
    "自動で再起動するコンテナの作成",
  ),
  publish("port-loopback", "127.0.0.1", "8080", "publish port 8080 on 127.0.0.1", "127.0.0.1 の 8080 番の公開"),
  publish("port-any", "", "8080", "publish port 8080 on every address", "全アドレスの 8080 番の公開"),
  publish("port-low", "", "80", "publish port 80 on every address", "全アドレスの 80 番の公開"),
  post(
    "join-other",
    "/containers/create",
    { Image: "busybox:1.36", HostConfig: { NetworkMode: "container:other" } },
    "share the network of a container of others",
    "他者のコンテナのネットワークへの参加",
  ),
  get("images", "/images/json", "list images", "イメージの一覧"),
  post("pull", "/images/create?fromImage=busybox&tag=1.36", undefined, "pull images", "イメージの取得"),
  {
    ...post("build", "/build?t=mine", undefined, "build images with the classic builder", "従来のビルダーでのビルド"),
    streamed: true,
  },
  post("buildkit", "/session", undefined, "open BuildKit's tunnel", "BuildKit のトンネル"),
  post("tag", "/images/mine/tag?repo=mine&tag=2", undefined, "tag images", "イメージへのタグ付け"),
  post("push", "/images/mine/push?tag=2", undefined, "push images", "イメージの送信"),
  { ...get("image-remove", "/images/mine", "remove images", "イメージの削除"), method: "DELETE" },
  get("networks", "/networks", "list networks", "ネットワークの一覧"),
  post("network", "/networks/create", { Name: "n" }, "make a network", "ネットワークの作成"),
  post(
    "network-macvlan",
    "/networks/create",
    { Name: "n", Driver: "macvlan" },
    "make a network on the host's own segment",
    "ホストと同じセグメントのネットワークの作成",
  ),
  get("volumes", "/volumes", "list volumes", "ボリュームの一覧"),
  post("volume", "/volumes/create", { Name: "v" }, "make a volume", "ボリュームの作成"),
  post(
    "volume-root",
    "/volumes/create",
    { Name: "v", DriverOpts: { type: "none", o: "bind", device: "/" } },
    "make a volume of the host's root directory",
    "ホストのルートのボリュームの作成",
  ),
  post("prune", "/containers/prune", undefined, "remove stopped containers", "停止コンテナの一括削除"),
  get("services", "/services", "see services of a swarm", "Swarm のサービスの閲覧"),
  get("nodes", "/nodes", "see nodes of a swarm", "Swarm のノードの閲覧"),
  get("swarm", "/swarm", "see a swarm's join tokens", "Swarm の参加トークンの閲覧"),
  get("configs", "/configs", "read configs of a swarm", "Swarm のコンフィグの閲覧"),
  post("plugin", "/plugins/pull?remote=p&name=p", [], "install a plugin of the engine", "エンジンのプラグインの導入"),
];
