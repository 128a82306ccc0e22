import type { LocalizedText } from "../../../base/index.ts";
import { type Act, type ActKind, memberOf, textOf } from "../acts/index.ts";
import { landedFiles } from "../deeds.ts";
import { installerHosts } from "../known-hosts.ts";
import { headerOf } from "../visit.ts";
import { hostOf, urlOf } from "./network-commands.ts";
import type { Scene, SceneRule, Sign } from "./sign.ts";

type Found = Omit<Sign, "rule">;

/** Calls that only ask, and what they are asked for. */
export const DISCOVERY: ReadonlySet<ActKind> = new Set<ActKind>([
  "list-containers",
  "inspect-container",
  "list-images",
  "inspect-image",
  "list-processes",
  "list-networks",
  "list-volumes",
  "disk-usage",
  "read-swarm",
  "container-changes",
  "info",
]);

/** Rules over calls of the API. */
export const API_RULES: readonly SceneRule[] = [
  onKind(
    "containers-listed",
    ["list-containers", "list-images", "inspect-container", "list-processes"],
    ["T1613"],
    0,
    "Containers and images of the engine were looked at",
    "エンジンのコンテナやイメージが調べられました",
  ),
  onKind(
    "engine-asked",
    ["info", "version"],
    ["T1082"],
    0,
    "Version and system of the engine were asked for",
    "エンジンのバージョンやシステム情報が尋ねられました",
  ),
  onKind(
    "exec-made",
    ["create-exec"],
    ["T1609"],
    0,
    "A command was to be run in a running container",
    "稼働中のコンテナでコマンドを実行しようとしました",
  ),
  {
    id: "typed",
    find: ({ acts }) =>
      acts
        .filter(({ kind, request }) => kind === "attach" && (request.stream?.length ?? 0) > 0)
        .map((act) =>
          found(act, ["T1609"], 0, "Commands were typed into a container", "コンテナにコマンドが打ち込まれました"),
        ),
  },
  onKind(
    "built",
    ["build-image", "open-build-session"],
    ["T1612"],
    0,
    "An image was to be built on the engine itself",
    "エンジン上でイメージをビルドしようとしました",
  ),
  onKind(
    "committed",
    ["commit-container"],
    ["T1525"],
    5,
    "A changed container was to be kept as an image",
    "変更を加えたコンテナをイメージとして残そうとしました",
  ),
  onKind("image-loaded", ["load-image"], ["T1105"], 5, "An image was uploaded", "イメージがアップロードされました"),
  onKind(
    "secrets-asked",
    ["read-secrets"],
    ["T1552.007"],
    15,
    "Secrets of the swarm were asked for",
    "swarm の秘密情報が求められました",
  ),
  {
    id: "pushed",
    find: ({ acts }) =>
      acts
        .filter(({ kind, image }) => kind === "push-image" && !/^(?:localhost|127\.|registry|harbor)/.test(image ?? ""))
        .map((act) =>
          found(
            act,
            ["T1041"],
            15,
            "An image of the engine was to be sent to a registry",
            "エンジンのイメージをレジストリへ送ろうとしました",
            act.image,
          ),
        ),
  },
  { id: "hidden-text", find: hiddenTexts },
  { id: "files-copied-in", find: ({ acts }) => acts.filter(({ kind }) => kind === "write-files").map(copiedIn) },
  {
    id: "program-copied-in",
    find: ({ acts }) => acts.filter(({ kind }) => kind === "write-files").flatMap(programCopied),
  },
  { id: "name-of-a-daemon", find: daemonName },
  { id: "files-copied-out", find: ({ acts }) => acts.flatMap(copiedOut) },
  { id: "remote-build", find: ({ acts }) => acts.flatMap(remoteBuild) },
  { id: "swarm-taken", find: swarmTaken },
  { id: "desktop-api", find: desktopApi },
  { id: "others-stopped", find: othersStopped },
  { id: "host-volume", find: hostVolume },
  {
    id: "plugin-installed",
    find: ({ acts }) =>
      acts
        .filter(({ kind }) => kind === "install-plugin")
        .map((act) =>
          found(
            act,
            ["T1610"],
            30,
            "A plugin was to be installed: plugins run with rights over the host",
            "プラグインをインストールしようとしました。プラグインはホストに及ぶ権限で動きます",
          ),
        ),
  },
  { id: "not-an-engine-call", find: foreignPaths },
  {
    id: "service-made",
    find: ({ acts }) =>
      acts
        .filter(({ kind }) => kind === "create-service")
        .map((act) =>
          found(
            act,
            ["T1610"],
            10,
            "A service was to be deployed to the swarm",
            "swarm にサービスを配備しようとしました",
          ),
        ),
  },
];

function onKind(
  id: string,
  kinds: readonly ActKind[],
  attack: readonly string[],
  weight: number,
  en: string,
  ja: string,
): SceneRule {
  return {
    id,
    find: ({ acts }) =>
      acts.filter(({ kind }) => kinds.includes(kind)).map((act) => found(act, attack, weight, en, ja)),
  };
}

