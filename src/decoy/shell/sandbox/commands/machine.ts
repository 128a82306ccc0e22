/** Commands that ask what machine this is. */
import { CPU_MODEL, generatedFile, memoryOf, ROOT_DEVICE, uptimeSeconds } from "../../generated-files.ts";
import { processesOf } from "../../processes.ts";
import { type Call, type Command, type Commands, fail, hasFlag, operands, out } from "./command.ts";

/** Whose `/proc` is seen: that of the host after `chroot` or `nsenter` into it. */
export function scopeOf({ tools }: Call): "host" | "container" {
  const { world, root } = tools.files;
  return world.find(`${root === "/" ? "" : root}/proc`).tree === world.host ? "host" : "container";
}

const hostnameOf = (call: Call): string =>
  call.tools.files.root.includes("\0") ? call.tools.place.machine.hostname : call.tools.place.hostname;

const uname: Command = (call) => {
  const { machine } = call.tools.place;
  const bad = call.args.find(
    (each) => !/^-[asnrvmpio]+$|^--(?:all|kernel-\w+|nodename|machine|operating-system)$/.test(each),
  );
  if (bad !== undefined) {
    return call.busybox
      ? fail(`uname: unrecognized option: ${bad.replace(/^-+/, "")}`)
      : fail(`uname: extra operand '${bad}'`);
  }
  const flags = call.args.map((each) => LONG[each] ?? each.slice(1)).join("") || "s";
  const all = flags.includes("a");
  const parts: readonly (readonly [string, string])[] = [
    ["s", "Linux"],
    ["n", hostnameOf(call)],
    ["r", machine.kernel],
    ["v", machine.kernelVersion],
    ["m", machine.architecture],
    ["o", call.busybox ? "Linux" : "GNU/Linux"],
  ];
  return out(`${parts.flatMap(([letter, text]) => (all || flags.includes(letter) ? [text] : [])).join(" ")}\n`);
};

const LONG: Readonly<Record<string, string>> = {
  "--all": "a",
  "--kernel-name": "s",
  "--nodename": "n",
  "--kernel-release": "r",
  "--kernel-version": "v",
  "--machine": "m",
  "--operating-system": "o",
};

const clockText = (ms: number): string => new Date(ms).toISOString().slice(11, 19);

function uptimeText(call: Call): string {
  const seconds = uptimeSeconds(call.tools.place.machine, call.tools.clock.now);
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return ` ${clockText(call.tools.clock.now)} up ${days} days, ${hours === 0 ? `${minutes} min` : `${String(hours).padStart(2)}:${String(minutes).padStart(2, "0")}`}`;
}

const free: Command = (call) => {
  const memory = memoryOf(call.tools.place.machine);
  const used = memory.total - memory.free - memory.buffers - memory.cached;
  const unit = hasFlag(call.args, "m") ? 1024 : hasFlag(call.args, "g") ? 1024 ** 2 : 1;
  const human = (kib: number): string => {
    if (!hasFlag(call.args, "h")) {
      return String(Math.floor(kib / unit));
    }
    return kib > 1024 ** 2 ? `${(kib / 1024 ** 2).toFixed(1)}Gi` : `${Math.floor(kib / 1024)}Mi`;
  };
  const row = (name: string, values: readonly number[]): string =>
    `${name.padEnd(call.busybox ? 7 : 8)}${values.map((value) => human(value).padStart(12)).join("")}\n`;
  return out(
    `               total        used        free      shared  buff/cache   available\n${row("Mem:", [memory.total, used, memory.free, 4212, memory.buffers + memory.cached, memory.available])}${row("Swap:", [0, 0, 0])}`,
  );
};

