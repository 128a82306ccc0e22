import fc from "fast-check";
import {
  CAPABILITIES,
  type ContainerConfig,
  type DeviceConfig,
  type HostConfig,
  type HostValues,
  type ImageConfig,
  type MountConfig,
} from "../../src/facts/index.ts";

/** Host paths that lead somewhere, and paths that lead nowhere. */
export const HOST_PATHS = [
  "/",
  "/..//",
  "/etc",
  "/etc/cron.d",
  "/etc/docker",
  "/root",
  "/root/.ssh",
  "/home/dev",
  "/var",
  "/var/log",
  "/var/run",
  "/var/run/docker.sock",
  "/run/containerd/containerd.sock",
  "/run/user/1000",
  "/var/lib/docker",
  "/var/lib/kubelet",
  "/usr/bin",
  "/boot",
  "/dev",
  "/proc",
  "/sys",
  "/sys/fs/cgroup",
  "/lib/modules",
  "/tmp/.X11-unix",
  "/srv/app",
  "/opt/data",
] as const;

/** Nodes of the host's /dev of every kind that the facts tell apart, and one that is none. */
export const HOST_DEVICES = [
  "/dev/sda",
  "/dev/vda1",
  "/dev/mapper/root",
  "/dev/loop0",
  "/dev/mem",
  "/dev/kmsg",
  "/dev/kvm",
  "/dev/fuse",
  "/dev/net/tun",
  "/dev/vfio/1",
  "/dev/tty1",
  "/dev/uinput",
  "/dev/input/event0",
  "/dev/cpu/0/msr",
  "/dev/bus/usb",
  "/dev/dri/card0",
  "/dev/null",
  "/dev/snd/timer",
] as const;

const some = <Value>(entry: fc.Arbitrary<Value>, most: number) => fc.uniqueArray(entry, { maxLength: most });

/** The value now and then; mostly the field is absent. */
const seldom = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 3 });

const target = fc.nat(9).map((number) => `/mnt/${number}`);

export const arbitraryBind: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom<string>(...HOST_PATHS) },
      { weight: 1, arbitrary: fc.constant("data") },
    ),
    target,
    fc.constantFrom("", ":ro", ":rw", ":rslave", ":ro,rslave", ":rshared"),
  )
  .map(([source, path, options]) => `${source}:${path}${source === "data" ? "" : options}`);

export const arbitraryMount: fc.Arbitrary<MountConfig> = fc
  .record({
    source: fc.constantFrom<string>(...HOST_PATHS),
    target,
    readOnly: fc.boolean(),
    propagation: seldom(fc.constantFrom("rslave", "rshared", "rprivate")),
  })
  .map(({ source, target: path, readOnly, propagation }) => ({
    Type: "bind",
    Source: source,
    Target: path,
    ...(readOnly && { ReadOnly: true }),
    ...(propagation && { BindOptions: { Propagation: propagation } }),
  }));

export const arbitraryDevice: fc.Arbitrary<DeviceConfig> = fc
  .tuple(fc.constantFrom<string>(...HOST_DEVICES), fc.constantFrom("rwm", "r", "rw", "m"))
  .map(([path, permissions]) => ({ PathOnHost: path, PathInContainer: path, CgroupPermissions: permissions }));

export const arbitraryCapability: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom<string>(...CAPABILITIES) },
  { weight: 1, arbitrary: fc.constant("ALL") },
);

export const arbitraryDeviceRule: fc.Arbitrary<string> = fc.constantFrom(
  "b *:* rwm",
  "b 8:0 r",
  "a *:* rwm",
  "c 1:11 r",
  "c *:* rwm",
  "c 10:200 rwm",
);

const securityOption = fc.constantFrom(
  "seccomp=unconfined",
  "apparmor=unconfined",
  "apparmor=own-profile",
  "apparmor=docker-default",
  "label=disable",
  "no-new-privileges",
);

const user = fc.constantFrom("", "0", "root", "1000", "1000:1000", "1000:998", "65534:65534", "20000:20000", "app");

/** Leaves out the fields that are `undefined`, as readers do. */
export function written<Fields extends object>(fields: Fields): { [Key in keyof Fields]?: NonNullable<Fields[Key]> } {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  ) as { [Key in keyof Fields]?: NonNullable<Fields[Key]> };
}

