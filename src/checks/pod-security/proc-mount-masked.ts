import type { Pod } from "../../facts/index.ts";
import { inContainers, type PodViolation, securityPath, shown, violation } from "../pods/violation.ts";

/** Containers whose /proc is not masked as usual. */
export const unusualProcMounts = (pod: Pod): readonly PodViolation[] =>
  inContainers(pod, (placed) => {
    const procMount = placed.container.securityContext?.procMount;
    return procMount === undefined || procMount === "Default"
      ? undefined
      : violation(
          placed,
          securityPath(placed, "procMount"),
          `sets procMount to ${shown(procMount)}`,
          `が procMount を ${shown(procMount)} にしています`,
        );
  });