const df: Command = (call) => {
  const human = hasFlag(call.args, "h");
  const size = (kib: number): string =>
    human
      ? kib > 1024 ** 2
        ? `${(kib / 1024 ** 2).toFixed(1)}G`
        : kib === 0
          ? "0"
          : `${(kib / 1024).toFixed(1)}M`
      : String(kib);
  const memory = Math.floor(call.tools.place.machine.memoryBytes / 2048);
  const onHost = scopeOf(call) === "host";
  const rows: readonly (readonly [string, number, number, string])[] = onHost
    ? [
        ["udev", memory, 0, "/dev"],
        ["tmpfs", Math.floor(memory / 5), 1284, "/run"],
        [ROOT_DEVICE, 82_043_328, 31_284_404, "/"],
      ]
    : [
        ["overlay", 82_043_328, 31_284_404, "/"],
        ["tmpfs", 65_536, 0, "/dev"],
        ["shm", 65_536, 0, "/dev/shm"],
        ...call.tools.place.binds.map(({ target }) => [ROOT_DEVICE, 82_043_328, 31_284_404, target] as const),
        [ROOT_DEVICE, 82_043_328, 31_284_404, "/etc/hosts"],
      ];
  const head = `Filesystem           ${human ? "     Size" : "1K-blocks"}      Used Available Use% Mounted on\n`;
  return out(
    head +
      rows
        .map(
          ([device, total, used, target]) =>
            `${device.padEnd(20)} ${size(total).padStart(9)} ${size(used).padStart(9)} ${size(total - used).padStart(9)} ${String(Math.round((used / total) * 100)).padStart(3)}% ${target}\n`,
        )
        .join(""),
  );
};

