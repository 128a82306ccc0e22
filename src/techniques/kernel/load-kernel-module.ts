import { all, any, cap, hardening, lsm, modules, not, seccomp, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Loading a module into the one kernel that everybody shares.
 *
 * Needs all of: CAP_SYS_MODULE in the first user namespace, the system call, a kernel that loads unsigned modules.
 * Lockdown counts as enforcing signatures.
 */
export const loadKernelModule = technique({
  id: "load-kernel-module",
  attack: ["T1611", "T1547.006"],
  severity: "critical",
  title: { en: "A kernel module can be loaded", ja: "カーネルモジュールを読み込める" },
  explanation: {
    en: "CAP_SYS_MODULE is the right to run code in the kernel, and the default seccomp profile opens the calls as soon as the capability is in the list. docker-default does not mediate it. Only a kernel without modules, or one that insists on signatures, refuses.",
    ja: "CAP_SYS_MODULE はカーネル内でコードを実行する権利であり、既定の seccomp プロファイルはこのケーパビリティがあるだけで必要な呼出しを開く。docker-default は関与しない。止めるのは、モジュールを使わないカーネルか、署名を強制するカーネルだけである。",
  },
  basis: "documented",
  needs: all(
    cap("SYS_MODULE"),
    userns.host,
    any(seccomp.allows("finit_module"), seccomp.allows("init_module")),
    modules,
    not(hardening.moduleSigEnforced),
    lsm.allows("kernel-capability"),
  ),
  gains: ["kernel-code"],
  aliases: { "cis-docker-1.6.0": ["5.4"] },
  examples: {
    open: [
      "docker run --cap-add SYS_MODULE busybox",
      { line: "docker run --cap-add SYS_MODULE busybox", host: { apparmor: true } },
      "docker run --cap-add ALL busybox",
    ],
    closed: [
      "docker run --cap-add NET_ADMIN busybox",
      "docker run --cap-add SYS_MODULE --user 1000:1000 busybox",
      { line: "docker run --cap-add SYS_MODULE busybox", host: { lockdown: "integrity" } },
      { line: "docker run --cap-add SYS_MODULE busybox", host: { modules: false } },
    ],
  },
});
