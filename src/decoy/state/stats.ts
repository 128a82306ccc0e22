/** Resource use of containers: invented, and never going backwards. */
import type { Engine } from "./engine.ts";
import type { Json, JsonRecord } from "./go-json.ts";
import { isUp } from "./lifecycle.ts";
import type { Container } from "./model.ts";
import { NEVER_TEXT, now, timeText, toMs } from "./moment.ts";
import { Random } from "./random.ts";

interface Sample {
  readonly cpuNanos: number;
  readonly systemNanos: number;
  readonly memory: number;
  readonly rx: number;
  readonly tx: number;
}

/** What the container has used since it started. The same moment gives the same answer. */
function sampleOf(engine: Engine, container: Container, atMs: number): Sample {
  const random = new Random("use", container.id);
  const upMs = Math.max(0, atMs - toMs(container.startedAt ?? 0n));
  const busy = container.bait === "" ? 0.0002 : 0.002 + random.fraction() * 0.02;
  const wave = 1 + 0.2 * Math.sin(atMs / 47_000 + random.fraction() * 6);
  const base = container.bait === "" ? 400_000 + random.below(900_000) : 20_000_000 + random.below(180_000_000);
  const traffic = container.bait === "" ? 0.02 : 0.4 + random.fraction() * 3;
  return {
    cpuNanos: Math.floor(20_000_000 + upMs * 1_000_000 * busy),
    systemNanos: Math.floor((atMs - engine.machine.bootedAt) / 10) * 10_000_000 * engine.machine.cpus,
    memory: Math.floor((base * (container.bait === "" ? 1 : wave)) / 4096) * 4096,
    rx: Math.floor(266 + upMs * traffic),
    tx: container.bait === "" ? 0 : Math.floor(upMs * traffic * 0.8),
  };
}

/** The document of `/stats`; `before` is the moment of the one before it. */
export function statsRecord(engine: Engine, container: Container, before: bigint | undefined): JsonRecord {
  const read = now();
  if (!isUp(container)) {
    return {
      read: NEVER_TEXT,
      preread: NEVER_TEXT,
      pids_stats: {},
      blkio_stats: emptyBlockStats(true),
      num_procs: 0,
      storage_stats: {},
      cpu_stats: emptyCpu(),
      precpu_stats: emptyCpu(),
      memory_stats: {},
      name: `/${container.name}`,
      id: container.id,
    };
  }
  const sample = sampleOf(engine, container, toMs(read));
  const earlier = before === undefined ? undefined : sampleOf(engine, container, toMs(before));
  const pids = container.bait === "" ? 1 : 2 + (container.id.charCodeAt(0) % 6);
  const v2 = engine.persona.cgroup.version === 2;
  return {
    read: timeText(read),
    preread: timeText(before),
    pids_stats: v2 ? { current: pids, limit: 18_446_744_073_709_551_615n } : { current: pids },
    blkio_stats: emptyBlockStats(v2),
    num_procs: 0,
    storage_stats: {},
    cpu_stats: cpuRecord(engine, sample),
    precpu_stats: earlier === undefined ? emptyCpu() : cpuRecord(engine, earlier),
    memory_stats: v2 ? memoryV2(engine, container, sample) : memoryV1(engine, container, sample),
    name: `/${container.name}`,
    id: container.id,
    ...networkStats(container, sample),
  };
}

const throttling = (): JsonRecord => ({ periods: 0, throttled_periods: 0, throttled_time: 0 });

const emptyCpu = (): JsonRecord => ({
  cpu_usage: { total_usage: 0, usage_in_kernelmode: 0, usage_in_usermode: 0 },
  throttling_data: throttling(),
});

function cpuRecord(engine: Engine, sample: Sample): JsonRecord {
  const { cpus } = engine.machine;
  const each = Math.floor(sample.cpuNanos / cpus);
  const v1 = engine.persona.cgroup.version === 1;
  return {
    cpu_usage: {
      total_usage: sample.cpuNanos,
      ...(v1
        ? {
            percpu_usage: Array.from({ length: cpus }, (_, index) =>
              index === 0 ? sample.cpuNanos - each * (cpus - 1) : each,
            ),
          }
        : {}),
      usage_in_kernelmode: Math.floor((sample.cpuNanos * 0.3) / 10_000_000) * 10_000_000,
      usage_in_usermode: Math.floor((sample.cpuNanos * 0.7) / 10_000_000) * 10_000_000,
    },
    system_cpu_usage: sample.systemNanos,
    online_cpus: cpus,
    throttling_data: throttling(),
  };
}

