import { all, any, kubernetes, peer } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Other containers of the same pod.
 *
 * Needs all of: the shared namespace, and an id and capabilities that match a neighbour's.
 */
export const k8sShareProcessNamespace = technique({
  id: "k8s-share-process-namespace",
  attack: ["T1055"],
  severity: "low",
  title: {
    en: "The pod's containers share one process namespace",
    ja: "Pod のコンテナがプロセス名前空間を共有している",
  },
  explanation: {
    en: "With shareProcessNamespace every container of the pod sees the others' processes, and opens their files through /proc if it runs as the same user with at least their capabilities. The reach ends at the pod.",
    ja: "shareProcessNamespace を使うと、Pod の各コンテナから他のコンテナのプロセスが見え、同じユーザで同等以上のケーパビリティがあれば、/proc 経由でそのファイルを開ける。範囲はその Pod の中に限られる。",
  },
  basis: "documented",
  needs: all(kubernetes.shareProcessNamespace, any(peer.capsSuperset, peer.sameUser)),
  gains: ["other-container-control"],
  examples: {
    open: [{ line: "docker run busybox", host: { k8s: { shareProcessNamespace: true } } }],
    closed: [
      { line: "docker run busybox", host: { k8s: {} } },
      { line: "docker run -u 20000:20000 busybox", host: { k8s: { shareProcessNamespace: true } } },
    ],
  },
});
