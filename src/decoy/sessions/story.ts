import type { LocalizedText } from "../../base/index.ts";
import { quoteUntrusted } from "../../base/index.ts";
import type { SessionAttack, SessionIndicator, SessionSentence, SessionVerdict } from "../../findings/index.ts";
import type { Act } from "./acts/index.ts";
import { DISCOVERY, type Scene, type Sign } from "./signs/index.ts";
import type { Judgement } from "./verdict.ts";

/** Most sentences about single signs. */
const DEEDS_TOLD_MAX = 6;

/** Most characters of a name in a sentence. */
const NAME_CHARACTERS_MAX = 80;

const name = (text: string): string => quoteUntrusted(text, NAME_CHARACTERS_MAX);

/** One paragraph about a visit: each sentence with the requests that show it. */
export function tellStory(
  scene: Scene,
  judgement: Judgement,
  signs: readonly Sign[],
  gains: readonly string[],
  indicators: readonly SessionIndicator[],
  address: string,
): readonly SessionSentence[] {
  const sentences: SessionSentence[] = [arrival(scene, address)];
  if (judgement.verdict !== "malicious") {
    sentences.push(
      ...work(scene),
      ...judgement.reasons.map(({ text, request }) =>
        sentence(scene, { en: `${text.en}.`, ja: `${text.ja}。` }, [request]),
      ),
    );
    return sentences;
  }
  sentences.push(...brought(scene), ...deeds(signs), ...hidden(scene, indicators), ...outcome(scene, gains, signs));
  return sentences;
}

function sentence(scene: Scene, text: LocalizedText, requests: readonly number[]): SessionSentence {
  const act = scene.acts.find(({ request }) => request.number === requests[0]);
  return {
    text,
    requests,
    evidence: act === undefined ? "" : `${act.request.method} ${act.request.target}`.slice(0, 300),
  };
}

function arrival(scene: Scene, address: string): SessionSentence {
  const looked = scene.acts.filter(({ kind }) => DISCOVERY.has(kind));
  const from = name(address);
  if (looked.length === 0) {
    return sentence(
      scene,
      {
        en: `A client at ${from} found the engine's port.`,
        ja: `${from} のクライアントがエンジンのポートを見つけました。`,
      },
      [1],
    );
  }
  const containers = looked.some(({ kind }) => /container|process/.test(kind));
  return sentence(
    scene,
    containers
      ? {
          en: `A client at ${from} found the engine's port and looked at the system and at what runs on it.`,
          ja: `${from} のクライアントがエンジンのポートを見つけ、システムと稼働中のコンテナを調べました。`,
        }
      : {
          en: `A client at ${from} found the engine's port and asked about the system.`,
          ja: `${from} のクライアントがエンジンのポートを見つけ、システムについて尋ねました。`,
        },
    looked.map(({ request }) => request.number).slice(0, 5),
  );
}

/** Containers that were made and files that were brought. */
function brought(scene: Scene): readonly SessionSentence[] {
  const creates = scene.acts.filter(({ kind }) => kind === "create-container");
  const told = creates.slice(0, 3).map((act) => created(scene, act));
  if (creates.length > told.length) {
    const more = creates.length - told.length;
    told.push(
      sentence(
        scene,
        { en: `It asked for ${more} more containers.`, ja: `さらに ${more}\u00a0個のコンテナを求めました。` },
        creates.slice(3, 8).map(({ request }) => request.number),
      ),
    );
  }
  for (const act of scene.acts
    .filter(({ registryAccount }) => registryAccount?.username !== undefined || registryAccount?.token !== undefined)
    .slice(0, 1)) {
    const user = name(act.registryAccount?.username ?? "token");
    told.push(
      sentence(
        scene,
        {
          en: `Its own request carried the account "${user}" of a registry, with its secret.`,
          ja: `要求自体にレジストリのアカウント「${user}」とその秘密情報が含まれていました。`,
        },
        [act.request.number],
      ),
    );
  }
  for (const act of scene.acts.filter(({ kind }) => kind === "write-files").slice(0, 2)) {
    const files = act.archive.filter(({ type }) => type === "file").map(({ path }) => name(path));
    const list = files.slice(0, 4).join(", ");
    told.push(
      sentence(
        scene,
        {
          en: `It copied files into the container${list === "" ? "" : `: ${list}`}.`,
          ja: `コンテナにファイルを送り込みました${list === "" ? "" : `: ${list}`}。`,
        },
        [act.request.number],
      ),
    );
  }
  return told;
}

