/** Start, stop, kill, pause, remove: what the daemon does to containers, and what it tells of it. */
import type { ExecutionObservation } from "../capture/index.ts";
import type { ShellCommand, ShellPlace, ShellProcess, ShellSession, StartRefusal } from "../shell/index.ts";
import { NAME_PATTERN, nameConflict, publishPorts } from "./create-container.ts";
import type { Engine } from "./engine.ts";
import { EngineFault } from "./fault.ts";
import type { JsonRecord } from "./go-json.ts";
import type { Container } from "./model.ts";
import { now } from "./moment.ts";
import { strings } from "./mounts.ts";
import { bringUp, takeDown } from "./networks.ts";
import { endOutput, takeOutput } from "./output.ts";
import { newId } from "./random.ts";
import { signalName, signalNumber } from "./settings.ts";
import { removeVolume } from "./volumes.ts";

/** Told when the main program of a container has ended. */
export type EndedListener = (exitCode: number, observations: readonly ExecutionObservation[]) => void;

/** Restarts by policy that are carried out; after them the container stays as it is. */
export const RESTARTS_MAX = 20;

export const isUp = (container: Container): boolean => container.status === "running" || container.status === "paused";

/** The inside of a container, opened when it is first needed. */
export function sessionOf(engine: Engine, container: Container): ShellSession {
  const running = engine.running(container);
  running.session ??= engine.shell.open(placeOf(engine, container));
  return running.session;
}

function placeOf(engine: Engine, container: Container): ShellPlace {
  const { config, hostConfig } = container;
  const image = engine.images.get(container.imageId);
  return {
    containerId: container.id,
    image: container.image,
    imageId: container.imageId,
    family: image?.family ?? "debian",
    layers: image?.layers ?? [],
    hostname: String(config["Hostname"]),
    env: environmentOf(container),
    workdir: String(config["WorkingDir"]) || "/",
    user: String(config["User"]),
    privileged: hostConfig["Privileged"] === true,
    pidMode: String(hostConfig["PidMode"]),
    networkMode: String(hostConfig["NetworkMode"]),
    binds: container.mounts
      .filter((mount) => mount.type !== "tmpfs")
      .map((mount) => ({
        source: mount.type === "bind" ? { kind: "host", path: mount.source } : { kind: "volume", name: mount.name },
        target: mount.destination,
        readOnly: !mount.writable,
      })),
    get ipAddress(): string {
      return [...container.endpoints.values()].find((endpoint) => endpoint.ipAddress !== "")?.ipAddress ?? "";
    },
    mainProgram: [container.path, ...container.args],
    owner: container.owner,
    machine: engine.shellMachine(),
  };
}

/** What the engine adds to the environment when nobody set it. */
export function environmentOf(container: Container): string[] {
  const own = strings(container.config["Env"]);
  const has = (name: string): boolean => own.some((variable) => variable.startsWith(`${name}=`));
  return [
    ...(has("PATH") ? [] : ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]),
    `HOSTNAME=${String(container.config["Hostname"])}`,
    ...(container.config["Tty"] === true && !has("TERM") ? ["TERM=xterm"] : []),
    ...own,
    ...(has("HOME") ? [] : ["HOME=/root"]),
  ];
}

/** Starts a container. False: it is running already. */
export async function startContainer(engine: Engine, container: Container, ended: EndedListener): Promise<boolean> {
  if (container.status === "paused") {
    throw new EngineFault(409, "cannot start a paused container, try unpause instead");
  }
  if (container.status === "running") {
    return false;
  }
  if (container.status === "removing" || container.status === "dead") {
    throw new EngineFault(409, "container is marked for removal and cannot be started");
  }
  checkNetworks(engine, container);
  try {
    checkPublished(engine, container);
  } catch (error) {
    failStart(engine, container, 128, error instanceof EngineFault ? error.message : "");
    throw error;
  }
  const process = await launch(engine, container);
  if (typeof process === "string") {
    const refusal = refusalText(process, container.path, String(container.config["WorkingDir"]));
    failStart(engine, container, refusal.exitCode, refusal.message);
    throw new EngineFault(refusal.status, refusal.message);
  }
  markStarted(engine, container);
  watch(engine, container, process, ended);
  return true;
}

