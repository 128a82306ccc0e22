import { MIB } from "../../base/index.ts";
import type { HostConfig } from "../../facts/index.ts";
import type { ClientRules } from "../language/client-rules.ts";
import type { Refusal } from "./refusal.ts";

/** A value that the gate writes into a request. */
export type WrittenValue = string | number | boolean | readonly string[] | Readonly<Record<string, string>>;

/** One change of a request: a field that the policy fills in. */
export interface Edit {
  /** `["HostConfig", "Memory"]`. */
  readonly path: readonly string[];
  readonly value: WrittenValue;
}

/** Units of `NanoCpus` in one CPU, and the period of the scheduler where none is said (kernel, sched-bwc). */
const NANO_CPUS = 1e9;
const CPU_PERIOD_MICROSECONDS = 100_000;

/** Numbers of a create or update body that limits are about. */
export type LimitedConfig = Pick<HostConfig, "Memory" | "NanoCpus" | "CpuQuota" | "PidsLimit"> & {
  readonly CpuPeriod?: number;
  readonly MemorySwap?: number;
  readonly ShmSize?: number;
};

/** What a request asks beyond the limits. What it leaves open is filled in by {@link limitEdits}. */
export function judgeLimits(
  config: LimitedConfig,
  rules: ClientRules,
  purpose: "create" | "update",
): readonly Refusal[] {
  const { limits } = rules;
  const refusals: Refusal[] = [];
  const memory = config.Memory ?? 0;
  if (limits.memoryBytes !== undefined) {
    if (memory > limits.memoryBytes || memory < 0 || (purpose === "create" && memory === 0 && limits.memoryRequired)) {
      refusals.push(limit("HostConfig.Memory", "memory", `${Math.floor(limits.memoryBytes / MIB)} MiB`));
    }
    if ((config.MemorySwap ?? 0) < 0) {
      refusals.push(limit("HostConfig.MemorySwap", "memory", `${Math.floor(limits.memoryBytes / MIB)} MiB`));
    }
  }
  if (limits.cpus !== undefined && cpusOf(config) > limits.cpus) {
    refusals.push(limit("HostConfig.NanoCpus", "CPU", `${limits.cpus}`));
  }
  if (limits.pids !== undefined && asksTooManyPids(config.PidsLimit, limits.pids, purpose)) {
    refusals.push(limit("HostConfig.PidsLimit", "process", `${limits.pids}`));
  }
  if (limits.shmBytes !== undefined && (config.ShmSize ?? 0) > limits.shmBytes) {
    refusals.push(limit("HostConfig.ShmSize", "shared memory", `${Math.floor(limits.shmBytes / MIB)} MiB`));
  }
  return refusals;
}

/** 0, -1 and nothing mean "no limit" when a container is made, and nothing means "as it is" in an update. */
function asksTooManyPids(asked: number | undefined, most: number, purpose: "create" | "update"): boolean {
  return (asked ?? 0) > most || (purpose === "update" && asked !== undefined && asked <= 0);
}

function cpusOf({ NanoCpus = 0, CpuQuota = 0, CpuPeriod = 0 }: LimitedConfig): number {
  return NanoCpus > 0 ? NanoCpus / NANO_CPUS : Math.max(CpuQuota, 0) / (CpuPeriod || CPU_PERIOD_MICROSECONDS);
}

const WORDS: Readonly<Record<string, string>> = {
  memory: "メモリ",
  CPU: "CPU",
  process: "プロセス数",
  "shared memory": "共有メモリ",
};

function limit(field: string, what: string, most: string): Refusal {
  return {
    rule: "limits",
    field,
    gain: "host-dos",
    technique: what === "process" ? "pids-exhaustion" : "",
    what: { en: `a ${what} limit beyond the policy's`, ja: `ポリシーを超える${WORDS[what]}制限` },
    change: { en: `ask for at most ${most}`, ja: `${most} 以下にしてください` },
  };
}

/** What the policy fills in where a create request leaves a limit open, and its other defaults. */
export function defaultEdits(config: LimitedConfig & HostConfig, rules: ClientRules): readonly Edit[] {
  const { defaults, limits } = rules;
  const edits: Edit[] = [];
  const memory = defaults.memoryBytes ?? limits.memoryBytes;
  if (memory !== undefined && (config.Memory ?? 0) === 0) {
    edits.push({ path: ["HostConfig", "Memory"], value: memory });
  }
  const pids = defaults.pids ?? limits.pids;
  if (pids !== undefined && (config.PidsLimit ?? 0) <= 0) {
    edits.push({ path: ["HostConfig", "PidsLimit"], value: pids });
  }
  if (limits.cpus !== undefined && cpusOf(config) === 0) {
    edits.push({ path: ["HostConfig", "NanoCpus"], value: Math.round(limits.cpus * NANO_CPUS) });
  }
  if (defaults.noNewPrivileges) {
    const kept = (config.SecurityOpt ?? []).filter((option) => !/^no-new-privileges([=:]|$)/.test(option));
    edits.push({ path: ["HostConfig", "SecurityOpt"], value: [...kept, "no-new-privileges"] });
  }
  if (defaults.capDrop.length > 0) {
    const dropped = [...new Set([...(config.CapDrop ?? []), ...defaults.capDrop])];
    edits.push({ path: ["HostConfig", "CapDrop"], value: dropped });
  }
  if (defaults.readOnlyRootfs && config.ReadonlyRootfs !== true) {
    edits.push({ path: ["HostConfig", "ReadonlyRootfs"], value: true });
  }
  return edits;
}
