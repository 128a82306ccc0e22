import { shown, violation } from "../pods/violation.ts";
import { control } from "./control.ts";

/** Directories of the node in a pod. */
export const hostPathVolumes = control({
  id: "hostPathVolumes",
  level: "baseline",
  title: { en: "hostPath volumes", ja: "hostPath ボリューム" },
  explanation: {
    en: "A hostPath volume is a directory, a file or a socket of the node. Which of them lead to root on the node is told by the techniques; the standard refuses all of them.",
    ja: "hostPath ボリュームは、ノードのディレクトリやファイル、ソケットそのものです。どれがノードの root につながるかはテクニックが示し、この基準はすべてを拒否します。",
  },
  aliases: { trivy: ["KSV-0023"] },
  versions: [
    {
      from: 0,
      find: ({ spec }) =>
        (spec.volumes ?? []).flatMap(({ name = "", sources, hostPath }, index) =>
          sources.includes("hostPath")
            ? [
                violation(
                  undefined,
                  ["spec", "volumes", index, "hostPath"],
                  `has the hostPath volume ${shown(name)} (${shown(hostPath?.path ?? "")})`,
                  `が hostPath ボリューム ${shown(name)}(${shown(hostPath?.path ?? "")})を使っています`,
                ),
              ]
            : [],
        ),
    },
  ],
  examples: {
    refused: ["{containers: [{name: a, image: a}], volumes: [{name: v, hostPath: {path: /srv}}]}"],
    allowed: ["{containers: [{name: a, image: a}], volumes: [{name: v, hostPath: null}]}"],
  },
});
