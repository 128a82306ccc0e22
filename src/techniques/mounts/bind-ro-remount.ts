import { all, cap, lsm, mount, seccomp, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Turning a read-only bind into a writable one.
 *
 * Needs all of: a read-only bind, CAP_SYS_ADMIN in the first user namespace, a mount that seccomp and the LSM let
 * through. Every precondition that asks for a writable path then takes the read-only ones too.
 */
export const bindRoRemount = technique({
  id: "bind-ro-remount",
  attack: ["T1611"],
  severity: "high",
  title: { en: "A read-only mount can be made writable", ja: "読取り専用マウントを書込み可能に戻せる" },
  explanation: {
    en: "Read-only is a flag of the mount inside the container. Whoever may call mount(2) with CAP_SYS_ADMIN in the host's first user namespace clears it. In a user namespace of its own the flag is locked, and docker-default denies the remount.",
    ja: "読取り専用はコンテナ内のマウントのフラグにすぎない。ホストの最初のユーザ名前空間で CAP_SYS_ADMIN を持ち mount(2) を呼べる者は、それを外せる。別のユーザ名前空間ではフラグは固定され、docker-default は再マウントを拒否する。",
  },
  basis: "measured",
  needs: all(mount.roAny, cap("SYS_ADMIN"), userns.host, seccomp.allows("mount"), lsm.allows("mount")),
  gains: ["ro-binds-become-rw"],
  examples: {
    open: ["docker run --cap-add SYS_ADMIN -v /etc:/mnt:ro busybox", "docker run --privileged -v /srv:/mnt:ro busybox"],
    closed: [
      "docker run -v /etc:/mnt:ro busybox",
      "docker run --cap-add SYS_ADMIN busybox",
      { line: "docker run --cap-add SYS_ADMIN -v /etc:/mnt:ro busybox", host: { apparmor: true } },
    ],
  },
});
