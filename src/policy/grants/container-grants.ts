import {
  type ContainerConfig,
  DEFAULT_MASKED_PATHS,
  DEFAULT_READ_ONLY_PATHS,
  DOCKER_DEFAULT_CAPABILITIES,
  parseCapability,
  parseSecurityOptions,
  type Workload,
} from "../../facts/index.ts";
import type { Grant, HostNamespace } from "./grant.ts";
import { mountGrants, type SeeHostPath } from "./mount-grants.ts";
import { seccompGrant } from "./seccomp-grant.ts";

/** How many `container:X` links are followed. */
export const JOIN_DEPTH_MAX = 8;

/** Everything that a container of this configuration would be given beyond a default one. */
export function containerGrants(workload: Workload, see: SeeHostPath): readonly Grant[] {
  const { HostConfig } = workload.config;
  return [
    ...mountGrants(workload, see),
    ...(HostConfig.Privileged === true ? [{ kind: "privileged", field: "HostConfig.Privileged" } as const] : []),
    ...capabilityGrants(HostConfig.CapAdd ?? []),
    ...deviceGrants(HostConfig),
    ...namespaceGrants(workload),
    ...securityGrants(HostConfig),
    ...resourceGrants(HostConfig),
    ...runtimeGrants(HostConfig),
    ...networkGrants(HostConfig),
  ];
}

type HostConfig = ContainerConfig["HostConfig"];

/** Capabilities beyond the fourteen that every container has. A name that the engine does not know is given as it is. */
export function capabilityGrants(added: readonly string[], field = "HostConfig.CapAdd"): readonly Grant[] {
  return added.flatMap((name, index): Grant[] => {
    if (name === "") {
      return [];
    }
    const capability = parseCapability(name) ?? name;
    return isDefault(capability) ? [] : [{ kind: "capability", field: `${field}[${index}]`, capability }];
  });
}

const isDefault = (name: string): boolean => (DOCKER_DEFAULT_CAPABILITIES as ReadonlySet<string>).has(name);

function deviceGrants(config: HostConfig): readonly Grant[] {
  return [
    ...(config.Devices ?? []).map(
      (device, index): Grant => ({
        kind: "device",
        field: `HostConfig.Devices[${index}]`,
        path: device.PathOnHost,
        permissions: device.CgroupPermissions || "rwm",
      }),
    ),
    ...(config.DeviceCgroupRules ?? []).map(
      (rule, index): Grant => ({ kind: "device-rule", field: `HostConfig.DeviceCgroupRules[${index}]`, rule }),
    ),
    ...(config.DeviceRequests ?? []).map(
      (request, index): Grant => ({
        kind: "device-request",
        field: `HostConfig.DeviceRequests[${index}]`,
        driver: request.Driver || (request.Capabilities ?? []).flat().join(",") || "any",
      }),
    ),
  ];
}

const JOINABLE: readonly (readonly [HostNamespace, "PidMode" | "IpcMode" | "NetworkMode"])[] = [
  ["pid", "PidMode"],
  ["ipc", "IpcMode"],
  ["network", "NetworkMode"],
];

/** Only the exact word `host` counts: `HOST` is accepted and has no effect (measured on Engine 20.10.24). */
function namespaceGrants(workload: Workload): readonly Grant[] {
  const { HostConfig } = workload.config;
  const grants: Grant[] = JOINABLE.flatMap(([namespace, mode]) => joinableGrants(workload, namespace, mode));
  const plain: readonly (readonly [HostNamespace, "UTSMode" | "UsernsMode" | "CgroupnsMode"])[] = [
    ["uts", "UTSMode"],
    ["user", "UsernsMode"],
    ["cgroup", "CgroupnsMode"],
  ];
  for (const [namespace, mode] of plain) {
    if (HostConfig[mode] === "host") {
      grants.push({ kind: "host-namespace", field: `HostConfig.${mode}`, namespace });
    }
  }
  return grants;
}

