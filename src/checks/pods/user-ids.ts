import type { PlacedContainer, Pod, PodPath } from "../../facts/index.ts";
import { podSecurityPath, securityPath } from "./violation.ts";

/** Below it hosts give numbers to accounts of their own. */
export const OWN_ID_MIN = 10_000;

/** The number that a container runs as, and where it is written; the container's wins over the pod's. */
export function idOf(
  { spec }: Pod,
  placed: PlacedContainer,
  field: "runAsUser" | "runAsGroup",
): { readonly id: number | undefined; readonly path: PodPath } {
  const own = placed.container.securityContext?.[field];
  const common = spec.securityContext?.[field];
  return own === undefined && common !== undefined
    ? { id: common, path: podSecurityPath(field) }
    : { id: own, path: securityPath(placed, field) };
}
