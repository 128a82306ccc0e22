/** Containers: attach, logs, stats. */

import { baitLog } from "../state/bait-log.ts";
import type { OutputListener } from "../state/engine.ts";
import { EngineFault } from "../state/fault.ts";
import { encodeJson } from "../state/go-json.ts";
import { isUp } from "../state/lifecycle.ts";
import type { Container, LogEntry } from "../state/model.ts";
import { fullTimeText, NANOS_PER_SECOND, now } from "../state/moment.ts";
import { followLog } from "../state/output.ts";
import { statsRecord } from "../state/stats.ts";
import { frame } from "../streams/frames.ts";
import { hijack } from "../streams/hijack.ts";
import { namedContainer } from "./containers.ts";
import { type Context, hasUpgrade, json, parseForm } from "./context.ts";

/** The head of a connection that is taken over. */
export function hijackHead(context: Context, framed: boolean, headers: string): { head: string; status: number } {
  const type =
    framed && context.engine.api >= 42
      ? "application/vnd.docker.multiplexed-stream"
      : "application/vnd.docker.raw-stream";
  return hasUpgrade(context.request)
    ? {
        head: `HTTP/1.1 101 UPGRADED\r\nContent-Type: ${type}\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n${headers}\r\n`,
        status: 101,
      }
    : { head: `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\n${headers}\r\n`, status: 200 };
}

/** `POST /containers/{name}/attach`. */
export async function attachHandler(context: Context): Promise<void> {
  parseForm(context);
  const { engine, query, request, response } = context;
  let container: Container;
  try {
    container = attachable(context);
  } catch (error) {
    if (!(error instanceof EngineFault)) {
      throw error;
    }
    const reason = { 404: "Not Found", 409: "Conflict", 400: "Bad Request" }[error.status] ?? "Internal Server Error";
    const head = `HTTP/1.1 ${error.status} ${reason}\r\nContent-Type: application/vnd.docker.raw-stream\r\n\r\n`;
    const stream = hijack(request, response, head, error.status, false);
    stream.raw(Buffer.from(`${error.message}\r\n`));
    stream.close();
    return;
  }
  const framed = container.config["Tty"] !== true;
  const wants = { stdin: query.bool("stdin"), stdout: query.bool("stdout"), stderr: query.bool("stderr") };
  const { head, status } = hijackHead(context, framed, "");
  const stream = hijack(request, response, head, status, framed);
  const wanted = (from: 1 | 2): boolean => (from === 1 ? wants.stdout : wants.stderr);
  if (query.bool("logs")) {
    for (const entry of logsOf(context, container)) {
      if (wanted(entry.stream)) {
        stream.output(entry.stream, entry.text);
      }
    }
  }
  engine.events.ofContainer(container, "attach");
  if (!query.bool("stream")) {
    stream.close();
    return;
  }
  const running = engine.running(container);
  await new Promise<void>((resolve) => {
    const listener: OutputListener = {
      output: (from, bytes) => {
        if (wanted(from)) {
          stream.output(from, bytes);
        }
      },
      ended: () => resolve(),
    };
    running.listeners.add(listener);
    running.removals.add(() => resolve());
    void stream.gone.then(() => {
      running.listeners.delete(listener);
      resolve();
    });
    void stream
      .read((bytes) => {
        if (wants.stdin) {
          running.process?.write(bytes);
        }
      })
      .then(() => {
        if (wants.stdin && container.config["StdinOnce"] === true && container.config["Tty"] !== true) {
          running.process?.end();
        }
        // A visitor at a terminal who ends his side is gone: nobody reads what the program prints.
        if (wants.stdin && container.config["Tty"] === true && request.input.ended !== undefined) {
          running.listeners.delete(listener);
          resolve();
        }
      });
  });
  stream.close();
}

function attachable(context: Context): Container {
  const container = namedContainer(context);
  if (container.status === "paused") {
    throw new EngineFault(409, `container ${context.vars["name"]} is paused, unpause the container before attach`);
  }
  if (container.status === "restarting") {
    throw new EngineFault(409, `container ${context.vars["name"]} is restarting, wait until the container is running`);
  }
  return container;
}

/** Messages that a container logged, those of planted workloads included. */
function logsOf(context: Context, container: Container): readonly LogEntry[] {
  return container.bait === "" ? container.logs : [...baitLog(context.engine, container, now()), ...container.logs];
}