async function launch(engine: Engine, container: Container): Promise<ShellProcess | StartRefusal> {
  const { config } = container;
  const command: ShellCommand = {
    argv: [container.path, ...container.args],
    env: [],
    workdir: "",
    user: "",
    privileged: container.hostConfig["Privileged"] === true,
    tty: config["Tty"] === true ? { rows: 24, columns: 80 } : undefined,
    openStdin: config["OpenStdin"] === true,
    stdout: (bytes) => takeOutput(engine, container, 1, bytes),
    stderr: (bytes) => takeOutput(engine, container, config["Tty"] === true ? 1 : 2, bytes),
  };
  return sessionOf(engine, container).run(command);
}

function markStarted(engine: Engine, container: Container): void {
  container.sandboxId = newId();
  for (const [name, endpoint] of container.endpoints) {
    const network = engine.findNetwork(name);
    if (network !== undefined) {
      if (name !== "bridge" && !network.predefined) {
        const short = container.id.slice(0, 12);
        endpoint.aliases = [...new Set([...(endpoint.aliases ?? []), short])];
      }
      bringUp(engine, container, network, endpoint);
    }
  }
  container.ports = container.hostConfig["NetworkMode"] === "host" ? new Map() : publishPorts(engine, container);
  container.status = "running";
  container.pid = engine.takePid();
  container.exitCode = 0;
  container.error = "";
  container.startedAt = now();
  if (container.restartCount === 0) {
    container.finishedAt ??= undefined;
  }
  for (const mount of container.mounts) {
    if (mount.type === "volume") {
      const attributes = {
        container: container.id,
        destination: mount.destination,
        driver: mount.driver,
        propagation: mount.propagation,
        "read/write": String(mount.writable),
      };
      engine.events.add("volume", "mount", mount.name, new Map(Object.entries(attributes)));
    }
  }
  engine.events.ofContainer(container, "start");
  engine.changed();
}

function watch(engine: Engine, container: Container, process: ShellProcess, ended: EndedListener): void {
  const running = engine.running(container);
  running.process = process;
  void process.exit.then((exitCode) => {
    if (running.process !== process) {
      return;
    }
    ended(exitCode, process.observations());
    stopped(engine, container, exitCode, ended);
  });
}

/** The main program has ended. */
export function stopped(engine: Engine, container: Container, exitCode: number, ended?: EndedListener): void {
  const running = engine.running(container);
  running.process = undefined;
  endOutput(engine, container);
  container.status = "exited";
  container.pid = 0;
  container.exitCode = exitCode;
  container.finishedAt = now();
  container.ports = new Map();
  for (const execId of container.execIds) {
    const exec = engine.execs.get(execId);
    if (exec?.running === true) {
      exec.running = false;
      exec.exitCode = 137;
    }
  }
  container.execIds = [];
  engine.events.ofContainer(container, "die", { exitCode: String(exitCode) });
  for (const [name, endpoint] of container.endpoints) {
    takeDown(engine, container, engine.findNetwork(name), endpoint);
  }
  engine.changed();
  for (const listener of [...running.exits]) {
    listener(exitCode);
  }
  if (container.hostConfig["AutoRemove"] === true) {
    removeContainer(engine, container, true);
  } else if (ended !== undefined) {
    restartByPolicy(engine, container, exitCode, ended);
  }
}

function restartByPolicy(engine: Engine, container: Container, exitCode: number, ended: EndedListener): void {
  const policy = container.hostConfig["RestartPolicy"] as JsonRecord;
  const name = String(policy["Name"]);
  const most = Number(policy["MaximumRetryCount"] ?? 0);
  const wanted =
    name === "always" ||
    name === "unless-stopped" ||
    (name === "on-failure" && exitCode !== 0 && (most === 0 || container.restartCount < most));
  const running = engine.running(container);
  if (!wanted || stoppedByHand.has(container) || container.restartCount >= RESTARTS_MAX) {
    return;
  }
  container.status = "restarting";
  running.timer = setTimeout(
    () => {
      if (container.status === "restarting") {
        container.restartCount += 1;
        container.status = "exited";
        startContainer(engine, container, ended).catch(() => {}); // as the daemon: its error is in the state
      }
    },
    Math.min(60_000, 100 * 2 ** container.restartCount),
  );
  running.timer.unref();
}

const stoppedByHand = new WeakSet<Container>();

