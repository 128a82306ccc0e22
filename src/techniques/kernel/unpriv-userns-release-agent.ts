import { all, cgroup, hostuid0, kernel, lsm, not, seccomp, told, usernsUnprivileged } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * CVE-2022-0492 without any capability.
 *
 * The engine puts containers below the root of every hierarchy that it manages; whether one is left where the container is
 * at the root (rdma was such a one) is a matter of the host.
 */
export const unprivUsernsReleaseAgent = technique({
  id: "unpriv-userns-release-agent",
  attack: ["T1611", "T1068"],
  severity: "critical",
  title: {
    en: "release_agent through a user namespace of one's own",
    ja: "自前のユーザ名前空間から release_agent を悪用できる",
  },
  explanation: {
    en: "Before the fix of CVE-2022-0492 a user namespace made in the container was enough to mount a version 1 hierarchy and set its release_agent. The container must lie at the root of some hierarchy, and an unpatched kernel is needed: distributions patched without a new version number, so this is never certain.",
    ja: "CVE-2022-0492 の修正前は、コンテナ内で作ったユーザ名前空間だけで v1 の階層をマウントし、release_agent を設定できた。コンテナがいずれかの階層の最上位にあり、カーネルが未修正であることが条件になる。配布元は番号を変えずに修正するため、断定はしない。",
  },
  basis: "documented",
  needs: all(
    cgroup.v1,
    seccomp.allows("unshare-user"),
    usernsUnprivileged,
    hostuid0,
    lsm.allows("mount"),
    kernel.mayLackFix("CVE-2022-0492", "5.17"),
    told("cgroup.v1.root-membership"),
    not(kernel.option("STATIC_USERMODEHELPER")),
  ),
  gains: ["host-root"],
  examples: {
    open: [],
    possible: [{ line: "docker run --security-opt seccomp=unconfined busybox", host: { cgroup: 1, kernel: "5.10" } }],
    closed: [
      { line: "docker run --security-opt seccomp=unconfined busybox", host: { cgroup: 1 } },
      { line: "docker run busybox", host: { cgroup: 1, kernel: "5.10" } },
      {
        line: "docker run --security-opt seccomp=unconfined busybox",
        host: { cgroup: 1, kernel: "5.10", apparmor: true },
      },
    ],
  },
});
