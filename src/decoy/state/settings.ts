/** Checks and defaults of a create request, in the daemon's order and words (Engine 20.10.24). */
import type { Engine } from "./engine.ts";
import { EngineFault } from "./fault.ts";
import type { Json, JsonRecord } from "./go-json.ts";
import { strings } from "./mounts.ts";

const MIB = 1024 ** 2;

/** Smallest memory limit of 20.10. */
const MEMORY_BYTES_MIN = 6 * MIB;

const CAPABILITIES: ReadonlySet<string> = new Set(
  (
    "CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW " +
    "IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD " +
    "LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ"
  ).split(" "),
);
const NEWER_CAPABILITIES = ["PERFMON", "BPF", "CHECKPOINT_RESTORE"];

const bad = (message: string): EngineFault => new EngineFault(400, message);

/** `runconfig`'s checks, made while the body is decoded. */
export function checkModes(config: JsonRecord, hostConfig: JsonRecord): void {
  const mode = String(hostConfig["NetworkMode"]);
  const hostname = String(config["Hostname"]);
  if (mode === "container" || mode === "container:") {
    throw bad("Invalid network mode: invalid container format container:<name|id>");
  }
  if (hostname !== "" && mode.startsWith("container:")) {
    throw bad("conflicting options: hostname and the network mode");
  }
  if (hostname !== "" && hostConfig["UTSMode"] === "host") {
    throw bad("conflicting options: hostname and the UTS mode");
  }
  const links = strings(hostConfig["Links"]).length > 0;
  if (links && mode === "host") {
    throw bad(
      "conflicting options: host type networking can't be used with links. This would result in undefined behavior",
    );
  }
  if (mode.startsWith("container:")) {
    if (links) {
      throw bad(
        "conflicting options: container type network can't be used with links. This would result in undefined behavior",
      );
    }
    if (strings(hostConfig["Dns"]).length > 0) {
      throw bad("conflicting options: dns and the network mode");
    }
    if (hostConfig["PublishAllPorts"] === true || mapSize(hostConfig["PortBindings"]) > 0) {
      throw bad("conflicting options: port publishing and the container type network mode");
    }
    if (mapSize(config["ExposedPorts"]) > 0) {
      throw bad("conflicting options: port exposing and the container type network mode");
    }
  }
}

const mapSize = (value: unknown): number => (value instanceof Map ? value.size : 0);

/** `daemon.verifyContainerSettings`. */
export function checkSettings(engine: Engine, config: JsonRecord, hostConfig: JsonRecord): void {
  const workdir = String(config["WorkingDir"]);
  if (workdir !== "" && !workdir.startsWith("/")) {
    throw bad(`the working directory '${workdir}' is invalid, it needs to be an absolute path`);
  }
  const signal = config["StopSignal"];
  if (typeof signal === "string" && signal !== "" && signalNumber(signal) === undefined) {
    throw bad(`Invalid signal: ${signal}`);
  }
  for (const variable of strings(config["Env"])) {
    if (variable === "" || variable.startsWith("=")) {
      throw bad(`invalid environment variable: ${variable}`);
    }
  }
  const restart = hostConfig["RestartPolicy"] as JsonRecord;
  const policy = String(restart["Name"]);
  if (hostConfig["AutoRemove"] === true && policy !== "" && policy !== "no") {
    throw bad("can't create 'AutoRemove' container with restart policy");
  }
  for (const host of strings(hostConfig["ExtraHosts"])) {
    if (!host.includes(":") && !host.includes("=")) {
      throw bad(`bad format for add-host: "${host}"`);
    }
  }
  checkPorts(hostConfig["PortBindings"]);
  if (!["", "no", "always", "unless-stopped", "on-failure"].includes(policy)) {
    throw bad(`invalid restart policy '${policy}'`);
  }
  if (["always", "unless-stopped", "no"].includes(policy) && restart["MaximumRetryCount"] !== 0) {
    throw bad(`maximum retry count cannot be used with restart policy '${policy}'`);
  }
  for (const field of ["CapAdd", "CapDrop"]) {
    checkCapabilities(engine, field, strings(hostConfig[field]));
  }
  checkResources(engine, hostConfig);
  checkNamespaces(engine, hostConfig);
  checkHealth(config);
  const runtime = hostConfig["Runtime"];
  if (
    typeof runtime === "string" &&
    runtime !== "" &&
    !["runc", "io.containerd.runc.v2", "io.containerd.runtime.v1.linux"].includes(runtime)
  ) {
    throw bad(`Unknown runtime specified ${runtime}`);
  }
}

