import { type Language, quoteUntrusted } from "../../base/index.ts";
import { gainKind, gainRank } from "../../findings/index.ts";
import type { Policy } from "../../policy/index.ts";
import { JUDGED_REQUESTS_DEFAULT, type Proved, prove, type Step, type Way } from "../../prove/index.ts";
import { type HostLayer, mergeHostFacts } from "../../readers/host-facts/index.ts";
import { EXIT } from "../exit-status.ts";
import { hostLayersOf } from "../guard-setup.ts";
import { languageOf } from "../language.ts";
import { loadPolicy } from "../policy-file.ts";
import { writeOut } from "../terminal.ts";
import { titleOf } from "../titles.ts";
import { problemText } from "./guard.ts";

/** Options of `sekisho guard prove`, as commander hands them over. */
export interface ProveCommandOptions {
  readonly policy: string;
  readonly client?: string;
  readonly format: string;
  readonly requests?: string;
  readonly hostFacts?: string;
  readonly lang?: string;
}

/** Characters of a request that are shown. */
const STEP_CHARACTERS_MAX = 1_000;

/**
 * `sekisho guard prove --policy FILE`. 0: no way was found, and everything was tried; 1: there is one; 2: the policy cannot
 * be used; 3: the bound was reached before everything was tried.
 */
export async function runGuardProve(options: ProveCommandOptions): Promise<number> {
  const language = languageOf(options.lang, process.env);
  const judgedMax = options.requests === undefined ? JUDGED_REQUESTS_DEFAULT : Number(options.requests);
  if (!["text", "json"].includes(options.format) || !Number.isSafeInteger(judgedMax) || judgedMax < 1) {
    process.stderr.write("sekisho guard prove: --format takes text or json, --requests a number from 1\n");
    return EXIT.usage;
  }
  let policy: Policy;
  let hostLayers: readonly HostLayer[];
  try {
    policy = loadPolicy(options.policy, language);
    hostLayers = hostLayersOf(undefined, options.hostFacts);
  } catch (error) {
    const told = problemText(error, language);
    if (told === undefined) {
      throw error;
    }
    process.stderr.write(`sekisho guard prove: ${told}\n`);
    return EXIT.usage;
  }
  const clients = [...policy.clients.values()].filter(({ name }) => (options.client ?? name) === name);
  if (clients.length === 0) {
    process.stderr.write(`sekisho guard prove: --client: ${[...policy.clients.keys()].join(", ")}\n`);
    return EXIT.usage;
  }
  const results: Proved[] = [];
  for (const rules of clients) {
    results.push(await prove({ rules, host: mergeHostFacts(...hostLayers), hostLayers, judgedMax }));
  }
  await writeOut(
    options.format === "json"
      ? `${JSON.stringify({ schema: "sekisho.guard-prove/v1", policy: options.policy, clients: results }, undefined, 2)}\n`
      : results.map((result) => resultText(result, language)).join("\n"),
  );
  if (results.some(({ ways, shadow }) => ways.length > 0 || shadow)) {
    return EXIT.findings;
  }
  return results.every(({ complete }) => complete) ? EXIT.clean : EXIT.incomplete;
}

function resultText({ client, ways, judged, states, depth, complete, shadow }: Proved, language: Language): string {
  const say = (en: string, ja: string): string => (language === "ja" ? ja : en);
  const sorted = ways.toSorted((left, right) => gainRank(left.gain) - gainRank(right.gain));
  const lines = sorted.flatMap((way) => wayLines(client, way, language));
  if (shadow) {
    lines.push(
      say(
        `${client}: mode is shadow: whatever is refused goes on all the same`,
        `${client}: mode が shadow のため、拒否と判定されたものもすべて通ります。`,
      ),
    );
  }
  const found =
    ways.length === 0
      ? say("no way to the host was found", "ホストに至る経路は見つかりませんでした")
      : say(`${ways.length} gains can be reached`, `${ways.length} 種の権限に到達できます`);
  lines.push(
    say(
      `${client}: ${found}; ${judged} requests judged, ${states} states, sequences of up to ${depth} requests`,
      `${client}: ${found}。判定したリクエスト ${judged} 件、状態 ${states}、最長 ${depth} 手順`,
    ),
  );
  if (!complete) {
    lines.push(
      say(
        `${client}: stopped at the bound before everything was tried: --requests raises it`,
        `${client}: 上限に達したため、すべては試していません（--requests で増やせます）。`,
      ),
    );
  }
  return `${lines.join("\n")}\n`;
}

function wayLines(client: string, { gain, certainty, techniques, steps }: Way, language: Language): string[] {
  const { title } = gainKind(gain);
  const sure = certainty === "yes" ? "" : language === "ja" ? "（ホスト次第）" : " (depends on the host)";
  const by = techniques.map((id) => titleOf(language)(id) ?? id).join(language === "ja" ? "、" : ", ");
  return [
    `${client}: ${title[language]} (${gain})${sure}${by === "" ? "" : `: ${by}`}`,
    ...steps.map((step, index) => `  ${index + 1}. ${stepText(step)}`),
  ];
}

const stepText = ({ method, target, body }: Step): string =>
  quoteUntrusted(`${method} ${target}${body === undefined ? "" : ` ${JSON.stringify(body)}`}`, STEP_CHARACTERS_MAX);
