import { all, kubernetes, ns, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * hostPID in a pod.
 *
 * The same as --pid host of Docker, under its Kubernetes name; the techniques on processes conclude the rest.
 */
export const k8sHostpid = technique({
  id: "k8s-hostpid",
  attack: ["T1611", "T1057"],
  severity: "high",
  title: { en: "The pod shares the node's processes", ja: "Pod がノードのプロセスを共有している" },
  explanation: {
    en: "hostPID shows every process of the node with its command line, those of other pods included. Together with one capability, or with a matching user, it becomes control of them.",
    ja: "hostPID により、他の Pod のものを含むノードの全プロセスが、コマンドラインとともに見える。ケーパビリティが 1 つ加わるか、uid が一致すれば、それらを支配できる。",
  },
  basis: "documented",
  needs: all(kubernetes.pod, ns.pid.host, userns.host),
  gains: ["host-info-leak"],
  examples: {
    open: [{ line: "docker run --pid host busybox", host: { k8s: {} } }],
    closed: [{ line: "docker run busybox", host: { k8s: {} } }, "docker run --pid host busybox"],
  },
});