function joinableGrants(
  workload: Workload,
  namespace: HostNamespace,
  mode: "PidMode" | "IpcMode" | "NetworkMode",
): readonly Grant[] {
  const field = `HostConfig.${mode}`;
  const written = workload.config.HostConfig[mode] ?? "";
  if (written === "host") {
    return [{ kind: "host-namespace", field, namespace }];
  }
  if (!written.startsWith("container:")) {
    return [];
  }
  const container = written.slice("container:".length);
  let donor: Workload | undefined = workload;
  for (let depth = 0; depth < JOIN_DEPTH_MAX && donor !== undefined; depth += 1) {
    const value: string = donor.config.HostConfig[mode] ?? "";
    if (!value.startsWith("container:")) {
      const joined: Grant = { kind: "joined-namespace", field, namespace, container, resolved: true };
      return value === "host" ? [joined, { kind: "host-namespace", field, namespace }] : [joined];
    }
    donor = donor.surroundings.containers?.get(value.slice("container:".length));
  }
  return [{ kind: "joined-namespace", field, namespace, container, resolved: false }];
}

/** Types of SELinux that confine as the engine's default does. */
const CONFINED_LABEL_TYPES: ReadonlySet<string> = new Set(["container_t", "svirt_lxc_net_t"]);

function securityGrants(config: HostConfig): readonly Grant[] {
  const options = parseSecurityOptions(config.SecurityOpt ?? []);
  const at = (index: number) => (index < 0 ? "HostConfig.SecurityOpt" : `HostConfig.SecurityOpt[${index}]`);
  const grants: Grant[] = [...seccompGrant(options.seccomp, at(options.decidedBy.seccomp))];
  const confinement = (layer: Extract<Grant, { kind: "confinement" }>["layer"], field: string, detail: string) => {
    grants.push({ kind: "confinement", field, layer, detail });
  };
  if (options.appArmor !== undefined && options.appArmor !== "" && options.appArmor !== "docker-default") {
    confinement("apparmor", at(options.decidedBy.appArmor), options.appArmor);
  }
  const { disable, type, user, role } = options.label;
  if (disable || (type !== undefined && !CONFINED_LABEL_TYPES.has(type))) {
    confinement("selinux", at(options.decidedBy.label), disable ? "label=disable" : `label=type:${type}`);
  }
  if ((user !== undefined && user !== "system_u") || (role !== undefined && role !== "system_r")) {
    confinement(
      "selinux",
      at(options.decidedBy.label),
      `label=${user === undefined ? `role:${role}` : `user:${user}`}`,
    );
  }
  if (options.unmask.length > 0) {
    confinement("masked-paths", "HostConfig.SecurityOpt", `unmask=${options.unmask.join(":")}`);
  }
  if (options.writableCgroups) {
    confinement("cgroups", "HostConfig.SecurityOpt", "writable-cgroups");
  }
  for (const option of options.refused) {
    grants.push({ kind: "other", field: "HostConfig.SecurityOpt", detail: option });
  }
  return [...grants, ...pathListGrants(config)];
}

/**
 * `null` stands for the engine's list and any list replaces it. Clients that make a container again echo the list of
 * the old one, so anything that covers the defaults is no loss.
 */
function pathListGrants(config: HostConfig): readonly Grant[] {
  const lists = [
    ["masked-paths", "MaskedPaths", DEFAULT_MASKED_PATHS],
    ["read-only-paths", "ReadonlyPaths", DEFAULT_READ_ONLY_PATHS],
  ] as const;
  return lists.flatMap(([layer, name, defaults]): Grant[] => {
    const written = config[name];
    const missing = written === undefined ? [] : defaults.filter((path) => !written.includes(path));
    return missing.length === 0
      ? []
      : [{ kind: "confinement", field: `HostConfig.${name}`, layer, detail: missing.join(", ") }];
  });
}

/** Kernel settings that a container may have to itself: those of its own IPC and network namespaces. */
const NAMESPACED_SYSCTL =
  /^(net\.|kernel\.(msgmax|msgmnb|msgmni|sem|shmall|shmmax|shmmni|shm_rmid_forced)$|fs\.mqueue\.)/;