const hostConfig: fc.Arbitrary<HostConfig> = fc
  .record({
    Privileged: fc.option(fc.constant(true), { nil: undefined, freq: 1 }),
    CapAdd: some(arbitraryCapability, 3),
    CapDrop: seldom(fc.oneof(fc.constant(["ALL"]), some(fc.constantFrom<string>(...CAPABILITIES), 2))),
    Binds: fc.uniqueArray(arbitraryBind, { maxLength: 2, selector: (bind) => bind.split(":")[1] }),
    Mounts: seldom(fc.tuple(arbitraryMount.map((mount) => ({ ...mount, Target: `/media${mount.Target}` })))),
    Devices: seldom(some(arbitraryDevice, 2)),
    DeviceCgroupRules: seldom(some(arbitraryDeviceRule, 2)),
    SecurityOpt: seldom(some(securityOption, 3)),
    MaskedPaths: seldom(fc.constant([] as string[])),
    PidMode: seldom(fc.constant("host")),
    IpcMode: seldom(fc.constantFrom("host", "private", "shareable")),
    NetworkMode: seldom(fc.constantFrom("host", "none", "bridge")),
    UTSMode: seldom(fc.constant("host")),
    CgroupnsMode: seldom(fc.constantFrom("host", "private")),
    GroupAdd: seldom(some(fc.constantFrom("0", "998", "6", "1000"), 2)),
    ReadonlyRootfs: seldom(fc.constant(true)),
  })
  .map(({ MaskedPaths, ...rest }) => ({
    ...written(rest),
    // systempaths=unconfined empties both lists.
    ...(MaskedPaths && { MaskedPaths, ReadonlyPaths: [] }),
  }));

const imageConfig: fc.Arbitrary<ImageConfig> = user.map((name) => ({
  Image: "alpine:3.20",
  ...(name !== "" && { User: name }),
}));

/** Configurations of containers, from harmless to wide open; most fields are absent in each. */
export const arbitraryConfig: fc.Arbitrary<ContainerConfig> = fc
  .tuple(imageConfig, hostConfig)
  .map(([Config, HostConfig]) => ({ Config, HostConfig }));

/** What a container can be on: hosts as distributions ship them, told in part or not at all. Engines run as root. */
export const arbitraryOrdinaryHost: fc.Arbitrary<HostValues> = fc
  .record({
    engineKind: seldom(fc.constantFrom("docker" as const, "podman" as const)),
    engine: seldom(fc.constantFrom("20.10.24+dfsg1", "24.0.9", "28.5.1")),
    createApi: seldom(fc.constantFrom("1.41", "1.51")),
    kernel: seldom(fc.constantFrom("4.18.0-553.el8", "5.10.0-28-amd64", "6.8.0-45-generic")),
    cgroup: seldom(fc.constantFrom(1 as const, 2 as const)),
    nsdelegate: seldom(fc.boolean()),
    apparmor: seldom(fc.boolean()),
    selinux: seldom(fc.boolean()),
    rro: seldom(fc.boolean()),
    modules: seldom(fc.boolean()),
    lockdown: seldom(fc.constantFrom("none" as const, "integrity" as const, "confidentiality" as const)),
    yama: seldom(fc.integer({ min: 0, max: 2 })),
    usernsUnpriv: seldom(fc.boolean()),
    dmesgRestrict: seldom(fc.boolean()),
    dockerGid: seldom(fc.constant(998)),
    dockerSockMode: seldom(fc.constant("0660")),
    hostUser1000: seldom(fc.boolean()),
    setuidInImage: seldom(fc.boolean()),
    setuidGivesRoot: seldom(fc.boolean()),
    peers: seldom(fc.constant("plain")),
  })
  .map((values) => written(values) as HostValues);

