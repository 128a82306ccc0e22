/** The page of each preset: what its client can and cannot do, and what the judge says of requests of every kind. */
import type { Language, LocalizedText } from "../src/base/index.ts";
import { decodeRequest } from "../src/engine/index.ts";
import { createJudge, ModelEngine } from "../src/guard/index.ts";
import { OWNER_LABEL, type Preset, presetPolicy, VERBS, verbOf } from "../src/policy/index.ts";

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

/** What the judge says of each probe under a preset. */
export async function verdictsOf(id: string): Promise<ReadonlyMap<string, boolean>> {
  const policy = presetPolicy(id, "en");
  if (policy === undefined) {
    return new Map();
  }
  const clients = new Map(
    [...policy.clients].map(([name, { limits, ...rules }]) => {
      const { requestsPerSecond: _, ...others } = limits;
      return [name, { ...rules, limits: others }] as const;
    }),
  );
  const judge = createJudge({ policy: { ...policy, clients }, lookup: engineOf(id).lookup(), now: () => 0 });
  const verdicts = new Map<string, boolean>();
  for (const probe of PROBES) {
    const { decision } = await judge.judge(requestOf(probe), { client: id });
    verdicts.set(probe.id, decision !== "deny");
  }
  return verdicts;
}

function requestOf({ method, target, body, streamed }: Pick<Probe, "method" | "target" | "body" | "streamed">) {
  const text = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
  return {
    method,
    target,
    headers: [
      ...(text === undefined ? [] : [["Content-Type", "application/json"] as const]),
      ...(streamed === true ? [["Transfer-Encoding", "chunked"] as const] : []),
    ],
    ...(text !== undefined && { body: text }),
  };
}

/** An engine with one container of the client, two of others, and an image of the client. */
function engineOf(client: string): ModelEngine {
  const engine = new ModelEngine({ unknown: { kind: "absent" }, counts: true });
  const Labels = { [OWNER_LABEL]: client };
  for (const [method, target, body] of [
    ["POST", "/containers/create?name=own", { Image: "i", Labels }],
    ["POST", "/containers/create?name=other", { Image: "i" }],
    ["POST", "/containers/create?name=root", { Image: "i", HostConfig: { Binds: ["/:/host"] } }],
    ["POST", `/build?t=mine&labels=${encodeURIComponent(JSON.stringify(Labels))}`, undefined],
  ] as const) {
    const decoded = decodeRequest(requestOf({ method, target, body, streamed: body === undefined }));
    if (decoded.ok) {
      engine.apply(decoded.request);
    }
  }
  return engine;
}

const WORDS = {
  en: {
    can: "It can",
    cannot: "It cannot",
    judged: "What the gate answers",
    about:
      'One request of each kind, judged by the gate\'s own code under this preset. "Others" are containers that this client did not make.',
    head: "| request | answer |",
    yes: "allowed",
    no: "refused",
    verbs: "Verbs",
    use: "Use",
    start: "Show it, change it, run it:",
  },
  ja: {
    can: "できること",
    cannot: "できないこと",
    judged: "ゲートの答え",
    about:
      "各種のリクエスト 1 件ずつを、このプリセットの下でゲート自身のコードが判定した結果です。「他者」は、このクライアントが作ったのではないコンテナです。",
    head: "| リクエスト | 答え |",
    yes: "許可",
    no: "拒否",
    verbs: "動詞",
    use: "使い方",
    start: "表示し、手直しして、使います。",
  },
} as const;

/** The page of a preset, below its title. */
export async function presetPage({ id, can, cannot }: Preset, language: Language): Promise<readonly string[]> {
  const words = WORDS[language];
  const verdicts = await verdictsOf(id);
  const verbs = presetPolicy(id, language)?.clients.get(id)?.verbs ?? new Set<string>();
  return [
    `## ${words.can}`,
    "",
    ...can.map((text) => `- ${text[language]}`),
    "",
    `## ${words.cannot}`,
    "",
    ...cannot.map((text) => `- ${text[language]}`),
    "",
    `## ${words.judged}`,
    "",
    words.about,
    "",
    words.head,
    "| --- | --- |",
    ...PROBES.map(
      (probe) => `| ${probe.title[language]} | ${verdicts.get(probe.id) === true ? words.yes : words.no} |`,
    ),
    "",
    `## ${words.verbs}`,
    "",
    ...VERBS.filter((verb) => verbs.has(verb.id)).map(
      (verb) => `- \`${verb.id}\`: ${verbOf(verb.id)?.title[language]}`,
    ),
    "",
    `## ${words.use}`,
    "",
    words.start,
    "",
    "```sh",
    `sekisho guard policy show ${id} > policy.yaml`,
    `sekisho guard --policy policy.yaml --listen unix:///run/sekisho/${id}.sock`,
    "```",
  ];
}
