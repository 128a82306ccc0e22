import { CONFIG, type GoStruct, type GoStructType, HOST_CONFIG, pickFields } from "../../engine/index.ts";
import type {
  ContainerConfig,
  DeviceConfig,
  DeviceRequestConfig,
  HostConfig,
  ImageConfig,
  MountConfig,
  PortBindingConfig,
} from "../../facts/index.ts";
import {
  asBoolean,
  asKeys,
  asListOf,
  asMapOf,
  asNumber,
  asString,
  asStringMap,
  asStrings,
  asStruct,
  type Converters,
} from "./convert.ts";

const IMAGE_CONFIG: Converters<ImageConfig> = {
  Image: asString,
  User: asString,
  Env: asStrings,
  Cmd: asStrings,
  Entrypoint: asStrings,
  Volumes: asKeys,
  Labels: asStringMap,
  ExposedPorts: asKeys,
  Tty: asBoolean,
  Healthcheck: asStruct({ Test: asStrings }, {}),
};

const asMount = asStruct<MountConfig>(
  {
    Type: asString,
    Source: asString,
    Target: asString,
    ReadOnly: asBoolean,
    BindOptions: asStruct(
      {
        Propagation: asString,
        NonRecursive: asBoolean,
        ReadOnlyNonRecursive: asBoolean,
        ReadOnlyForceRecursive: asBoolean,
      },
      {},
    ),
    VolumeOptions: asStruct({ DriverConfig: asStruct({ Name: asString, Options: asStringMap }, {}) }, {}),
  },
  { Type: "", Target: "" },
);

const asDevice = asStruct<DeviceConfig>(
  { PathOnHost: asString, PathInContainer: asString, CgroupPermissions: asString },
  { PathOnHost: "" },
);

const asDeviceRequest = asStruct<DeviceRequestConfig>(
  { Driver: asString, Count: asNumber, DeviceIDs: asStrings, Capabilities: asListOf(asStrings) },
  {},
);

const asPortBinding = asStruct<PortBindingConfig>({ HostIp: asString, HostPort: asString }, {});

const asUlimit = asStruct<NonNullable<HostConfig["Ulimits"]>[number]>(
  { Name: asString, Soft: asNumber, Hard: asNumber },
  { Name: "" },
);

const asRestartPolicy = asStruct<NonNullable<HostConfig["RestartPolicy"]>>(
  { Name: asString, MaximumRetryCount: asNumber },
  { Name: "" },
);

const HOST_CONFIG_FIELDS: Converters<HostConfig> = {
  Privileged: asBoolean,
  CapAdd: asStrings,
  CapDrop: asStrings,
  Binds: asStrings,
  Mounts: asListOf(asMount),
  Tmpfs: asStringMap,
  VolumesFrom: asStrings,
  VolumeDriver: asString,
  Devices: asListOf(asDevice),
  DeviceCgroupRules: asStrings,
  DeviceRequests: asListOf(asDeviceRequest),
  SecurityOpt: asStrings,
  MaskedPaths: asStrings,
  ReadonlyPaths: asStrings,
  PidMode: asString,
  IpcMode: asString,
  NetworkMode: asString,
  UTSMode: asString,
  UsernsMode: asString,
  CgroupnsMode: asString,
  GroupAdd: asStrings,
  ReadonlyRootfs: asBoolean,
  Runtime: asString,
  CgroupParent: asString,
  Sysctls: asStringMap,
  PortBindings: asMapOf(asListOf(asPortBinding)),
  PublishAllPorts: asBoolean,
  Memory: asNumber,
  NanoCpus: asNumber,
  CpuShares: asNumber,
  CpuQuota: asNumber,
  PidsLimit: asNumber,
  OomKillDisable: asBoolean,
  OomScoreAdj: asNumber,
  Ulimits: asListOf(asUlimit),
  RestartPolicy: asRestartPolicy,
  LogConfig: asStruct({ Type: asString, Config: asStringMap }, {}),
  StorageOpt: asStringMap,
};

const asImageConfig = asStruct<ImageConfig>(IMAGE_CONFIG, {});
const asHostConfig = asStruct<HostConfig>(HOST_CONFIG_FIELDS, {});

/** The engine's types cut down to the fields that we read, for inputs whose other fields are nobody's concern. */
export const READ_CONFIG: GoStructType = pickFields(CONFIG, new Set(Object.keys(IMAGE_CONFIG)));
export const READ_HOST_CONFIG: GoStructType = pickFields(HOST_CONFIG, new Set(Object.keys(HOST_CONFIG_FIELDS)));

/** A struct with the members `Config` and `HostConfig` as the form that every reader brings its input to. */
export function containerConfigOf(container: GoStruct): ContainerConfig {
  return {
    Config: asImageConfig(container.fields.get("Config")),
    HostConfig: asHostConfig(container.fields.get("HostConfig")),
  };
}
