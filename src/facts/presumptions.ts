import type { LocalizedText } from "../base/index.ts";
import type { HostFacts, HostValues } from "./host.ts";
import { type Known, knownBoolean } from "./known.ts";

/** Keys of {@link HostValues} that are true or false. */
export type HostSwitch = {
  [Key in keyof HostValues]-?: NonNullable<HostValues[Key]> extends boolean ? Key : never;
}[keyof HostValues];

/** What is taken for granted of a host that does not say. */
export interface Presumption {
  readonly known: "yes" | "no";
  readonly why: LocalizedText;
}

/**
 * The ordinary host: settings that a stock distribution with a stock engine has, and that somebody has to change by
 * hand. When a host does not say, these are presumed; proofs mark them and reports list them. Everything else that is
 * not said stays unknown. Why this does not break "unknown is not no": docs/decisions/0003-the-ordinary-host.md.
 */
export const PRESUMPTIONS: Readonly<Partial<Record<HostSwitch, Presumption>>> = {
  rootless: {
    known: "no",
    why: {
      en: "the engine runs as root unless it was set up rootless",
      ja: "rootless に構成しないかぎりエンジンは root で動く",
    },
  },
  usernsRemap: {
    known: "no",
    why: { en: "userns-remap is off by default", ja: "userns-remap は既定で無効" },
  },
  idmapMounts: {
    known: "no",
    why: { en: "Docker does not map ids on binds", ja: "Docker は bind で id をマップしない" },
  },
  selinux: {
    known: "no",
    why: {
      en: "SELinux is not enforcing unless the host says so",
      ja: "ホストがそう示さないかぎり SELinux は強制されていない",
    },
  },
  modules: {
    known: "yes",
    why: { en: "distribution kernels load modules", ja: "配布カーネルはモジュールを読み込める" },
  },
  moduleSigEnforced: {
    known: "no",
    why: {
      en: "module signatures are enforced only on request or under lockdown",
      ja: "モジュール署名の強制は指定時か lockdown 下だけ",
    },
  },
  engineTcpOpen: {
    known: "no",
    why: { en: "the engine listens on its socket only by default", ja: "エンジンは既定でソケットだけを待ち受ける" },
  },
  engineTlsListener: {
    known: "no",
    why: { en: "the engine listens on its socket only by default", ja: "エンジンは既定でソケットだけを待ち受ける" },
  },
  rootOnLocalBlock: {
    known: "yes",
    why: { en: "the root file system lies on a local disk", ja: "ルートファイルシステムはローカルディスクにある" },
  },
  dataRootOnRootFs: {
    known: "yes",
    why: {
      en: "the engine's data root is not on a file system of its own",
      ja: "エンジンのデータルートは専用のファイルシステムにない",
    },
  },
  kubelet: {
    known: "no",
    why: { en: "the host is not a Kubernetes node", ja: "ホストは Kubernetes ノードではない" },
  },
  authz: {
    known: "no",
    why: { en: "no authorization plugin is enforced by default", ja: "既定では認可プラグインは強制されない" },
  },
  seccomp: {
    known: "yes",
    why: { en: "the engine filters system calls by default", ja: "エンジンは既定でシステムコールを制限する" },
  },
};

/** Kernel options that stock distribution kernels have set (`yes`) or not (`no`). Others stay unknown. */
const PRESUMED_KERNEL_OPTIONS: Readonly<Record<string, "yes" | "no">> = {
  BINFMT_MISC: "yes",
  DEBUG_FS: "yes",
  FANOTIFY: "yes",
  KEXEC: "yes",
  MAGIC_SYSRQ: "yes",
  PROC_KCORE: "yes",
  X86_IOPL_IOPERM: "yes",
  // Options that take something away from an attacker; distributions ship them off.
  STATIC_USERMODEHELPER: "no",
  BLK_DEV_WRITE_MOUNTED_DENIED: "no",
};

/** A switch of the host: what it says, else what is presumed, else `unknown`. */
export function hostSwitch(host: HostFacts, key: HostSwitch): Known {
  const value = host.values[key];
  if (value !== undefined) {
    return knownBoolean(value);
  }
  return PRESUMPTIONS[key]?.known ?? "unknown";
}

/** Whether a kernel option is set: by the host's list if there is one, else presumed, else `unknown`. */
export function kernelOption(host: HostFacts, option: string): Known {
  const options = host.values.kconfig;
  if (options !== undefined && !(option in OPTIONS_OF_RESTRICTION)) {
    return knownBoolean(options.includes(option));
  }
  if (options?.includes(option)) {
    return "yes";
  }
  return PRESUMED_KERNEL_OPTIONS[option] ?? "unknown";
}

/** Options that restrict: their absence in a list of interesting options proves nothing, so the presumption stands. */
const OPTIONS_OF_RESTRICTION: Readonly<Record<string, true>> = {
  STATIC_USERMODEHELPER: true,
  BLK_DEV_WRITE_MOUNTED_DENIED: true,
  STRICT_DEVMEM: true,
};
