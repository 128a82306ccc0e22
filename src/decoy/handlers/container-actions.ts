/** Containers: start, stop, kill, pause, wait, resize. */

import { CREATE_REQUEST_WITH_FLAT_FIELDS, HOST_CONFIG } from "../../engine/index.ts";
import type { CapturedExecution } from "../capture/index.ts";
import { EngineFault } from "../state/fault.ts";
import { encodeJson, type JsonRecord, structToRecord } from "../state/go-json.ts";
import {
  type EndedListener,
  environmentOf,
  isUp,
  killContainer,
  pauseContainer,
  restartContainer,
  startContainer,
  stopContainer,
  unpauseContainer,
} from "../state/lifecycle.ts";
import type { Container } from "../state/model.ts";
import { fillDefaults } from "../state/settings.ts";
import { namedContainer, notRunning } from "./containers.ts";
import { atLeast, type Context, noContent, parseForm } from "./context.ts";
import { readJson } from "./go-errors.ts";
import { hostConfigRecord } from "./host-config.ts";

/** Bytes of each direction of an execution that are told to the sink. */
export const EXECUTION_CAPTURED_BYTES_MAX = 64 * 1024;

/** Tells the sink of the main program of a container, when it has ended. */
export function endedListener(context: Context, container: Container): EndedListener {
  return (exitCode, observations) => {
    const output = Buffer.concat(container.logs.map((entry) => entry.text)).subarray(-EXECUTION_CAPTURED_BYTES_MAX);
    context.sink.execution({ ...containerExecution(context, container), output, exitCode, observations });
  };
}

function containerExecution(context: Context, container: Container): CapturedExecution {
  return {
    connectionId: context.request.connectionId,
    requestId: context.request.id,
    time: Date.now(),
    kind: "container",
    containerId: container.id,
    image: container.image,
    argv: [container.path, ...container.args],
    env: environmentOf(container),
    workdir: String(container.config["WorkingDir"]),
    user: String(container.config["User"]),
    tty: container.config["Tty"] === true,
    privileged: container.hostConfig["Privileged"] === true,
    input: new Uint8Array(),
    output: new Uint8Array(),
  };
}

/** `POST /containers/{name}/start`. */
export async function startHandler(context: Context): Promise<void> {
  const { engine, request } = context;
  const { body, head } = request;
  parseForm(context);
  if (body.captured.totalBytes > 7 || head.values.get("Transfer-Encoding") !== undefined) {
    if (atLeast(context, "1.24")) {
      throw new EngineFault(
        400,
        "starting container with non-empty request body was deprecated since API v1.22 and removed in v1.24",
      );
    }
    replaceHostConfig(context, namedContainer(context));
  }
  const container = namedContainer(context);
  if (!isUp(container)) {
    await context.timing.wait(container.endpoints.has("none") ? "start" : "startInNetwork");
  }
  const started = await startContainer(engine, container, endedListener(context, container));
  if (started && isUp(container)) {
    context.sink.execution(containerExecution(context, container));
  }
  context.response.writeHead(started ? 204 : 304);
}

/** Up to API 1.23 a start could bring a HostConfig: it replaces the one of the container. */
function replaceHostConfig(context: Context, container: Container): void {
  const read = readJson(context, CREATE_REQUEST_WITH_FLAT_FIELDS, {
    status: 500,
    empty: "EOF",
    typeName: "runconfig.ContainerConfigWrapper",
    structName: "ContainerConfigWrapper",
  });
  const nested = read?.value.fields.get("HostConfig");
  const written: JsonRecord = hostConfigRecord(
    context.engine,
    structToRecord(HOST_CONFIG, nested?.kind === "struct" ? nested : read?.value),
  );
  fillDefaults(context.engine, written);
  Object.assign(container.hostConfig, written);
}

/** `t` of stop and restart. */
function seconds(context: Context): number | undefined {
  const text = context.query.get("t");
  if (text === "") {
    return undefined;
  }
  if (!/^[+-]?\d+$/.test(text)) {
    throw new EngineFault(context.engine.api >= 42 ? 400 : 500, `strconv.Atoi: parsing "${text}": invalid syntax`);
  }
  return Number(text);
}

/** `POST /containers/{name}/stop`. */
export async function stopHandler(context: Context): Promise<void> {
  parseForm(context);
  const wait = seconds(context);
  const container = namedContainer(context);
  if (!isUp(container)) {
    context.response.writeHead(304);
    return;
  }
  await stopContainer(context.engine, container, wait);
  noContent(context);
}

