import { all, any, cap, hardening, kernel, lsm, not, seccomp, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Mounting the kernel's debugging file systems. */
export const debugfsMount = technique({
  id: "debugfs-mount",
  attack: ["T1611", "T1082"],
  severity: "high",
  title: { en: "debugfs and tracefs can be mounted", ja: "debugfs や tracefs をマウントできる" },
  explanation: {
    en: "debugfs and tracefs belong to the whole kernel: they trace every process and reach into drivers. Mounting them takes CAP_SYS_ADMIN in the host's user namespace. Lockdown closes them; docker-default denies the mount.",
    ja: "debugfs と tracefs はカーネル全体のもので、全プロセスを追跡し、ドライバの内部に触れる。マウントにはホストのユーザ名前空間での CAP_SYS_ADMIN が要る。lockdown はこれらを閉じ、docker-default はマウントを拒否する。",
  },
  basis: "measured",
  needs: all(
    cap("SYS_ADMIN"),
    userns.host,
    any(all(seccomp.allows("mount"), lsm.allows("mount")), all(seccomp.allows("fsopen"), lsm.allows("detached-mount"))),
    kernel.option("DEBUG_FS"),
    not(hardening.lockdown),
  ),
  gains: ["host-info-leak", "host-dos"],
  examples: {
    open: ["docker run --cap-add SYS_ADMIN busybox"],
    possible: [{ line: "docker run --cap-add SYS_ADMIN busybox", host: { apparmor: true } }],
    closed: [
      "docker run busybox",
      { line: "docker run --cap-add SYS_ADMIN busybox", host: { lockdown: "integrity" } },
      "docker run --cap-add SYS_ADMIN --user 1000:1000 busybox",
    ],
  },
});
