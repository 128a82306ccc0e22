import type { LocalizedText } from "../../base/index.ts";
import type { SessionVerdict } from "../../findings/index.ts";
import type { Act } from "./acts/index.ts";
import { DISCOVERY, type Scene, type Sign } from "./signs/index.ts";
import { headerOf } from "./visit.ts";

/** Weight from which a visit is an attack. */
export const MALICIOUS_WEIGHT_MIN = 50;

/** What is thought of a visit, and why. */
export interface Judgement {
  readonly verdict: SessionVerdict;
  readonly weight: number;
  readonly reasons: readonly { readonly text: LocalizedText; readonly request: number }[];
}

/** Clients by which people and their tools operate engines. */
const OPERATORS =
  /^(?:Docker-Client|docker\/|docker-compose|compose|docker-sdk-python|docker-py|docker-go|dockerode|tc-|testcontainers|Portainer|Traefik|Watchtower|engine-api-cli|docker-java|jenkins|gitlab-runner|cadvisor|telegraf|datadog|Prometheus|Telegraf|Moby|buildkit|podman|nerdctl|axios|okhttp|Apache-HttpClient)/i;

/** Clients that say themselves that they scan. */
const SCANNERS =
  /zgrab|masscan|nmap|censys|shodan|internet-?measurement|expanse|paloalto|bot\b|crawler|spider|scan|nuclei|research|leakix|onyphe|binaryedge|stretchoid|shadowserver|netsystems|modat|driftnet|cyberresilience|nessus|qualys|openvas|rapid7|project25499|httpx|Mozilla\/5\.0/i;

/** Calls that somebody makes who stays and looks after containers. */
const STAYING: ReadonlySet<Act["kind"]> = new Set<Act["kind"]>(["events", "container-stats", "container-logs"]);

/** Judges a visit by its signs; without any, by how it looked around. */
export function judge(scene: Scene, signs: readonly Sign[]): Judgement {
  const strongest = strongestByRule(signs);
  const weight = strongest.reduce((sum, sign) => sum + sign.weight, 0);
  if (weight >= MALICIOUS_WEIGHT_MIN) {
    const telling = strongest.filter(({ weight: one }) => one >= 10).sort((left, right) => right.weight - left.weight);
    return {
      verdict: "malicious",
      weight,
      reasons: telling.map(({ because, request }) => ({ text: because, request })),
    };
  }
  return { weight, ...quiet(scene) };
}

/** One rule counts once, however often it was met. */
function strongestByRule(signs: readonly Sign[]): readonly Sign[] {
  const best = new Map<string, Sign>();
  for (const sign of signs) {
    const key = sign.rule.replace(/^host-(?=authorized|cron|systemd|rc|shell|sudoers|account|preload|sshd|pam)/, "");
    const known = best.get(key);
    if (known === undefined || sign.weight > known.weight) {
      best.set(key, sign);
    }
  }
  return [...best.values()];
}

function quiet({ acts, userAgents }: Scene): Pick<Judgement, "verdict" | "reasons"> {
  const last = acts.at(-1)?.request.number ?? 1;
  const reason = (verdict: "recon" | "benign", en: string, ja: string) => ({
    verdict,
    reasons: [{ text: { en, ja }, request: last }],
  });
  const changes = acts.filter(
    ({ kind, request }) => kind !== "unknown" && kind !== "ping" && !/^(?:GET|HEAD)$/.test(request.method),
  );
  if (changes.length > 0) {
    return reason(
      "benign",
      "What was asked for is ordinary work with containers",
      "求められたのは通常のコンテナ運用の範囲です",
    );
  }
  if (acts.every(({ kind }) => kind === "unknown")) {
    return reason(
      "recon",
      "No call of an engine was made: somebody tried the port",
      "エンジンの呼び出しはなく、ポートが試されただけです",
    );
  }
  if (userAgents.some((agent) => SCANNERS.test(agent))) {
    return reason("recon", "The client is a scanner by its own words", "クライアントが自らスキャナーと名乗っています");
  }
  if (userAgents.length > 0 && userAgents.every((agent) => OPERATORS.test(agent))) {
    return reason(
      "benign",
      "A client for operating engines looked and changed nothing",
      "エンジン運用用のクライアントが参照しただけで、何も変更していません",
    );
  }
  const watches = acts.some(({ kind }) => STAYING.has(kind));
  const inspects = acts.some(({ kind, subject }) => kind === "inspect-container" && subject !== undefined);
  const scripted =
    userAgents.length === 0 ||
    userAgents.some((agent) =>
      /^(?:curl|wget|python|Python|libwww|Ruby|Java\/|PostmanRuntime|HTTPie|fasthttp|aiohttp|node-fetch|Hello)/i.test(
        agent,
      ),
    );
  if (
    watches ||
    (inspects && !scripted) ||
    acts.some(({ kind }) => kind === "disk-usage" || kind === "list-volumes" || kind === "list-networks")
  ) {
    return reason(
      "benign",
      "It watches containers as monitoring and proxies do",
      "監視ツールやプロキシのようにコンテナを見守る動きです",
    );
  }
  const asked = acts.some(({ kind }) => DISCOVERY.has(kind) || kind === "version");
  return asked
    ? reason("recon", "It asked who is there and what runs, and left", "何が動いているかを調べただけで立ち去りました")
    : reason("recon", "It asked whether an engine is there", "エンジンの有無を確かめただけです");
}

/** Every client name of a visit, without repetition. */
export const userAgentsOf = (acts: readonly Act[]): readonly string[] => [
  ...new Set(acts.flatMap(({ request }) => headerOf(request, "user-agent") ?? [])),
];
