import { inContainers, podSecurityPath, securityPath, violation } from "../pods/violation.ts";
import { control } from "./control.ts";

const SENTENCE = ["runs as a process of its Windows node", "が Windows ノードのプロセスとして動きます"] as const;

/** The privileged container of Windows. */
export const windowsHostProcess = control({
  id: "windowsHostProcess",
  level: "baseline",
  title: { en: "Windows HostProcess containers", ja: "Windows の HostProcess コンテナ" },
  explanation: {
    en: "A HostProcess container is a process of its Windows node with the rights of an account of that node. It is no container in the sense of isolation.",
    ja: "HostProcess コンテナは、Windows ノードのアカウントの権限で動くノードのプロセスです。隔離という意味ではコンテナではありません。",
  },
  aliases: { trivy: ["KSV-0103"] },
  versions: [
    {
      from: 0,
      find: (pod) => [
        ...(pod.spec.securityContext?.windowsOptions?.hostProcess === true
          ? [violation(undefined, podSecurityPath("windowsOptions", "hostProcess"), ...SENTENCE)]
          : []),
        ...inContainers(pod, (placed) =>
          placed.container.securityContext?.windowsOptions?.hostProcess === true
            ? violation(placed, securityPath(placed, "windowsOptions", "hostProcess"), ...SENTENCE)
            : undefined,
        ),
      ],
    },
  ],
  examples: {
    refused: ["{securityContext: {windowsOptions: {hostProcess: true}}, containers: [{name: a, image: a}]}"],
    allowed: ["{securityContext: {windowsOptions: {hostProcess: false}}, containers: [{name: a, image: a}]}"],
  },
});