function resourceGrants(config: HostConfig): readonly Grant[] {
  const grants: Grant[] = [];
  for (const name of Object.keys(config.Sysctls ?? {})) {
    // The engine takes a slash for a point, as sysctl(8) does.
    if (!NAMESPACED_SYSCTL.test(name.replaceAll("/", "."))) {
      grants.push({ kind: "sysctl", field: "HostConfig.Sysctls", name });
    }
  }
  for (const name of Object.keys(config.StorageOpt ?? {})) {
    if (name !== "size") {
      grants.push({ kind: "storage-option", field: "HostConfig.StorageOpt", name });
    }
  }
  if ((config.CgroupParent ?? "") !== "") {
    grants.push({ kind: "cgroup-parent", field: "HostConfig.CgroupParent", path: config.CgroupParent ?? "" });
  }
  if (config.OomKillDisable === true) {
    grants.push({ kind: "oom", field: "HostConfig.OomKillDisable", detail: "OomKillDisable" });
  }
  if ((config.OomScoreAdj ?? 0) < 0) {
    grants.push({ kind: "oom", field: "HostConfig.OomScoreAdj", detail: `OomScoreAdj ${config.OomScoreAdj}` });
  }
  const restart = config.RestartPolicy?.Name ?? "";
  if (restart !== "" && restart !== "no") {
    grants.push({ kind: "restart", field: "HostConfig.RestartPolicy", policy: restart });
  }
  return grants;
}

/** Drivers that keep what a container writes with the engine, and options of theirs that name no file or address. */
const PLAIN_LOG_DRIVERS: ReadonlySet<string> = new Set(["", "json-file", "local", "none", "journald"]);
const PLAIN_LOG_OPTIONS: ReadonlySet<string> = new Set([
  "max-size",
  "max-file",
  "compress",
  "labels",
  "labels-regex",
  "env",
  "env-regex",
  "tag",
  "mode",
  "max-buffer-size",
]);

function runtimeGrants(config: HostConfig): readonly Grant[] {
  const grants: Grant[] = [];
  if ((config.Runtime ?? "") !== "") {
    grants.push({ kind: "runtime", field: "HostConfig.Runtime", name: config.Runtime ?? "" });
  }
  const driver = config.LogConfig?.Type ?? "";
  const odd = Object.keys(config.LogConfig?.Config ?? {}).find((name) => !PLAIN_LOG_OPTIONS.has(name));
  if (!PLAIN_LOG_DRIVERS.has(driver) || odd !== undefined) {
    grants.push({
      kind: "log-driver",
      field: odd === undefined ? "HostConfig.LogConfig.Type" : "HostConfig.LogConfig.Config",
      driver: driver || "default",
      option: odd === undefined ? "" : `${odd}=${config.LogConfig?.Config?.[odd] ?? ""}`,
    });
  }
  return grants;
}

function networkGrants(config: HostConfig): readonly Grant[] {
  const grants: Grant[] = [];
  const mode = config.NetworkMode ?? "";
  if (mode !== "" && mode !== "host" && !mode.startsWith("container:")) {
    grants.push({ kind: "network", field: "HostConfig.NetworkMode", name: mode });
  }
  for (const [container, bindings] of Object.entries(config.PortBindings ?? {})) {
    // No binding at all publishes on a port that the engine picks.
    for (const binding of bindings.length === 0 ? [{}] : bindings) {
      const { HostIp = "", HostPort = "" } = binding as { HostIp?: string; HostPort?: string };
      grants.push({
        kind: "published-port",
        field: "HostConfig.PortBindings",
        address: HostIp,
        port: HostPort,
        container,
      });
    }
  }
  if (config.PublishAllPorts === true) {
    grants.push({ kind: "published-port", field: "HostConfig.PublishAllPorts", address: "", port: "", container: "*" });
  }
  return grants;
}
