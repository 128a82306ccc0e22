import {
  CAPABILITIES,
  type Capability,
  type CapabilitySet,
  DOCKER_DEFAULT_CAPABILITIES,
  LAST_CAPABILITY_OF_ENGINE_20_10,
  PODMAN_DEFAULT_CAPABILITIES,
  parseCapability,
  resolveCapabilities,
} from "./capability.ts";
import { type DeviceAccess, type DeviceKind, deriveDeviceAccess, deriveDiskRule } from "./devices.ts";
import type { HostFacts } from "./host.ts";
import { deriveIdentities, type Identity } from "./identity.ts";
import { type Known, knownBoolean, not } from "./known.ts";
import { deriveLsm, type LsmFacts } from "./lsm.ts";
import { type Memo, newMemo } from "./memo.ts";
import { deriveMounts, type EffectiveMount } from "./mounts.ts";
import { deriveIdMapping, deriveNamespaces, type IdMapping, isUnresolved, type Namespaces } from "./namespaces.ts";
import type { Place } from "./place.ts";
import { hostSwitch } from "./presumptions.ts";
import { type CallsByEngine, parseSeccompOption, type SeccompProfile } from "./seccomp/index.ts";
import { parseSecurityOptions, type SecurityOptions } from "./security-options.ts";
import { isOlder } from "./version.ts";
import type { Workload } from "./workload.ts";

/** What is true of a container on a host: effective, never a flag. Devices are derived when they are asked for. */
export interface ContainerFacts {
  readonly workload: Workload;
  readonly privileged: Known;
  readonly bounding: CapabilitySet;
  /** The lists were not all readable, so a capability that is not in {@link bounding} is unknown. */
  readonly boundingIncomplete: boolean;
  /** Capability names that make the engine refuse the container. */
  readonly refusedCapabilities: readonly string[];
  readonly namespaces: Namespaces;
  readonly ids: IdMapping;
  readonly identities: readonly Identity[];
  readonly noNewPrivileges: Known;
  readonly security: SecurityOptions;
  readonly seccomp: SeccompProfile;
  readonly lsm: LsmFacts;
  readonly mounts: readonly EffectiveMount[];
  readonly masked: PathList;
  readonly readOnlyPaths: PathList;
  /** Access to a kind of device node; ownership of the node is not looked at. */
  readonly device: (kind: DeviceKind) => DeviceAccess;
  readonly diskRule: { readonly known: Known; readonly from: readonly string[] };
  /** Values of the vocabulary's facts that do not depend on the identity and were asked for already. */
  readonly memo: Memo;
  /** The number of its answers about mounts, once they were asked for; see {@link MOUNT_LEVELS}. */
  mountAnswers: number | undefined;
  /** What was evaluated of this container so far; `viewOf` looks here first. */
  readonly views: View[];
  /** What was asked of the container's fields so far. */
  readonly fields: Map<string, FieldMemo>;
}

/** What is remembered of a field. */
export interface FieldMemo {
  /** The configuration says something there. */
  readonly written: boolean;
  place: Place | undefined;
}

/** What an expression is evaluated over: a container on a host, as one of the users that it can be. */
export interface View {
  readonly container: ContainerFacts;
  readonly host: HostFacts;
  readonly identity: Identity;
  /** Level at which this user is reached. */
  readonly reachable: number;
  /** Values of facts that were asked for already in this view, by the facts' numbers. */
  readonly memo: Memo;
  /** Those of the container; shared by its identities. */
  readonly containerMemo: Memo;
  /** Those of the host; shared by everything that is evaluated on it. */
  readonly hostMemo: Memo;
  /** Told of every question that this view is asked for the first time, with the number that stands for the answer. */
  readonly onAnswer: ((question: object, answer: number) => void) | undefined;
  /** The fields behind facts (the keys) that were asked for already. */
  readonly fields: Map<object, readonly string[]>;
}

/** Paths of procfs and sysfs that the engine masks or makes read-only. */
export interface PathList {
  readonly paths: readonly string[];
  readonly known: boolean;
  readonly from: readonly string[];
}

/** moby oci/defaults.go up to Engine 24; later engines add to it. */
export const DEFAULT_MASKED_PATHS = [
  "/proc/asound",
  "/proc/acpi",
  "/proc/kcore",
  "/proc/keys",
  "/proc/latency_stats",
  "/proc/timer_list",
  "/proc/timer_stats",
  "/proc/sched_debug",
  "/proc/scsi",
  "/sys/firmware",
] as const;

