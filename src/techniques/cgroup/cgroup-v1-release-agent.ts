import { all, any, cap, cgroup, kernel, lsm, not, ns, seccomp, told, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * The release_agent of a version 1 hierarchy that the container mounts itself.
 *
 * Needs all of: a version 1 hierarchy, CAP_SYS_ADMIN in the first user namespace, the mount, and the root of the hierarchy.
 * A private cgroup namespace hides the root, but setting the agent as a mount option may still do, so it is not a certain
 * end. Opening the file for writing was measured, writing was not.
 */
export const cgroupV1ReleaseAgent = technique({
  id: "cgroup-v1-release-agent",
  attack: ["T1611"],
  severity: "critical",
  title: {
    en: "release_agent of a mounted cgroup hierarchy can be set",
    ja: "マウントした cgroup 階層の release_agent を設定できる",
  },
  explanation: {
    en: "A version 1 hierarchy has a file that names a program which the kernel starts as root on the host when a group becomes empty. CAP_SYS_ADMIN mounts the hierarchy writable. The file exists only at the hierarchy's root, which a container sees when it shares the host's cgroup namespace, the default on version 1.",
    ja: "cgroup v1 の階層には、グループが空になるとカーネルがホストの root として起動するプログラムを書くファイルがある。CAP_SYS_ADMIN があれば階層を書込み可能でマウントできる。ファイルがあるのは階層の最上位だけで、ホストの cgroup 名前空間(v1 の既定)を使うコンテナから見える。",
  },
  basis: "measured",
  needs: all(
    cgroup.v1,
    cap("SYS_ADMIN"),
    userns.host,
    any(all(seccomp.allows("mount"), lsm.allows("mount")), all(seccomp.allows("fsopen"), lsm.allows("detached-mount"))),
    any(ns.cgroup.host, told("cgroup.v1.root-visible")),
    not(kernel.option("STATIC_USERMODEHELPER")),
  ),
  gains: ["host-root"],
  aliases: { "cis-docker-1.6.0": ["5.4"] },
  examples: {
    open: [{ line: "docker run --cap-add SYS_ADMIN busybox", host: { cgroup: 1 } }],
    possible: [
      { line: "docker run --cap-add SYS_ADMIN --cgroupns private busybox", host: { cgroup: 1 } },
      { line: "docker run --cap-add SYS_ADMIN busybox", host: { cgroup: 1, apparmor: true } },
    ],
    closed: [
      "docker run --cap-add SYS_ADMIN busybox",
      { line: "docker run busybox", host: { cgroup: 1 } },
      { line: "docker run --cap-add SYS_ADMIN --user 1000:1000 busybox", host: { cgroup: 1 } },
    ],
  },
});
