import { all, not, privileged, uid0 } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Privileged with a user other than root.
 *
 * The way through a setuid file is no part of this: every technique is judged for root too where such a file may lead there.
 */
export const privilegedNonrootLatent = technique({
  id: "privileged-nonroot-latent",
  attack: ["T1068"],
  severity: "medium",
  title: {
    en: "A privileged container without root has the whole kernel before it",
    ja: "root でなくても privileged はカーネル全体を攻撃面にする",
  },
  explanation: {
    en: "A privileged container whose process is not root holds no capability, but seccomp and AppArmor are off and every device node is there. One setuid file, or an exec as user 0, gives everything back; whether such a file exists is judged for each technique.",
    ja: "一般ユーザで動く privileged のコンテナは有効なケーパビリティを持たないが、seccomp も AppArmor も無効で、全デバイスノードが見える。setuid ファイルが一つあるか、uid 0 で exec すれば、すべてが戻る。setuid の有無は各手法ごとに判定している。",
  },
  basis: "measured",
  needs: all(privileged, not(uid0)),
  gains: ["kernel-attack-surface"],
  aliases: { "cis-docker-1.6.0": ["5.5"] },
  examples: {
    open: ["docker run --privileged --user 1000:1000 --security-opt no-new-privileges busybox"],
    possible: ["docker run --privileged --user app busybox"],
    closed: ["docker run --privileged busybox", "docker run --user 1000:1000 busybox"],
  },
});