function checkNetworks(engine: Engine, container: Container): void {
  const mode = String(container.hostConfig["NetworkMode"]);
  if (mode.startsWith("container:")) {
    const other = engine.findContainer(mode.slice("container:".length));
    if (other === undefined) {
      throw new EngineFault(404, `No such container: ${mode.slice("container:".length)}`);
    }
    if (!isUp(other)) {
      throw new EngineFault(409, `cannot join network of a non running container: ${other.id}`);
    }
    return;
  }
  for (const name of container.endpoints.keys()) {
    if (engine.findNetwork(name) === undefined) {
      failStart(engine, container, 128, `network ${name} not found`);
      throw new EngineFault(404, `network ${name} not found`);
    }
  }
}

function checkPublished(engine: Engine, container: Container): void {
  const mine = publishPorts(engine, container);
  for (const other of engine.containers.values()) {
    if (other === container || !isUp(other)) {
      continue;
    }
    for (const theirs of [...other.ports.values()].flatMap((published) => published ?? [])) {
      const clash = [...mine.values()]
        .flatMap((published) => published ?? [])
        .find(
          (one) =>
            one.hostPort === theirs.hostPort &&
            (one.hostIp === theirs.hostIp || one.hostIp === "0.0.0.0" || theirs.hostIp === "0.0.0.0"),
        );
      if (clash !== undefined) {
        throw new EngineFault(
          500,
          `driver failed programming external connectivity on endpoint ${container.name} (${newId()}): Bind for ${clash.hostIp}:${clash.hostPort} failed: port is already allocated`,
        );
      }
    }
  }
}

function failStart(engine: Engine, container: Container, exitCode: number, message: string): void {
  container.exitCode = exitCode;
  container.error = message;
  if (exitCode !== 128) {
    container.sandboxId = newId();
  }
  endOutput(engine, container);
  engine.events.ofContainer(container, "die", { exitCode: String(exitCode) });
  // Whoever waits for the removal or the next exit of a container with --rm is answered; others go on waiting.
  if (container.hostConfig["AutoRemove"] === true) {
    removeContainer(engine, container, true);
  }
  engine.changed();
}

const OCI_CREATE = "OCI runtime create failed: runc create failed: unable to start container process";

/** runc's reason why a program cannot start, and what the engine makes of it. */
export function refusalText(
  refusal: StartRefusal,
  program: string,
  workdir: string,
): { status: number; exitCode: number; message: string; reason: string } {
  const reason = {
    "not-found-in-path": `exec: "${program}": executable file not found in $PATH`,
    "no-such-file": `exec: "${program}": stat ${program}: no such file or directory`,
    "permission-denied": `exec: "${program}": permission denied`,
    "no-such-workdir": `chdir to cwd ("${workdir}") set in config.json failed: no such file or directory`,
    "no-such-user": `unable to find user: no matching entries in passwd file`,
  }[refusal];
  const exitCode = refusal === "permission-denied" ? 126 : refusal === "no-such-user" ? 126 : 127;
  return { status: 400, exitCode, message: `failed to create shim task: ${OCI_CREATE}: ${reason}: unknown`, reason };
}

/** Sends a signal to the main program. */
export function killContainer(engine: Engine, container: Container, signalText: string, name: string): void {
  const signal = signalText === "" ? 9 : signalNumber(signalText);
  if (signal === undefined) {
    throw new EngineFault(400, `Invalid signal: ${signalText}`);
  }
  if (!isUp(container)) {
    throw new EngineFault(409, `Cannot kill container: ${name}: Container ${container.id} is not running`);
  }
  sendSignal(engine, container, signal);
}

function sendSignal(engine: Engine, container: Container, signal: number): void {
  engine.events.ofContainer(container, "kill", { signal: String(signal) });
  const running = engine.running(container);
  if (signal === 9) {
    stoppedByHand.add(container);
  }
  if (running.process !== undefined) {
    running.process.kill(signalName(signal));
  } else if (signal === 9 || signal === 15) {
    stopped(engine, container, 128 + signal);
  }
}

