import { all, any, cap, cgroup, hostuid0, kernel, lsm, mount, not, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * The release_agent of the host's own tree.
 *
 * Needs all of: a version 1 tree bound so that its controllers are writable, the host's root, and since Linux 5.17 and the
 * stable releases of early 2022 CAP_SYS_ADMIN as well.
 */
export const cgroupV1ReleaseAgentBind = technique({
  id: "cgroup-v1-release-agent-bind",
  attack: ["T1611"],
  severity: "critical",
  title: {
    en: "release_agent of the host's cgroup tree can be set",
    ja: "ホストの cgroup ツリーの release_agent を設定できる",
  },
  explanation: {
    en: "Where the host's version 1 tree is bound, user 0 can open release_agent at its root for writing, and docker-default allows paths below /sys/fs/cgroup. Since the fix of CVE-2022-0492 the write itself asks for CAP_SYS_ADMIN. An older engine's :ro does not help: each controller is a mount of its own below.",
    ja: "ホストの v1 ツリーがバインドされていれば、uid 0 は最上位の release_agent を書込み用に開け、docker-default も /sys/fs/cgroup 以下を許す。CVE-2022-0492 の修正以降、書込みには CAP_SYS_ADMIN が要る。古いエンジンの :ro は役に立たない。コントローラごとに下位のマウントだからである。",
  },
  basis: "measured",
  needs: all(
    cgroup.v1,
    any(mount.rw("/sys/fs/cgroup"), mount.roNonrecursive("/sys/fs/cgroup")),
    hostuid0,
    userns.host,
    lsm.allows("cgroup-write"),
    any(cap("SYS_ADMIN"), kernel.mayLackFix("CVE-2022-0492", "5.17")),
    not(kernel.option("STATIC_USERMODEHELPER")),
  ),
  gains: ["host-root"],
  examples: {
    open: [
      {
        line: "docker run --cap-add SYS_ADMIN -v /sys/fs/cgroup:/sys/fs/cgroup busybox",
        host: { cgroup: 1, apparmor: true },
      },
    ],
    possible: [{ line: "docker run -v /sys/fs/cgroup:/sys/fs/cgroup busybox", host: { cgroup: 1, kernel: "5.10" } }],
    closed: [
      { line: "docker run -v /sys/fs/cgroup:/sys/fs/cgroup busybox", host: { cgroup: 1 } },
      "docker run --cap-add SYS_ADMIN -v /sys/fs/cgroup:/sys/fs/cgroup busybox",
      { line: "docker run -v /sys/fs/cgroup:/sys/fs/cgroup:ro busybox", host: { cgroup: 1, kernel: "5.10" } },
    ],
  },
});