function checkPorts(bindings: Json | undefined): void {
  for (const [port, published] of bindings instanceof Map ? bindings : []) {
    const [number, protocol] = port.split("/");
    if (!isPort(number ?? "") || !["tcp", "udp", "sctp", undefined].includes(protocol)) {
      throw bad(`invalid port specification: "${port}"`);
    }
    for (const binding of Array.isArray(published) ? (published as JsonRecord[]) : []) {
      const hostPort = String(binding["HostPort"]);
      if (hostPort !== "" && !hostPort.split("-").every(isPort)) {
        throw bad(`invalid port specification: "${hostPort}"`);
      }
    }
  }
}

const isPort = (text: string): boolean => /^\d{1,5}(?:-\d{1,5})?$/.test(text) && Number(text.split("-")[0]) <= 65_535;

function checkCapabilities(engine: Engine, field: string, names: readonly string[]): void {
  for (const name of names) {
    const plain = name.toUpperCase().replace(/^CAP_/, "");
    const known =
      plain === "ALL" || CAPABILITIES.has(plain) || (engine.api >= 42 && NEWER_CAPABILITIES.includes(plain));
    if (!known || (plain === "ALL" && /^cap_/i.test(name))) {
      throw bad(
        `invalid ${field}: unknown capability: "${name.toUpperCase().startsWith("CAP_") ? name.toUpperCase() : `CAP_${plain}`}"`,
      );
    }
  }
}

function checkResources(engine: Engine, hostConfig: JsonRecord): void {
  const number = (name: string): number => Number(hostConfig[name] ?? 0);
  const memory = number("Memory");
  const swap = number("MemorySwap");
  if (memory !== 0 && memory < MEMORY_BYTES_MIN) {
    throw bad("Minimum memory limit allowed is 6MB");
  }
  if (memory > 0 && swap > 0 && swap < memory) {
    throw bad("Minimum memoryswap limit should be larger than memory limit, see usage");
  }
  if (memory === 0 && swap > 0) {
    throw bad("You should always set the Memory limit when using Memoryswap limit, see usage");
  }
  const swappiness = hostConfig["MemorySwappiness"];
  if (typeof swappiness === "number" && (swappiness < -1 || swappiness > 100)) {
    throw bad(`Invalid value: ${swappiness}, valid memory swappiness range is 0-100`);
  }
  const reservation = number("MemoryReservation");
  if (reservation > 0 && reservation < MEMORY_BYTES_MIN) {
    throw bad("Minimum memory reservation allowed is 6MB");
  }
  if (memory > 0 && reservation > memory) {
    throw bad("Minimum memory limit can not be less than memory reservation limit, see usage");
  }
  const nanoCpus = number("NanoCpus");
  const { cpus } = engine.machine;
  if (nanoCpus < 0 || nanoCpus > cpus * 1e9) {
    throw bad(`Range of CPUs is from 0.01 to ${cpus}.00, as there are only ${cpus} CPUs available`);
  }
  if (number("CpuPeriod") !== 0 && (number("CpuPeriod") < 1000 || number("CpuPeriod") > 1_000_000)) {
    throw bad("CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)");
  }
  if (number("CpuQuota") > 0 && number("CpuQuota") < 1000) {
    throw bad("CPU cfs quota can not be less than 1ms (i.e. 1000)");
  }
  const wished = String(hostConfig["CpusetCpus"] ?? "");
  if (wished !== "" && wished.split(/[,-]/).some((cpu) => Number(cpu) >= cpus)) {
    throw bad(`Requested CPUs are not available - requested ${wished}, available: 0-${cpus - 1}`);
  }
  if (number("KernelMemory") > 0 && number("KernelMemory") < MEMORY_BYTES_MIN) {
    throw bad("Minimum kernel memory limit allowed is 6MB");
  }
  const score = number("OomScoreAdj");
  if (score < -1000 || score > 1000) {
    throw bad(`Invalid value ${score}, range for oom score adj is [-1000, 1000]`);
  }
  if (number("ShmSize") < 0) {
    throw bad("SHM size can not be less than 0");
  }
}

