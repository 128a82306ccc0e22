import { ABSENT, exists, type HostSource, numberOf, textOf } from "./host-source.ts";
import { type Probe, placeOf } from "./probe.ts";

const ACTIVE_MODULES = "/sys/kernel/security/lsm";
const APPARMOR = "/sys/module/apparmor/parameters/enabled";
const APPARMOR_PARSERS = ["/sbin/apparmor_parser", "/usr/sbin/apparmor_parser"];
const APPARMOR_FEATURES = "/sys/kernel/security/apparmor/features";
const SELINUX = "/sys/fs/selinux/enforce";
const YAMA = "/proc/sys/kernel/yama/ptrace_scope";

/** Whether a security module is active; `undefined` when securityfs may not be read or is not mounted. */
function isActive(source: HostSource, name: string): boolean | undefined {
  return textOf(source, ACTIVE_MODULES)?.split(",").includes(name);
}

/**
 * The kernel's side, and the parser that the engine needs to load its profile (moby pkg/aaparser). An engine that
 * answers knows better, and its layer comes after this one.
 */
export const probeAppArmor: Probe = (source, draft) => {
  const enabled = { Y: true, N: false }[textOf(source, APPARMOR) ?? ""];
  if (enabled === false || isActive(source, "apparmor") === false) {
    const path = enabled === false ? APPARMOR : ACTIVE_MODULES;
    draft.set("apparmor", false, placeOf(path, "apparmor"));
    draft.set("dbusMediation", false, placeOf(path, "dbusMediation"));
    return;
  }
  if (enabled === true && APPARMOR_PARSERS.some((path) => exists(source, path) === true)) {
    draft.set("apparmor", true, placeOf(APPARMOR, "apparmor"));
  }
  if (exists(source, APPARMOR_FEATURES) === true) {
    const path = `${APPARMOR_FEATURES}/dbus`;
    draft.set("dbusMediation", exists(source, path), placeOf(path, "dbusMediation"));
  }
};

export const probeSelinux: Probe = (source, draft) => {
  const enforcing = numberOf(source, SELINUX);
  if (enforcing !== undefined) {
    draft.set("selinux", enforcing === 1, placeOf(SELINUX, "selinux"));
  } else if (isActive(source, "selinux") === false) {
    draft.set("selinux", false, placeOf(ACTIVE_MODULES, "selinux"));
  }
};

/** A kernel without Yama has no such file and behaves as with 0. */
export const probeYama: Probe = (source, draft) => {
  const isAbsent = source.text(YAMA) === ABSENT && exists(source, "/proc/sys/kernel") === true;
  draft.set("yama", isAbsent ? 0 : numberOf(source, YAMA), placeOf(YAMA, "yama"));
};
