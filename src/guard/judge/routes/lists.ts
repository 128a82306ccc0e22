import { type Case, type Outcome, ownerOf, withParameter } from "../case.ts";
import type { AnswerFilter, FilteredAnswer } from "../judge-types.ts";

/** What a list is called, and whether the engine filters it by label itself. */
interface ListKind {
  readonly document?: FilteredAnswer;
  readonly byEngine: boolean;
}

const KINDS: Readonly<Record<string, ListKind>> = {
  "container.list": { document: "container-list", byEngine: true },
  "network.list": { document: "network-list", byEngine: true },
  "volume.list": { document: "volume-list", byEngine: true },
  "system.events": { document: "events", byEngine: true },
  "system.df": { document: "disk-usage", byEngine: false },
  "container.prune": { byEngine: true },
  "network.prune": { byEngine: true },
  "volume.prune": { byEngine: true },
  "image.prune": { byEngine: true },
};

/**
 * Lists, events and prunes of a client that sees only its own: the engine is asked for objects with its label, whatever
 * else the client asks for, and the answer is filtered once more. Images are shared by name and shown to everybody who
 * may use them.
 */
export function list(judged: Case): Outcome {
  const { request, rules } = judged;
  const kind = KINDS[request.route.id];
  const hideEnvironment = rules.environment.hide;
  if (kind === undefined || !rules.ownOnly) {
    const document = kind?.document;
    return withAnswer(judged, document === undefined || !hideEnvironment ? undefined : { document, hideEnvironment });
  }
  const owner = ownerOf(rules);
  const filtered = kind.byEngine ? withLabelFilter(judged, `${owner.label}=${owner.value}`) : request;
  const answer = kind.document === undefined ? undefined : { document: kind.document, owner, hideEnvironment };
  return { ...withAnswer(judged, answer), request: filtered };
}

const withAnswer = ({ request }: Case, answer: AnswerFilter | undefined): Outcome => ({
  request,
  refusals: [],
  ...(answer === undefined ? {} : { answer }),
});

/** Several values of the filter `label` must all hold (moby, api/types/filters, MatchKVList). */
function withLabelFilter({ request }: Case, label: string) {
  const written = request.query.get("filters");
  const filters = new Map(written?.kind === "filters" ? written.filters : []);
  filters.set("label", [...(filters.get("label") ?? []), label]);
  return withParameter(request, "filters", { kind: "filters", filters });
}

/** The answer of an inspect, with the values of variables hidden where the policy says so. */
export function withHiddenEnvironment(outcome: Outcome, judged: Case, document: FilteredAnswer): Outcome {
  return judged.rules.environment.hide ? { ...outcome, answer: { document, hideEnvironment: true } } : outcome;
}
