/** What planted workloads have logged: the same lines at the same times, however often one asks. */
import type { Engine } from "./engine.ts";
import type { Container, LogEntry } from "./model.ts";
import { fromMs, toMs } from "./moment.ts";
import { Random } from "./random.ts";

/** Lines of a planted workload that its log still has. */
export const BAIT_LINES_MAX = 200;

/** Median time between two lines, milliseconds. */
const PERIOD_MS = 37_000;

export function baitLog(engine: Engine, container: Container, until: bigint): LogEntry[] {
  const started = toMs(container.startedAt ?? 0n);
  const last = Math.floor((toMs(until) - started) / PERIOD_MS);
  const entries: LogEntry[] = [];
  for (let index = Math.max(0, last - BAIT_LINES_MAX); index <= last; index += 1) {
    const random = new Random("log", container.id, index);
    const ms = started + index * PERIOD_MS + random.below(PERIOD_MS);
    if (ms <= toMs(until)) {
      const line = lineOf(engine, container, random, ms);
      entries.push({
        time: fromMs(ms, random.below(1_000_000)),
        stream: line.stream,
        text: Buffer.from(`${line.text}\n`),
      });
    }
  }
  return entries;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function lineOf(engine: Engine, container: Container, random: Random, ms: number): { text: string; stream: 1 | 2 } {
  const iso = new Date(ms).toISOString();
  const month = MONTHS[Number(iso.slice(5, 7)) - 1];
  if (container.bait === "web") {
    const time = `${iso.slice(8, 10)}/${month}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
    const path = random.pick([
      "/",
      "/api/v1/items",
      "/login",
      "/static/app.js",
      "/favicon.ico",
      "/api/v1/session",
      "/healthz",
    ]);
    const client = `${engine.machine.address.replace(/\d+$/, "")}${random.between(2, 250)}`;
    return {
      text: `${client} - - [${time}] "GET ${path} HTTP/1.1" ${random.pick([200, 200, 200, 304, 404])} ${random.between(150, 9000)} "-" "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36" "-"`,
      stream: 1,
    };
  }
  if (container.bait === "database") {
    const time = `${iso.slice(0, 10)} ${iso.slice(11, 23)} UTC`;
    return {
      text: `${time} [27] LOG:  checkpoint ${random.pick(["starting: time", `complete: wrote ${random.between(3, 400)} buffers (0.${random.between(0, 9)}%); 0 WAL file(s) added, 0 removed, 0 recycled`])}`,
      stream: 2,
    };
  }
  const time = `${iso.slice(8, 10)} ${month} ${iso.slice(0, 4)} ${iso.slice(11, 23)}`;
  return {
    text: `1:M ${time} * ${random.pick(["Background saving started by pid", "Background saving terminated with success", "100 changes in 300 seconds. Saving..."])}`,
    stream: 1,
  };
}
