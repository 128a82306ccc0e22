/**
 * Bodies other than that of container create, as the Go types that the engine decodes them into (moby api/types at
 * v20.10.24 and docker-v29.0.0; fields from the descriptions of API 1.24 to 1.55).
 */
import { CONFIG, CREATE_REQUEST_WITH_FLAT_FIELDS, HOST_CONFIG } from "../create-body.ts";
import {
  arrayOf,
  BOOL,
  type GoStructType,
  type GoType,
  INT64,
  pickFields,
  pointerTo,
  STRING,
  STRING_MAP,
  STRING_OR_STRINGS,
  STRINGS,
  sliceOf,
  structOf,
  UINT64,
} from "../go-type.ts";

/** Container create, with the fields that engines up to 26 read at its top. */
export const CONTAINER_CREATE = CREATE_REQUEST_WITH_FLAT_FIELDS;

/** Container start: engines from API 1.24 ignore it, older ones replace the whole HostConfig by it. */
export const CONTAINER_START = HOST_CONFIG;

/** Fields of `container.Resources`, and the restart policy. */
const UPDATABLE = new Set([
  "RestartPolicy",
  "CpuShares",
  "Memory",
  "NanoCpus",
  "CgroupParent",
  "BlkioWeight",
  "BlkioWeightDevice",
  "BlkioDeviceReadBps",
  "BlkioDeviceWriteBps",
  "BlkioDeviceReadIOps",
  "BlkioDeviceWriteIOps",
  "CpuPeriod",
  "CpuQuota",
  "CpuRealtimePeriod",
  "CpuRealtimeRuntime",
  "CpusetCpus",
  "CpusetMems",
  "Devices",
  "DeviceCgroupRules",
  "DeviceRequests",
  "KernelMemory",
  "KernelMemoryTCP",
  "MemoryReservation",
  "MemorySwap",
  "MemorySwappiness",
  "OomKillDisable",
  "PidsLimit",
  "Ulimits",
  "CpuCount",
  "CpuPercent",
  "IOMaximumIOps",
  "IOMaximumBandwidth",
]);

/** `container.UpdateConfig`: resources and the restart policy. */
export const CONTAINER_UPDATE = pickFields(HOST_CONFIG, UPDATABLE);

/** `container.ExecOptions`. */
export const EXEC_CREATE = structOf("ExecOptions", {
  User: STRING,
  Privileged: BOOL,
  Tty: BOOL,
  ConsoleSize: pointerTo(arrayOf(2, UINT64)),
  AttachStdin: BOOL,
  AttachStderr: BOOL,
  AttachStdout: BOOL,
  Detach: BOOL,
  DetachKeys: STRING,
  Env: STRINGS,
  WorkingDir: STRING,
  Cmd: STRINGS,
  Container: STRING,
});

/** `container.ExecStartOptions`. */
export const EXEC_START = structOf("ExecStartOptions", {
  Detach: BOOL,
  Tty: BOOL,
  ConsoleSize: pointerTo(arrayOf(2, UINT64)),
});

/** Commit takes a container configuration. */
export const COMMIT = CONFIG;

/** `registry.AuthConfig`. */
export const AUTH = structOf("AuthConfig", {
  username: STRING,
  password: STRING,
  auth: STRING,
  email: STRING,
  serveraddress: STRING,
  identitytoken: STRING,
  registrytoken: STRING,
});

const DRIVER = pointerTo(structOf("Driver", { Name: STRING, Options: STRING_MAP }));

const IPAM = pointerTo(
  structOf("IPAM", {
    Driver: STRING,
    Options: STRING_MAP,
    Config: sliceOf(
      structOf("IPAMConfig", { Subnet: STRING, IPRange: STRING, Gateway: STRING, AuxiliaryAddresses: STRING_MAP }),
    ),
  }),
);

/** `network.CreateRequest`. */
export const NETWORK_CREATE = structOf("NetworkCreateRequest", {
  Name: STRING,
  CheckDuplicate: pointerTo(BOOL),
  Driver: STRING,
  Scope: STRING,
  EnableIPv4: pointerTo(BOOL),
  EnableIPv6: pointerTo(BOOL),
  IPAM,
  Internal: BOOL,
  Attachable: BOOL,
  Ingress: BOOL,
  ConfigOnly: BOOL,
  ConfigFrom: pointerTo(structOf("ConfigReference", { Network: STRING })),
  Options: STRING_MAP,
  Labels: STRING_MAP,
});

