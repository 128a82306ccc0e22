import { ABSENT, exists, numberOf, textOf } from "./host-source.ts";
import { readKernelConfig } from "./kernel-config.ts";
import { type Probe, placeOf } from "./probe.ts";

const RELEASE = "/proc/sys/kernel/osrelease";
const SIGNATURES = "/sys/module/module/parameters/sig_enforce";
const DMESG_RESTRICT = "/proc/sys/kernel/dmesg_restrict";
const LOCKDOWN = "/sys/kernel/security/lockdown";
const MODULES = "/proc/modules";
const MODULES_DISABLED = "/proc/sys/kernel/modules_disabled";

export const probeKernel: Probe = (source, draft) => {
  draft.set("kernel", textOf(source, RELEASE) || undefined, placeOf(RELEASE, "kernel"));
};

/** Options of the build, and what only they tell: whether modules without a signature are refused. */
export const probeKernelConfig: Probe = (source, draft) => {
  const config = readKernelConfig(source, textOf(source, RELEASE));
  const runTime = { Y: true, "1": true, N: false, "0": false }[textOf(source, SIGNATURES) ?? ""];
  if (config !== undefined) {
    draft.set("kconfig", [...config.options], placeOf(config.path, "kconfig"));
  }
  if (runTime !== undefined) {
    draft.set("moduleSigEnforced", runTime, placeOf(SIGNATURES, "moduleSigEnforced"));
  } else if (config !== undefined) {
    const place = placeOf(config.path, "moduleSigEnforced");
    draft.set("moduleSigEnforced", config.options.has("MODULE_SIG_FORCE"), place);
  }
};

/** A kernel that cannot load modules has no /proc/modules; one that no longer may has modules_disabled set. */
export const probeModules: Probe = (source, draft) => {
  const known = exists(source, MODULES);
  if (known === false) {
    draft.set("modules", false, placeOf(MODULES, "modules"));
  } else if (known === true && numberOf(source, MODULES_DISABLED) !== undefined) {
    draft.set("modules", numberOf(source, MODULES_DISABLED) === 0, placeOf(MODULES_DISABLED, "modules"));
  }
};

/** `none [integrity] confidentiality`: the brackets are around the one in force. */
export const probeLockdown: Probe = (source, draft) => {
  const mode = /\[(none|integrity|confidentiality)\]/.exec(textOf(source, LOCKDOWN) ?? "")?.[1];
  if (mode === "none" || mode === "integrity" || mode === "confidentiality") {
    draft.set("lockdown", mode, placeOf(LOCKDOWN, "lockdown"));
  }
};

export const probeDmesgRestrict: Probe = (source, draft) => {
  const value = numberOf(source, DMESG_RESTRICT);
  draft.set("dmesgRestrict", value === undefined ? undefined : value > 0, placeOf(DMESG_RESTRICT, "dmesgRestrict"));
};

/**
 * Debian's switch, the limit of the kernel, and Ubuntu's restriction, which holds for unconfined programs only: with it
 * the answer depends on the profile of the container and is left open.
 */
export const probeUserNamespaces: Probe = (source, draft) => {
  const debian = "/proc/sys/kernel/unprivileged_userns_clone";
  const limit = "/proc/sys/user/max_user_namespaces";
  const ubuntu = "/proc/sys/kernel/apparmor_restrict_unprivileged_userns";
  for (const path of [debian, limit]) {
    if (numberOf(source, path) === 0) {
      draft.set("usernsUnpriv", false, placeOf(path, "usernsUnpriv"));
      return;
    }
  }
  const unrestricted = source.text(ubuntu) === ABSENT || numberOf(source, ubuntu) === 0;
  if (numberOf(source, limit) !== undefined && unrestricted) {
    draft.set("usernsUnpriv", true, placeOf(limit, "usernsUnpriv"));
  }
};
