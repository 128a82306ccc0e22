import type { Workload } from "../../facts/index.ts";
import {
  type Compatibility,
  type FeatureInHome,
  HOMES,
  type HomeVerdict,
  type WorkloadInHome,
} from "../../findings/index.ts";
import { ENGINE_ALTERNATIVES } from "./alternatives.ts";
import { REASONS } from "./reasons.ts";
import { FEATURES, mountsSocket, runsEngine } from "./table.ts";

const WORST_FIRST: readonly HomeVerdict[] = ["does-not", "conditional", "works"];

/** What each safer home makes of what a workload asks for. Pure. */
export function compatibilityOf(workload: Workload): Compatibility {
  const asked = FEATURES.filter((feature) => feature.asked(workload));
  const homes = HOMES.map((home, index): WorkloadInHome => {
    const features = asked.map(({ id, title, cells }): FeatureInHome => {
      const [verdict, basis, reason] = cells[index] ?? (["conditional", "unverified"] as const);
      return { feature: id, title, verdict, basis, ...(reason !== undefined && { reason: REASONS[reason] }) };
    });
    const verdict = WORST_FIRST.find((worst) => features.some((feature) => feature.verdict === worst)) ?? "works";
    return { home, verdict, features };
  });
  return { homes, alternatives: mountsSocket(workload) || runsEngine(workload) ? ENGINE_ALTERNATIVES : [] };
}
