import { all, any, hostuid0, lsm, mount, ns, proc, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Writing /proc/sys/net in the host's network namespace: procfs shows the settings of the reader's own. */
export const sysctlNetnsHost = technique({
  id: "sysctl-netns-host",
  attack: ["T1562.004"],
  severity: "medium",
  title: { en: "The host's network settings can be changed", ja: "ホストのネットワーク設定(sysctl)を変更できる" },
  explanation: {
    en: "With the host's network, /proc/sys/net is the host's: forwarding, filters, redirects. Writing it takes user 0 and a writable /proc/sys, or a writable bind of it. The engine itself refuses --sysctl net.* together with the host's network.",
    ja: "ホストのネットワークを使うと、/proc/sys/net はホストのもの(転送、フィルタ、リダイレクト)になる。書くには uid 0 と、書込み可能な /proc/sys またはそのバインドが要る。エンジンは、ホストネットワークでの --sysctl net.* を拒否する。",
  },
  basis: "documented",
  needs: all(
    ns.net.host,
    any(all(proc.sysWritable, lsm.allows("proc-write")), all(mount.rw("/proc/sys/net"), lsm.allows("file-host"))),
    hostuid0,
    userns.host,
  ),
  gains: ["host-network-admin"],
  aliases: { "cis-docker-1.6.0": ["5.10"] },
  examples: {
    open: [
      "docker run --network host --security-opt systempaths=unconfined busybox",
      "docker run --network host -v /proc/sys/net:/x busybox",
    ],
    closed: [
      "docker run --network host busybox",
      "docker run --security-opt systempaths=unconfined busybox",
      { line: "docker run --network host --security-opt systempaths=unconfined busybox", host: { apparmor: true } },
    ],
  },
});
