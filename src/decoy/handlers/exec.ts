/** Execs: commands in a container that runs. */

import type { ShellProcess } from "../shell/index.ts";
import { EngineFault } from "../state/fault.ts";
import { type JsonRecord, structToRecord } from "../state/go-json.ts";
import { environmentOf, isUp, refusalText, sessionOf } from "../state/lifecycle.ts";
import { EXECS_PER_CONTAINER_MAX } from "../state/limits.ts";
import type { Container, Exec } from "../state/model.ts";
import { strings } from "../state/mounts.ts";
import { newId } from "../state/random.ts";
import { type HijackedStream, hijack } from "../streams/hijack.ts";
import { EXECUTION_CAPTURED_BYTES_MAX, terminalSize } from "./container-actions.ts";
import { hijackHead } from "./container-streams.ts";
import { namedContainer, notRunning } from "./containers.ts";
import { type Context, json, parseForm } from "./context.ts";
import { checkForJson, readJson } from "./go-errors.ts";
import { arrayOf, BOOL, STRING, STRINGS, structOf, UINT64 } from "./types.ts";

const EXEC_CONFIG = structOf("ExecConfig", {
  User: STRING,
  Privileged: BOOL,
  Tty: BOOL,
  ConsoleSize: arrayOf(2, UINT64),
  AttachStdin: BOOL,
  AttachStderr: BOOL,
  AttachStdout: BOOL,
  Detach: BOOL,
  DetachKeys: STRING,
  Env: STRINGS,
  WorkingDir: STRING,
  Cmd: STRINGS,
});

const EXEC_START = structOf("ExecStartCheck", { Detach: BOOL, Tty: BOOL, ConsoleSize: arrayOf(2, UINT64) });

/** `POST /containers/{name}/exec`. */
export function execCreateHandler(context: Context): void {
  parseForm(context);
  const { engine, request } = context;
  const read = readJson(context, EXEC_CONFIG, {
    status: 400,
    empty: "got EOF while reading request body",
    typeName: "types.ExecConfig",
    structName: "ExecConfig",
  });
  const wish: JsonRecord = structToRecord(EXEC_CONFIG, read?.value);
  const argv = strings(wish["Cmd"]);
  if (argv.length === 0) {
    throw new EngineFault(400, engine.api >= 44 ? "no exec command specified" : "No exec command specified");
  }
  const container = namedContainer(context);
  if (!isUp(container)) {
    throw notRunning(context, container);
  }
  if (container.status === "paused") {
    throw new EngineFault(409, `Container ${context.vars["name"]} is paused, unpause the container before exec`);
  }
  const exec: Exec = {
    id: newId(),
    containerId: container.id,
    argv,
    tty: wish["Tty"] === true,
    privileged: wish["Privileged"] === true,
    user: String(wish["User"]) || String(container.config["User"]),
    env: strings(wish["Env"]),
    workdir: String(wish["WorkingDir"]),
    attachStdin: wish["AttachStdin"] === true,
    attachStdout: wish["AttachStdout"] === true,
    attachStderr: wish["AttachStderr"] === true,
    detachKeys: String(wish["DetachKeys"]),
    started: false,
    running: false,
    exitCode: null,
    pid: 0,
    finished: false,
  };
  forgetOldExecs(context, container);
  engine.execs.set(exec.id, exec);
  container.execIds = [...container.execIds, exec.id];
  engine.events.ofContainer(container, `exec_create: ${argv.join(" ")}`, { execID: exec.id });
  engine.changed();
  request.ids.created.execId = exec.id;
  json(context, 201, { Id: exec.id });
}

/** Execs of the container beyond the bound go, the oldest that do not run first. */
function forgetOldExecs(context: Context, container: Container): void {
  const { execs } = context.engine;
  const own = [...execs.values()].filter((exec) => exec.containerId === container.id);
  if (own.filter((exec) => exec.running).length >= EXECS_PER_CONTAINER_MAX) {
    throw new EngineFault(500, "failed to create exec: fork/exec: resource temporarily unavailable");
  }
  for (const exec of own
    .filter((one) => !one.running)
    .slice(0, Math.max(0, own.length + 1 - EXECS_PER_CONTAINER_MAX))) {
    execs.delete(exec.id);
    container.execIds = container.execIds.filter((id) => id !== exec.id);
  }
}

function namedExec(context: Context): Exec {
  const id = context.vars["name"] ?? "";
  const exec = context.engine.execs.get(id);
  if (exec === undefined) {
    throw new EngineFault(404, `No such exec instance: ${id}`);
  }
  context.request.ids.named.execId = exec.id;
  context.request.ids.named.containerId = exec.containerId;
  return exec;
}

/** `POST /exec/{name}/start`. */
export async function execStartHandler(context: Context): Promise<void> {
  parseForm(context);
  checkForJson(context);
  const read = readJson(context, EXEC_START, {
    status: 400,
    empty: "got EOF while reading request body",
    typeName: "types.ExecStartCheck",
    structName: "ExecStartCheck",
  });
  const wish: JsonRecord = structToRecord(EXEC_START, read?.value);
  const exec = namedExec(context);
  const container = context.engine.container(exec.containerId);
  if (wish["Detach"] === true) {
    refuseStart(context, exec, container);
    await launch(context, exec, container, undefined);
    context.response.writeHead(200);
    return;
  }
  const tty = exec.tty;
  const { head, status } = hijackHead(context, !tty, context.response.headerLines());
  const stream = hijack(context.request, context.response, head, status, wish["Tty"] !== true);
  try {
    refuseStart(context, exec, container);
    const process = await launch(context, exec, container, stream);
    await Promise.race([process.exit, stream.gone]);
  } catch (error) {
    if (!(error instanceof EngineFault)) {
      throw error;
    }
    stream.output(1, Buffer.from(`${error.message}\r\n`));
  }
  stream.close();
}