/** moby oci/defaults.go. */
export const DEFAULT_READ_ONLY_PATHS = [
  "/proc/bus",
  "/proc/fs",
  "/proc/irq",
  "/proc/sys",
  "/proc/sysrq-trigger",
] as const;

/** Derives the facts of a container as the engine would set it up on this host. Pure; reads nothing. */
export function deriveContainerFacts(workload: Workload, host: HostFacts): ContainerFacts {
  const { HostConfig } = workload.config;
  const privileged = unresolvedOr(workload, "HostConfig.Privileged", () =>
    knownBoolean(HostConfig.Privileged === true),
  );
  const security = parseSecurityOptions(HostConfig.SecurityOpt ?? []);
  const noNewPrivileges = noNewPrivilegesOf(workload, security);
  const capabilities = deriveCapabilities(workload, host, privileged);
  const devices = new Map<DeviceKind, DeviceAccess>();
  return {
    workload,
    privileged,
    ...capabilities,
    namespaces: deriveNamespaces(workload, host),
    ids: deriveIdMapping(workload, host, hostSwitch(host, "rootless"), hostSwitch(host, "usernsRemap")),
    identities: deriveIdentities(workload, host, noNewPrivileges),
    noNewPrivileges,
    security,
    seccomp: deriveSeccomp(workload, host, privileged, security),
    lsm: deriveLsm(lsmRequest(workload, privileged, security), host),
    mounts: deriveMounts(workload, host),
    masked: pathList(workload, privileged, security, "MaskedPaths", DEFAULT_MASKED_PATHS),
    readOnlyPaths: pathList(workload, privileged, security, "ReadonlyPaths", DEFAULT_READ_ONLY_PATHS),
    device(kind) {
      let access = devices.get(kind);
      if (access === undefined) {
        access = deriveDeviceAccess(workload, kind, privileged);
        devices.set(kind, access);
      }
      return access;
    },
    diskRule: deriveDiskRule(workload, privileged),
    memo: newMemo(),
    mountAnswers: undefined,
    views: [],
    fields: new Map(),
  };
}

function unresolvedOr(workload: Workload, field: string, known: () => Known): Known {
  return isUnresolved(workload, field) ? "unknown" : known();
}

function noNewPrivilegesOf(workload: Workload, security: SecurityOptions): Known {
  return unresolvedOr(workload, "HostConfig.SecurityOpt", () => knownBoolean(security.noNewPrivileges));
}

/** The set that the engine gives when a request says nothing of capabilities. */
export function defaultCapabilities(host: HostFacts): CapabilitySet {
  const { defaultCaps, engineKind } = host.values;
  if (defaultCaps !== undefined) {
    return new Set(
      defaultCaps.map((name) => parseCapability(name)).filter((name) => name !== undefined && name !== "ALL"),
    );
  }
  return engineKind === "podman" ? PODMAN_DEFAULT_CAPABILITIES : DOCKER_DEFAULT_CAPABILITIES;
}

function lastCapability(host: HostFacts): number {
  const { lastCap, engine, engineKind } = host.values;
  const newest = CAPABILITIES.length - 1;
  if (lastCap !== undefined) {
    return lastCap;
  }
  return engineKind !== "podman" && isOlder(engine, "22") === "yes" ? LAST_CAPABILITY_OF_ENGINE_20_10 : newest;
}

function deriveCapabilities(
  workload: Workload,
  host: HostFacts,
  privileged: Known,
): Pick<ContainerFacts, "bounding" | "boundingIncomplete" | "refusedCapabilities"> {
  const { CapAdd = [], CapDrop = [] } = workload.config.HostConfig;
  const { bounding, refused } = resolveCapabilities({
    privileged: privileged === "yes",
    // Edits leave empty entries behind.
    add: CapAdd.filter((name) => name !== ""),
    drop: CapDrop.filter((name) => name !== ""),
    defaults: defaultCapabilities(host),
    lastCapability: lastCapability(host),
  });
  return {
    bounding,
    boundingIncomplete: privileged === "unknown" || isUnresolved(workload, "HostConfig.CapAdd"),
    refusedCapabilities: refused,
  };
}

/** Whether a capability is in the bounding set, and the fields that put it there. */
export function boundingHas(facts: ContainerFacts, capability: Capability): Known {
  return facts.bounding.has(capability) ? "yes" : facts.boundingIncomplete ? "unknown" : "no";
}