/** Seconds, or seconds with a fraction, as nanoseconds. */
function timestamp(text: string): bigint | undefined {
  const match = /^(\d{1,12})(?:\.(\d{1,9}))?$/.exec(text);
  if (match === null) {
    return text === "" ? undefined : undefined;
  }
  return BigInt(match[1] ?? "0") * NANOS_PER_SECOND + BigInt((match[2] ?? "").padEnd(9, "0"));
}

/** `GET /containers/{name}/logs`. */
export async function logsHandler(context: Context): Promise<void> {
  parseForm(context);
  const { engine, query, response } = context;
  const wants = { 1: query.bool("stdout"), 2: query.bool("stderr") };
  if (!wants[1] && !wants[2]) {
    throw new EngineFault(400, "Bad parameters: you must choose at least one stream");
  }
  const container = namedContainer(context);
  const driver = (container.hostConfig["LogConfig"] as { Type?: unknown })["Type"];
  if (driver === "none") {
    throw new EngineFault(501, "configured logging driver does not support reading");
  }
  const framed = container.config["Tty"] !== true;
  if (engine.api >= 42) {
    response.header(
      "Content-Type",
      framed ? "application/vnd.docker.multiplexed-stream" : "application/vnd.docker.raw-stream",
    );
  }
  response.flush();
  const send = (entry: LogEntry): void => {
    if (!wants[entry.stream]) {
      return;
    }
    const prefix = query.bool("timestamps") ? `${fullTimeText(entry.time)} ` : "";
    const text = prefix === "" ? entry.text : Buffer.concat([Buffer.from(prefix), entry.text]);
    response.write(framed ? frame(entry.stream, text) : text);
    response.flush();
  };
  const since = timestamp(query.get("since")) ?? 0n;
  const until = timestamp(query.get("until"));
  const entries = logsOf(context, container).filter(
    (entry) => entry.time >= since && (until === undefined || until === 0n || entry.time <= until),
  );
  const tail = query.get("tail");
  for (const entry of /^\d+$/.test(tail) ? entries.slice(Math.max(0, entries.length - Number(tail))) : entries) {
    send(entry);
    if (response.bodyBytes % (64 * 1024) < entry.text.length) {
      await response.drained();
    }
  }
  if (!query.bool("follow") || !isUp(container)) {
    return;
  }
  await followUntilEnd(context, container, send);
}

async function followUntilEnd(context: Context, container: Container, send: (entry: LogEntry) => void): Promise<void> {
  const { engine, request } = context;
  const running = engine.running(container);
  await new Promise<void>((resolve) => {
    let seen = now();
    const bait =
      container.bait === ""
        ? undefined
        : setInterval(() => {
            const until = now();
            for (const entry of baitLog(engine, container, until).filter((one) => one.time > seen)) {
              send(entry);
            }
            seen = until;
          }, 1000);
    bait?.unref();
    const stop = followLog(container, send);
    const finish = (): void => {
      stop();
      clearInterval(bait);
      running.exits.delete(finish);
      running.removals.delete(finish);
      request.gone.removeEventListener("abort", finish);
      resolve();
    };
    running.exits.add(finish);
    running.removals.add(finish);
    request.gone.addEventListener("abort", finish);
    if (request.gone.aborted || !isUp(container)) {
      finish();
    }
  });
}

/** Answers of one stats stream; a day of them. */
const STATS_ANSWERS_MAX = 86_400;

/** `GET /containers/{name}/stats`. */
export async function statsHandler(context: Context): Promise<void> {
  parseForm(context);
  const { engine, query, request, response } = context;
  const container = namedContainer(context);
  const stream = !query.has("stream") || query.get("stream") === "" || query.bool("stream");
  if (!stream) {
    const oneShot = query.bool("one-shot");
    if (!isUp(container) || oneShot) {
      json(context, 200, statsRecord(engine, container, undefined));
      return;
    }
    const before = now();
    if (context.timing.real) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    json(context, 200, statsRecord(engine, container, before));
    return;
  }
  if (engine.api >= 42) {
    response.header("Content-Type", "application/json");
  }
  response.flush();
  let before: bigint | undefined;
  for (
    let count = 0;
    count < STATS_ANSWERS_MAX && !request.gone.aborted && engine.containers.has(container.id);
    count += 1
  ) {
    const moment = now();
    response.write(`${encodeJson(statsRecord(engine, container, before))}\n`);
    response.flush();
    before = moment;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(done, 1000);
      function done(): void {
        clearTimeout(timer);
        request.gone.removeEventListener("abort", done);
        resolve();
      }
      request.gone.addEventListener("abort", done);
    });
  }
}