const ps: Command = (call) => {
  const rows = processesOf(call.tools.place, scopeOf(call));
  const self = call.tools.place.pidMode === "host" || scopeOf(call) === "host" ? 21_344 : 8;
  const all = [...rows, { pid: self, ppid: 1, user: call.tools.user.name, startedAfter: 0, command: quotedName(call) }];
  const fullFormat = call.args.some((each) => /^-?\w*f/.test(each));
  if (call.busybox) {
    return out(
      `PID   USER     TIME  COMMAND\n${all.map((row) => `${String(row.pid).padStart(5)} ${row.user.padEnd(8)}  0:00 ${row.command.startsWith("[") ? row.command : row.command}\n`).join("")}`,
    );
  }
  if (call.args.some((each) => /^-?\w*u/.test(each) && !each.startsWith("-e"))) {
    return out(
      `USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n${all.map((row) => `${row.user.padEnd(8)} ${String(row.pid).padStart(7)}  0.0  0.1   4624  3712 ?        Ss   ${clockText(call.tools.place.machine.bootedAt).slice(0, 5)}   0:00 ${row.command}\n`).join("")}`,
    );
  }
  if (fullFormat) {
    return out(
      `UID          PID    PPID  C STIME TTY          TIME CMD\n${all.map((row) => `${row.user.padEnd(8)} ${String(row.pid).padStart(7)} ${String(row.ppid).padStart(7)}  0 ${clockText(call.tools.place.machine.bootedAt).slice(0, 5)} ?        00:00:00 ${row.command}\n`).join("")}`,
    );
  }
  return out(
    `    PID TTY          TIME CMD\n${all.map((row) => `${String(row.pid).padStart(7)} ?        00:00:00 ${row.command.split(" ")[0]?.replace(/^.*\//, "") ?? ""}\n`).join("")}`,
  );
};

const quotedName = (call: Call): string => [call.name, ...call.args].join(" ");

const lscpu: Command = ({ tools }) => {
  const { cpus } = tools.place.machine;
  return out(
    `Architecture:            x86_64\nCPU op-mode(s):          32-bit, 64-bit\nByte Order:              Little Endian\nCPU(s):                  ${cpus}\nOn-line CPU(s) list:     0-${cpus - 1}\nVendor ID:               GenuineIntel\nModel name:              ${CPU_MODEL}\nThread(s) per core:      1\nCore(s) per socket:      ${cpus}\nSocket(s):               1\nHypervisor vendor:       KVM\nVirtualization type:     full\n`,
  );
};

const ifconfig: Command = ({ tools }) => {
  const address = tools.place.networkMode === "host" ? tools.place.machine.address : tools.place.ipAddress;
  const eth =
    address === ""
      ? ""
      : `eth0      Link encap:Ethernet  HWaddr ${macOf(address)}  \n          inet addr:${address}  Bcast:${address.replace(/\.\d+\.\d+$/, ".255.255")}  Mask:255.255.0.0\n          UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1\n          RX packets:4021 errors:0 dropped:0 overruns:0 frame:0\n          TX packets:3107 errors:0 dropped:0 overruns:0 carrier:0\n          collisions:0 txqueuelen:0 \n          RX bytes:1848291 (1.7 MiB)  TX bytes:421044 (411.1 KiB)\n\n`;
  return out(
    `${eth}lo        Link encap:Local Loopback  \n          inet addr:127.0.0.1  Mask:255.0.0.0\n          UP LOOPBACK RUNNING  MTU:65536  Metric:1\n          RX packets:0 errors:0 dropped:0 overruns:0 frame:0\n          TX packets:0 errors:0 dropped:0 overruns:0 carrier:0\n          collisions:0 txqueuelen:1000 \n          RX bytes:0 (0.0 B)  TX bytes:0 (0.0 B)\n\n`,
  );
};

const macOf = (address: string): string =>
  `02:42:${address
    .split(".")
    .map((part) => Number(part).toString(16).padStart(2, "0"))
    .join(":")}`;

const ip: Command = (call) => {
  const { tools } = call;
  const address = tools.place.networkMode === "host" ? tools.place.machine.address : tools.place.ipAddress;
  const [what = ""] = operands(call.args);
  if ("route".startsWith(what) && what !== "") {
    const gateway = address.replace(/\.\d+\.\d+$/, ".0.1");
    return out(
      address === ""
        ? ""
        : `default via ${gateway} dev eth0 \n${address.replace(/\.\d+\.\d+$/, ".0.0")}/16 dev eth0 scope link  src ${address} \n`,
    );
  }
  const eth =
    address === ""
      ? ""
      : `14: eth0@if15: <BROADCAST,MULTICAST,UP,LOWER_UP,M-DOWN> mtu 1500 qdisc noqueue state UP \n    link/ether ${macOf(address)} brd ff:ff:ff:ff:ff:ff\n    inet ${address}/16 brd ${address.replace(/\.\d+\.\d+$/, ".255.255")} scope global eth0\n       valid_lft forever preferred_lft forever\n`;
  return out(
    `1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN qlen 1000\n    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n    inet 127.0.0.1/8 scope host lo\n       valid_lft forever preferred_lft forever\n${eth}`,
  );
};

const netstat: Command = (call) => {
  const host = call.tools.place.networkMode === "host";
  const row = (port: number): string =>
    `tcp        0      0 0.0.0.0:${String(port).padEnd(14)}  0.0.0.0:*               LISTEN      ${hasFlag(call.args, "p") ? "-" : ""}\n`;
  return out(
    `Active Internet connections (${hasFlag(call.args, "l") ? "only servers" : "w/o servers"})\nProto Recv-Q Send-Q Local Address           Foreign Address         State       ${hasFlag(call.args, "p") ? "PID/Program name    " : ""}\n${host ? [22, 80, 2375].map(row).join("") : ""}`,
  );
};

const dmesg: Command = (call) => {
  const { machine } = call.tools.place;
  if (call.tools.user.uid !== 0) {
    return fail(
      call.busybox
        ? "dmesg: klogctl: Operation not permitted"
        : "dmesg: read kernel buffer failed: Operation not permitted",
    );
  }
  return out(
    `[    0.000000] Linux version ${machine.kernel} ${machine.kernelVersion}\n[    0.000000] Command line: BOOT_IMAGE=/boot/vmlinuz-${machine.kernel} root=${ROOT_DEVICE} ro console=tty0 console=ttyS0,115200 quiet\n[    0.000000] BIOS-provided physical RAM map:\n[    0.000000] DMI: QEMU Standard PC (i440FX + PIIX, 1996), BIOS 1.16.2-debian-1.16.2-1 04/01/2014\n[    0.000000] Hypervisor detected: KVM\n[    0.021840] Memory: ${memoryOf(machine).free}K/${Math.floor(machine.memoryBytes / 1024)}K available\n[    0.104211] smpboot: CPU0: ${CPU_MODEL} (family: 0x6, model: 0x4f, stepping: 0x1)\n[    1.482012] EXT4-fs (sda1): mounted filesystem with ordered data mode. Quota mode: none.\n[    4.201938] systemd[1]: Detected virtualization kvm.\n[    9.482110] docker0: port 1(veth4c21f0a) entered forwarding state\n`,
  );
};

const mountTable: Command = (call) =>
  out(
    (generatedFile(call.tools.place, scopeOf(call), "/proc/mounts") ?? "")
      .split("\n")
      .filter(Boolean)
      .map((line) => {
        const [device, target, type, options] = line.split(" ");
        return `${device} on ${target} type ${type} (${options})\n`;
      })
      .join(""),
  );

const identity = ({ tools }: Call): string => tools.user.name;

export const MACHINE_COMMANDS: Commands = {
  uname,
  arch: ({ tools }) => out(`${tools.place.machine.architecture}\n`),
  hostname: (call) =>
    operands(call.args).length > 0 && !call.tools.privileged
      ? fail("hostname: sethostname: Operation not permitted")
      : out(`${hasFlag(call.args, "i") ? call.tools.place.ipAddress : hostnameOf(call)}\n`),
  hostnamectl: (call) =>
    out(
      ` Static hostname: ${hostnameOf(call)}\n       Icon name: computer-vm\n         Chassis: vm\nOperating System: ${call.tools.place.machine.operatingSystem}\n          Kernel: Linux ${call.tools.place.machine.kernel}\n    Architecture: x86-64\n`,
    ),
  whoami: (call) => out(`${identity(call)}\n`),
  logname: (call) => out(`${identity(call)}\n`),
  id: (call) => {
    const { uid, gid, name } = call.tools.user;
    const who = /^\d+$/.test(name) ? "" : `(${name})`;
    if (call.args.length === 1 && /^-[ugnG]+$/.test(call.args[0] ?? "")) {
      return out(`${call.args[0]?.includes("n") === true ? name : call.args[0]?.includes("u") === true ? uid : gid}\n`);
    }
    return out(
      `uid=${uid}${who} gid=${gid}${who} groups=${uid === 0 && call.busybox ? "0(root),1(bin),2(daemon),3(sys),4(adm),6(disk),10(wheel),11(floppy),20(dialout),26(tape),27(video)" : `${gid}${who}`}\n`,
    );
  },
  groups: (call) => out(`${identity(call)}\n`),
  nproc: ({ tools }) => out(`${tools.place.machine.cpus}\n`),
  getconf: ({ args, tools }) =>
    out(
      `${args[0] === "_NPROCESSORS_ONLN" ? tools.place.machine.cpus : args[0] === "LONG_BIT" ? 64 : args[0] === "PAGESIZE" ? 4096 : "undefined"}\n`,
    ),
  uptime: (call) => out(`${uptimeText(call)},  0 user${call.busybox ? "s" : "s"},  load average: 0.18, 0.22, 0.19\n`),
  w: (call) =>
    out(
      `${uptimeText(call)},  0 users,  load average: 0.18, 0.22, 0.19\nUSER     TTY      FROM             LOGIN@   IDLE   JCPU   PCPU WHAT\n`,
    ),
  who: () => out(""),
  last: ({ tools }) =>
    out(
      `\nwtmp begins ${new Date(tools.place.machine.installedAt).toUTCString().replace(/^(\w+), (\d+) (\w+) (\d+) ([\d:]+) GMT$/, "$1 $3 $2 $5 $4")}\n`,
    ),
  free,
  df,
  ps,
  lscpu,
  ifconfig,
  ip,
  netstat,
  ss: () => out("Netid State  Recv-Q Send-Q Local Address:Port Peer Address:Port Process\n"),
  dmesg,
  mounts: mountTable,
};
