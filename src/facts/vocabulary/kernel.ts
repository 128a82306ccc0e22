import type { PathList } from "../container.ts";
import type { Expression } from "../expression.ts";
import { type Known, knownBoolean, or } from "../known.ts";
import { isAtOrBelow } from "../paths.ts";
import { hostSwitch, kernelOption } from "../presumptions.ts";
import { compareVersions, isOlder } from "../version.ts";
import { containerFact, hostFact, intern } from "./fact.ts";

/** Whether a list of protected paths leaves a path as it is. */
function leavesOpen(list: PathList, path: string): Known {
  if (list.paths.some((entry) => isAtOrBelow(path, entry))) {
    return "no";
  }
  return list.known ? "yes" : "unknown";
}

/** Words of procfs and sysfs inside the container. */
export const proc = {
  /** /proc/sys is writable by its mount. */
  sysWritable: containerFact(
    "proc.sys.writable",
    ({ container }) => leavesOpen(container.readOnlyPaths, "/proc/sys/kernel"),
    ({ container }) => container.readOnlyPaths.from,
  ),
  /** A path of procfs that the engine makes read-only by default is writable. */
  unreadonly: (name: "sysrq-trigger" | "fs" | "irq" | "bus"): Expression =>
    intern(`proc.unreadonly(${name})`, () =>
      containerFact(
        `proc.unreadonly(${name})`,
        ({ container }) => leavesOpen(container.readOnlyPaths, `/proc/${name}`),
        ({ container }) => container.readOnlyPaths.from,
      ),
    ),
  /** A path of procfs that the engine masks by default can be seen. */
  unmasked: (name: "kcore" | "keys" | "timer_list" | "acpi" | "interrupts"): Expression =>
    intern(`proc.unmasked(${name})`, () =>
      containerFact(
        `proc.unmasked(${name})`,
        ({ container }) => leavesOpen(container.masked, `/proc/${name}`),
        ({ container }) => container.masked.from,
      ),
    ),
};

/** Words of sysfs inside the container. */
export const sys = {
  /** /sys is mounted writable: privileged containers only. */
  writable: containerFact(
    "sys.writable",
    ({ container }) => container.privileged,
    () => ["HostConfig.Privileged"],
  ),
  /** /sys/firmware can be seen. */
  firmwareUnmasked: containerFact(
    "sys.unmasked(firmware)",
    ({ container }) => leavesOpen(container.masked, "/sys/firmware"),
    ({ container }) => container.masked.from,
  ),
};

/** Words of the kernel's build and version. */
export const kernel = {
  /** A build option, without `CONFIG_`. */
  option: (name: string): Expression =>
    intern(`host.config(${name})`, () =>
      hostFact(
        `host.config(${name})`,
        ({ host }) => kernelOption(host, name),
        () => ["host.kconfig"],
        { negatable: true },
      ),
    ),
  /** Older than a version. Distributions backport: never let this alone decide a danger. */
  olderThan: (version: string): Expression =>
    intern(`kernel.lt(${version})`, () =>
      hostFact(
        `kernel.lt(${version})`,
        ({ host }) => isOlder(host.values.kernel, version),
        () => ["host.kernel"],
        { negatable: true },
      ),
    ),
  /**
   * The kernel may lack a fix: `unknown` for versions before it, because distributions backport fixes without a new
   * number, and `no` from the fixed version on.
   */
  mayLackFix: (cve: string, fixedIn: string): Expression =>
    intern(`kernel.may-lack-fix(${cve})`, () =>
      hostFact(
        `kernel.may-lack-fix(${cve})`,
        ({ host }) => {
          const order = host.values.kernel === undefined ? undefined : compareVersions(host.values.kernel, fixedIn);
          return order !== undefined && order >= 0 ? "no" : "unknown";
        },
        () => ["host.kernel"],
      ),
    ),
};

/** Words of the host's hardening. Their absence is what an attacker needs. */
export const hardening = {
  /** Kernel lockdown in integrity mode or stricter. */
  lockdown: hostFact(
    "host.lockdown",
    ({ host }) => knownBoolean(host.values.lockdown !== undefined && host.values.lockdown !== "none"),
    () => ["host.lockdown"],
    { negatable: true },
  ),
  lockdownConfidentiality: hostFact(
    "host.lockdown-confidentiality",
    ({ host }) => knownBoolean(host.values.lockdown === "confidentiality"),
    () => ["host.lockdown"],
    { negatable: true },
  ),
  moduleSigEnforced: hostFact(
    "host.module-sig-enforced",
    ({ host }) =>
      or(
        hostSwitch(host, "moduleSigEnforced"),
        knownBoolean(host.values.lockdown === "integrity" || host.values.lockdown === "confidentiality"),
      ),
    () => ["host.moduleSigEnforced", "host.lockdown"],
    { negatable: true },
  ),
  /** ptrace attach is forbidden even with the capability. */
  yamaNoAttach: hostFact(
    "host.yama-no-attach",
    ({ host }) => knownBoolean((host.values.yama ?? 0) >= 3),
    () => ["host.yama"],
    { negatable: true },
  ),
  dmesgRestrict: hostFact(
    "host.dmesg_restrict",
    ({ host }) => hostSwitch(host, "dmesgRestrict"),
    () => ["host.dmesgRestrict"],
    { negatable: true },
  ),
  /** Requests are decided by an authorization plugin. */
  authz: hostFact(
    "engine.authz-enforced",
    ({ host }) => hostSwitch(host, "authz"),
    () => ["host.authz"],
    { negatable: true },
  ),
};

/** The kernel can load modules. */
export const modules = hostFact(
  "host.modules",
  ({ host }) => hostSwitch(host, "modules"),
  () => ["host.modules"],
);

/** Ordinary users may create user namespaces. */
export const usernsUnprivileged = hostFact(
  "host.userns-unpriv",
  ({ host }) => hostSwitch(host, "usernsUnpriv"),
  () => ["host.usernsUnpriv"],
);

/** Words of the cgroup hierarchy. */
export const cgroup = {
  v1: hostFact(
    "cgroup.v1.available",
    ({ host }) => (host.values.cgroup === undefined ? "unknown" : knownBoolean(host.values.cgroup === 1)),
    () => ["host.cgroup"],
  ),
  v2: hostFact(
    "cgroup.v2",
    ({ host }) => (host.values.cgroup === undefined ? "unknown" : knownBoolean(host.values.cgroup === 2)),
    () => ["host.cgroup"],
  ),
  /** The v2 tree keeps a cgroup namespace from moving processes out of it. */
  nsdelegate: hostFact(
    "cgroup2.nsdelegate",
    ({ host }) => hostSwitch(host, "nsdelegate"),
    () => ["host.nsdelegate"],
    { negatable: true },
  ),
};
