import type { Draft } from "./draft.ts";
import type { Flag } from "./effect.ts";
import type { FlagUse } from "./flag.ts";
import { cut, parseGoDecimalInteger, parseNanoCpus, parseSize } from "./go-values.ts";
import { refusedBecause } from "./messages.ts";
import { addEntry, addsToMap, setKey, setsNumber, switches } from "./simple-effects.ts";

/** Flags that limit what the container may use up, and those that say where its logs go. */
export const RESOURCE_FLAGS: readonly Flag[] = [
  { name: "memory", short: "m", arity: "value", effect: setsNumber("Memory", parseSize, refusedBecause.notSize) },
  { name: "cpus", arity: "value", effect: setsNumber("NanoCpus", parseNanoCpus, refusedBecause.notDecimal) },
  { name: "cpu-shares", short: "c", arity: "value", effect: setsNumber("CpuShares") },
  { name: "cpu-quota", arity: "value", effect: setsNumber("CpuQuota") },
  { name: "pids-limit", arity: "value", effect: setsNumber("PidsLimit") },
  { name: "oom-kill-disable", arity: "boolean", effect: switches("HostConfig", "OomKillDisable") },
  { name: "oom-score-adj", arity: "value", effect: setsNumber("OomScoreAdj") },
  { name: "ulimit", arity: "value", podmanSlice: true, effect: addUlimit },
  { name: "restart", arity: "value", effect: setRestartPolicy },
  { name: "log-driver", arity: "value", effect: setLogDriver },
  { name: "log-opt", arity: "value", podmanSlice: true, effect: addLogOption },
  {
    name: "storage-opt",
    arity: "value",
    effect: addsToMap("HostConfig", "StorageOpt", "=", (_key, value) =>
      value === undefined ? refusedBecause.notKeyValue : undefined,
    ),
  },
  { name: "publish-all", short: "P", arity: "boolean", effect: switches("HostConfig", "PublishAllPorts") },
  // Put together when all flags are read: networks.ts and ports.ts.
  { name: "network", arity: "value" },
  { name: "net", arity: "value" },
  { name: "publish", short: "p", arity: "value", podmanSlice: true },
  { name: "expose", arity: "value", podmanSlice: true },
];

/** Names of docker/go-units ulimit.go. */
const ULIMIT =
  /^(core|cpu|data|fsize|locks|memlock|msgqueue|nice|nofile|nproc|rss|rtprio|rttime|sigpending|stack)=(-?\d{1,18}|infinity)(?::(-?\d{1,18}|infinity))?$/;

function addUlimit(draft: Draft, use: FlagUse): void {
  const text = use.value?.text ?? "";
  const [, name, softText = "", hardText] = ULIMIT.exec(text) ?? [];
  const soft = softText === "infinity" ? -1 : Number(softText);
  const hard = hardText === undefined ? soft : hardText === "infinity" ? -1 : Number(hardText);
  if (name === undefined || (hard !== -1 && (soft === -1 || soft > hard))) {
    if (use.value?.unknown.length === 0) {
      draft.refuse(use, refusedBecause.badUlimit);
    } else {
      draft.put("HostConfig.Ulimits", use);
    }
    return;
  }
  const existing = draft.host.Ulimits?.findIndex((limit) => limit.Name === name) ?? -1;
  if (existing >= 0 && draft.host.Ulimits !== undefined) {
    draft.host.Ulimits[existing] = { Name: name, Soft: soft, Hard: hard }; // the last of a name wins
    draft.put(`HostConfig.Ulimits[${existing}]`, use);
  } else {
    addEntry(draft, use, "HostConfig", "Ulimits", { Name: name, Soft: soft, Hard: hard }, false);
  }
}

function setRestartPolicy(draft: Draft, use: FlagUse): void {
  const text = use.value?.text ?? "";
  const [name, retries = ""] = cut(text, ":");
  const count = retries === "" ? 0 : parseGoDecimalInteger(retries);
  if ((text !== "" && name === "") || (count === undefined && use.value?.unknown.length === 0)) {
    draft.refuse(use, refusedBecause.badRestartPolicy);
    return;
  }
  draft.host.RestartPolicy =
    count === undefined || count === 0 ? { Name: name } : { Name: name, MaximumRetryCount: count };
  draft.put("HostConfig.RestartPolicy", use);
}

function setLogDriver(draft: Draft, use: FlagUse): void {
  draft.host.LogConfig = { ...draft.host.LogConfig, Type: use.value?.text ?? "" };
  draft.put("HostConfig.LogConfig.Type", use);
}

function addLogOption(draft: Draft, use: FlagUse): void {
  const [key, value = ""] = cut(use.value?.text ?? "", "=");
  const options = draft.host.LogConfig?.Config ?? {};
  setKey(options, key, value);
  draft.host.LogConfig = { ...draft.host.LogConfig, Config: options };
  draft.put(`HostConfig.LogConfig.Config[${key}]`, use);
}
