/**
 * The body of `POST /containers/create` as the Go types that a Docker Engine decodes it into: moby's
 * `container.Config`, `container.HostConfig` and `network.NetworkingConfig`, with the fields of API 1.24 to 1.55.
 *
 * Which Go type a field has is not in the API's description and decides what `null` and a repeated key do, so it is
 * taken from moby's source (api/types/container at v20.10.24 and docker-v29.0.0).
 */
import {
  arrayOf,
  BOOL,
  type GoStructType,
  INT64,
  mapOf,
  pointerTo,
  STRING,
  STRING_MAP,
  STRING_OR_STRINGS,
  STRINGS,
  sliceOf,
  structOf,
  UINT16,
  UINT32,
  UINT64,
} from "./go-type.ts";

const HEALTH_CONFIG = structOf("HealthConfig", {
  Test: STRINGS,
  Interval: INT64,
  Timeout: INT64,
  StartPeriod: INT64,
  StartInterval: INT64,
  Retries: INT64,
});

const EMPTY_STRUCT = structOf("struct {}", {});

/** `container.Config`: what an image can hold too. */
export const CONFIG: GoStructType = structOf("Config", {
  Hostname: STRING,
  Domainname: STRING,
  User: STRING,
  AttachStdin: BOOL,
  AttachStdout: BOOL,
  AttachStderr: BOOL,
  ExposedPorts: mapOf(EMPTY_STRUCT),
  Tty: BOOL,
  OpenStdin: BOOL,
  StdinOnce: BOOL,
  Env: STRINGS,
  Cmd: STRING_OR_STRINGS,
  Healthcheck: pointerTo(HEALTH_CONFIG),
  ArgsEscaped: BOOL,
  Image: STRING,
  Volumes: mapOf(EMPTY_STRUCT),
  WorkingDir: STRING,
  Entrypoint: STRING_OR_STRINGS,
  NetworkDisabled: BOOL,
  MacAddress: STRING,
  OnBuild: STRINGS,
  Labels: STRING_MAP,
  StopSignal: STRING,
  StopTimeout: pointerTo(INT64),
  Shell: STRING_OR_STRINGS,
});

const MOUNT = structOf("Mount", {
  Type: STRING,
  Source: STRING,
  Target: STRING,
  ReadOnly: BOOL,
  Consistency: STRING,
  BindOptions: pointerTo(
    structOf("BindOptions", {
      Propagation: STRING,
      NonRecursive: BOOL,
      CreateMountpoint: BOOL,
      ReadOnlyNonRecursive: BOOL,
      ReadOnlyForceRecursive: BOOL,
    }),
  ),
  VolumeOptions: pointerTo(
    structOf("VolumeOptions", {
      NoCopy: BOOL,
      Labels: STRING_MAP,
      Subpath: STRING,
      DriverConfig: pointerTo(structOf("Driver", { Name: STRING, Options: STRING_MAP })),
    }),
  ),
  ImageOptions: pointerTo(structOf("ImageOptions", { Subpath: STRING })),
  TmpfsOptions: pointerTo(structOf("TmpfsOptions", { SizeBytes: INT64, Mode: UINT32, Options: sliceOf(STRINGS) })),
  ClusterOptions: pointerTo(EMPTY_STRUCT),
});

const DEVICE_MAPPING = structOf("DeviceMapping", {
  PathOnHost: STRING,
  PathInContainer: STRING,
  CgroupPermissions: STRING,
});

const DEVICE_REQUEST = structOf("DeviceRequest", {
  Driver: STRING,
  Count: INT64,
  DeviceIDs: STRINGS,
  Capabilities: sliceOf(STRINGS),
  Options: STRING_MAP,
});

const THROTTLE_DEVICES = sliceOf(pointerTo(structOf("ThrottleDevice", { Path: STRING, Rate: UINT64 })));

/** `container.Resources`, which `HostConfig` embeds: its fields stand among those of `HostConfig`. */
const RESOURCES = {
  CpuShares: INT64,
  Memory: INT64,
  NanoCpus: INT64,
  CgroupParent: STRING,
  BlkioWeight: UINT16,
  BlkioWeightDevice: sliceOf(pointerTo(structOf("WeightDevice", { Path: STRING, Weight: UINT16 }))),
  BlkioDeviceReadBps: THROTTLE_DEVICES,
  BlkioDeviceWriteBps: THROTTLE_DEVICES,
  BlkioDeviceReadIOps: THROTTLE_DEVICES,
  BlkioDeviceWriteIOps: THROTTLE_DEVICES,
  CpuPeriod: INT64,
  CpuQuota: INT64,
  CpuRealtimePeriod: INT64,
  CpuRealtimeRuntime: INT64,
  CpusetCpus: STRING,
  CpusetMems: STRING,
  Devices: sliceOf(DEVICE_MAPPING),
  DeviceCgroupRules: STRINGS,
  DeviceRequests: sliceOf(DEVICE_REQUEST),
  KernelMemory: INT64,
  KernelMemoryTCP: INT64,
  MemoryReservation: INT64,
  MemorySwap: INT64,
  MemorySwappiness: pointerTo(INT64),
  OomKillDisable: pointerTo(BOOL),
  PidsLimit: pointerTo(INT64),
  Ulimits: sliceOf(pointerTo(structOf("Ulimit", { Name: STRING, Hard: INT64, Soft: INT64 }))),
  CpuCount: INT64,
  CpuPercent: INT64,
  IOMaximumIOps: UINT64,
  IOMaximumBandwidth: UINT64,
};

