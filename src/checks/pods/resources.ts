import type { PlacedContainer, Pod } from "../../facts/index.ts";
import { inContainers, type PodViolation, violation } from "./violation.ts";

/** Resources belong to containers that stay or start; an ephemeral one may name none. */
const maySay = ({ list }: PlacedContainer): boolean => list !== "ephemeralContainers";

/** Containers without a limit of their own or of their pod. */
export const withoutLimit = (pod: Pod, resource: string): readonly PodViolation[] =>
  inContainers(pod, (placed) =>
    !maySay(placed) ||
    placed.container.resources?.limits?.[resource] !== undefined ||
    pod.spec.resources?.limits?.[resource] !== undefined
      ? undefined
      : violation(
          placed,
          [...placed.path, "resources", "limits", resource],
          `has no ${resource} limit`,
          `に ${resource} の上限がありません`,
        ),
  );

/** Containers without a request; a limit is the request where none is written (core/v1 SetDefaults_Pod). */
export const withoutRequest = (pod: Pod, resource: string): readonly PodViolation[] =>
  inContainers(pod, (placed) => {
    const { limits = {}, requests = {} } = placed.container.resources ?? {};
    const common = pod.spec.resources;
    const said = [limits, requests, common?.limits, common?.requests].some((list) => list?.[resource] !== undefined);
    return said || !maySay(placed)
      ? undefined
      : violation(
          placed,
          [...placed.path, "resources", "requests", resource],
          `has no ${resource} request`,
          `に ${resource} の要求量がありません`,
        );
  });
