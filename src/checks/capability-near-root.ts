import { any, capBounding } from "../facts/index.ts";
import { check } from "./check.ts";

/**
 * A capability that stands for much of root is in the bounding set, whether or not the user can use it now.
 *
 * The techniques report what root does with it. This one also speaks where an ordinary user holds it for later.
 */
export const capabilityNearRoot = check({
  id: "capability-near-root",
  severity: "low",
  title: { en: "A capability close to root is in the bounding set", ja: "root に近いケーパビリティが境界集合にある" },
  explanation: {
    en: "CAP_SYS_ADMIN, CAP_SYS_PTRACE, CAP_SYS_MODULE and CAP_DAC_READ_SEARCH each stand for a large part of what root may do. An ordinary user does not use them directly, but a setuid file inside brings them to life, and the default system call filter opens further calls for each of them.",
    ja: "CAP_SYS_ADMIN、CAP_SYS_PTRACE、CAP_SYS_MODULE、CAP_DAC_READ_SEARCH は、いずれも root の権限の大きな部分に当たる。一般ユーザは直接には使えないが、コンテナ内の setuid ファイルで有効になり、既定のシステムコール制限もこれらに応じて緩む。",
  },
  needs: any(
    capBounding("SYS_ADMIN"),
    capBounding("SYS_PTRACE"),
    capBounding("SYS_MODULE"),
    capBounding("DAC_READ_SEARCH"),
  ),
  field: "HostConfig.CapAdd",
  remedy: {
    summary: {
      en: "Remove the capability, or name the smaller one that is needed",
      ja: "このケーパビリティを外すか、必要な小さいものを指定する",
    },
  },
  aliases: { "cis-docker-1.6.0": ["5.4"], "docker-bench-security-1.6.0": ["C.5.3.1", "C.5.3.2", "C.5.3.3", "C.5.3.4"] },
  examples: {
    flagged: [
      "docker run --cap-add SYS_ADMIN busybox",
      "docker run --user 1000 --cap-add SYS_PTRACE busybox",
      "docker run --privileged busybox",
    ],
    clean: ["docker run -d busybox", "docker run --cap-add NET_ADMIN busybox", "docker run --cap-add BPF busybox"],
  },
});