function created(scene: Scene, act: Act): SessionSentence {
  const image = name(act.subject?.image ?? "?");
  const host = act.subject?.workload?.config.HostConfig;
  const root = scene.mountsOf(act.subject).find(({ source }) => source === "/");
  const extras: LocalizedText[] = [
    ...(root === undefined
      ? []
      : [
          {
            en: `with the whole host disk at ${name(root.target)}${root.readOnly ? " (read-only)" : ""}`,
            ja: `ホストのディスク全体を ${name(root.target)} に${root.readOnly ? "読み取り専用で" : ""}見せる`,
          },
        ]),
    ...(host?.PidMode === "host" ? [{ en: "seeing the host's processes", ja: "ホストのプロセスが見える" }] : []),
    ...(host?.NetworkMode === "host" ? [{ en: "in the host's network", ja: "ホストのネットワークにいる" }] : []),
    ...(/^(?:always|unless-stopped)$/.test(host?.RestartPolicy?.Name ?? "")
      ? [{ en: "restarting for ever", ja: "止まっても再起動する" }]
      : []),
  ];
  const privileged = host?.Privileged === true;
  return sentence(
    scene,
    {
      en: `It asked for a ${privileged ? "privileged " : ""}container of "${image}"${extras.length === 0 ? "" : `, ${extras.map(({ en }) => en).join(", ")}`}.`,
      ja: `${extras.map(({ ja }) => `${ja}、`).join("")}${privileged ? "特権付きの" : ""}「${image}」のコンテナを求めました。`,
    },
    [act.request.number],
  );
}

/** The signs that weigh most, in the order in which they came. */
function deeds(signs: readonly Sign[]): readonly SessionSentence[] {
  const seen = new Set([
    "host-root-mounted",
    "privileged",
    "host-processes-seen",
    "host-reached",
    "files-copied-in",
    "decodes",
    "container-made",
  ]);
  const heavy = [...signs]
    .sort((left, right) => right.weight - left.weight)
    .filter(({ rule, weight }) => {
      const fresh = weight >= 15 && !seen.has(rule);
      seen.add(rule);
      return fresh;
    })
    .slice(0, DEEDS_TOLD_MAX)
    .sort((left, right) => left.request - right.request);
  return heavy.map(({ because, request, quote }) => ({
    text: { en: `${because.en}.`, ja: `${because.ja}。` },
    requests: [request],
    evidence: quote,
  }));
}

function hidden(scene: Scene, indicators: readonly SessionIndicator[]): readonly SessionSentence[] {
  const payload = scene.payloads.find(({ layers }) => layers.length > 0);
  if (payload === undefined) {
    return [];
  }
  const layers = payload.layers.join(" + ");
  const named = indicators.find(
    ({ type, value }) => (type === "url" || type === "domain") && payload.text.includes(value),
  );
  const [en, ja] =
    named === undefined
      ? ["", ""]
      : [`; it names ${name(named.value)}`, `。中には ${name(named.value)} が書かれています`];
  return [
    {
      text: {
        en: `What it wanted to run was hidden in ${layers}${en}.`,
        ja: `実行しようとした内容は ${layers} で隠されていました${ja}。`,
      },
      requests: [payload.act.request.number],
      evidence: payload.text.slice(0, 300),
    },
  ];
}

function outcome(scene: Scene, gains: readonly string[], signs: readonly Sign[]): readonly SessionSentence[] {
  const last = scene.acts.at(-1)?.request.number ?? 1;
  const root = gains.includes("host-root");
  const at = signs.find(({ rule }) => rule === "host-reached")?.request ?? last;
  return [
    sentence(
      scene,
      root
        ? {
            en: "On a real engine it would have been root on the host. Here nothing was executed.",
            ja: "本物のエンジンであればホストの root を奪われていました。ここでは何も実行されていません。",
          }
        : { en: "Here nothing was executed.", ja: "ここでは何も実行されていません。" },
      [at],
    ),
  ];
}

