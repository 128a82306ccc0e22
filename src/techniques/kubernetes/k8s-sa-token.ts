import { kubernetes } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * The token of the pod's service account.
 *
 * Needs: a pod whose token is not switched off.
 */
export const k8sSaToken = technique({
  id: "k8s-sa-token",
  attack: ["T1528", "T1552.007"],
  severity: "medium",
  title: { en: "A service account token is mounted", ja: "サービスアカウントのトークンがマウントされている" },
  explanation: {
    en: "Unless the pod or its account says otherwise, the kubelet mounts a token with which the pod speaks to the API server. What it opens is decided by the account's roles; the default account has next to none.",
    ja: "Pod かアカウントで無効にしないかぎり、kubelet は Pod が API サーバと話すためのトークンをマウントする。何ができるかはアカウントのロール次第で、既定のアカウントにはほとんど権限がない。",
  },
  basis: "documented",
  needs: kubernetes.tokenMounted,
  gains: ["k8s-api(sa)"],
  aliases: { trivy: ["KSV-0036"], checkov: ["CKV_K8S_38"], kubesec: ["AutomountServiceAccountToken"] },
  examples: {
    open: [{ line: "docker run busybox", host: { k8s: {} } }],
    possible: [{ line: "docker run busybox", host: { seccompDefault: false } }],
    closed: [
      "docker run busybox",
      { line: "docker run busybox", host: { k8s: { automountServiceAccountToken: false } } },
    ],
  },
});
