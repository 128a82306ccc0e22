import { all, group, not, onHost, privileged, uid0, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Disks through their group. Other groups (input, tty, kvm) have techniques named after their devices; the group of
 * /dev/mem does not help, for opening it asks for CAP_SYS_RAWIO too.
 */
export const privilegedNonrootDevices = technique({
  id: "privileged-nonroot-devices",
  attack: ["T1006"],
  severity: "high",
  title: {
    en: "A privileged user in the disk group can read the disks",
    ja: "disk グループの privileged ユーザはディスクを読める",
  },
  explanation: {
    en: "The device cgroup of a privileged container is open, so only owner and mode of the node stand in the way, and those are the host's. Disks belong to the group disk, number 6 on Debian and Red Hat alike.",
    ja: "privileged のコンテナではデバイス cgroup が開いているため、止めるのはノードの所有者とモードだけで、それはホストのものがそのまま使われる。ディスクは disk グループ(Debian でも Red Hat でも 6 番)に属する。",
  },
  basis: "documented",
  needs: all(privileged, group("disk"), not(uid0), userns.host, onHost.rootOnLocalBlock),
  gains: ["host-file-read(*)"],
  aliases: { "cis-docker-1.6.0": ["5.5"] },
  examples: {
    open: [
      "docker run --privileged --user 1000:6 busybox",
      "docker run --privileged --user 1000:1000 --group-add 6 busybox",
    ],
    closed: [
      "docker run --privileged --user 1000:1000 busybox",
      "docker run --user 1000:6 busybox",
      { line: "docker run --privileged --user 1000:6 busybox", host: { rootless: true } },
    ],
  },
});
