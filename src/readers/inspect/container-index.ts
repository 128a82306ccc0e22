import type { Workload } from "../../facts/index.ts";
import type { ObservedContainer } from "./observed.ts";

/** Characters of a container's id that Docker prints and takes instead of the whole. */
export const SHORT_ID_CHARACTERS = 12;

interface Observed extends Workload {
  readonly observed: ObservedContainer;
}

/**
 * Enters containers under everything that `container:X` may call them, in Docker's order: the whole id, then the name,
 * then the beginning of the id. What comes first keeps a name, so that a container cannot pass for another by being
 * called like the other's id.
 */
export function indexContainers(index: Map<string, Workload>, workloads: readonly Observed[]): void {
  const keysOf: readonly ((workload: Observed) => string)[] = [
    (workload) => workload.observed.id,
    (workload) => workload.name,
    (workload) => workload.observed.id.slice(0, SHORT_ID_CHARACTERS),
  ];
  for (const keyOf of keysOf) {
    for (const workload of workloads) {
      const key = keyOf(workload);
      if (key !== "" && !index.has(key)) {
        index.set(key, workload);
      }
    }
  }
}
