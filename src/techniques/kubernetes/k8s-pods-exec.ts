import { all, gained, told } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * From a token to other pods.
 *
 * Needs all of: the token, and the right to pods/exec.
 */
export const k8sPodsExec = technique({
  id: "k8s-pods-exec",
  attack: ["T1609"],
  severity: "high",
  title: { en: "The pod's account may exec into pods", ja: "Pod のアカウントが他の Pod で exec できる" },
  explanation: {
    en: "The right to pods/exec runs commands in every pod of its scope, with that pod's rights, secrets and tokens.",
    ja: "pods/exec の権限があれば、その範囲のすべての Pod で、その Pod の権限、Secret、トークンを使ってコマンドを実行できる。",
  },
  basis: "documented",
  needs: all(gained("k8s-api(sa)"), told("k8s.rbac(pods/exec)", "no")),
  gains: ["other-container-control"],
  examples: {
    open: [{ line: "docker run busybox", host: { k8s: {}, facts: { "k8s.rbac(pods/exec)": "yes" } } }],
    closed: [
      { line: "docker run busybox", host: { k8s: {} } },
      { line: "docker run busybox", host: { facts: { "k8s.rbac(pods/exec)": "yes" } } },
    ],
  },
});
