import type { Pod, PodProfile } from "../../facts/index.ts";
import { inContainers, type PodViolation, podSecurityPath, securityPath, shown, violation } from "../pods/violation.ts";

/** A profile of one of the two types that filter. An empty type is none of them. */
export const isFiltering = (profile: PodProfile): boolean =>
  profile.type === "RuntimeDefault" || profile.type === "Localhost";

/** Profiles that are set, on the pod or on containers, and filter nothing. */
export function unfilteredProfiles(pod: Pod): readonly PodViolation[] {
  const common = pod.spec.securityContext?.seccompProfile;
  const sentence = ({ type = "" }: PodProfile): [string, string] => [
    `sets the seccomp profile ${shown(type)}`,
    `が seccomp プロファイルを ${shown(type)} にしています`,
  ];
  return [
    ...(common === undefined || isFiltering(common)
      ? []
      : [violation(undefined, podSecurityPath("seccompProfile"), ...sentence(common))]),
    ...inContainers(pod, (placed) => {
      const own = placed.container.securityContext?.seccompProfile;
      return own === undefined || isFiltering(own)
        ? undefined
        : violation(placed, securityPath(placed, "seccompProfile"), ...sentence(own));
    }),
  ];
}
