import type { PlacedContainer, PodPath, PodProbe } from "../../facts/index.ts";
import { inContainers, type PodViolation, shown, violation } from "../pods/violation.ts";
import { control } from "./control.ts";

function hostsOf(placed: PlacedContainer, probe: PodProbe | undefined, path: PodPath): readonly PodViolation[] {
  return (["httpGet", "tcpSocket"] as const).flatMap((kind) => {
    const host = probe?.[kind]?.host ?? "";
    return host === ""
      ? []
      : [
          violation(
            placed,
            [...placed.path, ...path, kind, "host"],
            `makes the kubelet connect to ${shown(host)}`,
            `が kubelet を ${shown(host)} に接続させます`,
          ),
        ];
  });
}

/** Probes and hooks are requests of the kubelet: with a host they go wherever the pod says. */
export const hostProbesAndHostLifecycle = control({
  id: "hostProbesAndHostLifecycle",
  level: "baseline",
  title: { en: "Hosts in probes and hooks", ja: "プローブとフックのホスト指定" },
  explanation: {
    en: "The kubelet itself carries out probes and hooks. With a host in httpGet or tcpSocket it connects to that address from the node's network, which the pod need not reach by itself.",
    ja: "プローブとフックを実行するのは kubelet 自身です。httpGet や tcpSocket に host を書くと、Pod からは届かない宛先にも、ノードのネットワークから接続させられます。",
  },
  versions: [
    {
      from: 34,
      find: (pod) =>
        inContainers(pod, (placed) => {
          const { livenessProbe, readinessProbe, startupProbe, lifecycle } = placed.container;
          return [
            ...hostsOf(placed, livenessProbe, ["livenessProbe"]),
            ...hostsOf(placed, readinessProbe, ["readinessProbe"]),
            ...hostsOf(placed, startupProbe, ["startupProbe"]),
            ...hostsOf(placed, lifecycle?.postStart, ["lifecycle", "postStart"]),
            ...hostsOf(placed, lifecycle?.preStop, ["lifecycle", "preStop"]),
          ];
        }),
    },
  ],
  examples: {
    refused: ["containers: [{name: a, image: a, livenessProbe: {httpGet: {host: 127.0.0.1, port: 80}}}]"],
    allowed: ["containers: [{name: a, image: a, livenessProbe: {httpGet: {host: '', port: 80}}}]"],
  },
});
