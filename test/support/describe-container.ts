import type { ContainerConfig, HostConfig, MountConfig, Workload } from "../../src/facts/index.ts";
import { DEFAULT_MASKED_PATHS, DEFAULT_READ_ONLY_PATHS } from "../../src/facts/index.ts";
import { readCompose } from "../../src/readers/compose/index.ts";
import { readRunArguments } from "../../src/readers/docker-run/index.ts";
import { type ReadResult, readCreateRequest, readInspect } from "../../src/readers/index.ts";

const IMAGE = "alpine:3.20";

/** Both lists empty is `systempaths=unconfined` for the clients, which send the lists. */
const securityOptions = ({ SecurityOpt = [], MaskedPaths }: HostConfig): readonly string[] =>
  MaskedPaths === undefined ? SecurityOpt : [...SecurityOpt, "systempaths=unconfined"];

/** The words of the `docker run` line that makes this container. */
export function runWords({ Config, HostConfig }: ContainerConfig): readonly string[] {
  const flags = (flag: string, values: readonly (string | undefined)[] = []) =>
    values.flatMap((value) => (value === undefined || value === "" ? [] : [flag, value]));
  return [
    "docker",
    "run",
    ...(HostConfig.Privileged ? ["--privileged"] : []),
    ...(HostConfig.ReadonlyRootfs ? ["--read-only"] : []),
    ...flags("--cap-add", HostConfig.CapAdd),
    ...flags("--cap-drop", HostConfig.CapDrop),
    ...flags("--volume", HostConfig.Binds),
    ...flags("--mount", HostConfig.Mounts?.map(mountFlag)),
    ...flags(
      "--device",
      HostConfig.Devices?.map((device) => `${device.PathOnHost}:${device.PathInContainer}:${device.CgroupPermissions}`),
    ),
    ...flags("--device-cgroup-rule", HostConfig.DeviceCgroupRules),
    ...flags("--security-opt", securityOptions(HostConfig)),
    ...flags("--group-add", HostConfig.GroupAdd),
    ...flags("--pid", [HostConfig.PidMode]),
    ...flags("--ipc", [HostConfig.IpcMode]),
    ...flags("--network", [HostConfig.NetworkMode]),
    ...flags("--uts", [HostConfig.UTSMode]),
    ...flags("--cgroupns", [HostConfig.CgroupnsMode]),
    ...flags("--user", [Config.User]),
    IMAGE,
  ];
}

function mountFlag({ Type, Source, Target, ReadOnly, BindOptions }: MountConfig): string {
  return [
    `type=${Type}`,
    `source=${Source}`,
    `target=${Target}`,
    ...(ReadOnly ? ["readonly"] : []),
    ...(BindOptions?.Propagation ? [`bind-propagation=${BindOptions.Propagation}`] : []),
  ].join(",");
}

/** A Compose file with this container as its only service. JSON, which is YAML. */
export function composeText({ Config, HostConfig }: ContainerConfig): string {
  const binds = HostConfig.Binds ?? [];
  const mounts = HostConfig.Mounts ?? [];
  const service = {
    image: IMAGE,
    user: Config.User,
    privileged: HostConfig.Privileged,
    read_only: HostConfig.ReadonlyRootfs,
    cap_add: HostConfig.CapAdd,
    cap_drop: HostConfig.CapDrop,
    volumes: binds.length + mounts.length === 0 ? undefined : [...binds, ...mounts.map(longVolume)],
    devices: HostConfig.Devices?.map(
      (device) => `${device.PathOnHost}:${device.PathInContainer}:${device.CgroupPermissions}`,
    ),
    device_cgroup_rules: HostConfig.DeviceCgroupRules,
    security_opt: securityOptions(HostConfig),
    group_add: HostConfig.GroupAdd,
    pid: HostConfig.PidMode,
    ipc: HostConfig.IpcMode,
    network_mode: HostConfig.NetworkMode,
    uts: HostConfig.UTSMode,
    cgroup: HostConfig.CgroupnsMode,
  };
  const volumes = binds.some((bind) => bind.startsWith("data:")) ? { data: {} } : {};
  return JSON.stringify({ services: { app: service }, volumes });
}

const longVolume = ({ Type, Source, Target, ReadOnly, BindOptions }: MountConfig) => ({
  type: Type,
  source: Source,
  target: Target,
  read_only: ReadOnly,
  bind: BindOptions && { propagation: BindOptions.Propagation },
});

/** The body of `POST /containers/create` for this container. */
export const createBody = ({ Config, HostConfig }: ContainerConfig): string =>
  JSON.stringify({ ...Config, Image: IMAGE, HostConfig });

/** What the engine says of this container, with the defaults that it fills in on a host with cgroup v2. */
export function inspectText({ Config, HostConfig }: ContainerConfig): string {
  const masked = HostConfig.Privileged ? null : (HostConfig.MaskedPaths ?? DEFAULT_MASKED_PATHS);
  const readOnly = HostConfig.Privileged ? null : (HostConfig.ReadonlyPaths ?? DEFAULT_READ_ONLY_PATHS);
  return JSON.stringify([
    {
      Id: "0123456789abcdef".repeat(4),
      Name: "/app",
      Image: `sha256:${"0".repeat(64)}`,
      State: { Status: "running", Running: true, Pid: 4242 },
      Config: { User: "", Env: [], Volumes: null, ...Config, Image: IMAGE },
      HostConfig: {
        NetworkMode: "default",
        IpcMode: "private",
        CgroupnsMode: "private",
        PidMode: "",
        UTSMode: "",
        UsernsMode: "",
        CapAdd: null,
        CapDrop: null,
        Binds: null,
        Devices: [],
        SecurityOpt: null,
        Privileged: false,
        ReadonlyRootfs: false,
        ...HostConfig,
        MaskedPaths: masked,
        ReadonlyPaths: readOnly,
      },
    },
  ]);
}

const ONLY_PLACES = { homeDirectory: "/home/dev", workingDirectory: "/srv/project" };

/** The same container as every input can describe it, read back. */
export function describedContainers(config: ContainerConfig): Readonly<Record<string, Workload>> {
  return {
    "run line": only(readRunArguments(runWords(config), "command line", ONLY_PLACES)),
    "Compose service": only(
      readCompose(composeText(config), "compose.yaml", { directory: "/srv/project", home: "/home/dev" }),
    ),
    "create request": only(readCreateRequest({ text: createBody(config), uri: "create.json" })),
    "inspect document": only(readInspect({ text: inspectText(config), uri: "inspect.json" })),
  };
}

function only({ workloads, problems }: ReadResult): Workload {
  const errors = problems.filter(({ severity }) => severity === "error");
  const [workload] = workloads;
  if (workload === undefined || workloads.length > 1 || errors.length > 0) {
    throw new TypeError(`not one container: ${JSON.stringify(errors)}`);
  }
  return workload;
}
