import type { HostFacts, Workload } from "../../facts/index.ts";
import { containerGrants } from "../grants/container-grants.ts";
import { type Grant, ISOLATION_GRANTS } from "../grants/grant.ts";
import type { SeeHostPath } from "../grants/mount-grants.ts";
import type { ClientRules } from "../language/client-rules.ts";
import { refusedGains, withTechniques } from "./gains.ts";
import { judgeGrant } from "./judge-grant.ts";
import type { Refusal } from "./refusal.ts";

/** A container that a request makes, or uses. */
export interface ContainerSubject {
  readonly workload: Workload;
  readonly host: HostFacts;
  readonly see: SeeHostPath;
  /** Grants that the configuration alone does not tell: networks that were looked up, annotations, endpoints. */
  readonly further: readonly Grant[];
  /**
   * `made`: everything counts. `used`: the container is there already, so only what its isolation gives to whoever gets
   * into it counts, and not its ports, logs or restart policy.
   */
  readonly purpose: "made" | "used";
}

/** What rules refuse of a container: what it grants, and what it could gain by that. */
export function judgeContainer(subject: ContainerSubject, rules: ClientRules): readonly Refusal[] {
  const { workload, host, see, further, purpose } = subject;
  const refusals: Refusal[] = [];
  for (const grant of [...containerGrants(workload, see), ...further]) {
    if (isUsual(grant, host)) {
      continue;
    }
    if (purpose === "made" || ISOLATION_GRANTS.has(grant.kind)) {
      const refusal = judgeGrant(grant, rules);
      if (refusal !== undefined) {
        refusals.push(refusal);
      }
    }
  }
  const gains = refusedGains(workload, host, rules);
  return refusals.length === 0 ? gains : [...withTechniques(refusals, workload, host), ...gains];
}

/**
 * A client that names what it would get anyway asks for nothing: the engine's usual runtime, and the host's cgroup
 * namespace where every container is in it (cgroup v1, or `default-cgroupns-mode`). Engines write the latter into every
 * container's configuration, so that it cannot even be told from a wish.
 */
function isUsual(grant: Grant, { values }: HostFacts): boolean {
  switch (grant.kind) {
    case "runtime":
      return grant.name === values.defaultRuntime;
    case "host-namespace":
      return grant.namespace === "cgroup" && (values.defaultCgroupns ?? (values.cgroup === 1 ? "host" : "")) === "host";
    default:
      return false;
  }
}
