import { deriveContainerFacts, type HostFacts, LEVEL, type Workload } from "../../facts/index.ts";
import { gainKind, gainRank } from "../../findings/index.ts";
import {
  type Applied,
  type Fixpoint,
  fixpoint,
  TECHNIQUES,
  type Technique,
  witnessOf,
} from "../../techniques/index.ts";
import type { ClientRules } from "../language/client-rules.ts";
import type { Refusal } from "./refusal.ts";

/** A gain that a container has beyond a default one of the same host. */
export interface ExtraGain {
  readonly gain: string;
  /** The worst technique that leads to it, with the field that it rests on. */
  readonly technique: Technique;
  readonly field: string;
}

type Certain = "yes" | "unknown";

const defaultGains = new WeakMap<HostFacts, ReadonlyMap<string, Certain>>();

/** What any container without options can gain on a host: no request is refused for that. */
function gainsOfDefault(host: HostFacts): ReadonlyMap<string, Certain> {
  let gains = defaultGains.get(host);
  if (gains === undefined) {
    const place = { uri: "default" };
    const workload: Workload = {
      id: "default",
      kind: "create-request",
      name: "default",
      source: place,
      config: { Config: {}, HostConfig: {} },
      where: () => place,
      unresolved: new Map(),
      surroundings: {},
    };
    gains = fixpoint(TECHNIQUES, deriveContainerFacts(workload, host), host).gains;
    defaultGains.set(host, gains);
  }
  return gains;
}

/** Gains that are remembered of configurations; one entry is under a kilobyte. */
export const REMEMBERED_GAINS_MAX = 512;

/** Characters of a configuration that is worth remembering. */
const REMEMBERED_CHARACTERS_MAX = 4_096;

/**
 * Gains are a pure function of a configuration and a host, so those of configurations that name no other object are
 * remembered for as long as the facts of the host are. Labels are no part of it: no technique looks at them.
 */
const remembered = new WeakMap<HostFacts, Map<string, readonly ExtraGain[]>>();

/**
 * What a container could gain over its host, its kernel or credentials beyond a default container, from medium up. An
 * unknown fact counts as the worse case: a gain that is possible counts as one.
 */
export function extraGains(workload: Workload, host: HostFacts): readonly ExtraGain[] {
  const key = rememberedKey(workload);
  if (key === undefined) {
    return findExtraGains(workload, host);
  }
  let ofHost = remembered.get(host);
  if (ofHost === undefined) {
    ofHost = new Map();
    remembered.set(host, ofHost);
  }
  let gains = ofHost.get(key);
  if (gains === undefined) {
    gains = findExtraGains(workload, host);
    if (ofHost.size >= REMEMBERED_GAINS_MAX) {
      ofHost.clear();
    }
    ofHost.set(key, gains);
  }
  return gains;
}

function rememberedKey(workload: Workload): string | undefined {
  if (Object.keys(workload.surroundings).length > 0 || workload.unresolved.size > 0) {
    return undefined;
  }
  const { Labels: _, ...config } = workload.config.Config;
  const key = JSON.stringify([config, workload.config.HostConfig]);
  return key.length > REMEMBERED_CHARACTERS_MAX ? undefined : key;
}

function findExtraGains(workload: Workload, host: HostFacts): readonly ExtraGain[] {
  const reached = fixpoint(TECHNIQUES, deriveContainerFacts(workload, host), host);
  const usual = gainsOfDefault(host);
  const extra: ExtraGain[] = [];
  for (const [gain, known] of reached.gains) {
    const kind = gainKind(gain);
    const before = usual.get(gain);
    const isNew = before === undefined || (before === "unknown" && known === "yes");
    if (isNew && kind.overHost && kind.severity !== "low" && kind.severity !== "info") {
      const producer = producerOf(gain, reached);
      extra.push({ gain, technique: producer.technique, field: fieldsOf(producer, reached)[0] ?? "HostConfig" });
    }
  }
  return extra.sort((left, right) => gainRank(left.gain) - gainRank(right.gain));
}

function producerOf(gain: string, { applied }: Fixpoint): Applied {
  const producers = applied.filter(({ technique }) => technique.gains.includes(gain));
  const certain = producers.find(({ level }) => level === LEVEL.yes) ?? producers[0];
  return certain as Applied;
}

/** The fields of the configuration that a technique rests on; the host's are nobody's request. */
const fieldsOf = (applied: Applied, reached: Fixpoint): readonly string[] =>
  witnessOf(applied, reached).fields.filter((field) => !field.startsWith("host."));

/** The gains that rules do not let through, as refusals. */
export function refusedGains(workload: Workload, host: HostFacts, rules: ClientRules): readonly Refusal[] {
  return extraGains(workload, host)
    .filter(({ gain }) => !rules.gains.has(gain))
    .map(({ gain, technique, field }): Refusal => {
      const kind = gainKind(gain);
      return {
        rule: "gains",
        detail: gain,
        field,
        gain,
        technique: technique.id,
        what: { en: `${kind.title.en} (${gain})`, ja: `${kind.title.ja}（${gain}）` },
        change: {
          en: `change ${field} so that this is not possible`,
          ja: `${field} を変更し、これができないようにしてください`,
        },
      };
    });
}

/**
 * Names, for each refusal, the worst technique that rests on the very field that is refused, so that the client reads
 * which escape path was closed.
 */
export function withTechniques(refusals: readonly Refusal[], workload: Workload, host: HostFacts): readonly Refusal[] {
  const reached = fixpoint(TECHNIQUES, deriveContainerFacts(workload, host), host);
  const applied = reached.applied
    .filter(({ technique }) => technique.gains.length > 0)
    .map((one) => ({ technique: one.technique, fields: fieldsOf(one, reached), rank: rankOf(one.technique) }))
    .sort((left, right) => left.rank - right.rank);
  return refusals.map((refusal) => {
    const found = applied.find(({ fields }) => fields.some((field) => concerns(field, refusal.field)));
    const gain = found?.technique.gains.toSorted((left, right) => gainRank(left) - gainRank(right))[0];
    return found === undefined || gain === undefined ? refusal : { ...refusal, technique: found.technique.id, gain };
  });
}

const rankOf = (technique: Technique): number => Math.min(...technique.gains.map(gainRank));

/** Whether two fields are the same or one lies in the other. */
function concerns(field: string, refused: string): boolean {
  return field === refused || field.startsWith(`${refused}.`) || refused.startsWith(`${field}.`);
}