/** `POST /containers/{name}/restart`. */
export async function restartHandler(context: Context): Promise<void> {
  parseForm(context);
  const wait = seconds(context);
  const container = namedContainer(context);
  await restartContainer(context.engine, container, wait, endedListener(context, container));
  await context.timing.wait("start");
  noContent(context);
}

/** `POST /containers/{name}/kill`. */
export async function killHandler(context: Context): Promise<void> {
  parseForm(context);
  const name = context.vars["name"] ?? "";
  let container: Container;
  try {
    container = namedContainer(context);
  } catch (error) {
    if (error instanceof EngineFault && error.status === 404) {
      throw new EngineFault(404, `Cannot kill container: ${name}: ${error.message}`);
    }
    throw error;
  }
  const wasUp = isUp(container);
  killContainer(context.engine, container, context.query.get("signal"), name);
  if (wasUp) {
    await context.timing.wait("kill", context.query.get("signal") === "" ? 1 : 0.15);
  }
  noContent(context);
}

/** `POST /containers/{name}/pause`. */
export async function pauseHandler(context: Context): Promise<void> {
  parseForm(context);
  pauseContainer(context.engine, namedContainer(context));
  await context.timing.wait("pause");
  noContent(context);
}

/** `POST /containers/{name}/unpause`. */
export async function unpauseHandler(context: Context): Promise<void> {
  parseForm(context);
  unpauseContainer(context.engine, namedContainer(context));
  await context.timing.wait("pause");
  noContent(context);
}

/** `POST /containers/{name}/wait`. */
export async function waitHandler(context: Context): Promise<void> {
  const { engine, query, request, response } = context;
  const modern = atLeast(context, "1.30");
  const condition = modern ? query.get("condition") : "";
  if (modern) {
    parseForm(context);
  }
  if (engine.api >= 42 && !["", "not-running", "next-exit", "removed"].includes(condition)) {
    throw new EngineFault(400, `invalid condition: "${condition}"`);
  }
  const container = namedContainer(context);
  const running = engine.running(container);
  response.header("Content-Type", "application/json");
  response.writeHead(200);
  if (modern) {
    response.flush();
  }
  const outcome = await new Promise<number | undefined>((resolve) => {
    const finish = (code: number | undefined): void => {
      running.exits.delete(exited);
      running.removals.delete(removed);
      request.gone.removeEventListener("abort", gone);
      resolve(code);
    };
    const exited = (code: number): void => {
      if (condition !== "removed") {
        finish(code);
      }
    };
    const removed = (): void => finish(container.exitCode);
    const gone = (): void => finish(undefined);
    const idle = container.status === "exited" || container.status === "created" || container.status === "dead";
    if (condition !== "removed" && condition !== "next-exit" && idle) {
      resolve(container.exitCode);
      return;
    }
    running.exits.add(exited);
    running.removals.add(removed);
    request.gone.addEventListener("abort", gone);
    if (request.gone.aborted) {
      gone();
    }
  });
  if (outcome === undefined) {
    response.write(`${encodeJson({ Error: { Message: "context canceled" }, StatusCode: -1 })}\n`);
    return;
  }
  const legacy: JsonRecord = engine.api >= 42 ? { StatusCode: outcome } : { Error: null, StatusCode: outcome };
  response.write(`${encodeJson(legacy)}\n`);
}

/** `POST /containers/{name}/resize`. */
export async function resizeHandler(context: Context): Promise<void> {
  parseForm(context);
  const { height, width } = terminalSize(context);
  const container = namedContainer(context);
  if (!isUp(container)) {
    throw notRunning(context, container);
  }
  context.engine.running(container).process?.resize(height, width);
  context.engine.events.ofContainer(container, "resize", { height: String(height), width: String(width) });
  context.response.writeHead(200);
}

/** `h` and `w`. */
export function terminalSize(context: Context): { height: number; width: number } {
  const number = (name: string): number => {
    const text = context.query.get(name);
    if (!/^[+-]?\d+$/.test(text)) {
      throw new EngineFault(400, `strconv.Atoi: parsing "${text}": invalid syntax`);
    }
    return Number(text);
  };
  return { height: number("h"), width: number("w") };
}
