import { lsm } from "../facts/index.ts";
import { check } from "./check.ts";

/**
 * Neither AppArmor nor SELinux confines the container.
 *
 * One of the two is enough, and a kernel rarely has both; benchmarks ask for each of them by itself.
 */
export const noMandatoryAccessControl = check({
  id: "no-mandatory-access-control",
  severity: "low",
  title: {
    en: "Neither AppArmor nor SELinux confines the container",
    ja: "AppArmor も SELinux もコンテナを制限していない",
  },
  explanation: {
    en: "A profile of AppArmor or a label of SELinux refuses mounts, writes to kernel settings and other steps of an escape even to root with capabilities. Here none applies: the container switched it off, it is privileged, or the host has neither. Where the host has one, leave the engine's default in place.",
    ja: "AppArmor のプロファイルや SELinux のラベルは、ケーパビリティを持つ root に対しても、マウントやカーネル設定の書込みといった脱出の手順を拒否する。ここではどちらも効いていない。コンテナが無効にしたか、特権コンテナであるか、ホストにどちらもないかである。ホストにあるなら、エンジンの既定のままにするとよい。",
  },
  needs: lsm.off,
  field: "HostConfig.SecurityOpt",
  remedy: {
    summary: {
      en: "Leave the engine's profile in place, on a host with AppArmor or SELinux",
      ja: "AppArmor か SELinux のあるホストで、エンジンの既定のプロファイルを使う",
    },
  },
  aliases: { "cis-docker-1.6.0": ["5.2", "5.3"] },
  examples: {
    flagged: [
      "docker run -d busybox",
      { line: "docker run --security-opt apparmor=unconfined busybox", host: { apparmor: true } },
      { line: "docker run --privileged busybox", host: { apparmor: true } },
      { line: "docker run --security-opt label=disable busybox", host: { selinux: true, engineSelinux: true } },
    ],
    clean: [
      { line: "docker run -d busybox", host: { apparmor: true } },
      { line: "docker run --security-opt apparmor=docker-default busybox", host: { apparmor: true } },
      { line: "docker run -d busybox", host: { selinux: true, engineSelinux: true } },
    ],
  },
});