/** The fields that put a capability into the bounding set. */
export function boundingFrom(facts: ContainerFacts, capability: Capability): readonly string[] {
  if (facts.privileged !== "no") {
    return ["HostConfig.Privileged"];
  }
  const added = facts.workload.config.HostConfig.CapAdd ?? [];
  const indexes = added.flatMap((name, index) => {
    const parsed = parseCapability(name);
    return parsed === capability || parsed === "ALL" ? [index] : [];
  });
  return indexes.length > 0 ? indexes.map((index) => `HostConfig.CapAdd[${index}]`) : ["HostConfig.CapDrop"];
}

/**
 * Privileged switches the filter off and, before Engine 27.0.1, ignores an explicit profile (moby daemon/seccomp_linux.go
 * at v26.1.0 and v27.0.1).
 */
function deriveSeccomp(
  workload: Workload,
  host: HostFacts,
  privileged: Known,
  security: SecurityOptions,
): SeccompProfile {
  if (isUnresolved(workload, "HostConfig.SecurityOpt") || workload.unresolved.has("seccomp")) {
    return { kind: "unknown" };
  }
  if (hostSwitch(host, "seccomp") === "no") {
    return { kind: "off" };
  }
  if (workload.kind === "pod") {
    return seccompOfPod(host, privileged, security);
  }
  const explicit = security.seccomp !== undefined && security.seccomp !== "";
  if (privileged === "yes") {
    const honoured = host.values.oldEngine === true ? "yes" : isOlder(host.values.engine, "27.0.1");
    if (!explicit || honoured === "yes") {
      return { kind: "off" };
    }
    const profile = parseSeccompOption(security.seccomp, callsByEngine(host));
    return honoured === "no" ? profile : profile.kind === "off" ? profile : { kind: "unknown" };
  }
  if (privileged === "unknown" && !explicit) {
    return { kind: "unknown" };
  }
  return parseSeccompOption(security.seccomp, callsByEngine(host));
}

/**
 * The kubelet leaves the filter off unless a profile is named or its `seccompDefault` is on, and containerd leaves it
 * off for every privileged container, named profile or not (internal/cri, generateSeccompSpecOpts).
 */
function seccompOfPod(host: HostFacts, privileged: Known, security: SecurityOptions): SeccompProfile {
  if (privileged === "yes") {
    return { kind: "off" };
  }
  if (security.seccomp !== undefined) {
    return parseSeccompOption(security.seccomp, callsByEngine(host));
  }
  const { seccompDefault } = host.values;
  if (seccompDefault === undefined) {
    return { kind: "unknown" };
  }
  return seccompDefault ? parseSeccompOption("builtin", callsByEngine(host)) : { kind: "off" };
}

/** The default profile allows io_uring before Engine 25, and process_vm_readv from 23 on (both measured on 20.10.24). */
function callsByEngine({ values }: HostFacts): CallsByEngine {
  const old = values.oldEngine === true;
  return {
    ioUring: old ? "yes" : isOlder(values.engine, "25"),
    processVm: old && values.engine === undefined ? "unknown" : not(isOlder(values.engine, "23")),
  };
}

function lsmRequest(workload: Workload, privileged: Known, security: SecurityOptions) {
  const at = (index: number) => (index < 0 ? "HostConfig.SecurityOpt" : `HostConfig.SecurityOpt[${index}]`);
  return {
    privileged,
    profile: security.appArmor,
    profileField: at(security.decidedBy.appArmor),
    labelDisabled: security.label.disable,
    labelType: security.label.type,
    labelField: at(security.decidedBy.label),
    appliedProfile: workload.surroundings.appArmorProfile,
  };
}

/** Absent means the engine's list, empty means none; Podman's `unmask` takes entries away. */
function pathList(
  workload: Workload,
  privileged: Known,
  security: SecurityOptions,
  field: "MaskedPaths" | "ReadonlyPaths",
  defaults: readonly string[],
): PathList {
  const from = [`HostConfig.${field}`];
  const written = workload.config.HostConfig[field];
  if (privileged === "yes") {
    return { paths: [], known: true, from: ["HostConfig.Privileged"] };
  }
  const unmasked = security.unmask.map((path) => path.toLowerCase());
  const base = written ?? defaults;
  const paths = unmasked.includes("all")
    ? []
    : unmasked.length === 0
      ? base
      : base.filter((path) => !unmasked.includes(path));
  return { paths, known: privileged === "no" && !isUnresolved(workload, `HostConfig.${field}`), from };
}
