import { all, any, cap, cgroup, imageDeviceNodes, lsm, mount, seccomp, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Detaching the eBPF device filter of one's own cgroup.
 *
 * Needs all of: version 2, CAP_SYS_ADMIN in the first user namespace, bpf(2), a node for a disk. CAP_BPF alone may not turn
 * the id of a program into a descriptor. Measured on a test cgroup: query, fetch by id and detach, through a read-only bind.
 * Should an ancestor carry a filter too, detaching one's own is not enough; engines attach none there.
 */
export const cgroupV2DeviceBpfDetach = technique({
  id: "cgroup-v2-device-bpf-detach",
  attack: ["T1611"],
  severity: "critical",
  title: {
    en: "The filter that keeps devices from the container can be removed",
    ja: "デバイスを制限するフィルタを取り外せる",
  },
  explanation: {
    en: "On version 2 the device filter is an eBPF program attached to the container's cgroup. CAP_SYS_ADMIN may list and detach it through the read-only cgroup directory that every container sees, then make a node for a disk and open it. The default seccomp profile opens bpf for it; neither AppArmor nor lockdown has a say.",
    ja: "v2 のデバイス制限は、コンテナの cgroup に付いた eBPF プログラムである。CAP_SYS_ADMIN があれば、どのコンテナからも見える読取り専用の cgroup ディレクトリ経由で列挙して取り外し、ディスクのノードを作って開ける。既定の seccomp は bpf を開き、AppArmor も lockdown も関与しない。",
  },
  basis: "measured",
  needs: all(
    cap("SYS_ADMIN"),
    cgroup.v2,
    userns.host,
    seccomp.allows("bpf"),
    lsm.allows("cgroup-write"),
    any(cap("MKNOD"), imageDeviceNodes, mount.any("/dev")),
  ),
  gains: ["raw-block-device"],
  aliases: { "cis-docker-1.6.0": ["5.4"] },
  examples: {
    open: [
      "docker run --cap-add SYS_ADMIN busybox",
      { line: "docker run --cap-add SYS_ADMIN busybox", host: { apparmor: true, lockdown: "integrity" } },
    ],
    possible: ["docker run --cap-add SYS_ADMIN --cap-drop MKNOD busybox"],
    closed: [
      "docker run --cap-add BPF busybox",
      "docker run --cap-add SYS_ADMIN --user 1000:1000 busybox",
      { line: "docker run --cap-add SYS_ADMIN busybox", host: { usernsRemap: true } },
    ],
  },
});
