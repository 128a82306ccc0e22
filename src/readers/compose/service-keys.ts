import { readDevices, readGpus } from "./devices.ts";
import { type KeyReader, put } from "./draft.ts";
import { readFiles, readUseApiSocket } from "./files.ts";
import { noteCredentialSpec, readBuild, readHooks } from "./notes.ts";
import { readExposed, readPorts } from "./ports.ts";
import {
  readCommand,
  readHealthcheck,
  readLabels,
  readLegacyLogDriver,
  readLegacyLogOptions,
  readLogging,
  readTmpfs,
} from "./process.ts";
import { readJoinable, readNetworks, readVolumesFrom } from "./references.ts";
import { readCpus, readDeploy, readMemory, readRestart, readUlimits, readWhole } from "./resources.ts";
import { readSecurityOptions } from "./security.ts";
import { readEnvFiles, readEnvironment, readLabelFiles } from "./service-environment.ts";
import { readBoolean, readRecord, readText, readTexts, refuse } from "./values.ts";
import { readVolumes } from "./volumes.ts";

const flag =
  (name: "Privileged" | "ReadonlyRootfs" | "OomKillDisable"): KeyReader =>
  (draft, written) =>
    put(draft.host, name, readBoolean(draft, written, `HostConfig.${name}`));

const text =
  (name: "UTSMode" | "UsernsMode" | "CgroupParent" | "Runtime" | "VolumeDriver"): KeyReader =>
  (draft, written) =>
    put(draft.host, name, readText(draft, written, `HostConfig.${name}`));

const readCgroup: KeyReader = (draft, written) => {
  const field = "HostConfig.CgroupnsMode";
  const mode = readText(draft, written, field);
  const known = mode === undefined || mode === "host" || mode === "private" || draft.isOpen(field);
  put(draft.host, "CgroupnsMode", known ? mode : refuse(draft, written, field, "cgroup"));
};

const record =
  (name: "Sysctls" | "StorageOpt"): KeyReader =>
  (draft, written) =>
    put(draft.host, name, readRecord(draft, written, `HostConfig.${name}`));

/**
 * A list of words that act together: what one unknown word does is unknown of all of them (`cap_drop: [$X]`), so the
 * list is left open too.
 */
const words =
  (name: "CapAdd" | "CapDrop" | "GroupAdd" | "DeviceCgroupRules"): KeyReader =>
  (draft, written) => {
    const field = `HostConfig.${name}`;
    const texts = readTexts(draft, written, field, name === "GroupAdd");
    put(draft.host, name, texts);
    for (const index of texts?.keys() ?? []) {
      const reason = draft.unresolved.get(`${field}[${index}]`);
      if (reason !== undefined) {
        draft.leaveOpen(field, reason);
      }
    }
  };

/**
 * The keys of a service that reach the engine's form, in the order in which they are read: what comes later adds to
 * what came before (`secrets` give way to `volumes`, `deploy` overrides `mem_limit`).
 */
export const EXAMINED_KEYS: ReadonlyMap<string, KeyReader> = new Map<string, KeyReader>([
  ["image", (draft, written) => put(draft.image, "Image", readText(draft, written, "Config.Image"))],
  ["build", readBuild],
  ["user", (draft, written) => put(draft.image, "User", readText(draft, written, "Config.User"))],
  ["command", readCommand("Cmd")],
  ["entrypoint", readCommand("Entrypoint")],
  ["environment", readEnvironment],
  ["env_file", readEnvFiles],
  ["labels", readLabels],
  ["label_file", readLabelFiles],
  ["tty", (draft, written) => put(draft.image, "Tty", readBoolean(draft, written, "Config.Tty"))],
  ["healthcheck", readHealthcheck],
  ["privileged", flag("Privileged")],
  ["post_start", readHooks],
  ["pre_stop", readHooks],
  ["cap_add", words("CapAdd")],
  ["cap_drop", words("CapDrop")],
  ["security_opt", readSecurityOptions],
  ["group_add", words("GroupAdd")],
  ["userns_mode", text("UsernsMode")],
  ["pid", readJoinable("PidMode")],
  ["ipc", readJoinable("IpcMode")],
  ["uts", text("UTSMode")],
  ["cgroup", readCgroup],
  ["cgroup_parent", text("CgroupParent")],
  ["network_mode", readJoinable("NetworkMode")],
  ["networks", readNetworks],
  ["read_only", flag("ReadonlyRootfs")],
  ["runtime", text("Runtime")],
  ["sysctls", record("Sysctls")],
  ["storage_opt", record("StorageOpt")],
  ["volumes", readVolumes],
  ["use_api_socket", readUseApiSocket],
  ["secrets", readFiles("secret", "/run/secrets")],
  ["configs", readFiles("config", "")],
  ["tmpfs", readTmpfs],
  ["volumes_from", readVolumesFrom],
  ["volume_driver", text("VolumeDriver")],
  ["mem_limit", readMemory],
  ["cpus", readCpus],
  ["cpu_shares", readWhole("CpuShares")],
  ["cpu_quota", readWhole("CpuQuota")],
  ["pids_limit", readWhole("PidsLimit")],
  ["ulimits", readUlimits],
  ["oom_kill_disable", flag("OomKillDisable")],
  ["oom_score_adj", readWhole("OomScoreAdj")],
  ["restart", readRestart],
  ["deploy", readDeploy],
  ["devices", readDevices],
  ["gpus", readGpus],
  ["device_cgroup_rules", words("DeviceCgroupRules")],
  ["logging", readLogging],
  ["expose", readExposed],
  ["ports", readPorts],
  ["credential_spec", noteCredentialSpec],
]);

/** Keys of a version 1 file that later versions call otherwise. */
export const LEGACY_KEYS: ReadonlyMap<string, KeyReader> = new Map<string, KeyReader>([
  ["net", readJoinable("NetworkMode")],
  ["log_driver", readLegacyLogDriver],
  ["log_opt", readLegacyLogOptions],
]);

/** Keys that change nothing of what {@link ContainerConfig} holds, or that other keys read. */
export const UNEXAMINED_KEYS: ReadonlySet<string> = new Set([
  "extends",
  "annotations",
  "attach",
  "blkio_config",
  "container_name",
  "cpu_count",
  "cpu_percent",
  "cpu_period",
  "cpu_rt_period",
  "cpu_rt_runtime",
  "cpuset",
  "depends_on",
  "develop",
  "dns",
  "dns_opt",
  "dns_search",
  "domainname",
  "external_links",
  "extra_hosts",
  "hostname",
  "init",
  "isolation",
  "links",
  "mac_address",
  "mem_reservation",
  "mem_swappiness",
  "memswap_limit",
  "models",
  "platform",
  "profiles",
  "provider",
  "pull_policy",
  "pull_refresh_after",
  "scale",
  "shm_size",
  "stdin_open",
  "stop_grace_period",
  "stop_signal",
  "working_dir",
]);
