import type { DaemonFacts, FileOwner, Told } from "../../facts/index.ts";
import { ABSENT, findContainer, type HostSource, parseMountInfo } from "../procfs/index.ts";

/** What the daemon said of itself, and where it was asked. */
export interface DaemonAnswers {
  readonly kind: "docker" | "podman";
  readonly uri: string;
  /** Path of the unix socket; absent: it was asked over the network. */
  readonly socketPath?: string;
  readonly info: Readonly<Record<string, unknown>>;
  readonly version: Readonly<Record<string, unknown>>;
  /** GET /networks/bridge; absent: it could not be asked. */
  readonly bridge?: Readonly<Record<string, unknown>>;
}

/** Processes of the host that are looked at for the daemon. */
const PROCESSES_MAX = 100_000;

const DEFAULT_CONFIG = "/etc/docker/daemon.json";
const DEFAULT_DATA_ROOT = "/var/lib/docker";

/** Where distributions keep units, the administrator's first. */
const UNIT_FOLDERS = ["/etc/systemd/system", "/run/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system"];

/** Where auditd's rules lie (auditctl(8), augenrules(8)). */
const AUDIT_RULES = "/etc/audit/audit.rules";
const AUDIT_FOLDER = "/etc/audit/rules.d";

/**
 * Gathers what the checks of the host need. The daemon is found by its data root, not by its name alone: several may
 * run on a host. `source` is asked for nothing when the engine is elsewhere or this is a container.
 */
export function readDaemonHost(answers: DaemonAnswers, source: HostSource): DaemonFacts {
  const { info, socketPath } = answers;
  const local = socketPath !== undefined && findContainer(source) === undefined;
  const rootless = securityOption(info, "rootless");
  const commandLine = local ? commandLineOf(info, source) : "unknown";
  const configPath = pathIn(commandLine, "config-file") ?? DEFAULT_CONFIG;
  return {
    kind: answers.kind,
    uri: answers.uri,
    rootless,
    local,
    info,
    version: answers.version,
    bridge: bridgeOf(answers),
    commandLine,
    config: local ? configOf(configPath, source) : "unknown",
    configPath,
    socketPath,
    files: new Map(),
    dockerGroup: local ? dockerGroupOf(source) : "unknown",
    auditRules: local ? auditRulesOf(source) : "unknown",
    mountPoints: local ? mountPointsOf(source) : "unknown",
    units: local ? unitsOf(source) : new Map(),
  };
}

/** The same with owner and mode of files. */
export const withFiles = (daemon: DaemonFacts, paths: readonly string[], source: HostSource): DaemonFacts => ({
  ...daemon,
  files: new Map(paths.map((path) => [path, daemon.local ? ownerOf(path, source) : "unknown"])),
});

function securityOption(info: DaemonAnswers["info"], name: string): boolean {
  const options = info["SecurityOptions"];
  return Array.isArray(options) && options.some((option) => String(option).split(",").includes(`name=${name}`));
}

function bridgeOf({ bridge, uri }: DaemonAnswers): DaemonFacts["bridge"] {
  if (bridge === undefined) {
    return "unknown";
  }
  const options = bridge["Options"];
  const entries = typeof options === "object" && options !== null ? Object.entries(options) : [];
  return {
    value: Object.fromEntries(entries.map(([key, value]) => [key, String(value)])),
    place: { uri, field: "Networks.bridge.Options" },
  };
}

/** The command line of the `dockerd` whose data root is that of the engine that answered. */
function commandLineOf(info: DaemonAnswers["info"], source: HostSource): Told<readonly string[]> {
  const pids = source.list("/proc");
  if (typeof pids !== "object") {
    return "unknown";
  }
  const wanted = String(info["DockerRootDir"] ?? DEFAULT_DATA_ROOT).replace(/\/\d+\.\d+$/, "");
  for (const pid of pids.filter((name) => /^\d+$/.test(name)).slice(0, PROCESSES_MAX)) {
    const path = `/proc/${pid}/cmdline`;
    const text = source.text(path);
    const words = typeof text === "string" ? text.replace(/\0$/, "").split("\0") : [];
    if (words[0]?.split("/").at(-1) === "dockerd" && dataRootOf(words, source) === wanted) {
      return { value: words, place: { uri: path } };
    }
  }
  return "unknown";
}

