import type { Grant, Refusal } from "../../policy/index.ts";
import { type Case, isOwned } from "./case.ts";
import type { LabelledObject } from "./objects.ts";

/** Networks that every engine has and that nobody made. */
const BUILT_IN: ReadonlySet<string> = new Set(["", "default", "bridge", "none", "nat", "host"]);

/** What joining a network gives, and whose it is. */
export interface CheckedNetwork {
  readonly grants: readonly Grant[];
  readonly refusals: readonly Refusal[];
  /** Absent: a network of every engine, or one that nobody knows. */
  readonly network?: LabelledObject;
}

const NOTHING: CheckedNetwork = { grants: [], refusals: [] };

/**
 * Looks at a network before a container is put into it. The host's own is not among them: named as an endpoint it has
 * no effect (measured on Engine 20.10.24), and as a mode it is a namespace.
 */
export async function checkedNetwork(judged: Case, name: string, field: string): Promise<CheckedNetwork> {
  if (BUILT_IN.has(name)) {
    return NOTHING;
  }
  const found = await judged.objects.network(name);
  if (found.kind !== "found") {
    return NOTHING; // the engine says that there is none
  }
  const network = found.value;
  const grants: readonly Grant[] = BUILT_IN.has(network.name)
    ? []
    : [
        { kind: "network", field, name: network.name },
        { kind: "network-driver", field, driver: network.driver },
      ];
  const isForeign = judged.rules.ownOnly && !BUILT_IN.has(network.name) && !isOwned(network.labels, judged.rules);
  return { grants, network, refusals: isForeign ? [foreign(field, name)] : [] };
}

const foreign = (field: string, name: string): Refusal => ({
  rule: "own",
  field,
  gain: "peer-network-mitm",
  technique: "",
  what: {
    en: `the network ${name}, which this client did not make,`,
    ja: `このクライアントが作ったものではないネットワーク ${name}`,
  },
  change: { en: "use a network of your own", ja: "自分で作ったネットワークを使ってください" },
});
