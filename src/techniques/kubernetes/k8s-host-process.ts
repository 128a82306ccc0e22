import { kubernetes } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * A HostProcess container of a Windows node.
 *
 * Needs: windowsOptions.hostProcess. Nothing else: the container is a process of the node.
 */
export const k8sHostProcess = technique({
  id: "k8s-host-process",
  attack: ["T1611"],
  severity: "critical",
  title: {
    en: "The container is a process of its Windows node",
    ja: "コンテナが Windows ノードのプロセスとして動いている",
  },
  explanation: {
    en: "A HostProcess container has neither a file system nor namespaces of its own: it runs on the node under the account that it names, NT AUTHORITY\\SYSTEM if it likes. The container user of a local group has less, but still stands on the node itself.",
    ja: "HostProcess コンテナは独自のファイルシステムも名前空間も持たず、指定したアカウント(NT AUTHORITY\\SYSTEM も可)でノード上に直接動く。権限の小さいローカルグループのユーザでも、ノードそのものの上で動くことに変わりはない。",
  },
  basis: "documented",
  needs: kubernetes.hostProcess,
  gains: ["host-root"],
  aliases: { "pod-security-standards": ["baseline/windowsHostProcess"] },
  examples: {
    open: [{ line: "docker run busybox", host: { k8s: { hostProcess: true } } }],
    closed: [{ line: "docker run busybox", host: { k8s: {} } }],
  },
});