/** `container.HostConfig`: what ties the container to its host. */
export const HOST_CONFIG: GoStructType = structOf("HostConfig", {
  Binds: STRINGS,
  ContainerIDFile: STRING,
  LogConfig: structOf("LogConfig", { Type: STRING, Config: STRING_MAP }),
  NetworkMode: STRING,
  PortBindings: mapOf(sliceOf(structOf("PortBinding", { HostIp: STRING, HostPort: STRING }))),
  RestartPolicy: structOf("RestartPolicy", { Name: STRING, MaximumRetryCount: INT64 }),
  AutoRemove: BOOL,
  VolumeDriver: STRING,
  VolumesFrom: STRINGS,
  ConsoleSize: arrayOf(2, UINT64),
  Annotations: STRING_MAP,
  CapAdd: STRING_OR_STRINGS,
  CapDrop: STRING_OR_STRINGS,
  CgroupnsMode: STRING,
  Dns: STRINGS,
  DnsOptions: STRINGS,
  DnsSearch: STRINGS,
  ExtraHosts: STRINGS,
  GroupAdd: STRINGS,
  IpcMode: STRING,
  Cgroup: STRING,
  Links: STRINGS,
  OomScoreAdj: INT64,
  PidMode: STRING,
  Privileged: BOOL,
  PublishAllPorts: BOOL,
  ReadonlyRootfs: BOOL,
  SecurityOpt: STRINGS,
  StorageOpt: STRING_MAP,
  Tmpfs: STRING_MAP,
  UTSMode: STRING,
  UsernsMode: STRING,
  ShmSize: INT64,
  Sysctls: STRING_MAP,
  Runtime: STRING,
  Isolation: STRING,
  ...RESOURCES,
  Mounts: sliceOf(MOUNT),
  MaskedPaths: STRINGS,
  ReadonlyPaths: STRINGS,
  Init: pointerTo(BOOL),
});

const ENDPOINT_SETTINGS = structOf("EndpointSettings", {
  IPAMConfig: pointerTo(
    structOf("EndpointIPAMConfig", { IPv4Address: STRING, IPv6Address: STRING, LinkLocalIPs: STRINGS }),
  ),
  Links: STRINGS,
  Aliases: STRINGS,
  NetworkID: STRING,
  EndpointID: STRING,
  Gateway: STRING,
  IPAddress: STRING,
  IPPrefixLen: INT64,
  IPv6Gateway: STRING,
  GlobalIPv6Address: STRING,
  GlobalIPv6PrefixLen: INT64,
  MacAddress: STRING,
  DriverOpts: STRING_MAP,
  GwPriority: INT64,
  DNSNames: STRINGS,
});

/** Members of a create body that are neither `Config`'s nor `HostConfig`'s. */
const REQUEST_FIELDS = {
  HostConfig: pointerTo(HOST_CONFIG),
  NetworkingConfig: pointerTo(structOf("NetworkingConfig", { EndpointsConfig: mapOf(pointerTo(ENDPOINT_SETTINGS)) })),
};

const typesOf = (struct: GoStructType) => Object.fromEntries(struct.fields.map((field) => [field.name, field.type]));

/** The body for engines from 27 (moby's `container.CreateRequest`). */
export const CREATE_REQUEST: GoStructType = structOf("CreateRequest", { ...typesOf(CONFIG), ...REQUEST_FIELDS });

/**
 * The body for engines up to 26 (moby's `runconfig.ContainerConfigWrapper`): it embeds a `HostConfig` beside the one
 * that it names, so every field of `HostConfig` is also a field of the body.
 */
export const CREATE_REQUEST_WITH_FLAT_FIELDS: GoStructType = structOf("ContainerConfigWrapper", {
  ...typesOf(CONFIG),
  ...REQUEST_FIELDS,
  Cpuset: STRING,
  ...typesOf(HOST_CONFIG),
});
