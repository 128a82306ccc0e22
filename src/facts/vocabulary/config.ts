import { type Known, knownBoolean } from "../known.ts";
import { isUnresolved } from "../namespaces.ts";
import { type ContainerView, containerFact } from "./fact.ts";

const hostConfig = (view: ContainerView) => view.container.workload.config.HostConfig;

/** A plain question to the configuration; `unknown` where the reader could not tell the field. */
const configured = (id: string, field: string, holds: (view: ContainerView) => boolean) =>
  containerFact(
    id,
    (view) => (isUnresolved(view.container.workload, field) ? "unknown" : knownBoolean(holds(view))),
    () => [field],
    { negatable: true },
  );

/** Limits and hygiene: what a configuration says of itself. Used by checks; all of them may be negated. */
export const config = {
  memoryLimit: configured("limits.memory", "HostConfig.Memory", (view) => (hostConfig(view).Memory ?? 0) > 0),
  pidsLimit: containerFact(
    "limits.pids",
    (view) => {
      const { workload } = view.container;
      // A pod cannot say: the kubelet's podPidsLimit decides.
      const unsaid = workload.kind === "pod" || isUnresolved(workload, "HostConfig.PidsLimit");
      return unsaid ? "unknown" : knownBoolean((hostConfig(view).PidsLimit ?? 0) > 0);
    },
    () => ["HostConfig.PidsLimit"],
    { negatable: true },
  ),
  cpuLimit: configured("limits.cpu", "HostConfig.NanoCpus", (view) => {
    const { NanoCpus = 0, CpuShares = 0, CpuQuota = 0 } = hostConfig(view);
    return NanoCpus > 0 || CpuShares > 0 || CpuQuota > 0;
  }),
  storageLimit: configured(
    "limits.storage",
    "HostConfig.StorageOpt",
    (view) => hostConfig(view).StorageOpt?.["size"] !== undefined || hostConfig(view).ReadonlyRootfs === true,
  ),
  ulimits: configured("limits.ulimits", "HostConfig.Ulimits", (view) => (hostConfig(view).Ulimits?.length ?? 0) > 0),
  oomKillDisable: configured(
    "oom.kill-disabled",
    "HostConfig.OomKillDisable",
    (view) => hostConfig(view).OomKillDisable === true,
  ),
  readOnlyRoot: configured(
    "rootfs.read-only",
    "HostConfig.ReadonlyRootfs",
    (view) => hostConfig(view).ReadonlyRootfs === true,
  ),
  restartBounded: configured("restart.bounded", "HostConfig.RestartPolicy", (view) => {
    const policy = hostConfig(view).RestartPolicy;
    return policy?.Name === "on-failure" && (policy.MaximumRetryCount ?? 0) > 0 && (policy.MaximumRetryCount ?? 0) <= 5;
  }),
  restartForever: configured("restart.forever", "HostConfig.RestartPolicy", (view) =>
    ["always", "unless-stopped"].includes(hostConfig(view).RestartPolicy?.Name ?? ""),
  ),
  restartOnFailureOften: containerFact(
    "restart.on-failure-often",
    (view) => {
      const policy = hostConfig(view).RestartPolicy;
      const count = policy?.MaximumRetryCount ?? 0;
      return isUnresolved(view.container.workload, "HostConfig.RestartPolicy")
        ? "unknown"
        : knownBoolean(policy?.Name === "on-failure" && (count <= 0 || count > 5));
    },
    () => ["HostConfig.RestartPolicy.MaximumRetryCount"],
    { negatable: true },
  ),
  capabilitiesDropped: configured("caps.some-dropped", "HostConfig.CapDrop", (view) =>
    (hostConfig(view).CapDrop ?? []).some((name) => name !== ""),
  ),
  healthcheck: configured("healthcheck", "Config.Healthcheck", (view) => {
    const test = view.container.workload.config.Config.Healthcheck?.Test;
    return test !== undefined && test.length > 0 && test[0] !== "NONE";
  }),
  capabilitiesAdded: configured(
    "caps.added",
    "HostConfig.CapAdd",
    (view) => (hostConfig(view).CapAdd?.length ?? 0) > 0,
  ),
  capabilitiesAllDropped: configured("caps.all-dropped", "HostConfig.CapDrop", (view) =>
    (hostConfig(view).CapDrop ?? []).some((name) => /^(CAP_)?ALL$/i.test(name)),
  ),
  devices: configured("devices.mapped", "HostConfig.Devices", (view) => (hostConfig(view).Devices?.length ?? 0) > 0),
  portsPrivileged: configured("ports.privileged", "HostConfig.PortBindings", (view) =>
    hostPorts(view).some((binding) => binding.port > 0 && binding.port < 1024),
  ),
  portsOnEveryAddress: configured("ports.on-every-address", "HostConfig.PortBindings", (view) =>
    hostPorts(view).some((binding) => ["", "0.0.0.0", "::"].includes(binding.address)),
  ),
  cgroupParent: configured(
    "cgroup.parent-set",
    "HostConfig.CgroupParent",
    (view) => (hostConfig(view).CgroupParent ?? "") !== "",
  ),
  usernsHostRequested: configured(
    "userns.host-requested",
    "HostConfig.UsernsMode",
    (view) => hostConfig(view).UsernsMode === "host",
  ),
  publishAll: configured(
    "ports.publish-all",
    "HostConfig.PublishAllPorts",
    (view) => hostConfig(view).PublishAllPorts === true,
  ),
  sshPort: configured("ports.ssh", "Config.ExposedPorts", (view) => {
    const exposed = [
      ...(view.container.workload.config.Config.ExposedPorts ?? []),
      ...Object.keys(hostConfig(view).PortBindings ?? {}),
    ];
    return exposed.some((port) => /^22(\/tcp)?$/.test(port));
  }),
  tagLatest: configured("image.latest", "Config.Image", (view) => {
    const image = view.container.workload.config.Config.Image ?? "";
    return (
      image !== "" &&
      !image.includes("@") &&
      (/:latest$/.test(image) || !/:[^/]+$/.test(image)) &&
      !image.startsWith("sha256:")
    );
  }),
  /** An environment variable points a Docker client at an engine over the network. */
  dockerHost: containerFact(
    "client.docker-host",
    (view) => knownBoolean(dockerHostIndex(view) >= 0),
    (view) => [`Config.Env[${Math.max(dockerHostIndex(view), 0)}]`],
  ),
  /** The name of the network says that a filtered engine API is served on it. */
  socketProxyNetwork: containerFact(
    "net.named-socket-proxy",
    (view): Known =>
      /(socket|sock|docker)[-_]?(proxy|api)|dockerproxy/i.test(hostConfig(view).NetworkMode ?? "") ? "yes" : "no",
    () => ["HostConfig.NetworkMode"],
  ),
  /** The configuration asks for a runtime by name. */
  runtime: configured("runtime.named", "HostConfig.Runtime", (view) => (hostConfig(view).Runtime ?? "") !== ""),
};

function dockerHostIndex(view: ContainerView): number {
  return (view.container.workload.config.Config.Env ?? []).findIndex((entry) =>
    /^DOCKER_HOST=(tcp|http|https):\/\//.test(entry),
  );
}

function hostPorts(view: ContainerView): { address: string; port: number }[] {
  return Object.values(hostConfig(view).PortBindings ?? {}).flatMap((bindings) =>
    bindings.map(({ HostIp = "", HostPort = "" }) => ({ address: HostIp, port: Number.parseInt(HostPort, 10) || 0 })),
  );
}