function checkNamespaces(engine: Engine, hostConfig: JsonRecord): void {
  const text = (name: string): string => String(hostConfig[name] ?? "");
  if (engine.api >= 42 && !/^(?:|none|private|shareable|host|container:.+)$/.test(text("IpcMode"))) {
    throw bad(`invalid IPC mode: ${text("IpcMode")}`);
  }
  if (!/^(?:|private|host)$/.test(text("CgroupnsMode"))) {
    throw bad(`invalid cgroup namespace mode: ${text("CgroupnsMode")}`);
  }
}

function checkHealth(config: JsonRecord): void {
  const health = config["Healthcheck"] as JsonRecord | null | undefined;
  for (const [field, name] of [
    ["Interval", "Interval"],
    ["Timeout", "Timeout"],
    ["StartPeriod", "StartPeriod"],
  ] as const) {
    const nanos = Number(health?.[field] ?? 0);
    if (nanos !== 0 && nanos < 1_000_000) {
      throw bad(`${name} in Healthcheck cannot be less than 1ms`);
    }
  }
}

/** Log drivers of the engine, and the options of the usual one. */
const LOG_DRIVERS = [
  "awslogs",
  "fluentd",
  "gcplogs",
  "gelf",
  "journald",
  "json-file",
  "local",
  "logentries",
  "none",
  "splunk",
  "syslog",
];
const JSON_FILE_OPTIONS = [
  "max-file",
  "max-size",
  "compress",
  "labels",
  "labels-regex",
  "env",
  "env-regex",
  "tag",
  "mode",
  "max-buffer-size",
];

/** Checks that the daemon makes after it has found the image. */
export function checkLate(engine: Engine, hostConfig: JsonRecord): void {
  const late = (message: string): EngineFault => new EngineFault(engine.api >= 42 ? 400 : 500, message);
  const log = hostConfig["LogConfig"] as JsonRecord;
  const driver = String(log["Type"]);
  if (driver !== "" && !LOG_DRIVERS.includes(driver)) {
    throw bad(`error looking up logging plugin ${driver}: plugin "${driver}" not found`);
  }
  for (const option of log["Config"] instanceof Map && ["", "json-file"].includes(driver) ? log["Config"].keys() : []) {
    if (!JSON_FILE_OPTIONS.includes(option)) {
      throw bad(`unknown log opt '${option}' for json-file log driver`);
    }
  }
  const isolation = String(hostConfig["Isolation"] ?? "");
  if (!["", "default"].includes(isolation.toLowerCase())) {
    throw late(`Invalid isolation: "${isolation}" - linux only supports 'default'`);
  }
  for (const option of strings(hostConfig["SecurityOpt"])) {
    const key = option.split(/[=:]/)[0] ?? "";
    if (!/[=:]/.test(option) && !["no-new-privileges", "disable", "writable-cgroups"].includes(option)) {
      throw late(`invalid --security-opt 1: "${option}"`);
    }
    if (!["label", "apparmor", "seccomp", "no-new-privileges", "disable", "writable-cgroups"].includes(key)) {
      throw late(`invalid --security-opt 2: "${option}"`);
    }
  }
  if (hostConfig["StorageOpt"] instanceof Map && hostConfig["StorageOpt"].size > 0) {
    throw late("--storage-opt is supported only for overlay over xfs with 'pquota' mount option");
  }
  for (const path of hostConfig["Tmpfs"] instanceof Map ? hostConfig["Tmpfs"].keys() : []) {
    if (!path.startsWith("/")) {
      throw bad(`invalid mount path: '${path}' mount path must be absolute`);
    }
  }
  for (const link of strings(hostConfig["Links"])) {
    const name = link.split(":")[0] ?? "";
    if (engine.findContainer(name) === undefined) {
      throw bad(`could not get container for ${name}: No such container: ${name}`);
    }
  }
}

