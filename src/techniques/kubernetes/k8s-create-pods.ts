import { all, gained, kubernetes, not, told } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * From a token to a node.
 *
 * Needs all of: the token, the right to create pods, and a namespace that does not enforce the baseline. An account is
 * taken to have the rights of the default one unless somebody says more.
 */
export const k8sCreatePods = technique({
  id: "k8s-create-pods",
  attack: ["T1610"],
  severity: "critical",
  title: { en: "The pod's account may create pods", ja: "Pod のアカウントが Pod を作成できる" },
  explanation: {
    en: "Whoever creates a pod decides what it mounts and with which rights it runs, so the right is root on a node. Admission stops it where the namespace enforces the baseline standard or a stricter policy.",
    ja: "Pod を作成できる者は、何をマウントしどの権限で動かすかを決められるので、この権限はノードの root に等しい。名前空間が baseline 以上の基準を強制していれば、受付制御で止まる。",
  },
  basis: "documented",
  needs: all(gained("k8s-api(sa)"), told("k8s.rbac(create-pods)", "no"), not(kubernetes.baselineEnforced)),
  gains: ["host-root", "other-container-control"],
  examples: {
    open: [
      {
        line: "docker run busybox",
        host: { k8s: {}, facts: { "k8s.rbac(create-pods)": "yes", "k8s.psa(baseline)": "no" } },
      },
    ],
    possible: [{ line: "docker run busybox", host: { k8s: {}, facts: { "k8s.rbac(create-pods)": "yes" } } }],
    closed: [
      { line: "docker run busybox", host: { k8s: {}, facts: { "k8s.rbac(create-pods)": "no" } } },
      {
        line: "docker run busybox",
        host: { k8s: {}, facts: { "k8s.rbac(create-pods)": "yes", "k8s.psa(baseline)": "yes" } },
      },
      {
        line: "docker run busybox",
        host: { k8s: { automountServiceAccountToken: false }, facts: { "k8s.rbac(create-pods)": "yes" } },
      },
    ],
  },
});