function refuseStart(context: Context, exec: Exec, container: Container): void {
  if (exec.exitCode !== null) {
    throw new EngineFault(409, `Error: Exec command ${exec.id} has already run`);
  }
  if (exec.running) {
    throw new EngineFault(409, `Error: Exec command ${exec.id} is already running`);
  }
  if (!isUp(container)) {
    throw notRunning(context, container);
  }
}

/** Starts the program; a refusal is a fault in runc's words. */
async function launch(
  context: Context,
  exec: Exec,
  container: Container,
  stream: HijackedStream | undefined,
): Promise<ShellProcess> {
  const { engine, request, sink } = context;
  exec.running = true;
  exec.started = true;
  await context.timing.wait("exec");
  const output: Uint8Array[] = [];
  const input: Uint8Array[] = [];
  const sizes = { input: 0, output: 0 };
  const keep = (list: Uint8Array[], kind: "input" | "output", bytes: Uint8Array): void => {
    const kept = bytes.subarray(0, EXECUTION_CAPTURED_BYTES_MAX - sizes[kind]);
    sizes[kind] += kept.length;
    list.push(kept);
  };
  const send = (from: 1 | 2, bytes: Uint8Array): void => {
    keep(output, "output", bytes);
    if (from === 1 ? exec.attachStdout : exec.attachStderr) {
      stream?.output(from, bytes);
    }
  };
  engine.events.ofContainer(container, `exec_start: ${exec.argv.join(" ")}`, { execID: exec.id });
  const started = await sessionOf(engine, container).run({
    argv: exec.argv,
    env: exec.env,
    workdir: exec.workdir,
    user: exec.user,
    privileged: exec.privileged,
    tty: exec.tty ? { rows: 24, columns: 80 } : undefined,
    openStdin: exec.attachStdin && stream !== undefined,
    stdout: (bytes) => send(1, bytes),
    stderr: (bytes) => send(exec.tty ? 1 : 2, bytes),
  });
  const about = {
    connectionId: request.connectionId,
    requestId: request.id,
    kind: "exec",
    containerId: container.id,
    execId: exec.id,
    image: container.image,
    argv: exec.argv,
    env: [...environmentOf(container), ...exec.env],
    workdir: exec.workdir,
    user: exec.user,
    tty: exec.tty,
    privileged: exec.privileged,
  } as const;
  const finish = (exitCode: number): void => {
    exec.running = false;
    exec.finished = true;
    exec.exitCode = exitCode;
    container.execIds = container.execIds.filter((id) => id !== exec.id);
    container.writtenBytes = Math.max(container.writtenBytes, sessionOf(engine, container).writtenBytes());
    engine.changed();
  };
  if (typeof started === "string") {
    const refusal = refusalText(started, exec.argv[0] ?? "", exec.workdir);
    finish(126);
    sink.execution({
      ...about,
      time: Date.now(),
      input: Buffer.concat(input),
      output: Buffer.concat(output),
      exitCode: 126,
    });
    throw new EngineFault(
      refusal.status,
      `OCI runtime exec failed: exec failed: unable to start container process: ${refusal.reason}: unknown`,
    );
  }
  exec.pid = engine.takePid();
  running.set(exec, started);
  void stream
    ?.read((bytes) => {
      keep(input, "input", bytes);
      started.write(bytes);
    })
    .then(() => started.end());
  void started.exit.then((exitCode) => {
    running.delete(exec);
    if (engine.containers.has(container.id)) {
      finish(exitCode);
      engine.events.ofContainer(container, "exec_die", { execID: exec.id, exitCode: String(exitCode) });
    }
    sink.execution({
      ...about,
      time: Date.now(),
      input: Buffer.concat(input),
      output: Buffer.concat(output),
      exitCode,
      observations: started.observations(),
    });
  });
  return started;
}

/** Programs of execs that run. */
const running = new WeakMap<Exec, ShellProcess>();

/** `POST /exec/{name}/resize`. */
export function execResizeHandler(context: Context): void {
  parseForm(context);
  const { height, width } = terminalSize(context);
  const exec = namedExec(context);
  if (!exec.running) {
    throw new EngineFault(500, `exec process is not started`);
  }
  running.get(exec)?.resize(height, width);
  context.response.writeHead(200);
}

/** `GET /exec/{name}/json`. */
export function execInspectHandler(context: Context): void {
  const exec = namedExec(context);
  json(context, 200, {
    ID: exec.id,
    Running: exec.running,
    ExitCode: exec.exitCode,
    ProcessConfig: {
      tty: exec.tty,
      entrypoint: exec.argv[0] ?? "",
      arguments: [...exec.argv.slice(1)],
      privileged: exec.privileged,
      ...(exec.user === "" ? {} : { user: exec.user }),
    },
    OpenStdin: exec.attachStdin,
    OpenStderr: exec.attachStderr,
    OpenStdout: exec.attachStdout,
    CanRemove: false,
    ContainerID: exec.containerId,
    DetachKeys: Buffer.from(exec.detachKeys).toString("base64"),
    Pid: exec.pid,
  });
}
