import { all, any, hostuid0, lsm, mount, ns, onHost, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Opening /proc/PID/root of a root process that has no capability to compare with.
 *
 * Measured with a process made for the test: opened with every capability dropped, while one with all of them was refused.
 */
export const pidHostRootLowcaps = technique({
  id: "pid-host-root-lowcaps",
  attack: ["T1611", "T1055"],
  severity: "critical",
  title: {
    en: "A root process of the host with few capabilities can be entered",
    ja: "ケーパビリティの少ないホストの root プロセスに入れる",
  },
  explanation: {
    en: "A process of the host's root that holds no more capabilities than the container, for example a hardened systemd service, can be inspected by container root even with every capability dropped. Its root link is the host's file system. Whether one runs is for the host's process list to say.",
    ja: "コンテナ以下のケーパビリティしか持たないホストの root プロセス(強化された systemd サービスなど)は、全ケーパビリティを落としたコンテナの root からも調べられる。そのルートリンクはホストのファイルシステムである。そうしたプロセスがあるかは、ホストのプロセス一覧で決まる。",
  },
  basis: "measured",
  needs: all(
    any(ns.pid.host, mount.any("/proc")),
    hostuid0,
    userns.host,
    lsm.allows("ptrace-host"),
    onHost.rootProcessWithFewCapabilities,
  ),
  gains: ["host-file-read(*)", "host-file-write(*)"],
  aliases: { "cis-docker-1.6.0": ["5.16"] },
  examples: {
    open: [
      { line: "docker run --pid host --cap-drop ALL busybox", host: { facts: { "host.root-process-lowcaps": "yes" } } },
    ],
    possible: ["docker run --pid host --cap-drop ALL busybox"],
    closed: [
      "docker run --cap-drop ALL busybox",
      { line: "docker run --pid host busybox", host: { apparmor: true } },
      "docker run --pid host --user 1000:1000 busybox",
    ],
  },
});
