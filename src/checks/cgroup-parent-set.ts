import { config } from "../facts/index.ts";
import { check } from "./check.ts";

/** The container is put under a cgroup of somebody's choice, where the engine's own limits may not hold. */
export const cgroupParentSet = check({
  id: "cgroup-parent-set",
  severity: "low",
  title: { en: "The container is placed under another cgroup", ja: "別の cgroup の下に置かれている" },
  explanation: {
    en: "The engine puts containers under a cgroup of its own, where the host's administrator limits them together. A container with another parent takes part in other limits, or in none. Leave the parent to the engine unless somebody manages that cgroup.",
    ja: "エンジンはコンテナを専用の cgroup に置き、ホストの管理者はそこでまとめて上限を設けられる。別の親を指定したコンテナには、別の上限が適用されるか、何も適用されない。その cgroup を管理する者がいないかぎり、エンジンに任せるとよい。",
  },
  needs: config.cgroupParent,
  field: "HostConfig.CgroupParent",
  remedy: {
    summary: { en: "Leave the parent cgroup to the engine", ja: "親 cgroup をエンジンに任せる" },
    edit: 'HostConfig.CgroupParent=""',
  },
  aliases: { "cis-docker-1.6.0": ["5.25"], kics: ["cgroup_not_default"] },
  examples: {
    flagged: ["docker run --cgroup-parent /custom busybox"],
    clean: ["docker run -d busybox", "docker run --cgroupns private busybox"],
  },
});
