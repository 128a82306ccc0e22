import type { HostFacts } from "./host.ts";
import { and, type Known, not, or } from "./known.ts";
import { hostSwitch } from "./presumptions.ts";

/** Operations that a Linux Security Module may deny to a container. */
export type LsmOperation =
  | "mount"
  | "detached-mount"
  | "proc-write"
  | "sys-write"
  | "cgroup-write"
  | "ptrace-host"
  | "signal-host"
  | "dbus"
  | "sock-connect"
  | "file-host"
  | "kernel-read"
  | "kernel-capability";

/** How a module confines a container. */
export interface Confinement {
  /** The container runs under the engine's own profile (`docker-default`, `container_t`). */
  readonly standard: Known;
  /** It runs under a profile whose content is not known. */
  readonly custom: Known;
  readonly from: readonly string[];
}

/** Both modules. */
export interface LsmFacts {
  readonly appArmor: Confinement;
  readonly selinux: Confinement;
}

/** What the security options of a container ask of the modules. */
export interface LsmRequest {
  readonly privileged: Known;
  /** Profile named with `apparmor=`; `undefined`: none named. */
  readonly profile: string | undefined;
  readonly profileField: string;
  readonly labelDisabled: boolean;
  readonly labelType: string | undefined;
  readonly labelField: string;
  /** Profile that an inspect document says was applied. */
  readonly appliedProfile: string | undefined;
}

/** SELinux types that confine nothing (container-selinux). */
const UNCONFINED_TYPES = new Set(["spc_t", "unconfined_t", "container_runtime_t"]);

/** The confinement that the engine applies: moby daemon/oci_linux.go, WithApparmor, and daemon/create.go for labels. */
export function deriveLsm(request: LsmRequest, host: HostFacts): LsmFacts {
  return { appArmor: deriveAppArmor(request, host), selinux: deriveSelinux(request, host) };
}

function deriveAppArmor(request: LsmRequest, host: HostFacts): Confinement {
  const active = hostSwitch(host, "apparmor");
  const profile = request.profile ?? request.appliedProfile;
  const from = [request.profileField, "host.apparmor"];
  if (profile === "unconfined") {
    return { standard: "no", custom: "no", from };
  }
  if (profile === undefined || profile === "") {
    // An explicit profile is kept for privileged containers; without one they run unconfined.
    return { standard: and(active, not(request.privileged)), custom: "no", from: [...from, "HostConfig.Privileged"] };
  }
  const standard = profile === "docker-default" || profile.startsWith("containers-default-");
  return standard ? { standard: active, custom: "no", from } : { standard: "no", custom: active, from };
}

function deriveSelinux(request: LsmRequest, host: HostFacts): Confinement {
  const labelling =
    host.values.engineSelinux === undefined
      ? host.values.engineKind === "podman" // Podman labels wherever SELinux is on; Docker needs selinux-enabled
        ? "yes"
        : host.values.selinux === true
          ? "unknown"
          : "no"
      : hostSwitch(host, "engineSelinux");
  const active = and(hostSwitch(host, "selinux"), labelling);
  const from = [request.labelField, "host.selinux", "host.engineSelinux"];
  if (request.labelDisabled || (request.labelType !== undefined && UNCONFINED_TYPES.has(request.labelType))) {
    return { standard: "no", custom: "no", from };
  }
  const confined = and(active, not(request.privileged));
  const custom = request.labelType !== undefined && request.labelType !== "container_t";
  return custom
    ? { standard: "no", custom: confined, from }
    : { standard: confined, custom: "no", from: [...from, "HostConfig.Privileged"] };
}

/**
 * Whether the modules let an operation through. docker-default after moby's profiles/apparmor/template.go; container_t
 * (which is denied all of them) after container-selinux. `unknown` under a custom profile.
 */
export function lsmAllows(lsm: LsmFacts, operation: LsmOperation, host: HostFacts): Known {
  return and(
    allowedUnder(lsm.appArmor, appArmorAllows(operation, host)),
    allowedUnder(lsm.selinux, "no"), // container_t is denied all of them
  );
}

function allowedUnder(confinement: Confinement, byStandard: Known): Known {
  const standard = or(not(confinement.standard), byStandard);
  return confinement.custom === "no" ? standard : and(standard, "unknown");
}

function appArmorAllows(operation: LsmOperation, host: HostFacts): Known {
  switch (operation) {
    case "mount":
    case "proc-write":
    case "sys-write":
    case "ptrace-host":
    case "signal-host":
    case "kernel-read":
      return "no";
    case "detached-mount":
      // fsopen and fsmount have no AppArmor hook, move_mount only reliably since 6.7 (lxc issue 4723).
      return "unknown";
    case "dbus":
      return not(hostSwitch(host, "dbusMediation"));
    case "cgroup-write":
    case "sock-connect":
    case "file-host":
    case "kernel-capability": // bpf, modules, kexec, clocks, ports: docker-default grants every capability
      return "yes"; // path rules that do not cover binds
    default:
      return operation satisfies never;
  }
}

/** Whether neither module confines the container. */
export function lsmOff(lsm: LsmFacts): Known {
  return not(or(or(lsm.appArmor.standard, lsm.appArmor.custom), or(lsm.selinux.standard, lsm.selinux.custom)));
}

/** Whether other containers run under the same confinement, so that a module lets this one at them. */
export function lsmSameAsPeers(lsm: LsmFacts): Known {
  const appArmor = lsm.appArmor.custom === "no" ? "yes" : not(lsm.appArmor.custom);
  // Multi-category labels keep SELinux containers apart.
  return and(appArmor === "no" ? "unknown" : appArmor, not(or(lsm.selinux.standard, lsm.selinux.custom)));
}