/** Things that the daemon does otherwise than it was told. */
export function warningsOf(hostConfig: JsonRecord): string[] {
  return hostConfig["NetworkMode"] === "host" && mapSize(hostConfig["PortBindings"]) > 0
    ? ["Published ports are discarded when using host network mode"]
    : [];
}

/** What the daemon fills in. */
export function fillDefaults(engine: Engine, hostConfig: JsonRecord): void {
  const fill = (name: string, empty: Json, value: Json): void => {
    if (hostConfig[name] === empty || hostConfig[name] === undefined) {
      hostConfig[name] = value;
    }
  };
  const v1 = engine.persona.cgroup.version === 1;
  fill("NetworkMode", "", engine.api >= 44 ? "bridge" : "default");
  fill("ShmSize", 0, 64 * MIB);
  fill("IpcMode", "", "private");
  fill("CgroupnsMode", "", v1 || hostConfig["Privileged"] === true ? "host" : "private");
  fill("Runtime", "", "runc");
  if (v1) {
    fill("OomKillDisable", null, false);
  }
  const log = hostConfig["LogConfig"] as JsonRecord;
  hostConfig["LogConfig"] = {
    Type: log["Type"] === "" ? "json-file" : (log["Type"] ?? "json-file"),
    Config: log["Config"] ?? new Map(),
  };
  if (Number(hostConfig["Memory"]) > 0 && hostConfig["MemorySwap"] === 0) {
    hostConfig["MemorySwap"] = Number(hostConfig["Memory"]) * 2;
  }
  if (hostConfig["Privileged"] === true) {
    fill("MaskedPaths", null, null);
    fill("ReadonlyPaths", null, null);
    const options = strings(hostConfig["SecurityOpt"]);
    hostConfig["SecurityOpt"] = [...options, "label=disable"];
  } else {
    fill("MaskedPaths", null, maskedPaths(engine));
    fill("ReadonlyPaths", null, READ_ONLY_PATHS);
  }
  for (const field of ["CapAdd", "CapDrop"]) {
    const names = hostConfig[field];
    if (Array.isArray(names) && engine.api >= 42) {
      hostConfig[field] = names.map((name) => normalCapability(String(name)));
    }
  }
}

function normalCapability(name: string): string {
  const upper = name.toUpperCase();
  return upper === "ALL" || upper.startsWith("CAP_") ? upper : `CAP_${upper}`;
}

function maskedPaths(engine: Engine): string[] {
  const paths = [
    "/proc/asound",
    "/proc/acpi",
    "/proc/kcore",
    "/proc/keys",
    "/proc/latency_stats",
    "/proc/timer_list",
    "/proc/timer_stats",
    "/proc/sched_debug",
    "/proc/scsi",
    "/sys/firmware",
  ];
  return engine.api >= 46 ? [...paths, "/sys/devices/virtual/powercap"] : paths;
}

const READ_ONLY_PATHS = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

const SIGNALS: Readonly<Record<string, number>> = {
  ABRT: 6,
  ALRM: 14,
  BUS: 7,
  CHLD: 17,
  CLD: 17,
  CONT: 18,
  FPE: 8,
  HUP: 1,
  ILL: 4,
  INT: 2,
  IO: 29,
  IOT: 6,
  KILL: 9,
  PIPE: 13,
  POLL: 29,
  PROF: 27,
  PWR: 30,
  QUIT: 3,
  SEGV: 11,
  STKFLT: 16,
  STOP: 19,
  SYS: 31,
  TERM: 15,
  TRAP: 5,
  TSTP: 20,
  TTIN: 21,
  TTOU: 22,
  URG: 23,
  USR1: 10,
  USR2: 12,
  VTALRM: 26,
  WINCH: 28,
  XCPU: 24,
  XFSZ: 25,
};

/** `signal.ParseSignal`: a name with or without SIG, or a number. */
export function signalNumber(text: string): number | undefined {
  if (/^\d+$/.test(text)) {
    return Number(text) > 0 ? Number(text) : undefined;
  }
  return SIGNALS[text.toUpperCase().replace(/^SIG/, "")];
}

export function signalName(number: number): string {
  return Object.entries(SIGNALS).find(([, value]) => value === number)?.[0] ?? String(number);
}
