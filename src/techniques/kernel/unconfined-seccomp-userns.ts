import { all, not, seccomp, usernsUnprivileged } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Making a user namespace because the filter is off or custom.
 *
 * The default profile opens the same call to a list with CAP_SYS_ADMIN; that is seccomp-widened-by-inert-cap.
 */
export const unconfinedSeccompUserns = technique({
  id: "unconfined-seccomp-userns",
  attack: ["T1068"],
  severity: "medium",
  title: { en: "A user namespace of one's own can be made", ja: "自前のユーザ名前空間を作れる" },
  explanation: {
    en: "The default filter refuses new user namespaces. Without it any user can make one and holds every capability inside, which opens the parts of the kernel that only root is meant to reach. Fresh procfs and disks stay refused there.",
    ja: "既定のフィルタは新しいユーザ名前空間を拒否する。これがないと誰でも作れ、その中では全ケーパビリティを持つため、本来 root だけが触れるカーネルの部分が開く。その中でも新しい procfs やディスクのマウントは拒否される。",
  },
  basis: "measured",
  needs: all(not(seccomp.default), seccomp.allows("unshare-user"), usernsUnprivileged),
  gains: ["kernel-attack-surface"],
  aliases: { "cis-docker-1.6.0": ["5.22"] },
  examples: {
    open: [{ line: "docker run --security-opt seccomp=unconfined busybox", host: { usernsUnpriv: true } }],
    possible: ["docker run --security-opt seccomp=unconfined busybox"],
    closed: [
      "docker run busybox",
      { line: "docker run --security-opt seccomp=unconfined busybox", host: { usernsUnpriv: false } },
    ],
  },
});
