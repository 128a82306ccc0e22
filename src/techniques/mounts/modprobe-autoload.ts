import { all, any, hardening, lsm, modules, mount, not, rootOn } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Replacing a module that the host will load.
 *
 * Needs all of: /lib/modules writable, root on that mount, a kernel with modules, and no enforcement of signatures. No
 * capability: the host does the loading.
 */
export const modprobeAutoload = technique({
  id: "modprobe-autoload",
  attack: ["T1611", "T1547.006"],
  severity: "critical",
  title: { en: "The host's kernel modules are writable", ja: "ホストのカーネルモジュールに書き込める" },
  explanation: {
    en: "The host loads modules from /lib/modules whenever a device appears or a protocol is asked for. A replaced module runs in the kernel with the next load. Enforced module signatures or lockdown refuse it.",
    ja: "ホストは、デバイスが現れたりプロトコルが要求されたりするたびに /lib/modules からモジュールを読み込む。差し替えられたモジュールは、次の読込みでカーネル内で動く。モジュール署名の強制か lockdown があれば拒否される。",
  },
  basis: "documented",
  needs: all(
    mount.rw("/lib/modules"),
    rootOn("/lib/modules"),
    modules,
    not(hardening.moduleSigEnforced),
    any(lsm.allows("file-host"), mount.relabelled("/lib/modules")),
  ),
  gains: ["kernel-code"],
  aliases: { "cis-docker-1.6.0": ["5.6"] },
  examples: {
    open: ["docker run -v /lib/modules:/lib/modules busybox"],
    closed: [
      "docker run -v /lib/modules:/lib/modules:ro busybox",
      { line: "docker run -v /lib/modules:/lib/modules busybox", host: { lockdown: "integrity" } },
      { line: "docker run -v /lib/modules:/lib/modules busybox", host: { modules: false } },
    ],
  },
});
