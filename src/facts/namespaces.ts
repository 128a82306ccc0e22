import type { HostFacts } from "./host.ts";
import { type Known, not } from "./known.ts";
import type { Workload } from "./workload.ts";

/** One namespace of a container. */
export interface NamespaceFacts {
  /** It is the host's. */
  readonly host: Known;
  /** It is shared with another container. */
  readonly shared: Known;
  readonly from: readonly string[];
}

/** The namespaces that a configuration decides. `user` stands in {@link IdMapping}. */
export interface Namespaces {
  readonly pid: NamespaceFacts;
  readonly net: NamespaceFacts;
  readonly ipc: NamespaceFacts;
  readonly uts: NamespaceFacts;
  readonly cgroup: NamespaceFacts;
}

/** How many `container:X` links are followed before the answer is `unknown`. */
export const JOINED_CONTAINERS_MAX = 16;

type JoinableMode = "PidMode" | "NetworkMode" | "IpcMode";

/** The namespaces of a container as the engine sets them up. */
export function deriveNamespaces(workload: Workload, host: HostFacts): Namespaces {
  return {
    pid: joinable(workload, "PidMode"),
    net: joinable(workload, "NetworkMode"),
    ipc: joinable(workload, "IpcMode"),
    // With the node's network comes the node's UTS namespace (containerd and CRI-O alike).
    uts: workload.kind === "pod" ? joinable(workload, "NetworkMode") : plain(workload, "UTSMode"),
    cgroup: cgroupNamespace(workload, host),
  };
}

function plain(workload: Workload, mode: "UTSMode"): NamespaceFacts {
  const field = `HostConfig.${mode}`;
  // Only the exact word counts: HOST is accepted by create and has no effect (measured on Engine 20.10.24).
  const host = isUnresolved(workload, field) ? "unknown" : workload.config.HostConfig[mode] === "host" ? "yes" : "no";
  return { host, shared: "no", from: [field] };
}

function joinable(workload: Workload, mode: JoinableMode): NamespaceFacts {
  const field = `HostConfig.${mode}`;
  let current: Workload | undefined = workload;
  for (let step = 0; step < JOINED_CONTAINERS_MAX; step += 1) {
    if (current === undefined || isUnresolved(current, field)) {
      return { host: "unknown", shared: step > 0 ? "yes" : "unknown", from: [field] };
    }
    const value: string = current.config.HostConfig[mode] ?? "";
    if (!value.startsWith("container:")) {
      return { host: value === "host" ? "yes" : "no", shared: step > 0 ? "yes" : "no", from: [field] };
    }
    current = current.surroundings.containers?.get(value.slice("container:".length));
  }
  return { host: "unknown", shared: "yes", from: [field] };
}

function cgroupNamespace(workload: Workload, host: HostFacts): NamespaceFacts {
  if (workload.kind === "pod" && workload.config.HostConfig.Privileged === true) {
    // On version 2 containerd gives every other container a cgroup namespace of its own.
    return { host: "yes", shared: "no", from: ["HostConfig.Privileged"] };
  }
  const field = "HostConfig.CgroupnsMode";
  const value = isUnresolved(workload, field) ? undefined : workload.config.HostConfig.CgroupnsMode;
  if (value === "host" || value === "private") {
    return { host: value === "host" ? "yes" : "no", shared: "no", from: [field] };
  }
  if (isUnresolved(workload, field)) {
    return { host: "unknown", shared: "no", from: [field] };
  }
  if (host.values.defaultCgroupns !== undefined) {
    return {
      host: host.values.defaultCgroupns === "host" ? "yes" : "no",
      shared: "no",
      from: [field, "host.defaultCgroupns"],
    };
  }
  // dockerd: private on cgroup v2, host on v1 (default-cgroupns-mode).
  const versionOne: Known = host.values.cgroup === undefined ? "unknown" : host.values.cgroup === 1 ? "yes" : "no";
  return { host: versionOne, shared: "no", from: [field, "host.cgroup"] };
}

/** Whether the reader could not tell the value of a field. */
export function isUnresolved(workload: Workload, field: string): boolean {
  return workload.unresolved.size > 0 && (workload.unresolved.has(field) || workload.unresolved.has("*"));
}

/** How the ids of a container stand to those of its host. */
export interface IdMapping {
  /** Capabilities count in the host's first user namespace. */
  readonly initialUserNamespace: Known;
  /** Ids are the host's own where files, sockets and processes are concerned. */
  readonly sameIds: Known;
  readonly remapped: Known;
  readonly rootless: Known;
  /** First host group id of the mapping, where remapped and known. */
  readonly gidOffset: number | undefined;
  readonly from: readonly string[];
}

/** Runtimes whose guest has a kernel of its own: capabilities inside do not reach the host's kernel. */
const SANDBOX_RUNTIMES = /^(runsc|gvisor|kata.*|io\.containerd\.(kata|runsc)\..*|krun|crun-vm)$/;

/** Sysbox always maps users, and shifts ids on mounts (docs of nestybox/sysbox). */
const MAPPING_RUNTIMES = /^sysbox-runc$/;

/** Whether the workload runs on a kernel of its own. */
export function isSandboxed(workload: Workload, host: HostFacts): boolean {
  return SANDBOX_RUNTIMES.test(runtimeOf(workload, host));
}

/** Whether the runtime maps users whatever the engine says. */
export function runtimeMapsUsers(workload: Workload, host: HostFacts): boolean {
  return MAPPING_RUNTIMES.test(runtimeOf(workload, host));
}

function runtimeOf(workload: Workload, host: HostFacts): string {
  const named = workload.config.HostConfig.Runtime ?? "";
  return named === "" ? (host.values.defaultRuntime ?? "") : named;
}

/** The user namespace of a container: rootless, remapped by the daemon, or the host's. */
export function deriveIdMapping(workload: Workload, host: HostFacts, rootless: Known, remap: Known): IdMapping {
  const field = "HostConfig.UsernsMode";
  const mode = workload.config.HostConfig.UsernsMode ?? "";
  const mappedByMode: Known = isUnresolved(workload, field)
    ? "unknown"
    : // Podman's modes; Docker knows `host` only.
      mode === "auto" ||
        mode.startsWith("auto:") ||
        mode === "nomap" ||
        mode.startsWith("keep-id") ||
        mode === "private"
      ? "yes"
      : mode === "host"
        ? "no"
        : remap;
  const remapped = runtimeMapsUsers(workload, host) || host.values.k8s?.["hostUsers"] === false ? "yes" : mappedByMode;
  const sameIds: Known = rootless === "yes" || remapped === "yes" ? "no" : not(worse(rootless, remapped));
  return {
    initialUserNamespace: isSandboxed(workload, host) ? "no" : unlessRuntimeUnknown(workload, sameIds),
    sameIds,
    remapped,
    rootless,
    gidOffset: host.values.subgid ?? host.values.subuid,
    from: [field, "HostConfig.Runtime", "host.rootless", "host.usernsRemap"],
  };
}

/** A runtime class may stand for a kernel of its own. */
const unlessRuntimeUnknown = (workload: Workload, known: Known): Known =>
  known === "yes" && workload.surroundings.pod?.runtimeUnknown === true ? "unknown" : known;

function worse(left: Known, right: Known): Known {
  return left === "unknown" || right === "unknown" ? "unknown" : "no";
}
