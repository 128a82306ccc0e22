import type { PodProfile } from "../../facts/index.ts";
import { inContainers, podSecurityPath, securityPath, shown, violation } from "../pods/violation.ts";
import { control } from "./control.ts";

const ANNOTATION = "container.apparmor.security.beta.kubernetes.io/";

/** A profile that is there must have one of the two types; an empty one has neither. */
const allowed = (profile: PodProfile | undefined): boolean =>
  profile === undefined || profile.type === "RuntimeDefault" || profile.type === "Localhost";

const allowedAnnotation = (value: string): boolean =>
  value === "" || value === "runtime/default" || value.startsWith("localhost/");

/** AppArmor may be tightened and not switched off. */
export const appArmorProfile = control({
  id: "appArmorProfile",
  level: "baseline",
  title: { en: "AppArmor profiles", ja: "AppArmor プロファイル" },
  explanation: {
    en: "Nodes with AppArmor confine every container with the runtime's profile. A pod may name that one or a profile of the node, by field or by the older annotation, and may not run unconfined.",
    ja: "AppArmor のあるノードでは、どのコンテナもランタイムのプロファイルで制限されます。Pod は、フィールドや旧アノテーションでそれかノード上のプロファイルを指定できますが、unconfined にはできません。",
  },
  aliases: { trivy: ["KSV-0002"], kubesec: ["ApparmorUnconfined"] },
  versions: [
    {
      from: 0,
      find: (pod) => {
        const { appArmorProfile: common } = pod.spec.securityContext ?? {};
        const ofPod = allowed(common)
          ? []
          : [
              violation(
                undefined,
                podSecurityPath("appArmorProfile"),
                `has the AppArmor profile ${shown(common?.type ?? "")}`,
                `の AppArmor プロファイルが ${shown(common?.type ?? "")} です`,
              ),
            ];
        const ofContainers = inContainers(pod, (placed) => {
          const own = placed.container.securityContext?.appArmorProfile;
          return allowed(own)
            ? undefined
            : violation(
                placed,
                securityPath(placed, "appArmorProfile"),
                `has the AppArmor profile ${shown(own?.type ?? "")}`,
                `の AppArmor プロファイルが ${shown(own?.type ?? "")} です`,
              );
        });
        const ofAnnotations = Object.entries(pod.annotations).flatMap(([key, value]) =>
          key.startsWith(ANNOTATION) && !allowedAnnotation(value)
            ? [
                violation(
                  undefined,
                  ["metadata", "annotations", key],
                  `has the annotation ${shown(key)} with ${shown(value)}`,
                  `のアノテーション ${shown(key)} が ${shown(value)} です`,
                ),
              ]
            : [],
        );
        return [...ofPod, ...ofContainers, ...ofAnnotations];
      },
    },
  ],
  examples: {
    refused: ["{securityContext: {appArmorProfile: {type: Unconfined}}, containers: [{name: a, image: a}]}"],
    allowed: ["{securityContext: {appArmorProfile: {type: RuntimeDefault}}, containers: [{name: a, image: a}]}"],
  },
});
