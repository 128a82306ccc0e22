import type { PlacedContainer, Pod } from "../../facts/index.ts";

/** Containers that serve: not those of jobs, not init and debug containers. Sidecars serve, too. */
export function serves({ kind }: Pod, { container, list }: PlacedContainer): boolean {
  const sidecar = list === "initContainers" && container.restartPolicy === "Always";
  return kind !== "Job" && kind !== "CronJob" && (list === "containers" || sidecar);
}
