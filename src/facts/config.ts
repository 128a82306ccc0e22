/**
 * A container as its engine is asked to make it: the fields of the Engine API's create body that isolation depends on,
 * under the API's own names (docs.docker.com/reference/api/engine, v1.51).
 *
 * Readers bring every input to this one form. They leave out what the input does not say and never fill in a default:
 * defaults belong to the engine and are applied when facts are derived.
 */
export interface ContainerConfig {
  readonly Config: ImageConfig;
  readonly HostConfig: HostConfig;
}

/** The part of a create body that an image can also hold. */
export interface ImageConfig {
  readonly Image?: string;
  /** `""` or absent: the image decides. */
  readonly User?: string;
  readonly Env?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly Entrypoint?: readonly string[];
  /** Container paths that become anonymous volumes. */
  readonly Volumes?: readonly string[];
  readonly Labels?: Readonly<Record<string, string>>;
  readonly ExposedPorts?: readonly string[];
  readonly Tty?: boolean;
  readonly Healthcheck?: { readonly Test?: readonly string[] };
}

/** The part of a create body that ties the container to its host. */
export interface HostConfig {
  readonly Privileged?: boolean;
  readonly CapAdd?: readonly string[];
  readonly CapDrop?: readonly string[];
  /** `source:target[:options]`. */
  readonly Binds?: readonly string[];
  readonly Mounts?: readonly MountConfig[];
  readonly Tmpfs?: Readonly<Record<string, string>>;
  /** `container[:ro|rw]`. */
  readonly VolumesFrom?: readonly string[];
  readonly VolumeDriver?: string;
  readonly Devices?: readonly DeviceConfig[];
  /** `type major:minor permissions`, as the kernel's devices cgroup writes it. */
  readonly DeviceCgroupRules?: readonly string[];
  readonly DeviceRequests?: readonly DeviceRequestConfig[];
  readonly SecurityOpt?: readonly string[];
  /** Absent: the engine's list. Empty: none. */
  readonly MaskedPaths?: readonly string[];
  /** Absent: the engine's list. Empty: none. */
  readonly ReadonlyPaths?: readonly string[];
  readonly PidMode?: string;
  readonly IpcMode?: string;
  readonly NetworkMode?: string;
  readonly UTSMode?: string;
  readonly UsernsMode?: string;
  readonly CgroupnsMode?: string;
  readonly GroupAdd?: readonly string[];
  readonly ReadonlyRootfs?: boolean;
  readonly Runtime?: string;
  readonly CgroupParent?: string;
  readonly Sysctls?: Readonly<Record<string, string>>;
  readonly PortBindings?: Readonly<Record<string, readonly PortBindingConfig[]>>;
  readonly PublishAllPorts?: boolean;
  /** Bytes; 0 is no limit. */
  readonly Memory?: number;
  readonly NanoCpus?: number;
  readonly CpuShares?: number;
  readonly CpuQuota?: number;
  /** 0, -1 or absent: no limit. */
  readonly PidsLimit?: number;
  readonly OomKillDisable?: boolean;
  readonly OomScoreAdj?: number;
  readonly Ulimits?: readonly { readonly Name: string; readonly Soft?: number; readonly Hard?: number }[];
  readonly RestartPolicy?: { readonly Name: string; readonly MaximumRetryCount?: number };
  readonly LogConfig?: { readonly Type?: string; readonly Config?: Readonly<Record<string, string>> };
  readonly StorageOpt?: Readonly<Record<string, string>>;
}

/** One entry of `HostConfig.Mounts`. */
export interface MountConfig {
  readonly Type: string;
  /** Host path of a bind, name of a volume; empty for a tmpfs or an anonymous volume. */
  readonly Source?: string;
  readonly Target: string;
  readonly ReadOnly?: boolean;
  readonly BindOptions?: {
    readonly Propagation?: string;
    readonly NonRecursive?: boolean;
    readonly ReadOnlyNonRecursive?: boolean;
    readonly ReadOnlyForceRecursive?: boolean;
  };
  readonly VolumeOptions?: {
    readonly DriverConfig?: { readonly Name?: string; readonly Options?: Readonly<Record<string, string>> };
  };
}

/** One entry of `HostConfig.Devices`. */
export interface DeviceConfig {
  readonly PathOnHost: string;
  readonly PathInContainer?: string;
  /** Letters of `rwm`. Absent or empty: `rwm`. */
  readonly CgroupPermissions?: string;
}

/** One entry of `HostConfig.DeviceRequests` (GPUs, CDI devices). */
export interface DeviceRequestConfig {
  readonly Driver?: string;
  readonly Count?: number;
  readonly DeviceIDs?: readonly string[];
  readonly Capabilities?: readonly (readonly string[])[];
}

/** One published port. */
export interface PortBindingConfig {
  readonly HostIp?: string;
  readonly HostPort?: string;
}
