/** The page of each preset: what its client can and cannot do, and what the judge says of requests of every kind. */
import type { Language } from "../src/base/index.ts";
import { decodeRequest } from "../src/engine/index.ts";
import { createJudge, ModelEngine } from "../src/guard/index.ts";
import { OWNER_LABEL, type Preset, presetPolicy, VERBS, verbOf } from "../src/policy/index.ts";
import { PROBES, type Probe } from "./preset-probes.ts";

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
