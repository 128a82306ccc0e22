/** `sekisho guard learn`: the smallest policy that lets through what a log shows, without what gives the host away. */
import type { DecodedRequest } from "../../engine/index.ts";
import { decodeRequest } from "../../engine/index.ts";
import { gainKind } from "../../findings/index.ts";
import {
  type Policy,
  readPolicy,
  type SeeHostPath,
  verbOf,
  verbOfRoute,
  type WrittenClient,
  type WrittenPolicy,
} from "../../policy/index.ts";
import type { HostLayer } from "../../readers/host-facts/index.ts";
import { textAt, textMapAt } from "../judge/go-edit.ts";
import { createJudge, type Reason, type Verdict } from "../judge/index.ts";
import { ModelEngine } from "../model/model-engine.ts";
import { finish } from "./finish-client.ts";
import { mergeClients } from "./merge-clients.ts";
import { needsOf } from "./needs.ts";
import type { RecordedCall } from "./recorded.ts";

/** How a policy is learnt. */
export interface LearnOptions {
  readonly language: "en" | "ja";
  /** Learn what was refused and did not go on, too. */
  readonly refused: boolean;
  /** `own` of every client; absent: what the calls suggest. */
  readonly own?: "only" | "any";
  readonly hostLayers: readonly HostLayer[];
  readonly see?: SeeHostPath;
}

/** Why a call is not in the policy. */
export type LeftOutWhy =
  /** It would give the host away, or somebody else's secrets. */
  | "host-gain"
  /** The language of policies cannot allow it alone, or the call cannot be understood. */
  | "not-expressible"
  /** It was refused when it was recorded, and did not go on. */
  | "was-refused";

export interface LeftOut {
  readonly call: RecordedCall;
  readonly why: LeftOutWhy;
  readonly reasons: readonly Reason[];
}

export interface Learnt {
  /** Empty `clients`: there was nothing to learn. */
  readonly policy: WrittenPolicy;
  readonly learnt: readonly RecordedCall[];
  readonly leftOut: readonly LeftOut[];
}

/** A call with what it needs. */
interface Candidate {
  readonly call: RecordedCall;
  readonly request: DecodedRequest;
  readonly needs: WrittenClient;
}

/** Learns a policy. Every call of `learnt` was judged by the policy that is returned, and let through. */
export async function learn(calls: readonly RecordedCall[], options: LearnOptions): Promise<Learnt> {
  const leftOut: LeftOut[] = [];
  const byClient = new Map<string, Candidate[]>();
  for (const call of calls) {
    // A name that is not there is asked for in the ordinary course of things: `docker run` looks for its image.
    if (!call.forwarded && call.code !== "absent" && !options.refused) {
      leftOut.push({ call, why: "was-refused", reasons: [] });
      continue;
    }
    const candidate = candidateOf(call, options);
    if ("why" in candidate) {
      leftOut.push(candidate);
    } else {
      byClient.set(call.client, [...(byClient.get(call.client) ?? []), candidate]);
    }
  }
  const clients: Record<string, WrittenClient> = {};
  const learnt: RecordedCall[] = [];
  for (const [name, candidates] of byClient) {
    const result = await learnClient(name, candidates, options);
    leftOut.push(...result.leftOut);
    learnt.push(...result.learnt);
    if (result.learnt.length > 0) {
      clients[name] = result.client;
    }
  }
  return { policy: { version: 1, language: options.language, clients }, learnt, leftOut };
}

function candidateOf(call: RecordedCall, { see }: LearnOptions): Candidate | LeftOut {
  const decoded = decodeRequest(call.request);
  if (!decoded.ok) {
    const { code, message } = decoded.refusal;
    return { call, why: "not-expressible", reasons: [reason(code, message)] };
  }
  const { request } = decoded;
  const verb = verbOfRoute(request.route.id) ?? "";
  const kind = verbOf(verb)?.class;
  if (kind === undefined || kind === "host" || kind === "tunnel" || kind === "read-secret") {
    const title = verbOf(verb)?.title ?? { en: request.route.id, ja: request.route.id };
    return {
      call,
      why: "host-gain",
      reasons: [reason("allow", { en: `${verb}: ${title.en}`, ja: `${verb}: ${title.ja}` })],
    };
  }
  const needs = needsOf(request, verb, see ?? (() => undefined));
  if (hasPattern(needs)) {
    return { call, why: "not-expressible", reasons: [reason("pattern", STAR_IN_NAME)] };
  }
  return { call, request, needs };
}

const STAR_IN_NAME = {
  en: "a name in it has a star, which in a policy stands for anything, or was masked as a secret",
  ja: "名前に「*」が含まれています（ポリシーでは任意の文字列を表すか、秘密として伏せられたものです）",
};

const reason = (rule: string, message: Reason["message"]): Reason => ({
  rule,
  field: "",
  gain: "",
  technique: "",
  message,
});

/** Whether a text that came from a client would be read as a pattern. */
function hasPattern(value: unknown): boolean {
  if (typeof value === "string") {
    return value.includes("*");
  }
  return typeof value === "object" && value !== null && Object.values(value).some(hasPattern);
}

