import type { DecodedRequest, GoStruct } from "../../engine/index.ts";
import type { HostFacts } from "../../facts/index.ts";
import { type ClientRules, OWNER_LABEL, type Refusal, type SeeHostPath } from "../../policy/index.ts";
import type { AnswerFilter } from "./judge-types.ts";
import type { Objects } from "./objects.ts";

/** One request that is being judged, with all that judging it may ask. */
export interface Case {
  readonly request: DecodedRequest;
  readonly verb: string;
  readonly rules: ClientRules;
  readonly objects: Objects;
  readonly host: () => Promise<HostFacts>;
  readonly see: SeeHostPath;
}

/** What became of it. */
export interface Outcome {
  /** The request to forward: names resolved, defaults filled in. The very one of the case where nothing changed. */
  readonly request: DecodedRequest;
  readonly refusals: readonly Refusal[];
  readonly answer?: AnswerFilter;
  /** An object does not exist for this client: what the engine would say. */
  readonly absent?: string;
}

/** Judges the requests of some routes. */
export type Handler = (judged: Case) => Outcome | Promise<Outcome>;

/** Nothing to object to, nothing to change. */
export const passes = ({ request }: Case): Outcome => ({ request, refusals: [] });

export const absent = ({ request }: Case, message: string): Outcome => ({ request, refusals: [], absent: message });

export const refuses = ({ request }: Case, ...refusals: readonly Refusal[]): Outcome => ({ request, refusals });

/** The body where it is an object. */
export const bodyOf = ({ request }: Case): GoStruct | undefined =>
  request.body?.kind === "struct" ? request.body : undefined;

/** The text of a parameter; empty when it is not there. */
export function parameter({ query }: DecodedRequest, name: string): string {
  const value = query.get(name);
  return value?.kind === "string" || value?.kind === "json" || value?.kind === "int" ? value.value : "";
}

/** The texts of a parameter that may be repeated. */
export function parameters({ query }: DecodedRequest, name: string): readonly string[] {
  const value = query.get(name);
  return value?.kind === "strings" ? value.values : [];
}

export const withPath = (request: DecodedRequest, path: Readonly<Record<string, string>>): DecodedRequest => ({
  ...request,
  path: { ...request.path, ...path },
});

export const withBody = (request: DecodedRequest, body: GoStruct | undefined): DecodedRequest => ({ ...request, body });

export function withParameter(
  request: DecodedRequest,
  name: string,
  value: DecodedRequest["query"] extends ReadonlyMap<string, infer V> ? V : never,
): DecodedRequest {
  return { ...request, query: new Map(request.query).set(name, value) };
}

/** The label that an object of a client carries. */
export const ownerOf = (rules: ClientRules): { readonly label: string; readonly value: string } => ({
  label: OWNER_LABEL,
  value: rules.name,
});

export const isOwned = (labels: Readonly<Record<string, string>>, rules: ClientRules): boolean =>
  Object.hasOwn(labels, OWNER_LABEL) && labels[OWNER_LABEL] === rules.name;
