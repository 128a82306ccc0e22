/** Files that the kernel makes up when they are read, and those that the engine puts over the image's. */
import { type ProcessRow, processesOf } from "./processes.ts";
import type { ShellMachine, ShellPlace } from "./shell.ts";

type Place = Omit<ShellPlace, "layers">;
type Scope = "host" | "container" | "none";
type Maker = (place: Place, scope: Scope) => string;

/** A file by its path; undefined: nobody makes one up there. */
export function generatedFile(place: Place, scope: Scope, path: string): string | undefined {
  if (scope === "none") {
    return undefined;
  }
  if (scope === "container" && ENGINE_FILES[path] !== undefined) {
    return ENGINE_FILES[path](place, scope);
  }
  if (!path.startsWith("/proc/") && !path.startsWith("/sys/")) {
    return undefined;
  }
  const known = KERNEL_FILES[path.replace(/^\/proc\/(?:self|thread-self|\$\$)\//, "/proc/self/")];
  if (known !== undefined) {
    return known(place, scope);
  }
  const [, pid, name] = /^\/proc\/(\d+)\/(\w+)$/.exec(path) ?? [];
  const row = pid === undefined ? undefined : processesOf(place, scope).find((one) => one.pid === Number(pid));
  return row === undefined || name === undefined ? undefined : fileOfProcess(place, scope, row, name);
}

/** Names that made-up files add to a folder. */
export function generatedNames(place: Place, scope: Scope, path: string): string[] {
  if (scope === "none" || !(path === "/" || path.startsWith("/proc") || path.startsWith("/sys") || path === "/etc")) {
    return [];
  }
  const prefix = path === "/" ? "/" : `${path}/`;
  const all = [...Object.keys(KERNEL_FILES), ...(scope === "container" ? Object.keys(ENGINE_FILES) : [])];
  const names = all
    .filter((each) => each.startsWith(prefix))
    .map((each) => each.slice(prefix.length).split("/")[0] ?? "");
  const pids = path === "/proc" ? processesOf(place, scope).map(({ pid }) => String(pid)) : [];
  const ofProcess = /^\/proc\/\d+$/.test(path) && generatedFile(place, scope, `${path}/status`) !== undefined;
  return [...new Set([...names, ...pids, ...(ofProcess ? PROCESS_FILES : [])])];
}

const PROCESS_FILES = ["cgroup", "cmdline", "comm", "environ", "mounts", "stat", "status"];

function fileOfProcess(place: Place, scope: Scope, row: ProcessRow, name: string): string | undefined {
  const command = row.command.startsWith("[") ? row.command.slice(1, -1) : row.command;
  const short = (command.split(" ")[0] ?? "").replace(/^.*\//, "").slice(0, 15);
  switch (name) {
    case "cmdline":
      return row.command.startsWith("[") ? "" : `${command.split(" ").join("\0")}\0`;
    case "comm":
      return `${short}\n`;
    case "cgroup":
      return cgroup(place, scope);
    case "environ":
      return scope === "container" ? place.env.map((each) => `${each}\0`).join("") : "";
    case "mounts":
      return mounts(place, scope);
    case "stat":
      return `${row.pid} (${short}) S ${row.ppid} ${row.pid} ${row.pid} 0 -1 4194560 1082 0 0 0 3 5 0 0 20 0 1 0 ${Math.round(row.startedAfter * 100)} 4521984 912 18446744073709551615 0 0 0 0 0 0 0 0 0 0 0 0 17 0 0 0 0 0 0\n`;
    case "status":
      return status(place, short, row.pid, row.ppid);
    default:
      return undefined;
  }
}

function status(place: Place, name: string, pid: number, ppid: number): string {
  const uid = /^\d+/.exec(place.user)?.[0] ?? "0";
  const capabilities = place.privileged ? "000001ffffffffff" : "00000000a80425fb";
  const effective = uid === "0" ? capabilities : "0000000000000000";
  return [
    `Name:\t${name}`,
    "Umask:\t0022",
    "State:\tS (sleeping)",
    `Tgid:\t${pid}`,
    "Ngid:\t0",
    `Pid:\t${pid}`,
    `PPid:\t${ppid}`,
    "TracerPid:\t0",
    `Uid:\t${uid}\t${uid}\t${uid}\t${uid}`,
    `Gid:\t${uid}\t${uid}\t${uid}\t${uid}`,
    "FDSize:\t64",
    "Groups:\t ",
    `NSpid:\t${pid}`,
    "VmPeak:\t    4416 kB",
    "VmSize:\t    4416 kB",
    "VmRSS:\t     912 kB",
    "Threads:\t1",
    "SigQ:\t0/31385",
    `CapInh:\t0000000000000000`,
    `CapPrm:\t${effective}`,
    `CapEff:\t${effective}`,
    `CapBnd:\t${capabilities}`,
    "CapAmb:\t0000000000000000",
    `NoNewPrivs:\t0`,
    `Seccomp:\t${place.privileged ? 0 : 2}`,
    `Seccomp_filters:\t${place.privileged ? 0 : 1}`,
    `Cpus_allowed_list:\t0-${place.machine.cpus - 1}`,
    "voluntary_ctxt_switches:\t42",
    "nonvoluntary_ctxt_switches:\t3",
    "",
  ].join("\n");
}

const CONTROLLERS = [
  "name=systemd",
  "pids",
  "blkio",
  "net_cls,net_prio",
  "freezer",
  "devices",
  "memory",
  "perf_event",
  "cpu,cpuacct",
  "cpuset",
];

function cgroup({ machine, containerId }: Place, scope: Scope): string {
  if (machine.cgroupVersion === 2) {
    return scope === "host" ? "0::/init.scope\n" : "0::/\n";
  }
  const path = scope === "host" ? "/" : `/docker/${containerId}`;
  return CONTROLLERS.map((name, index) => `${CONTROLLERS.length - index}:${name}:${path}\n`).join("");
}

/** The block device of the machine's root. */
export const ROOT_DEVICE = "/dev/sda1";

function mounts(place: Place, scope: Scope): string {
  const host = `${ROOT_DEVICE} / ext4 rw,relatime,errors=remount-ro 0 0`;
  if (scope === "host") {
    return `sysfs /sys sysfs rw,nosuid,nodev,noexec,relatime 0 0\nproc /proc proc rw,nosuid,nodev,noexec,relatime 0 0\nudev /dev devtmpfs rw,nosuid,relatime,size=${Math.floor(place.machine.memoryBytes / 2048)}k,mode=755 0 0\ntmpfs /run tmpfs rw,nosuid,nodev,noexec,relatime,mode=755 0 0\n${host}\n`;
  }
  const layer = `/var/lib/docker/overlay2/${place.imageId.slice(7)}`;
  const [open, shut] = place.privileged ? ["rw", "rw"] : ["rw", "ro"];
  const cgroups =
    place.machine.cgroupVersion === 2
      ? [`cgroup /sys/fs/cgroup cgroup2 ${shut},nosuid,nodev,noexec,relatime 0 0`]
      : [
          "tmpfs /sys/fs/cgroup tmpfs rw,nosuid,nodev,noexec,relatime,mode=755 0 0",
          ...["memory", "cpu,cpuacct", "devices", "rdma"].map(
            (name) => `cgroup /sys/fs/cgroup/${name} cgroup ${shut},nosuid,nodev,noexec,relatime,${name} 0 0`,
          ),
        ];
  return [
    `overlay / overlay rw,relatime,lowerdir=${layer}/l,upperdir=/var/lib/docker/overlay2/${place.containerId}/diff,workdir=/var/lib/docker/overlay2/${place.containerId}/work 0 0`,
    "proc /proc proc rw,nosuid,nodev,noexec,relatime 0 0",
    "tmpfs /dev tmpfs rw,nosuid,size=65536k,mode=755 0 0",
    "devpts /dev/pts devpts rw,nosuid,noexec,relatime,gid=5,mode=620,ptmxmode=666 0 0",
    `sysfs /sys sysfs ${shut},nosuid,nodev,noexec,relatime 0 0`,
    ...cgroups,
    "mqueue /dev/mqueue mqueue rw,nosuid,nodev,noexec,relatime 0 0",
    "shm /dev/shm tmpfs rw,nosuid,nodev,noexec,relatime,size=65536k 0 0",
    ...["/etc/resolv.conf", "/etc/hostname", "/etc/hosts"].map(
      (path) => `${ROOT_DEVICE} ${path} ext4 ${open},relatime,errors=remount-ro 0 0`,
    ),
    ...place.binds.map(
      ({ target, readOnly }) =>
        `${ROOT_DEVICE} ${target} ext4 ${readOnly ? "ro" : "rw"},relatime,errors=remount-ro 0 0`,
    ),
    ...(place.privileged
      ? []
      : [
          "proc /proc/sys proc ro,nosuid,nodev,noexec,relatime 0 0",
          "tmpfs /proc/kcore tmpfs rw,nosuid,size=65536k,mode=755 0 0",
        ]),
    "",
  ].join("\n");
}

/** Seconds that the machine is up. */
export const uptimeSeconds = (machine: ShellMachine, now = Date.now()): number =>
  Math.max(1, (now - machine.bootedAt) / 1000);

/** Memory as `free` and `/proc/meminfo` tell it, in KiB. */
export function memoryOf({
  memoryBytes,
}: ShellMachine): Readonly<Record<"total" | "free" | "available" | "buffers" | "cached", number>> {
  const total = Math.floor(memoryBytes / 1024);
  const wobble = Math.floor((Date.now() / 1000) % 4096);
  const cached = Math.floor(total * 0.41);
  const free = Math.floor(total * 0.17) + wobble;
  return { total, free, available: free + Math.floor(cached * 0.93), buffers: Math.floor(total * 0.03), cached };
}

export const CPU_MODEL = "Intel(R) Xeon(R) CPU E5-2680 v4 @ 2.40GHz";
const CPU_FLAGS =
  "fpu vme de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush mmx fxsr sse sse2 ss syscall nx pdpe1gb rdtscp lm constant_tsc rep_good nopl xtopology cpuid tsc_known_freq pni pclmulqdq ssse3 fma cx16 pcid sse4_1 sse4_2 x2apic movbe popcnt tsc_deadline_timer aes xsave avx f16c rdrand hypervisor lahf_lm abm 3dnowprefetch invpcid_single pti ssbd ibrs ibpb fsgsbase tsc_adjust bmi1 avx2 smep bmi2 erms invpcid rdseed adx smap xsaveopt arat";

const cpuinfo: Maker = ({ machine }) =>
  Array.from(
    { length: machine.cpus },
    (_, index) =>
      `processor\t: ${index}\nvendor_id\t: GenuineIntel\ncpu family\t: 6\nmodel\t\t: 79\nmodel name\t: ${CPU_MODEL}\nstepping\t: 1\nmicrocode\t: 0x1\ncpu MHz\t\t: 2399.996\ncache size\t: 35840 KB\nphysical id\t: 0\nsiblings\t: ${machine.cpus}\ncore id\t\t: ${index}\ncpu cores\t: ${machine.cpus}\napicid\t\t: ${index}\ninitial apicid\t: ${index}\nfpu\t\t: yes\nfpu_exception\t: yes\ncpuid level\t: 13\nwp\t\t: yes\nflags\t\t: ${CPU_FLAGS}\nbogomips\t: 4799.99\nclflush size\t: 64\ncache_alignment\t: 64\naddress sizes\t: 40 bits physical, 48 bits virtual\npower management:\n\n`,
  ).join("");

const meminfo: Maker = ({ machine }) => {
  const memory = memoryOf(machine);
  const rows: readonly (readonly [string, number])[] = [
    ["MemTotal", memory.total],
    ["MemFree", memory.free],
    ["MemAvailable", memory.available],
    ["Buffers", memory.buffers],
    ["Cached", memory.cached],
    ["SwapCached", 0],
    ["Active", Math.floor(memory.total * 0.29)],
    ["Inactive", Math.floor(memory.total * 0.38)],
    ["Unevictable", 0],
    ["Mlocked", 0],
    ["SwapTotal", 0],
    ["SwapFree", 0],
    ["Dirty", 312],
    ["Writeback", 0],
    ["AnonPages", Math.floor(memory.total * 0.23)],
    ["Mapped", Math.floor(memory.total * 0.07)],
    ["Shmem", 4212],
    ["Slab", Math.floor(memory.total * 0.04)],
    ["CommitLimit", Math.floor(memory.total / 2)],
    ["Committed_AS", Math.floor(memory.total * 0.61)],
    ["VmallocTotal", 34359738367],
    ["HugePages_Total", 0],
    ["HugePages_Free", 0],
    ["Hugepagesize", 2048],
  ];
  return rows
    .map(
      ([name, value]) =>
        `${`${name}:`.padEnd(15)}${String(value).padStart(9)}${name.startsWith("HugePages_") ? "" : " kB"}\n`,
    )
    .join("");
};

/** `/proc/version`: the builder and compiler of the distribution that `docker info` names. */
const version: Maker = ({ machine }) =>
  machine.operatingSystem.startsWith("Ubuntu")
    ? `Linux version ${machine.kernel} (buildd@lcy02-amd64-032) (x86_64-linux-gnu-gcc-${machine.operatingSystem.includes("24.04") ? "13 (Ubuntu 13.3.0-6ubuntu2~24.04) 13.3.0, GNU ld (GNU Binutils for Ubuntu) 2.42" : "12 (Ubuntu 12.3.0-1ubuntu1~22.04) 12.3.0, GNU ld (GNU Binutils for Ubuntu) 2.38"}) ${machine.kernelVersion}\n`
    : `Linux version ${machine.kernel} (debian-kernel@lists.debian.org) (gcc-12 (Debian 12.2.0-14) 12.2.0, GNU ld (GNU Binutils for Debian) 2.40) ${machine.kernelVersion}\n`;

const KERNEL_FILES: Readonly<Record<string, Maker>> = {
  "/proc/version": version,
  "/proc/cpuinfo": cpuinfo,
  "/proc/meminfo": meminfo,
  "/proc/uptime": ({ machine }) => {
    const seconds = uptimeSeconds(machine);
    return `${seconds.toFixed(2)} ${(seconds * machine.cpus * 0.93).toFixed(2)}\n`;
  },
  "/proc/loadavg": () => "0.18 0.22 0.19 1/312 4211\n",
  "/proc/cmdline": ({ machine }) =>
    `BOOT_IMAGE=/boot/vmlinuz-${machine.kernel} root=${ROOT_DEVICE} ro console=tty0 console=ttyS0,115200 quiet\n`,
  "/proc/mounts": mounts,
  "/proc/self/mounts": mounts,
  "/proc/self/cgroup": cgroup,
  "/proc/self/status": (place) => status(place, "cat", 7, 1),
  "/proc/self/cmdline": () => "cat\0/proc/self/cmdline\0",
  "/proc/self/environ": (place) => place.env.map((each) => `${each}\0`).join(""),
  "/proc/filesystems": () =>
    "nodev\tsysfs\nnodev\ttmpfs\nnodev\tbdev\nnodev\tproc\nnodev\tcgroup\nnodev\tcgroup2\nnodev\tdevtmpfs\n\text3\n\text4\nnodev\toverlay\n",
  "/proc/modules": () =>
    "veth 40960 0 - Live 0x0000000000000000\nxt_nat 16384 2 - Live 0x0000000000000000\nbr_netfilter 36864 0 - Live 0x0000000000000000\noverlay 163840 4 - Live 0x0000000000000000\n",
  "/proc/partitions": () =>
    "major minor  #blocks  name\n\n   8        0   83886080 sda\n   8        1   83755008 sda1\n",
  "/proc/net/dev": (place, scope) =>
    `Inter-|   Receive                                                |  Transmit\n face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n    lo:       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0\n${place.ipAddress === "" && scope === "container" ? "" : "  eth0: 1848291    4021    0    0    0     0          0         0   421044    3107    0    0    0     0       0          0\n"}`,
  "/proc/sys/kernel/hostname": (place, scope) => `${scope === "host" ? place.machine.hostname : place.hostname}\n`,
  "/proc/sys/kernel/osrelease": ({ machine }) => `${machine.kernel}\n`,
  "/proc/sys/kernel/version": ({ machine }) => `${machine.kernelVersion}\n`,
  "/proc/sys/kernel/ostype": () => "Linux\n",
  "/proc/sys/kernel/core_pattern": () => "core\n",
  "/proc/sys/kernel/random/boot_id": ({ machine }) => `${uuidOf(machine.seed)}\n`,
  "/proc/sys/net/ipv4/ip_forward": () => "1\n",
  "/sys/class/net/lo/address": () => "00:00:00:00:00:00\n",
  "/sys/fs/cgroup/cgroup.procs": () => "1\n",
  "/sys/devices/system/cpu/online": ({ machine }) => `0-${machine.cpus - 1}\n`,
  "/sys/devices/virtual/dmi/id/product_name": () => "Standard PC (i440FX + PIIX, 1996)\n",
  "/sys/devices/virtual/dmi/id/sys_vendor": () => "QEMU\n",
};

function uuidOf(seed: string): string {
  const hex = Buffer.from(`${seed}${seed}0123456789abcdef`).toString("hex").slice(0, 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const ENGINE_FILES: Readonly<Record<string, Maker>> = {
  "/.dockerenv": () => "",
  "/etc/hostname": (place) => `${place.hostname}\n`,
  "/etc/hosts": (place) =>
    `127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\nfe00::0\tip6-localnet\nff00::0\tip6-mcastprefix\nff02::1\tip6-allnodes\nff02::2\tip6-allrouters\n${place.ipAddress === "" ? "" : `${place.ipAddress}\t${place.hostname}\n`}`,
  "/etc/resolv.conf": (place) =>
    ["", "default", "bridge", "host"].includes(place.networkMode)
      ? `nameserver ${place.machine.resolver}\n`
      : "nameserver 127.0.0.11\noptions ndots:0\n",
};
