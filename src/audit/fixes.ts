import { invariant } from "../base/index.ts";
import { deriveContainerFacts, type HostConfig, type HostFacts, splitBind, type Workload } from "../facts/index.ts";
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
  const found = searchOnce(workload, host, analysis);
  return workload.config.HostConfig.Privileged === true && found.fixes.some(({ kind }) => kind === "closing")
    ? { ...found, fixes: [...found.fixes, ...replacements({ workload, host }, analysis)] }
    : found;
}

function searchOnce(workload: Workload, host: HostFacts, analysis: Analysis): FoundFixes {
  const key = likeness(workload);
  if (key === undefined) {
    return search(workload, host, analysis);
  }
  const kept = answers.get(host) ?? new Map<string, FoundFixes>();
  answers.set(host, kept);
  const known = kept.get(key);
  if (known !== undefined) {
    return known;
  }
  const found = search(workload, host, analysis);
  // An edit that names a volume or a network is of use to nobody else.
  const edits = [...found.fixes, ...found.refused].flatMap(({ changes }) => changes.map(({ edit }) => edit));
  const names = givenNames(workload);
  if (kept.size < KEPT_ANSWERS_MAX && !edits.some((edit) => names.some((name) => edit.includes(name)))) {
    kept.set(key, found);
  }
  return found;
}

/** Names that are of no meaning but to tell things apart: those of volumes and of networks that somebody made. */
function givenNames({ config: { HostConfig } }: Workload): readonly string[] {
  const { NetworkMode = "", Binds = [], Mounts = [] } = HostConfig;
  return [
    ...(COMMON_NETWORKS.has(NetworkMode) ? [] : [NetworkMode]),
    ...Binds.map((bind) => splitBind(bind).source).filter((source) => !source.startsWith("/")),
    ...Mounts.flatMap(({ Type, Source = "" }) => (Type === "volume" ? [Source] : [])),
  ].filter((name) => name !== "");
}

const COMMON_NETWORKS: ReadonlySet<string> = new Set(["", "default", "bridge", "host", "none"]);

/** The part of a configuration on which fixes depend, without given names. Ports are not part of it. */
function withoutNames({ PortBindings: _, ...config }: HostConfig): object {
  const { NetworkMode = "", Binds = [], Mounts = [] } = config;
  return {
    ...config,
    NetworkMode: COMMON_NETWORKS.has(NetworkMode) ? NetworkMode : "*",
    Binds: Binds.map((bind) => {
      const { source } = splitBind(bind);
      return source.startsWith("/") ? bind : `*${bind.slice(source.length)}`;
    }),
    Mounts: Mounts.map((mount) => (mount.Type === "volume" ? { ...mount, Source: "*" } : mount)),
  };
}

/**
 * Everything of a workload that techniques and fixes depend on, as text. `undefined`: it depends on other containers, or
 * on what an engine resolved for this one.
 */
function likeness(workload: Workload): string | undefined {
  const { kind, config, unresolved, surroundings } = workload;
  const { Config, HostConfig } = config;
  const { containers: _containers, pod, volumes, image, build, ...resolved } = surroundings;
  const joined = [HostConfig.PidMode, HostConfig.IpcMode, HostConfig.NetworkMode, HostConfig.UTSMode].some((mode) =>
    mode?.startsWith("container:"),
  );
  if (joined || (HostConfig.VolumesFrom ?? []).length > 0 || Object.keys(resolved).length > 0) {
    return undefined;
  }
  const {
    Labels: _labels,
    Image: _image,
    Cmd: _cmd,
    Entrypoint: _entrypoint,
    ExposedPorts: _ports,
    Env = [],
    ...own
  } = Config;
  const membership = pod === undefined ? undefined : { ...pod, pod: pod.pod.kind, member: pod.member.list, pathOf: "" };
  return JSON.stringify([
    kind,
    own,
    withoutNames(HostConfig),
    Env.map((entry) => (entry.startsWith("DOCKER_HOST=") ? entry : "")),
    [...unresolved.keys()],
    image,
    build,
    volumes === undefined ? [] : givenNames(workload).map((name) => ({ ...volumes.get(name), name: "*" })),
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
      return { goal, ...found };
    }
    first ??= { goal, found };
  }
  return { goal: first?.goal, ...(first?.found ?? NOTHING) };
}

const replacements = (subject: Subject, { reached }: Analysis): readonly Fix[] =>
  replacementsForPrivileged(subject, evaluationOf(reached), evaluateSubject);