const ENDPOINT_SETTINGS = endpointSettings();

/** The endpoint settings that container create knows. */
function endpointSettings(): GoType {
  const networking = CONTAINER_CREATE.byName.get("NetworkingConfig")?.type;
  const struct = networking?.kind === "pointer" ? networking.to : undefined;
  const endpoints = struct?.kind === "struct" ? struct.byName.get("EndpointsConfig")?.type : undefined;
  return endpoints?.kind === "map" ? endpoints.of : STRING;
}

/** `network.ConnectOptions`. */
export const NETWORK_CONNECT = structOf("NetworkConnect", { Container: STRING, EndpointConfig: ENDPOINT_SETTINGS });

/** `network.DisconnectOptions`. */
export const NETWORK_DISCONNECT = structOf("NetworkDisconnect", { Container: STRING, Force: BOOL });

const TOPOLOGIES = sliceOf(structOf("Topology", { Segments: STRING_MAP }));

const CLUSTER_VOLUME_SPEC = pointerTo(
  structOf("ClusterVolumeSpec", {
    Group: STRING,
    AccessMode: pointerTo(
      structOf("AccessMode", {
        Scope: STRING,
        Sharing: STRING,
        MountVolume: pointerTo(structOf("TypeMount", { FsType: STRING, MountFlags: STRINGS })),
        BlockVolume: pointerTo(structOf("TypeBlock", {})),
      }),
    ),
    AccessibilityRequirements: pointerTo(
      structOf("TopologyRequirement", { Requisite: TOPOLOGIES, Preferred: TOPOLOGIES }),
    ),
    CapacityRange: pointerTo(structOf("CapacityRange", { RequiredBytes: INT64, LimitBytes: INT64 })),
    Secrets: sliceOf(structOf("Secret", { Key: STRING, Secret: STRING })),
    Availability: STRING,
  }),
);

/** `volume.CreateOptions`. */
export const VOLUME_CREATE = structOf("VolumeCreate", {
  ClusterVolumeSpec: CLUSTER_VOLUME_SPEC,
  Driver: STRING,
  DriverOpts: STRING_MAP,
  Labels: STRING_MAP,
  Name: STRING,
});

/** `volume.UpdateOptions`. */
export const VOLUME_UPDATE = structOf("VolumeUpdate", { Spec: CLUSTER_VOLUME_SPEC });

/** Privileges that a plugin asks for and its installer grants. */
export const PLUGIN_PRIVILEGES = sliceOf(
  structOf("PluginPrivilege", { Name: STRING, Description: STRING, Value: STRINGS }),
);

/** Settings of a plugin. */
export const PLUGIN_SETTINGS = STRINGS;

/** Options of checkpoint create. */
export const CHECKPOINT_CREATE = structOf("CheckpointCreate", {
  CheckpointID: STRING,
  CheckpointDir: STRING,
  Exit: BOOL,
});

/**
 * A body of the swarm: routes that hand out the whole cluster are refused by class, so their bodies are read as data
 * only, to the first level.
 */
const data = (name: string, fields: readonly string[]): GoStructType =>
  structOf(name, Object.fromEntries(fields.map((field) => [field, { kind: "any" } as const])));

export const SWARM_INIT = data("SwarmInit", [
  "ListenAddr",
  "AdvertiseAddr",
  "DataPathAddr",
  "DataPathPort",
  "DefaultAddrPool",
  "ForceNewCluster",
  "SubnetSize",
  "Spec",
  "AutoLockManagers",
  "Availability",
]);
export const SWARM_JOIN = data("SwarmJoin", [
  "ListenAddr",
  "AdvertiseAddr",
  "DataPathAddr",
  "RemoteAddrs",
  "JoinToken",
  "Availability",
]);
export const SWARM_SPEC = data("SwarmSpec", [
  "Name",
  "Labels",
  "Orchestration",
  "Raft",
  "Dispatcher",
  "CAConfig",
  "EncryptionConfig",
  "TaskDefaults",
]);
export const SWARM_UNLOCK = structOf("SwarmUnlock", { UnlockKey: STRING });
export const NODE_SPEC = structOf("NodeSpec", { Name: STRING, Labels: STRING_MAP, Role: STRING, Availability: STRING });
export const SECRET_SPEC = structOf("SecretSpec", {
  Name: STRING,
  Labels: STRING_MAP,
  Data: STRING,
  Driver: DRIVER,
  Templating: DRIVER,
});
export const CONFIG_SPEC = structOf("ConfigSpec", {
  Name: STRING,
  Labels: STRING_MAP,
  Data: STRING,
  Templating: DRIVER,
});