function dataRootOf(words: readonly string[], source: HostSource): string {
  const told: Told<readonly string[]> = { value: words, place: { uri: "" } };
  const config = configOf(pathIn(told, "config-file") ?? DEFAULT_CONFIG, source);
  const written = typeof config === "object" ? (config.value["data-root"] ?? config.value["graph"]) : undefined;
  return (
    pathIn(told, "data-root") ?? pathIn(told, "graph") ?? (typeof written === "string" ? written : DEFAULT_DATA_ROOT)
  );
}

function pathIn(commandLine: Told<readonly string[]>, flag: string): string | undefined {
  if (typeof commandLine === "string") {
    return undefined;
  }
  const index = commandLine.value.findIndex((word) => word === `--${flag}` || word.startsWith(`--${flag}=`));
  const word = commandLine.value[index];
  return word?.includes("=") ? word.slice(word.indexOf("=") + 1) : word && commandLine.value[index + 1];
}

function configOf(path: string, source: HostSource): DaemonFacts["config"] {
  const text = source.text(path);
  if (typeof text !== "string") {
    return text === ABSENT ? "absent" : "unknown";
  }
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { value: { ...value }, place: { uri: path } } : "unknown";
  } catch {
    return "unknown"; // A daemon would not start with it, so it is not the one in force.
  }
}

function dockerGroupOf(source: HostSource): DaemonFacts["dockerGroup"] {
  const [groups, accounts] = [source.text("/etc/group"), source.text("/etc/passwd")];
  if (typeof groups !== "string" || typeof accounts !== "string") {
    return "unknown";
  }
  const line = groups.split("\n").findIndex((entry) => entry.startsWith("docker:"));
  if (line < 0) {
    return "absent";
  }
  const [, , gid = "", listed = ""] = groups.split("\n")[line]?.split(":") ?? [];
  const primary = accounts.split("\n").flatMap((entry) => {
    const [name = "", , uid, group] = entry.split(":");
    return group === gid && uid !== "0" ? [name] : [];
  });
  const members = [...new Set([...listed.split(",").filter((name) => name !== ""), ...primary])];
  return { value: { gid: Number(gid), members }, place: { uri: "/etc/group", line: line + 1 } };
}

function auditRulesOf(source: HostSource): DaemonFacts["auditRules"] {
  const folder = source.list(AUDIT_FOLDER);
  const files = [AUDIT_RULES, ...(typeof folder === "object" ? folder.map((name) => `${AUDIT_FOLDER}/${name}`) : [])];
  const texts = files.map((file) => source.text(file));
  if (texts.every((text) => text === ABSENT)) {
    return "absent";
  }
  if (texts.some((text) => text === undefined)) {
    return "unknown";
  }
  const rules = texts.flatMap((text) => (typeof text === "string" ? text.split("\n") : []));
  return { value: rules.filter((rule) => /^\s*-/.test(rule)), place: { uri: AUDIT_RULES } };
}

function mountPointsOf(source: HostSource): DaemonFacts["mountPoints"] {
  const text = source.text("/proc/self/mountinfo");
  return typeof text === "string"
    ? { value: parseMountInfo(text).map(({ mountPoint }) => mountPoint), place: { uri: "/proc/self/mountinfo" } }
    : "unknown";
}

function unitsOf(source: HostSource): ReadonlyMap<string, string> {
  const units = new Map<string, string>();
  for (const name of ["docker.service", "docker.socket"]) {
    const path = UNIT_FOLDERS.map((folder) => `${folder}/${name}`).find(
      (candidate) => typeof source.status(candidate) === "object",
    );
    if (path !== undefined) {
      units.set(name, path);
    }
  }
  return units;
}

function ownerOf(path: string, source: HostSource): Told<FileOwner> {
  const status = source.status(path);
  if (status === undefined) {
    return "unknown";
  }
  return status === ABSENT
    ? "absent"
    : { value: { mode: status.mode, uid: status.uid, gid: status.gid }, place: { uri: path } };
}
