import { containersOf, type Pod } from "../../facts/index.ts";
import { type PodViolation, shown, violation } from "../pods/violation.ts";
import { control } from "./control.ts";
import { unfilteredProfiles } from "./seccomp-field.ts";

const ANNOTATION_POD = "seccomp.security.alpha.kubernetes.io/pod";
const ANNOTATION_CONTAINER = "container.seccomp.security.alpha.kubernetes.io/";

const allowed = (value: string): boolean =>
  value === "runtime/default" || value === "docker/default" || value.startsWith("localhost/");

/** Before the field there were annotations. */
function unfilteredAnnotations(pod: Pod): readonly PodViolation[] {
  const keys = [
    ANNOTATION_POD,
    ...containersOf(pod).map(({ container }) => `${ANNOTATION_CONTAINER}${container.name ?? ""}`),
  ];
  return [...new Set(keys)].flatMap((key) => {
    const value = Object.hasOwn(pod.annotations, key) ? pod.annotations[key] : undefined;
    return value === undefined || allowed(value)
      ? []
      : [
          violation(
            undefined,
            ["metadata", "annotations", key],
            `has the annotation ${shown(key)} with ${shown(value)}`,
            `のアノテーション ${shown(key)} が ${shown(value)} です`,
          ),
        ];
  });
}

/** The system call filter may be left to the node and not switched off. */
export const seccompProfileBaseline = control({
  id: "seccompProfile_baseline",
  level: "baseline",
  title: { en: "Seccomp switched off", ja: "seccomp の無効化" },
  explanation: {
    en: "A profile that is named must filter: RuntimeDefault or Localhost. None may be named. Up to v1.18 the annotations are read, since then only the field.",
    ja: "プロファイルを指定するなら、RuntimeDefault か Localhost でなければなりません。指定しないことは許されます。v1.18 までの版はアノテーションを、それ以降はフィールドだけを見ます。",
  },
  aliases: { trivy: ["KSV-0104"], kubesec: ["SeccompUnconfined"] },
  versions: [
    { from: 0, find: unfilteredAnnotations },
    { from: 19, find: unfilteredProfiles },
  ],
  examples: {
    refused: [
      "containers: [{name: a, image: a, securityContext: {seccompProfile: {type: Unconfined}}}]",
      "{securityContext: {seccompProfile: {}}, containers: [{name: a, image: a}]}",
    ],
    allowed: [
      "containers: [{name: a, image: a}]",
      "containers: [{name: a, image: a, securityContext: {seccompProfile: {type: RuntimeDefault}}}]",
    ],
  },
});
