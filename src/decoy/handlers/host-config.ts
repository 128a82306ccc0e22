/** Fields of the configuration as the version of the engine has them. */
import type { Engine } from "../state/engine.ts";
import { isEmpty, type Json, type JsonRecord } from "../state/go-json.ts";

/** Fields of `HostConfig` in the order of `inspect`. */
const BEFORE_RESOURCES =
  "Binds ContainerIDFile LogConfig NetworkMode PortBindings RestartPolicy AutoRemove VolumeDriver VolumesFrom";
const OF_LINUX =
  "CapAdd CapDrop CgroupnsMode Dns DnsOptions DnsSearch ExtraHosts GroupAdd IpcMode Cgroup Links OomScoreAdj PidMode Privileged PublishAllPorts ReadonlyRootfs SecurityOpt StorageOpt Tmpfs UTSMode UsernsMode ShmSize Sysctls Runtime";
const RESOURCES =
  "CpuShares Memory NanoCpus CgroupParent BlkioWeight BlkioWeightDevice BlkioDeviceReadBps BlkioDeviceWriteBps BlkioDeviceReadIOps BlkioDeviceWriteIOps CpuPeriod CpuQuota CpuRealtimePeriod CpuRealtimeRuntime CpusetCpus CpusetMems Devices DeviceCgroupRules DeviceRequests";
const AFTER =
  "MemoryReservation MemorySwap MemorySwappiness OomKillDisable PidsLimit Ulimits CpuCount CpuPercent IOMaximumIOps IOMaximumBandwidth Mounts MaskedPaths ReadonlyPaths Init";

function fieldOrder(engine: Engine): string[] {
  const { api } = engine;
  const kernel = api <= 41 ? "KernelMemory KernelMemoryTCP" : "";
  const order =
    api <= 41
      ? [BEFORE_RESOURCES, OF_LINUX, "ConsoleSize Isolation", RESOURCES, kernel, AFTER]
      : [BEFORE_RESOURCES, "ConsoleSize", api >= 43 ? "Annotations" : "", OF_LINUX, "Isolation", RESOURCES, AFTER];
  return order.join(" ").split(" ").filter(Boolean);
}

/** Reorders a decoded `HostConfig`, and drops what the engine does not know. */
export function hostConfigRecord(engine: Engine, decoded: JsonRecord): JsonRecord {
  const record: JsonRecord = {};
  for (const name of fieldOrder(engine)) {
    const value = decoded[name];
    if (value !== undefined) {
      record[name] = value;
    } else if (name === "Runtime") {
      record[name] = "";
    }
  }
  const retry = record["RestartPolicy"] as JsonRecord;
  record["RestartPolicy"] = { Name: retry["Name"] ?? "", MaximumRetryCount: retry["MaximumRetryCount"] ?? 0 };
  return record;
}

/** What the daemon makes of empty maps in the configuration. */
export function cleanConfig(config: JsonRecord): JsonRecord {
  const cleaned: JsonRecord = { ...config };
  if (isEmpty(config["Volumes"] as Json)) {
    cleaned["Volumes"] = null;
  }
  return cleaned;
}
