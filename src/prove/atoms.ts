/** What a create request may ask for that could matter to a host, one thing at a time. */
import { CAPABILITIES } from "../facts/index.ts";
import type { ClientRules } from "../policy/index.ts";

/** A part of a `HostConfig`, as JSON. */
export type Atom = Readonly<Record<string, unknown>>;

/** Paths that give something away, the worst first. */
const PATHS = [
  "/",
  "/etc",
  "/root",
  "/var/run/docker.sock",
  "/run",
  "/run/containerd/containerd.sock",
  "/var/lib/docker",
  "/proc",
  "/sys",
  "/sys/fs/cgroup",
  "/dev",
  "/dev/shm",
  "/boot",
  "/lib/modules",
  "/home",
  "/usr/bin",
  "/var/log",
  "/var/spool/cron",
] as const;

const DEVICES = ["/dev/sda", "/dev/mem", "/dev/kmsg", "/dev/fuse", "/dev/kvm", "/dev/net/tun", "/dev/loop-control"];

/** Every way to write that a path of the host is wanted. */
export const pathAtoms = (path: string): readonly Atom[] => [
  { Binds: [`${path}:/proof`] },
  { Binds: [`${path}:/proof:ro`] },
  { Mounts: [{ Type: "bind", Source: path, Target: "/proof" }] },
  { Mounts: [{ Type: "bind", Source: path, Target: "/proof", ReadOnly: true }] },
  { Mounts: [volumeMount({ type: "none", o: "bind", device: path })] },
];

const volumeMount = (Options: Readonly<Record<string, string>>) => ({
  Type: "volume",
  Source: "proof-of-options",
  Target: "/proof",
  VolumeOptions: { DriverConfig: { Name: "local", Options } },
});

/** Options of volumes of the `local` driver that mount something of the host. */
export const volumeOptions = (paths: readonly string[]): readonly Readonly<Record<string, string>>[] => [
  ...paths.flatMap((path) => [
    { type: "none", o: "bind", device: path },
    { type: "none", o: "bind,ro", device: path },
    { type: "overlay", o: `lowerdir=${path},upperdir=/tmp/u,workdir=/tmp/w`, device: "overlay" },
  ]),
  { type: "ext4", device: "/dev/sda1" },
  { type: "proc", device: "proc" },
  { type: "nfs", o: "addr=192.0.2.1", device: ":/export" },
];

const SETTINGS: readonly Atom[] = [
  { Privileged: true },
  ...["PidMode", "IpcMode", "NetworkMode", "UTSMode", "UsernsMode", "CgroupnsMode"].map((mode) => ({ [mode]: "host" })),
  ...[
    "seccomp=unconfined",
    "apparmor=unconfined",
    "label=disable",
    "systempaths=unconfined",
    "unmask=ALL",
    "writable-cgroups=true",
  ].map((option) => ({ SecurityOpt: [option] })),
  { MaskedPaths: [], ReadonlyPaths: [] },
  ...["a *:* rwm", "b 8:* rwm", "c 1:1 rwm"].map((rule) => ({ DeviceCgroupRules: [rule] })),
  { DeviceRequests: [{ Driver: "nvidia", Count: -1, Capabilities: [["gpu"]] }] },
  { Sysctls: { "kernel.core_pattern": "|/proof" } },
  { Sysctls: { "net.ipv4.ip_forward": "1" } },
  { CgroupParent: "/" },
  { OomScoreAdj: -1000 },
  { RestartPolicy: { Name: "always" } },
  { PublishAllPorts: true },
];

/** Paths that are worth trying: the usual ones, those that the policy names, and those that its expressions name. */
export function pathsFor(rules: ClientRules, texts: readonly string[]): readonly string[] {
  const named = [...rules.mounts.map(({ path }) => path), ...texts.flatMap(pathsIn)];
  return [...new Set([...PATHS, ...named, ...named.map((path) => `${path === "/" ? "" : path}/../etc`)])];
}

/** A text of an expression as a path: `/etc:/etc:ro` means `/etc`, and `/srv/` what lies in it, too. */
const pathsIn = (text: string): readonly string[] => {
  const [path = ""] = text.split(":", 1);
  return path.startsWith("/") && !path.includes("\0") ? [path.length > 1 ? path.replace(/\/+$/, "") : path] : [];
};

/** Everything that is tried one at a time, and in pairs. */
export function atomsFor(rules: ClientRules, texts: readonly string[], neighbours: readonly string[]): readonly Atom[] {
  const capabilities = ["ALL", ...CAPABILITIES, ...texts.filter((text) => /^(CAP_)?[A-Z_]{3,30}$/.test(text))];
  const devices = [
    ...DEVICES,
    ...rules.devices.map(({ path }) => path),
    ...texts.filter((text) => text.startsWith("/dev/")),
  ];
  return [
    ...SETTINGS,
    ...[...new Set(capabilities)].map((name) => ({ CapAdd: [name] })),
    ...pathsFor(rules, texts).flatMap(pathAtoms),
    ...[...new Set(rules.mounts.map(({ path }) => path))].map((path) => ({ Binds: [`${path}:/proof:rshared`] })),
    ...texts.filter((text) => /^\/[^:]*:\//.test(text)).map((bind) => ({ Binds: [bind] })),
    ...[...new Set(devices)].map((path) => ({
      Devices: [{ PathOnHost: path, PathInContainer: "/dev/proof", CgroupPermissions: "rwm" }],
    })),
    ...[...rules.runtimes].map((Runtime) => ({ Runtime })),
    ...[...rules.cgroupParents].map((CgroupParent) => ({ CgroupParent })),
    ...[...rules.appArmor].map((profile) => ({ SecurityOpt: [`apparmor=${profile}`] })),
    ...neighbours.flatMap((name): Atom[] => [
      { PidMode: `container:${name}` },
      { IpcMode: `container:${name}` },
      { NetworkMode: `container:${name}` },
      { VolumesFrom: [name] },
    ]),
  ];
}

/** Two things at once. Lists are joined; of two words for one setting the second counts. */
export function joinAtoms(left: Atom, right: Atom): Atom {
  const joined: Record<string, unknown> = { ...left };
  for (const [name, value] of Object.entries(right)) {
    const before = joined[name];
    joined[name] = Array.isArray(before) && Array.isArray(value) ? [...before, ...value] : value;
  }
  return joined;
}

/** Atoms for pairs: of the spellings of a path one is enough, for another is refused or allowed alone like it. */
export const oneSpelling = (atoms: readonly Atom[]): readonly Atom[] =>
  atoms.filter(({ Binds, Mounts }) => Mounts === undefined && !String(Binds).endsWith(":ro"));
