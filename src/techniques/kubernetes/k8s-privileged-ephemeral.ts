import { all, gained, kubernetes, not, told } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * From a token to a container inside another pod.
 *
 * Needs all of: the token, the right to ephemeral containers, and a namespace that does not enforce the baseline.
 */
export const k8sPrivilegedEphemeral = technique({
  id: "k8s-privileged-ephemeral",
  attack: ["T1609"],
  severity: "high",
  title: { en: "The pod's account may add debug containers", ja: "Pod のアカウントがデバッグコンテナを追加できる" },
  explanation: {
    en: "The right to pods/ephemeralcontainers adds a container to a running pod, which joins its network and, if asked, its processes. In a namespace that does not enforce the baseline it may be privileged.",
    ja: "pods/ephemeralcontainers の権限があれば、動作中の Pod にコンテナを追加し、そのネットワークや、指定すればプロセスにも参加できる。baseline を強制しない名前空間では特権にもできる。",
  },
  basis: "documented",
  needs: all(gained("k8s-api(sa)"), told("k8s.rbac(ephemeralcontainers)", "no"), not(kubernetes.baselineEnforced)),
  gains: ["other-container-control"],
  examples: {
    open: [
      {
        line: "docker run busybox",
        host: { k8s: {}, facts: { "k8s.rbac(ephemeralcontainers)": "yes", "k8s.psa(baseline)": "no" } },
      },
    ],
    possible: [{ line: "docker run busybox", host: { k8s: {}, facts: { "k8s.rbac(ephemeralcontainers)": "yes" } } }],
    closed: [
      { line: "docker run busybox", host: { k8s: {} } },
      {
        line: "docker run busybox",
        host: { k8s: {}, facts: { "k8s.rbac(ephemeralcontainers)": "yes", "k8s.psa(baseline)": "yes" } },
      },
    ],
  },
});
