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

/** Searches the fixes of the worst gain of a workload. */
export function findFixes(
  workload: Workload,
  host: HostFacts,
  analysis: Analysis,
): { goal: string | undefined; fixes: readonly Fix[]; refused: readonly RefusedFix[]; bounded: boolean } {
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