const PLACEMENT = pointerTo(
  structOf("Placement", {
    Constraints: STRINGS,
    Preferences: sliceOf(
      structOf("PlacementPreference", { Spread: pointerTo(structOf("SpreadOver", { SpreadDescriptor: STRING })) }),
    ),
    MaxReplicas: INT64,
    Platforms: sliceOf(structOf("Platform", { Architecture: STRING, OS: STRING })),
  }),
);
const FILE_TARGET = pointerTo(structOf("FileTarget", { Name: STRING, UID: STRING, GID: STRING, Mode: INT64 }));
const SERVICE_MOUNTS = HOST_CONFIG.byName.get("Mounts")?.type ?? STRINGS;
const SERVICE_ULIMITS = HOST_CONFIG.byName.get("Ulimits")?.type ?? STRINGS;

/** What a container of a service is made of: `swarm.ContainerSpec`. */
const CONTAINER_SPEC = pointerTo(
  structOf("ContainerSpec", {
    Image: STRING,
    Labels: STRING_MAP,
    Command: STRING_OR_STRINGS,
    Args: STRINGS,
    Hostname: STRING,
    Env: STRINGS,
    Dir: STRING,
    User: STRING,
    Groups: STRINGS,
    Privileges: { kind: "any" },
    Init: pointerTo(BOOL),
    StopSignal: STRING,
    TTY: BOOL,
    OpenStdin: BOOL,
    ReadOnly: BOOL,
    Mounts: SERVICE_MOUNTS,
    StopGracePeriod: pointerTo(INT64),
    Healthcheck: { kind: "any" },
    Hosts: STRINGS,
    DNSConfig: { kind: "any" },
    Secrets: sliceOf(
      pointerTo(structOf("SecretReference", { File: FILE_TARGET, SecretID: STRING, SecretName: STRING })),
    ),
    Configs: sliceOf(
      pointerTo(
        structOf("ConfigReference", {
          File: FILE_TARGET,
          Runtime: pointerTo(structOf("Runtime", {})),
          ConfigID: STRING,
          ConfigName: STRING,
        }),
      ),
    ),
    Isolation: STRING,
    Sysctls: STRING_MAP,
    CapabilityAdd: STRINGS,
    CapabilityDrop: STRINGS,
    Ulimits: SERVICE_ULIMITS,
    OomScoreAdj: INT64,
  }),
);
const NETWORKS = sliceOf(structOf("NetworkAttachment", { Target: STRING, Aliases: STRINGS, DriverOpts: STRING_MAP }));

/** `swarm.ServiceSpec`. */
export const SERVICE_SPEC = structOf("ServiceSpec", {
  Name: STRING,
  Labels: STRING_MAP,
  TaskTemplate: structOf("TaskSpec", {
    ContainerSpec: CONTAINER_SPEC,
    PluginSpec: { kind: "any" },
    NetworkAttachmentSpec: { kind: "any" },
    Resources: { kind: "any" },
    RestartPolicy: { kind: "any" },
    Placement: PLACEMENT,
    Networks: NETWORKS,
    LogDriver: DRIVER,
    ForceUpdate: UINT64,
    Runtime: STRING,
  }),
  Mode: { kind: "any" },
  UpdateConfig: { kind: "any" },
  RollbackConfig: { kind: "any" },
  Networks: NETWORKS,
  EndpointSpec: pointerTo(
    structOf("EndpointSpec", {
      Mode: STRING,
      Ports: sliceOf(
        structOf("PortConfig", {
          Name: STRING,
          Protocol: STRING,
          TargetPort: INT64,
          PublishedPort: INT64,
          PublishMode: STRING,
        }),
      ),
    }),
  ),
});