function found(act: Act, attack: readonly string[], weight: number, en: string, ja: string, quote?: string): Found {
  const because: LocalizedText = { en, ja };
  return {
    attack,
    weight,
    basis: "observed",
    because,
    request: act.request.number,
    quote: quote ?? `${act.request.method} ${act.request.target}`,
  };
}

function copiedIn(act: Act): Found {
  const names = landedFiles(act).map(({ path }) => path);
  return found(
    act,
    ["T1105"],
    0,
    "Files were copied into a container through the archive call",
    "アーカイブ API を通じてコンテナにファイルが送り込まれました",
    names.slice(0, 8).join(" ") || undefined,
  );
}

/** An ELF program or a script that stands in a directory for programs or scratch files. */
function programCopied(act: Act): readonly Found[] {
  const programs = landedFiles(act).filter(
    ({ path, data, mode }) =>
      data.subarray(0, 4).equals(Buffer.from([0x7f, 0x45, 0x4c, 0x46])) ||
      (/^\/(?:usr\/(?:local\/)?s?bin|s?bin|tmp|dev\/shm|var\/tmp)\//.test(path) && (mode & 0o111) !== 0),
  );
  return programs.length === 0
    ? []
    : [
        found(
          act,
          ["T1105"],
          act.subject?.madeByVisitor === true && act.subject.image !== undefined ? 15 : 25,
          "A program was put into a container",
          "プログラムがコンテナに送り込まれました",
          programs.map(({ path }) => path).join(" "),
        ),
      ];
}

const DAEMONS =
  /^(?:nginx|httpd|apache2?|sshd|mysqld|redis-server|php-fpm|postgres|dockerd|containerd|systemd|cron|crond|java|named|rsyslogd|bash|kubelet)$/;

/** A program with the name of a daemon, put there by the visitor or run from an image that has no such daemon. */
function daemonName(scene: Scene): readonly Found[] {
  const copied = scene.acts
    .filter(({ kind }) => kind === "write-files")
    .flatMap((act) =>
      landedFiles(act)
        .filter(
          ({ path, data }) =>
            DAEMONS.test(path.split("/").at(-1) ?? "") &&
            !path.startsWith("/etc/") &&
            !data.subarray(0, 64).toString().includes("server {"),
        )
        .map(({ path }) => ({ act, path })),
    );
  const started = scene.deeds
    .filter(({ role, command, container }) => {
      const name = command.argv[0] ?? "";
      const base = container?.image?.split("/").at(-1)?.split(":")[0] ?? "";
      const installed = scene.deeds.some(
        ({ command: other }) => other.argv.includes("install") && other.argv.includes(command.name),
      );
      return (
        role === "exec" &&
        /^\/(?:usr\/)?s?bin\//.test(name) &&
        DAEMONS.test(command.name) &&
        command.name !== "bash" &&
        command.argv.length === 1 &&
        container?.madeByVisitor === true &&
        /^(?:alpine|ubuntu|debian|centos|busybox)$/.test(base) &&
        !installed
      );
    })
    .map(({ act, command }) => ({ act, path: command.argv[0] ?? "" }));
  return [...copied, ...started].map(({ act, path }) =>
    found(
      act,
      ["T1036.005"],
      40,
      "A program of the visitor bears the name of a well-known daemon",
      "訪問者のプログラムがよく知られたデーモンの名を騙っています",
      path,
    ),
  );
}

function copiedOut(act: Act): readonly Found[] {
  if (act.kind === "export-container" || act.kind === "save-image") {
    return [
      found(
        act,
        ["T1005"],
        5,
        "A whole container or image was to be taken away",
        "コンテナまたはイメージを丸ごと持ち出そうとしました",
      ),
    ];
  }
  const path = act.query.get("path") ?? textOf(act.json, "Resource") ?? "";
  if (act.kind !== "read-files" || path === "") {
    return [];
  }
  const secret =
    /\/(?:\.ssh|\.aws|\.docker|\.kube|\.env|shadow|id_\w+|secrets?)(?:\/|$)|\/(?:etc\/(?:shadow|passwd)|root\/?$|run\/secrets|proc\/\d+\/environ)/.test(
      path,
    );
  return [
    found(
      act,
      secret ? ["T1005", "T1552.001"] : ["T1005"],
      secret ? 55 : 0,
      secret ? "Files with secrets were to be taken out of a container" : "Files were to be taken out of a container",
      secret
        ? "秘密情報を含むファイルをコンテナから取り出そうとしました"
        : "コンテナからファイルを取り出そうとしました",
      path,
    ),
  ];
}

function remoteBuild(act: Act): readonly Found[] {
  const remote = act.kind === "build-image" ? (act.query.get("remote") ?? "") : "";
  const imported = act.kind === "pull-image" ? (act.query.get("fromSrc") ?? "") : "";
  const source = remote || (imported === "-" ? "" : imported);
  const host = hostOf(urlOf(source) ?? source);
  const known = installerHosts.test(host) || /^(?:gitlab\.com|bitbucket\.org)$/.test(host);
  return source === ""
    ? []
    : [
        found(
          act,
          ["T1612", "T1105"],
          known ? 5 : 55,
          "The engine itself was to fetch what it builds",
          "ビルドの材料をエンジン自身に取得させようとしました",
          source,
        ),
      ];
}

function swarmTaken({ acts }: Scene): readonly Found[] {
  const left = acts.find(({ kind, query }) => kind === "leave-swarm" && /^(?:1|true)$/i.test(query.get("force") ?? ""));
  return acts
    .filter(({ kind }) => kind === "join-swarm")
    .map((act) => {
      const addresses = memberOf(act.json, "RemoteAddrs");
      const quote = Array.isArray(addresses) ? addresses.map(String).join(" ") : undefined;
      return found(
        act,
        ["T1610", "T1098"],
        left === undefined ? 35 : 75,
        "The engine was to join the swarm of somebody else: they could deploy to it from then on",
        "エンジンを他者の swarm に参加させようとしました。以後その者が自由に配備できます",
        quote,
      );
    });
}

/** The address at which Docker Desktop's engine listens inside of its machine (CVE-2025-9074). */
function desktopApi({ acts }: Scene): readonly Found[] {
  const act = acts.find(({ request }) =>
    /^(?:192\.168\.65\.\d+|host\.docker\.internal|gateway\.docker\.internal|docker\.for\.(?:mac|win)\.\w+)(?::|$)/i.test(
      headerOf(request, "host") ?? "",
    ),
  );
  return act === undefined
    ? []
    : [
        found(
          act,
          ["T1210"],
          20,
          "The visitor spoke to the engine as to that inside of Docker Desktop, which containers can reach (CVE-2025-9074)",
          "コンテナから届く Docker Desktop 内部のエンジンに向けた呼び出しです (CVE-2025-9074)",
          headerOf(act.request, "host"),
        ),
      ];
}

function othersStopped({ acts }: Scene): readonly Found[] {
  const hits = acts.filter(
    ({ kind, subject }) =>
      (kind === "remove-container" || kind === "stop-container") && subject?.madeByVisitor === false,
  );
  const targets = new Set(hits.map(({ subject }) => subject?.key));
  const last = hits.at(-1);
  return last === undefined
    ? []
    : [
        found(
          last,
          ["T1489"],
          targets.size >= 3 ? 30 : 0,
          "Containers that the visitor had not made were stopped or removed",
          "訪問者が作っていないコンテナが停止または削除されました",
        ),
      ];
}

function hostVolume({ acts }: Scene): readonly Found[] {
  return acts.flatMap((act) => {
    const device = act.kind === "create-volume" ? (textOf(act.json, "DriverOpts", "device") ?? "") : "";
    return /^\/(?:$|etc|root|var\/spool|proc|boot)/.test(device)
      ? [
          found(
            act,
            ["T1611"],
            device === "/" ? 55 : 40,
            "A volume was to stand for a directory of the host",
            "ホストのディレクトリを指すボリュームを作ろうとしました",
            device,
          ),
        ]
      : [];
  });
}

/** Requests that no Docker client makes: other services' holes, tried on every port. */
function foreignPaths({ acts }: Scene): readonly Found[] {
  const foreign = acts.filter(
    ({ kind, path, request }) =>
      kind === "unknown" &&
      request.method !== "" &&
      !/^\/?$|favicon\.ico|robots\.txt|^\/metrics$|^\/debug\/|^\/v\d/.test(path),
  );
  const exploit = foreign.find(({ request }) =>
    /(?:wget|curl)(?:%20|\+|\s|\$)|\/bin\/(?:ba)?sh|jndi:|\.\.\/\.\.\/|%2e%2e|base64_decode|cgi-bin|phpunit|eval-stdin/i.test(
      `${request.target} ${request.body?.toString("latin1").slice(0, 8_192) ?? ""}`,
    ),
  );
  const first = foreign[0];
  return [
    ...(first === undefined
      ? []
      : [found(first, ["T1595.002"], 0, "Paths of other services were tried", "他のサービスのパスが試されました")]),
    ...(exploit === undefined
      ? []
      : [
          found(
            exploit,
            ["T1190", "T1595.002"],
            50,
            "A hole of another service was tried",
            "他のサービスの脆弱性が試されました",
          ),
        ]),
  ];
}

/** Texts that had to be decoded before they could be read. */
function hiddenTexts({ payloads }: Scene): readonly Found[] {
  return payloads
    .filter(({ layers }) => layers.length > 0)
    .map(({ act, layers, text, executed }) =>
      executed
        ? found(
            act,
            ["T1140", "T1027"],
            act.kind === "build-image" ? 40 : 55,
            `A hidden text was to be decoded (${layers.join(", ")}) and run`,
            `隠された文字列を復号 (${layers.join("、")}) して実行させようとしました`,
            text,
          )
        : found(
            act,
            ["T1027"],
            15,
            `A text was hidden (${layers.join(", ")})`,
            `文字列が隠されていました (${layers.join("、")})`,
            text,
          ),
    );
}