function emptyBlockStats(v2: boolean): JsonRecord {
  const names = [
    "io_service_bytes_recursive",
    "io_serviced_recursive",
    "io_queue_recursive",
    "io_service_time_recursive",
    "io_wait_time_recursive",
    "io_merged_recursive",
    "io_time_recursive",
    "sectors_recursive",
  ];
  return Object.fromEntries(names.map((name) => [name, v2 ? null : []]));
}

const limitOf = (engine: Engine, container: Container): number =>
  Number(container.hostConfig["Memory"] ?? 0) || engine.machine.memoryBytes;

/** cgroup v1's `memory.stat`. */
function memoryV1(engine: Engine, container: Container, sample: Sample): JsonRecord {
  const rss = Math.floor((sample.memory * 0.25) / 4096) * 4096;
  const own: Record<string, Json> = {
    active_anon: 8192,
    active_file: 4096,
    cache: 4096,
    dirty: 0,
    inactive_anon: rss,
    inactive_file: 0,
    mapped_file: 0,
    pgfault: 1100 + (sample.memory >> 12),
    pgmajfault: 0,
    pgpgin: 800 + (sample.memory >> 12),
    pgpgout: 790,
    rss,
    rss_huge: 0,
    unevictable: 0,
    writeback: 0,
  };
  const stats = new Map<string, Json>([
    ["hierarchical_memory_limit", 9_223_372_036_854_771_712n],
    ["hierarchical_memsw_limit", 9_223_372_036_854_771_712n],
  ]);
  for (const [name, value] of Object.entries(own)) {
    stats.set(name, value);
    stats.set(`total_${name}`, value);
  }
  return { usage: sample.memory, max_usage: sample.memory + 3_600_384, stats, limit: limitOf(engine, container) };
}

/** cgroup v2's. */
function memoryV2(engine: Engine, container: Container, sample: Sample): JsonRecord {
  const anon = Math.floor((sample.memory * 0.6) / 4096) * 4096;
  const stats = new Map<string, Json>(
    Object.entries({
      active_anon: 4096,
      active_file: 0,
      anon,
      anon_thp: 0,
      file: sample.memory - anon,
      file_dirty: 0,
      file_mapped: 0,
      file_writeback: 0,
      inactive_anon: anon,
      inactive_file: sample.memory - anon,
      kernel_stack: 16_384,
      pgactivate: 0,
      pgdeactivate: 0,
      pgfault: 1100 + (sample.memory >> 12),
      pglazyfree: 0,
      pglazyfreed: 0,
      pgmajfault: 3,
      pgrefill: 0,
      pgscan: 0,
      pgsteal: 0,
      shmem: 0,
      slab: 180_000,
      slab_reclaimable: 90_000,
      slab_unreclaimable: 90_000,
      sock: 0,
      thp_collapse_alloc: 0,
      thp_fault_alloc: 0,
      unevictable: 0,
      workingset_activate: 0,
      workingset_nodereclaim: 0,
      workingset_refault: 0,
    }),
  );
  return { usage: sample.memory, stats, limit: limitOf(engine, container) };
}

function networkStats(container: Container, sample: Sample): JsonRecord {
  const up = [...container.endpoints.values()].filter((endpoint) => endpoint.ipAddress !== "");
  if (up.length === 0) {
    return {};
  }
  const networks = new Map<string, Json>();
  up.forEach((_, index) => {
    networks.set(`eth${index}`, {
      rx_bytes: sample.rx,
      rx_packets: Math.ceil(sample.rx / 90),
      rx_errors: 0,
      rx_dropped: 0,
      tx_bytes: sample.tx,
      tx_packets: Math.ceil(sample.tx / 120),
      tx_errors: 0,
      tx_dropped: 0,
    });
  });
  return { networks };
}
