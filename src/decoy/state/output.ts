/** What containers print: kept as a log driver keeps it, and passed on to whoever is attached. */
import type { Engine } from "./engine.ts";
import { LOG_BYTES_MAX, LOG_LINE_BYTES_MAX } from "./limits.ts";
import type { Container, LogEntry } from "./model.ts";
import { now } from "./moment.ts";
import { logDriver } from "./records.ts";

const LF = 10;

/** Takes output of the container's main program. */
export function takeOutput(engine: Engine, container: Container, stream: 1 | 2, bytes: Uint8Array): void {
  const running = engine.running(container);
  for (const listener of running.listeners) {
    listener.output(stream, bytes);
  }
  const index = stream === 1 ? 0 : 1;
  let rest = Buffer.concat([running.partial[index], bytes]);
  for (;;) {
    const end = rest.indexOf(LF);
    if (end < 0 && rest.length < LOG_LINE_BYTES_MAX) {
      break;
    }
    const length = end < 0 || end >= LOG_LINE_BYTES_MAX ? LOG_LINE_BYTES_MAX : end + 1;
    keep(engine, container, { time: now(), stream, text: Buffer.from(rest.subarray(0, length)) });
    rest = rest.subarray(length);
  }
  running.partial[index] = Buffer.from(rest);
}

/** The main program has ended: what is left of a line is a message of its own. */
export function endOutput(engine: Engine, container: Container): void {
  const running = engine.running(container);
  for (const index of [0, 1] as const) {
    if (running.partial[index].length > 0) {
      keep(engine, container, { time: now(), stream: index === 0 ? 1 : 2, text: running.partial[index] });
      running.partial[index] = Buffer.alloc(0);
    }
  }
  for (const listener of running.listeners) {
    listener.ended();
  }
  running.listeners.clear();
}

const logListeners = new WeakMap<Container, Set<(entry: LogEntry) => void>>();

/** Calls for each message that is logged from now on. */
export function followLog(container: Container, listener: (entry: LogEntry) => void): () => void {
  const listeners = logListeners.get(container) ?? new Set();
  logListeners.set(container, listeners);
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function keep(engine: Engine, container: Container, entry: LogEntry): void {
  if (logDriver(container) !== "none") {
    container.logs.push(entry);
    container.logBytes += entry.text.length;
    while (container.logBytes > LOG_BYTES_MAX) {
      container.logBytes -= container.logs.shift()?.text.length ?? 0;
    }
    engine.changed();
  }
  for (const listener of logListeners.get(container) ?? []) {
    listener(entry);
  }
}
