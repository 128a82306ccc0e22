import { shown, violation } from "../pods/violation.ts";
import { control } from "./control.ts";

const ALLOWED: ReadonlySet<string> = new Set([
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "image",
  "persistentVolumeClaim",
  "projected",
  "secret",
]);

/** Storage by its kind: what the cluster manages, and nothing that a pod names by itself. */
export const restrictedVolumes = control({
  id: "restrictedVolumes",
  level: "restricted",
  title: { en: "Kinds of volumes", ja: "ボリュームの種類" },
  explanation: {
    en: "Only configMap, csi, downwardAPI, emptyDir, ephemeral, image, persistentVolumeClaim, projected and secret are allowed. Other storage goes through a claim, so that an administrator decides over it.",
    ja: "許されるのは configMap、csi、downwardAPI、emptyDir、ephemeral、image、persistentVolumeClaim、projected、secret だけです。ほかのストレージは、管理者が決められるよう claim を通して使います。",
  },
  overrides: "hostPathVolumes",
  aliases: { trivy: ["KSV-0028"] },
  versions: [
    {
      from: 0,
      find: ({ spec }) =>
        (spec.volumes ?? []).flatMap(({ name = "", sources }, index) =>
          sources.some((source) => ALLOWED.has(source))
            ? []
            : [
                violation(
                  undefined,
                  ["spec", "volumes", index, sources[0] ?? "name"],
                  `has the volume ${shown(name)} of kind ${sources.join(", ")}`,
                  `が ${sources.join(", ")} のボリューム ${shown(name)} を使っています`,
                ),
              ],
        ),
    },
  ],
  examples: {
    refused: ["{containers: [{name: a, image: a}], volumes: [{name: v, nfs: {server: a, path: /a}}]}"],
    allowed: ["{containers: [{name: a, image: a}], volumes: [{name: v}, {name: w, secret: {secretName: s}}]}"],
  },
});
