import { assertNever, type LocalizedText } from "../../base/index.ts";
import {
  type Anomaly,
  type DecodedRequest,
  decodeRequest,
  type EncodedRequest,
  encodeRequest,
} from "../../engine/index.ts";
import {
  activationOf,
  applyExpressions,
  type ClientRules,
  denialMessage,
  hasExpressions,
  type Policy,
  type Refusal,
  refusalSentence,
  type SeeHostPath,
  verbOf,
  verbOfRoute,
  verbRefusal,
} from "../../policy/index.ts";
import type { HostLayer } from "../../readers/host-facts/index.ts";
import type { Case, Outcome } from "./case.ts";
import { handlerOf } from "./handlers.ts";
import { JudgedHost } from "./host.ts";
import type {
  AnswerFilter,
  ClientIdentity,
  EngineLookup,
  ForwardedRequest,
  Judge,
  JudgedRequest,
  Reason,
  Verdict,
} from "./judge-types.ts";
import { LookupFailed, Objects } from "./objects.ts";
import { RateLimits } from "./rate-limits.ts";

/** What a judge needs. */
export interface JudgeOptions {
  readonly policy: Policy;
  /** Absent: there is no engine to ask. Every object that a request names is then taken as one that does not exist. */
  readonly lookup?: EngineLookup;
  /** Looks at paths of the host, where the engine is on this machine. */
  readonly see?: SeeHostPath;
  /** What else is known of the host. */
  readonly hostLayers?: readonly HostLayer[];
  /** Milliseconds that only grow. */
  readonly now: () => number;
}

/** Makes a judge. It keeps nothing between requests but the facts of the host and the counts of rate limits. */
export function createJudge(options: JudgeOptions): Judge {
  return new PolicyJudge(options);
}

const SEES_NOTHING: SeeHostPath = () => undefined;

class PolicyJudge implements Judge {
  readonly #options: JudgeOptions;
  readonly #host: JudgedHost;
  readonly #rates: RateLimits;

  constructor(options: JudgeOptions) {
    this.#options = options;
    this.#host = new JudgedHost(options.lookup, options.hostLayers ?? [], options.now);
    this.#rates = new RateLimits(options.now);
  }

  async judge(received: JudgedRequest, identity: ClientIdentity): Promise<Verdict> {
    const rules = this.#options.policy.clients.get(identity.client);
    if (rules === undefined) {
      return denied("no-client", "", 403, [plainReason("allow", NO_CLIENT)], NO_CLIENT.en);
    }
    if (!this.#rates.take(rules)) {
      return denied("rate-limited", "", 429, [plainReason("limits", TOO_FAST)], told(TOO_FAST, rules));
    }
    const decoded = decodeRequest(received);
    if (!decoded.ok) {
      const { code, message, field = "" } = decoded.refusal;
      return denied(code, "", 403, [{ ...plainReason("request", message), field }], told(message, rules));
    }
    const { request } = decoded;
    const verb = verbFor(request);
    if (verb === undefined || !rules.verbs.has(verb)) {
      const title = (verb === undefined ? undefined : verbOf(verb)?.title) ?? { en: "unknown", ja: "不明" };
      return refused("verb-not-allowed", request, [verbRefusal(verb ?? request.route.id, rules, title)], rules);
    }
    if (received.body !== undefined && received.body.length > rules.limits.bodyBytes) {
      return denied(
        "body-too-large",
        request.route.id,
        413,
        [plainReason("limits", TOO_LARGE)],
        told(TOO_LARGE, rules),
      );
    }
    const anomaly = rules.tolerantJson ? undefined : request.anomalies[0];
    if (anomaly !== undefined) {
      const text = anomalyText(anomaly);
      return denied("json-anomaly", request.route.id, 403, [plainReason("json", text)], told(text, rules));
    }
    try {
      return await this.#decide(request, verb, rules);
    } catch (error) {
      if (error instanceof LookupFailed) {
        const text = lookupText(error.message);
        return denied("lookup-failed", request.route.id, 403, [plainReason("engine", text)], told(text, rules));
      }
      throw error;
    }
  }

  async #decide(request: DecodedRequest, verb: string, rules: ClientRules): Promise<Verdict> {
    const judged: Case = {
      request,
      verb,
      rules,
      objects: new Objects(this.#options.lookup),
      host: () => this.#host.facts(request.version),
      see: this.#options.see ?? SEES_NOTHING,
    };
    const outcome = await handlerOf(request.route.id)(judged);
    const refusals = hasExpressions(rules, verb) ? withExpressions(outcome, judged) : outcome.refusals;
    if (outcome.absent !== undefined && refusals.length === 0) {
      const text = { en: outcome.absent, ja: outcome.absent };
      return denied("absent", request.route.id, 404, [plainReason("own", text)], outcome.absent);
    }
    if (refusals.length > 0) {
      return refused(codeOf(refusals), outcome.request, refusals, rules);
    }
    const rewritten = outcome.request !== request || request.anomalies.length > 0;
    return {
      decision: rewritten ? "rewrite" : "allow",
      code: rewritten ? "rewritten" : "allowed",
      route: request.route.id,
      status: 0,
      message: "",
      reasons: [],
      gains: [],
      forward: forwarded(outcome.request),
      ...(outcome.answer === undefined ? {} : { answer: outcome.answer satisfies AnswerFilter }),
    };
  }
}

