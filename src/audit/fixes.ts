import { invariant } from "../base/index.ts";
import type { HostFacts, Workload } from "../facts/index.ts";
import { deriveContainerFacts } from "../facts/index.ts";
import { type Fix, gainKind, type RefusedFix } from "../findings/index.ts";
import {
  type Evaluate,
  type Evaluation,
  type Remedies,
  replacementsForPrivileged,
  type Subject,
  searchFixes,
} from "../remedies/index.ts";
import { explain, type Fixpoint, firstProof, fixpoint, techniquesFor } from "../techniques/index.ts";
import type { Analysis } from "./analyse.ts";

/** Evaluates an edited subject: gains at once, a proof only when the search asks for one. */
export const evaluateSubject: Evaluate = ({ workload, host }: Subject) =>
  evaluationOf(fixpoint(techniquesFor(workload), deriveContainerFacts(workload, host), host));

function evaluationOf(reached: Fixpoint): Evaluation {
  return {
    gains: reached.gains,
    proof: (gain) =>
      (firstProof(reached, gain) ?? []).flatMap((step) => {
        const view = reached.views[step.identity];
        invariant(view !== undefined, "a proof belongs to as many identities as its container has");
        return [
          ...step.leaves.flatMap((leaf) =>
            leaf.kind === "gained" ? [] : [{ fact: leaf.fact.id, from: leaf.fact.from(view) }],
          ),
          // How this user is reached is part of the proof.
          { fact: "identity", from: view.identity.from },
        ];
      }),
    deciding: (gain) => explain(reached).proofs.get(gain)?.[0]?.decidedBy ?? [],
  };
}

/** Gains that are worth a fix of their own: from medium up, and the attack surface. */
function worthFixing(gain: string): boolean {
  return ["critical", "high", "medium"].includes(gainKind(gain).severity) || gain === "kernel-attack-surface";
}

/** Most gains for which fixes are searched in turn, until one can be closed. */
const GOALS_MAX = 3;

/** The gains that fixes are searched for, the first first: critical ones, then certain ones, then possible ones. */
export function goalsOf(analysis: Analysis): readonly string[] {
  const worth = analysis.gains.filter(({ gain }) => worthFixing(gain));
  const critical = worth.filter(({ gain }) => gainKind(gain).severity === "critical");
  const certain = worth.filter(({ certainty }) => certainty === "yes");
  return [...new Set([...critical.slice(0, 1), ...certain, ...worth].map(({ gain }) => gain))].slice(0, GOALS_MAX);
}

const NOTHING: Remedies = { fixes: [], refused: [], bounded: false };

/** What the search for fixes gives. */
interface FoundFixes {
  readonly goal: string | undefined;
  readonly fixes: readonly Fix[];
  readonly refused: readonly RefusedFix[];
  readonly bounded: boolean;
}

/** Most answers that are kept for one host. */
const KEPT_ANSWERS_MAX = 2_000;

const answers = new WeakMap<HostFacts, Map<string, FoundFixes>>();

/**
 * Searches the fixes of the worst gain of a workload. Services and containers of many files resemble each other: what
 * asks for the same on the same host has the same fixes, and is searched once.
 */
export function findFixes(workload: Workload, host: HostFacts, analysis: Analysis): FoundFixes {
  const key = likeness(workload);
  if (key === undefined) {
    return search(workload, host, analysis);
  }
  const kept = answers.get(host) ?? new Map<string, FoundFixes>();
  answers.set(host, kept);
  const found = kept.get(key) ?? search(workload, host, analysis);
  if (kept.size < KEPT_ANSWERS_MAX) {
    kept.set(key, found);
  }
  return found;
}

/**
 * Everything of a workload that techniques and fixes depend on, as text. `undefined`: it depends on other containers, or
 * on what an engine resolved for this one.
 */
function likeness({ kind, config, unresolved, surroundings }: Workload): string | undefined {
  const { Config, HostConfig } = config;
  const { containers: _, pod, volumes, image, build, ...resolved } = surroundings;
  const joined = [HostConfig.PidMode, HostConfig.IpcMode, HostConfig.NetworkMode, HostConfig.UTSMode].some((mode) =>
    mode?.startsWith("container:"),
  );
  if (joined || (HostConfig.VolumesFrom ?? []).length > 0 || Object.keys(resolved).length > 0) {
    return undefined;
  }
  const { Labels: __, Image, Cmd, Entrypoint, ExposedPorts: ___, Env = [], ...own } = Config;
  // What a privileged container seems to be for is read from its image and its words.
  const words = HostConfig.Privileged === true ? [Image, Entrypoint, Cmd] : [];
  const membership = pod === undefined ? undefined : { ...pod, pod: pod.pod.kind, member: pod.member.list, pathOf: "" };
  return JSON.stringify([
    kind,
    own,
    HostConfig,
    words,
    Env.map((entry) => (entry.startsWith("DOCKER_HOST=") ? entry : "")),
    [...unresolved.keys()],
    image,
    build,
    volumes === undefined ? [] : [...volumes],
    membership,
  ]);
}

function search(workload: Workload, host: HostFacts, analysis: Analysis): FoundFixes {
  const subject: Subject = { workload, host };
  const before = evaluationOf(analysis.reached);
  const evaluate: Evaluate = (edited) => (edited === subject ? before : evaluateSubject(edited));
  let first: { goal: string; found: Remedies } | undefined;
  for (const goal of goalsOf(analysis)) {
    const found = searchFixes(subject, goal, evaluate);
    if (found.fixes.some(({ kind }) => kind === "closing")) {
      return { goal, ...found, fixes: [...found.fixes, ...replacements(subject, before)] };
    }
    first ??= { goal, found };
  }
  return { goal: first?.goal, ...(first?.found ?? NOTHING) };
}

const replacements = (subject: Subject, before: Evaluation): readonly Fix[] =>
  subject.workload.config.HostConfig.Privileged === true
    ? replacementsForPrivileged(subject, before, evaluateSubject)
    : [];
