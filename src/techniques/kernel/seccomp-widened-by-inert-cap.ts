import { all, capBounding, not, seccomp, uid0, usernsUnprivileged } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * A capability that its user cannot use still opens system calls.
 *
 * Measured: uid 1000 with no-new-privileges and SYS_ADMIN in the list made a user namespace with 41 capabilities; without
 * it in the list, EPERM.
 */
export const seccompWidenedByInertCap = technique({
  id: "seccomp-widened-by-inert-cap",
  attack: ["T1068"],
  severity: "low",
  title: { en: "An unusable capability widens the filter", ja: "使えないケーパビリティがフィルタを広げている" },
  explanation: {
    en: "The default filter follows the list of capabilities, not the user. With CAP_SYS_ADMIN in the list a non-root process without any effective capability can make a user namespace, also under no-new-privileges, and then has every capability in it.",
    ja: "既定のフィルタは、ユーザではなくケーパビリティの一覧に従う。一覧に CAP_SYS_ADMIN があると、有効なケーパビリティを持たない一般ユーザでも、no-new-privileges の下でもユーザ名前空間を作れ、その中で全ケーパビリティを得る。",
  },
  basis: "measured",
  needs: all(capBounding("SYS_ADMIN"), not(uid0), seccomp.default, usernsUnprivileged),
  gains: ["kernel-attack-surface"],
  aliases: { "cis-docker-1.6.0": ["5.4"] },
  examples: {
    open: [
      {
        line: "docker run --user 1000:1000 --security-opt no-new-privileges --cap-add SYS_ADMIN busybox",
        host: { usernsUnpriv: true },
      },
    ],
    possible: ["docker run --user 1000:1000 --security-opt no-new-privileges --cap-add SYS_ADMIN busybox"],
    closed: [
      "docker run --user 1000:1000 --security-opt no-new-privileges busybox",
      "docker run --user 1000:1000 --security-opt no-new-privileges --cap-add SYS_PTRACE busybox",
    ],
  },
});