/** Stops a container: its stop signal, and KILL when the time is over. */
export async function stopContainer(engine: Engine, container: Container, seconds: number | undefined): Promise<void> {
  if (!isUp(container)) {
    clearTimeout(engine.running(container).timer);
    container.status = container.status === "restarting" ? "exited" : container.status;
    return;
  }
  stoppedByHand.add(container);
  const wished = container.config["StopSignal"];
  const signal = typeof wished === "string" ? (signalNumber(wished) ?? 15) : 15;
  const patience = seconds ?? Number(container.config["StopTimeout"] ?? 10);
  const done = exitOf(engine, container);
  sendSignal(engine, container, signal);
  if (isUp(container)) {
    await Promise.race([done, pause(patience < 0 ? STOP_MS_MAX : patience * 1000)]);
  }
  if (isUp(container)) {
    sendSignal(engine, container, 9);
    await done;
  }
  engine.events.ofContainer(container, "stop");
}

/** The longest time that a stop waits for a program that does not end, milliseconds. */
const STOP_MS_MAX = 3_600_000;

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, Math.min(ms, 2_147_483_647)).unref();
  });

/** Fulfilled when the container has stopped. */
export function exitOf(engine: Engine, container: Container): Promise<number> {
  return new Promise((resolve) => {
    const { exits } = engine.running(container);
    const listener = (exitCode: number): void => {
      exits.delete(listener);
      resolve(exitCode);
    };
    exits.add(listener);
  });
}

export async function restartContainer(
  engine: Engine,
  container: Container,
  seconds: number | undefined,
  ended: EndedListener,
): Promise<void> {
  await stopContainer(engine, container, seconds);
  stoppedByHand.delete(container);
  await startContainer(engine, container, ended);
  engine.events.ofContainer(container, "restart");
}

export function pauseContainer(engine: Engine, container: Container): void {
  if (container.status === "paused") {
    throw new EngineFault(409, `Container ${container.id} is already paused`);
  }
  if (container.status !== "running") {
    throw new EngineFault(409, `Container ${container.id} is not running`);
  }
  container.status = "paused";
  engine.events.ofContainer(container, "pause");
  engine.changed();
}

export function unpauseContainer(engine: Engine, container: Container): void {
  if (container.status !== "paused") {
    throw new EngineFault(500, `Container ${container.id} is not paused`);
  }
  container.status = "running";
  engine.events.ofContainer(container, "unpause");
  engine.changed();
}

export function renameContainer(engine: Engine, container: Container, name: string): void {
  const plain = name.replace(/^\//, "");
  if (name === "") {
    throw new EngineFault(400, "Neither old nor new names may be empty");
  }
  if (container.name === plain) {
    throw new EngineFault(400, "Renaming a container with the same name as its current name");
  }
  if (!NAME_PATTERN.test(name)) {
    throw new EngineFault(
      400,
      `Error when allocating new name: Invalid container name (/${plain}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`,
    );
  }
  const other = [...engine.containers.values()].find((one) => one.name === plain);
  if (other !== undefined) {
    throw nameConflict(plain, other.id);
  }
  const old = container.name;
  container.name = plain;
  engine.events.ofContainer(container, "rename", { oldName: `/${old}` });
  engine.changed();
}

/** `DELETE /containers/{name}`. */
export async function deleteContainer(
  engine: Engine,
  container: Container,
  force: boolean,
  volumes: boolean,
): Promise<void> {
  if (isUp(container) || container.status === "restarting") {
    if (!force) {
      throw new EngineFault(
        409,
        container.status === "paused"
          ? `You cannot remove a paused container ${container.id}. Unpause and then stop the container before attempting removal or force remove`
          : `You cannot remove a ${container.status} container ${container.id}. Stop the container before attempting removal or force remove`,
      );
    }
    stoppedByHand.add(container);
    if (isUp(container)) {
      const done = exitOf(engine, container);
      sendSignal(engine, container, 9);
      await done;
    }
  }
  removeContainer(engine, container, volumes);
}

function removeContainer(engine: Engine, container: Container, volumes: boolean): void {
  if (!engine.containers.delete(container.id)) {
    return;
  }
  for (const [id, exec] of engine.execs) {
    if (exec.containerId === container.id) {
      engine.execs.delete(id);
    }
  }
  const { removals } = engine.running(container);
  engine.events.ofContainer(container, "destroy");
  for (const listener of [...removals]) {
    listener();
  }
  engine.forget(container);
  for (const mount of volumes ? container.mounts : []) {
    if (engine.volumes.get(mount.name)?.anonymous === true) {
      try {
        removeVolume(engine, mount.name, true);
      } catch (error) {
        if (!(error instanceof EngineFault)) {
          throw error; // a volume that another container uses stays
        }
      }
    }
  }
  engine.changed();
}