/** Ordinary hosts, and those that are set up in some uncommon way. */
export const arbitraryHost: fc.Arbitrary<HostValues> = fc
  .tuple(
    arbitraryOrdinaryHost,
    fc.record({
      rootless: seldom(fc.boolean()),
      usernsRemap: seldom(fc.boolean()),
      idmapMounts: seldom(fc.boolean()),
      seccomp: seldom(fc.boolean()),
      engineTcpOpen: seldom(fc.boolean()),
      kubelet: seldom(fc.boolean()),
      authz: seldom(fc.boolean()),
      rootOnLocalBlock: seldom(fc.boolean()),
      dataRootOnRootFs: seldom(fc.boolean()),
    }),
  )
  .map(([ordinary, uncommon]) => ({ ...ordinary, ...written(uncommon) }) as HostValues);

/** One privilege more for a configuration, and the words for it in a failure. */
export interface Privilege {
  readonly name: string;
  readonly add: (config: ContainerConfig) => ContainerConfig;
}

const host = (name: string, change: (config: HostConfig) => Partial<HostConfig>): Privilege => ({
  name,
  add: ({ Config, HostConfig }) => ({ Config, HostConfig: { ...HostConfig, ...change(HostConfig) } }),
});

const withOption = (options: readonly string[] = [], added: string) => [
  ...options.filter((option) => option.split("=")[0] !== added.split("=")[0]),
  added,
];

/**
 * A user of one's own can be worth more than root without capabilities: root that may not change its user nor pass over
 * modes is nobody to the files of others.
 */
function asRoot({ Config, HostConfig }: ContainerConfig): ContainerConfig {
  const { CapDrop: _, ...kept } = HostConfig;
  const group = Config.User?.split(":")[1];
  return { Config: { ...Config, User: group === undefined ? "0" : `0:${group}` }, HostConfig: kept };
}

/** Ways to take a wall of a container away. */
export const arbitraryPrivilege: fc.Arbitrary<Privilege> = fc.oneof(
  fc.constant(host("Privileged=true", () => ({ Privileged: true }))),
  arbitraryCapability.map((name) => host(`CapAdd+=${name}`, ({ CapAdd = [] }) => ({ CapAdd: [...CapAdd, name] }))),
  fc.constant(host("CapDrop=[]", () => ({ CapDrop: [] }))),
  arbitraryBind.map((bind) =>
    host(`Binds+=${bind}`, ({ Binds = [] }) => ({ Binds: [...Binds, bind.replace(/\/mnt\//, "/added/")] })),
  ),
  fc.constant(
    host("binds writable", ({ Binds = [] }) => ({ Binds: Binds.map((bind) => bind.replace(/:ro\b,?/, ":")) })),
  ),
  arbitraryDevice.map((device) =>
    host(`Devices+=${device.PathOnHost}:${device.CgroupPermissions}`, ({ Devices = [] }) => ({
      Devices: [...Devices, device],
    })),
  ),
  arbitraryDeviceRule.map((rule) =>
    host(`DeviceCgroupRules+=${rule}`, ({ DeviceCgroupRules = [] }) => ({
      DeviceCgroupRules: [...DeviceCgroupRules, rule],
    })),
  ),
  fc.constant(host("PidMode=host", () => ({ PidMode: "host" }))),
  fc.constant(host("IpcMode=host", () => ({ IpcMode: "host" }))),
  fc.constant(host("UTSMode=host", () => ({ UTSMode: "host" }))),
  fc.constant(host("CgroupnsMode=host", () => ({ CgroupnsMode: "host" }))),
  fc.constant(host("NetworkMode=host", () => ({ NetworkMode: "host" }))),
  fc
    .constantFrom("seccomp=unconfined", "apparmor=unconfined", "label=disable")
    .map((option) => host(option, ({ SecurityOpt }) => ({ SecurityOpt: withOption(SecurityOpt, option) }))),
  fc.constant(host("systempaths=unconfined", () => ({ MaskedPaths: [], ReadonlyPaths: [] }))),
  fc.constant(
    host("without no-new-privileges", ({ SecurityOpt = [] }) => ({
      SecurityOpt: SecurityOpt.filter((option) => option !== "no-new-privileges"),
    })),
  ),
  fc
    .constantFrom("0", "6", "998")
    .map((group) => host(`GroupAdd+=${group}`, ({ GroupAdd = [] }) => ({ GroupAdd: [...GroupAdd, group] }))),
  fc.constant(host("ReadonlyRootfs=false", () => ({ ReadonlyRootfs: false }))),
  fc.constant({ name: "User=0", add: asRoot }),
);
