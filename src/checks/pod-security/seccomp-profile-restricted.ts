import type { Pod } from "../../facts/index.ts";
import { inContainers, isWindowsPod, type PodViolation, securityPath, violation } from "../pods/violation.ts";
import { control } from "./control.ts";
import { isFiltering, unfilteredProfiles } from "./seccomp-field.ts";

function find(pod: Pod): readonly PodViolation[] {
  const common = pod.spec.securityContext?.seccompProfile;
  const covered = common !== undefined && isFiltering(common);
  const missing = inContainers(pod, (placed) =>
    covered || placed.container.securityContext?.seccompProfile !== undefined
      ? undefined
      : violation(
          placed,
          securityPath(placed, "seccompProfile"),
          "has no seccomp profile, and the pod sets none",
          "に seccomp プロファイルがなく、Pod にも指定がありません",
        ),
  );
  return [...unfilteredProfiles(pod), ...missing];
}

/** The system call filter must be asked for. */
export const seccompProfileRestricted = control({
  id: "seccompProfile_restricted",
  level: "restricted",
  title: { en: "Seccomp profile not set", ja: "seccomp プロファイルの未指定" },
  explanation: {
    en: "Kubernetes filters no system calls unless a profile is named or the kubelet's seccompDefault is on. RuntimeDefault or Localhost must stand on the pod or on every container; since v1.25 not for Windows.",
    ja: "プロファイルを指定するか、kubelet の seccompDefault を有効にしないかぎり、Kubernetes はシステムコールを制限しません。Pod か全コンテナに RuntimeDefault か Localhost が必要です(v1.25 以降、Windows を除く)。",
  },
  overrides: "seccompProfile_baseline",
  aliases: { trivy: ["KSV-0030"], checkov: ["CKV_K8S_31"], kubesec: ["SeccompAny"] },
  versions: [
    { from: 19, find },
    { from: 25, find: (pod) => (isWindowsPod(pod) ? [] : find(pod)) },
  ],
  examples: {
    refused: ["containers: [{name: a, image: a}]"],
    allowed: [
      "{securityContext: {seccompProfile: {type: RuntimeDefault}}, containers: [{name: a, image: a}]}",
      "{os: {name: windows}, containers: [{name: a, image: a}]}",
    ],
  },
});
