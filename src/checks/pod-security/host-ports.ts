import { inContainers, violation } from "../pods/violation.ts";
import { control } from "./control.ts";

/** Ports of the node. */
export const hostPorts = control({
  id: "hostPorts",
  level: "baseline",
  title: { en: "Host ports", ja: "ホストのポート" },
  explanation: {
    en: "A hostPort takes a port of the node, past Services and often past network policies. Only 0, which is the same as none, is allowed.",
    ja: "hostPort はノードのポートを占有し、Service や、多くの場合 NetworkPolicy も経由しません。許されるのは、指定なしと同じ 0 だけです。",
  },
  aliases: { trivy: ["KSV-0024"], checkov: ["CKV_K8S_26"] },
  versions: [
    {
      from: 0,
      find: (pod) =>
        inContainers(pod, (placed) =>
          (placed.container.ports ?? []).flatMap(({ hostPort = 0 }, index) =>
            hostPort === 0
              ? []
              : [
                  violation(
                    placed,
                    [...placed.path, "ports", index, "hostPort"],
                    `uses port ${hostPort} of the node`,
                    `がノードのポート ${hostPort} を使っています`,
                  ),
                ],
          ),
        ),
    },
  ],
  examples: {
    refused: ["containers: [{name: a, image: a, ports: [{containerPort: 80, hostPort: 80}]}]"],
    allowed: ["containers: [{name: a, image: a, ports: [{containerPort: 80, hostPort: 0}]}]"],
  },
});