function work(scene: Scene): readonly SessionSentence[] {
  const created = scene.acts.filter(({ kind }) => kind === "create-container").slice(0, 3);
  const ran = scene.acts.filter(({ kind }) => kind === "create-exec").slice(0, 1);
  return [
    ...created.map((act) => {
      const image = name(act.subject?.image ?? "?");
      return sentence(
        scene,
        { en: `It asked for a container of "${image}".`, ja: `「${image}」のコンテナを求めました。` },
        [act.request.number],
      );
    }),
    ...ran.map((act) =>
      sentence(scene, { en: "It had a command run in a container.", ja: "コンテナでコマンドを実行させました。" }, [
        act.request.number,
      ]),
    ),
  ];
}

/** What a visit was about, in one line: the worst that is known for certain, else the likeliest. */
export function titleOf(
  verdict: SessionVerdict,
  attack: readonly SessionAttack[],
  signs: readonly Sign[],
): LocalizedText {
  if (verdict === "benign") {
    return { en: "A client did ordinary work with containers", ja: "クライアントが通常のコンテナ操作を行いました" };
  }
  if (verdict === "recon") {
    return { en: "A client looked for an engine", ja: "クライアントがエンジンを探りました" };
  }
  const rules = new Set(signs.filter(({ weight }) => weight > 0).map(({ rule }) => rule));
  const ids = new Set(attack.filter(({ basis }) => basis === "observed").map(({ id }) => id));
  const goal = GOALS.find(([mark]) => rules.has(mark) || ids.has(mark));
  return (
    goal?.[1] ?? {
      en: "A client tried to bring in a program of its own",
      ja: "クライアントが自分のプログラムを持ち込もうとしました",
    }
  );
}

const GOALS: readonly (readonly [mark: string, title: LocalizedText])[] = [
  ["T1486", { en: "A client tried to encrypt files", ja: "クライアントがファイルを暗号化しようとしました" }],
  ["T1485", { en: "A client tried to destroy data", ja: "クライアントがデータを破壊しようとしました" }],
  [
    "host-authorized-keys",
    {
      en: "A client tried to plant its SSH key on the host",
      ja: "クライアントがホストに自分の SSH 鍵を仕込もうとしました",
    },
  ],
  [
    "host-cron-file",
    {
      en: "A client tried to plant a cron job on the host",
      ja: "クライアントがホストに cron ジョブを仕掛けようとしました",
    },
  ],
  [
    "host-systemd-unit",
    { en: "A client tried to plant a service on the host", ja: "クライアントがホストにサービスを仕掛けようとしました" },
  ],
  [
    "host-account-files",
    {
      en: "A client tried to make itself an account on the host",
      ja: "クライアントがホストに自分のアカウントを作ろうとしました",
    },
  ],
  [
    "T1498",
    {
      en: "A client tried to make the machine flood others",
      ja: "クライアントがマシンを他者へのフラッド攻撃に使おうとしました",
    },
  ],
  [
    "swarm-taken",
    {
      en: "A client tried to take the engine over into its own swarm",
      ja: "クライアントがエンジンを自分の swarm に引き込もうとしました",
    },
  ],
  [
    "bandwidth-sold",
    { en: "A client tried to sell the machine's line", ja: "クライアントがマシンの回線を転売しようとしました" },
  ],
  ["T1496", { en: "A client tried to mine cryptocurrency", ja: "クライアントが暗号通貨を採掘しようとしました" }],
  ["release-agent", { en: "A client tried to break out to the host", ja: "クライアントがホストへの脱出を試みました" }],
  [
    "chroot-into-host",
    { en: "A client tried to run commands on the host", ja: "クライアントがホスト上でコマンドを実行しようとしました" },
  ],
  [
    "nsenter",
    { en: "A client tried to run commands on the host", ja: "クライアントがホスト上でコマンドを実行しようとしました" },
  ],
  ["T1552.005", { en: "A client tried to steal credentials", ja: "クライアントが認証情報を盗もうとしました" }],
  ["T1552.001", { en: "A client tried to steal credentials", ja: "クライアントが認証情報を盗もうとしました" }],
  [
    "host-root-mounted",
    { en: "A client tried to take over the host", ja: "クライアントがホストを乗っ取ろうとしました" },
  ],
  ["T1046", { en: "A client tried to scan for further victims", ja: "クライアントが次の標的を探そうとしました" }],
];