/** One verb a route, except where a parameter makes another thing of it. */
function verbFor({ route }: DecodedRequest): string | undefined {
  return verbOfRoute(route.id);
}

function withExpressions({ refusals, request }: Outcome, judged: Case): readonly Refusal[] {
  const { route } = request;
  const activation = activationOf({
    client: judged.rules.name,
    verb: judged.verb,
    route: route.id,
    method: route.method,
    query: queryTexts(request),
    body: request.body?.kind === "struct" ? request.body : undefined,
    bodyType: route.body.kind === "json" ? route.body.type : undefined,
  });
  return applyExpressions(refusals, activation, judged.verb, judged.rules);
}

function queryTexts({ query }: DecodedRequest): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...query].map(([name, value]): [string, readonly string[]] => {
      switch (value.kind) {
        case "bool":
          return [name, [value.value ? "1" : "0"]];
        case "strings":
          return [name, value.values];
        case "filters":
          return [name, [JSON.stringify(Object.fromEntries(value.filters))]];
        default:
          return [name, [value.value]];
      }
    }),
  );
}

/** The word for a denial: what kind of rule it was. */
function codeOf(refusals: readonly Refusal[]): string {
  const rules = new Set(refusals.map((refusal) => refusal.rule));
  if (rules.has("limits")) {
    return rules.size === 1 ? "limit-refused" : "grant-refused";
  }
  if (rules.has("gains")) {
    return "gain-refused";
  }
  return rules.has("rules") && rules.size === 1 ? "rule-refused" : "grant-refused";
}

function refused(code: string, request: DecodedRequest, refusals: readonly Refusal[], rules: ClientRules): Verdict {
  return {
    ...denied(code, request.route.id, 403, refusals.map(reasonOf), denialMessage(rules.name, refusals, rules.language)),
    gains: [...new Set(refusals.map((refusal) => refusal.gain).filter((gain) => gain !== ""))],
    // What would be sent if the policy only looked on.
    ...(rules.mode === "shadow" && { forward: forwarded(request) }),
  };
}

function denied(code: string, route: string, status: number, reasons: readonly Reason[], message: string): Verdict {
  return { decision: "deny", code, route, status, message, reasons, gains: [] };
}

const reasonOf = (refusal: Refusal): Reason => ({
  rule: refusal.detail === undefined ? refusal.rule : `${refusal.rule}.${refusal.detail}`,
  field: refusal.field,
  gain: refusal.gain,
  technique: refusal.technique,
  message: refusalSentence(refusal),
});

const plainReason = (rule: string, message: LocalizedText): Reason => ({
  rule,
  field: "",
  gain: "",
  technique: "",
  message,
});

const told = (text: LocalizedText, rules: ClientRules): string => `sekisho: ${text[rules.language]}`;

function forwarded(request: DecodedRequest): ForwardedRequest {
  const encoded: EncodedRequest = encodeRequest(request);
  return {
    ...encoded,
    streamsBody: request.route.body.kind === "stream" && request.headers.announcesBody,
    hijacks: request.route.hijack !== "never",
  };
}

const NO_CLIENT: LocalizedText = {
  en: "the policy has no such client",
  ja: "ポリシーにこのクライアントはありません",
};
const TOO_FAST: LocalizedText = {
  en: "too many requests: wait a moment",
  ja: "要求が多すぎます。しばらく待ってください",
};
const TOO_LARGE: LocalizedText = {
  en: "the request's body is larger than the policy allows",
  ja: "要求の本文がポリシーの許す大きさを超えています",
};

const lookupText = (reason: string): LocalizedText => ({
  en: `the engine could not be asked about an object of the request: ${reason}`,
  ja: `要求の対象についてエンジンに確認できませんでした: ${reason}`,
});

function anomalyText({ kind, key }: Anomaly): LocalizedText {
  const shown = JSON.stringify((key ?? "").slice(0, ANOMALY_KEY_CHARACTERS_MAX));
  switch (kind) {
    case "duplicate-key":
      return { en: `the key ${shown} comes twice`, ja: `キー ${shown} が二度現れます` };
    case "other-spelling":
      return { en: `the key ${shown} is not spelt as the API spells it`, ja: `キー ${shown} の綴りが API と違います` };
    case "unknown-key":
      return { en: `the key ${shown} is not one of the API`, ja: `キー ${shown} は API にありません` };
    case "null-in-array":
      return { en: "null stands in a list", ja: "配列の中に null があります" };
    case "replaced-text":
      return { en: "the text is not valid Unicode", ja: "文字列が正しい Unicode ではありません" };
    case "trailing-data":
      return { en: "something follows the body", ja: "本文の後に余分なデータがあります" };
    default:
      return assertNever(kind);
  }
}

/** Characters of a client's key that a message repeats. */
const ANOMALY_KEY_CHARACTERS_MAX = 100;