async function learnClient(
  name: string,
  candidates: readonly Candidate[],
  options: LearnOptions,
): Promise<{ readonly client: WrittenClient; readonly learnt: RecordedCall[]; readonly leftOut: LeftOut[] }> {
  const own = options.own ?? ownOf(candidates);
  const leftOut: LeftOut[] = [];
  let kept: Candidate[] = [];
  let client: WrittenClient = { own, allow: [] };
  // Alone first: what is refused even under rules made for it is refused for what it gives.
  const alone = await judged(
    name,
    candidates,
    (candidate) => mergeClients({ own, allow: [] }, candidate.needs),
    options,
  );
  for (const { candidate, verdict } of alone) {
    if (verdict === undefined || verdict.decision !== "deny") {
      kept.push(candidate);
      client = mergeClients(client, candidate.needs);
    } else {
      leftOut.push({ call: candidate.call, why: whyDenied(verdict), reasons: verdict.reasons });
    }
  }
  const finished = finish(client);
  const together = await judged(name, kept, () => finished, options);
  kept = [];
  for (const { candidate, verdict } of together) {
    if (verdict === undefined || verdict.decision !== "deny") {
      kept.push(candidate);
    } else {
      leftOut.push({ call: candidate.call, why: "not-expressible", reasons: verdict.reasons });
    }
  }
  return { client: finished, learnt: kept.map(({ call }) => call), leftOut };
}

/** Judges calls in their order, each under its rules, over a model of what the calls made. */
async function judged(
  name: string,
  candidates: readonly Candidate[],
  rulesFor: (candidate: Candidate) => WrittenClient,
  { hostLayers, see }: LearnOptions,
): Promise<readonly { readonly candidate: Candidate; readonly verdict: Verdict }[]> {
  const engine = new ModelEngine({ unknown: { kind: "plain", client: name }, counts: false });
  const judgeOf = remembering((text: string) =>
    createJudge({
      policy: policyOf(name, JSON.parse(text) as WrittenClient),
      lookup: engine.lookup(),
      ...(see !== undefined && { see }),
      hostLayers,
      now: () => 0,
    }),
  );
  const results: { readonly candidate: Candidate; readonly verdict: Verdict }[] = [];
  for (const candidate of candidates) {
    const rules = rulesFor(candidate);
    const judge = judgeOf(JSON.stringify(finish(rules)));
    let verdict = await judge.judge(candidate.call.request, { client: name });
    const use = verdict.decision === "deny" ? undefined : useOf(candidate.request);
    if (use !== undefined) {
      const user = judgeOf(JSON.stringify(finish(mergeClients(rules, USING))));
      const used = await user.judge(use, { client: name });
      verdict = used.decision === "deny" && whyDenied(used) === "host-gain" ? used : verdict;
    }
    if (verdict.forward !== undefined) {
      engine.applyForwarded(verdict.forward);
    }
    results.push({ candidate, verdict });
  }
  return results;
}

/** Judges that are kept at once: many calls need the same rules. */
const JUDGES_KEPT_MAX = 64;

function remembering<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    let value = made.get(key);
    if (value === undefined) {
      if (made.size >= JUDGES_KEPT_MAX) {
        made.clear();
      }
      value = make(key);
      made.set(key, value);
    }
    return value;
  };
}

/** What the use of a volume needs besides the volume. */
const USING: WrittenClient = { allow: ["container.create"], images: { use: ["image"] } };

/**
 * A volume is made to be mounted: what that would give counts already when it is made. The container in which the volume
 * of a request would be mounted, as a request.
 */
function useOf(request: DecodedRequest): RecordedCall["request"] | undefined {
  if (request.route.id !== "volume.create") {
    return undefined;
  }
  const { body } = request;
  const DriverConfig = {
    Name: textAt(body, "Driver") || "local",
    Options: Object.fromEntries(textMapAt(body, "DriverOpts")),
  };
  const mount = { Type: "volume", Source: "", Target: "/volume", VolumeOptions: { DriverConfig } };
  return {
    method: "POST",
    target: "/containers/create",
    headers: [["Content-Type", "application/json"]],
    body: Buffer.from(JSON.stringify({ Image: "image", HostConfig: { Mounts: [mount] } }), "utf8"),
  };
}

function whyDenied({ reasons }: Verdict): LeftOutWhy {
  const gives = ({ rule, gain }: Reason): boolean => {
    const { overHost, severity } = gainKind(gain);
    return rule.startsWith("gains") || rule === "privileged" || (overHost && severity !== "low");
  };
  return reasons.some(gives) ? "host-gain" : "not-expressible";
}

function policyOf(name: string, client: WrittenClient): Policy {
  const result = readPolicy({ version: 1, clients: { [name]: client } }, () => undefined);
  return result.kind === "policy" ? result.policy : { language: "en", clients: new Map() };
}

/**
 * `only` for a client that makes things and names nothing that it did not make; one that only looks would see nothing
 * that way.
 */
function ownOf(candidates: readonly Candidate[]): "only" | "any" {
  const engine = new ModelEngine({ unknown: { kind: "absent" }, counts: false });
  let makes = false;
  for (const { request } of candidates) {
    const { id: route } = request.route;
    makes ||= ["container.create", "volume.create", "network.create", "image.build"].includes(route);
    const reference = request.path["id"] ?? "";
    const isContainer = route.startsWith("container.") || route === "exec.create";
    const isName = isContainer && reference !== "" && !/^[0-9a-f]{12,64}$/.test(reference);
    if (route.startsWith("service.") || (isName && !engine.knowsContainer(reference))) {
      return "any";
    }
    engine.apply(request);
  }
  return makes ? "only" : "any";
}
