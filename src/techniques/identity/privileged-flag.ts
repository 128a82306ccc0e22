import { all, hostuid0, privileged, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * The word Privileged, as the root of the host.
 *
 * Each thing that it gives is a fact of its own, from which other techniques conclude; this one is here so that the setting
 * itself is named. Measured: the capability mask is the same with every capability dropped.
 */
export const privilegedFlag = technique({
  id: "privileged-flag",
  attack: ["T1611"],
  severity: "critical",
  title: { en: "The container is privileged", ja: "コンテナが privileged である" },
  explanation: {
    en: "A privileged container has every capability, every device of the host, a writable /sys, no masks, and neither seccomp nor AppArmor unless a profile is named. Dropping capabilities has no effect on it. As the host's root that is the host; as another user it is what privileged-nonroot-latent says.",
    ja: "privileged のコンテナは、全ケーパビリティ、ホストの全デバイス、書込み可能な /sys を持ち、マスクもなく、プロファイルを明示しないかぎり seccomp も AppArmor も効かない。cap-drop は無視される。ホストの root として動けばホストそのものである。",
  },
  basis: "measured",
  needs: all(privileged, userns.host, hostuid0),
  gains: ["host-root"],
  aliases: {
    "cis-docker-1.6.0": ["5.5"],
    kics: ["privileged_containers_enabled", "ae5b6871-7f45-42e0-bb4c-ab300c4d2026"],
  },
  examples: {
    open: [
      "docker run --privileged busybox",
      "docker run --privileged --cap-drop ALL --security-opt no-new-privileges busybox",
    ],
    closed: [
      "docker run --cap-add ALL busybox",
      "docker run --privileged --user 1000:1000 --security-opt no-new-privileges busybox",
      { line: "docker run --privileged busybox", host: { rootless: true } },
    ],
  },
});
