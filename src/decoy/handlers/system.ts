/** The engine about itself: ping, version, info, disk usage, events. */

import { eventRecord } from "../state/events.ts";
import { EngineFault } from "../state/fault.ts";
import { encodeJson, type Json, type JsonRecord } from "../state/go-json.ts";
import { isUp } from "../state/lifecycle.ts";
import type { EngineEvent } from "../state/model.ts";
import { fullTimeText, NANOS_PER_SECOND, now } from "../state/moment.ts";
import { listRecord } from "../state/records.ts";
import { usersOf, volumeRecord } from "../state/volumes.ts";
import { type Context, json, parseForm } from "./context.ts";
import { type Filters, parseFilters } from "./filters.ts";
import { imageListRecord, usersOfImage } from "./images.ts";

/** `GET` and `HEAD /_ping`. */
export async function pingHandler(context: Context): Promise<void> {
  const { engine, request, response } = context;
  response.header("Cache-Control", "no-cache, no-store, must-revalidate");
  response.header("Pragma", "no-cache");
  if (engine.api >= 44) {
    response.header("Builder-Version", "2");
    response.header("Swarm", "inactive");
  } else if (engine.api >= 42) {
    response.header("Builder-Version", "2");
    response.header("Swarm", "inactive");
  }
  await context.timing.wait("ping");
  if (request.head.method === "HEAD") {
    response.header("Content-Type", "text/plain; charset=utf-8");
    response.header("Content-Length", "0");
    response.writeHead(200);
    return;
  }
  response.write("OK");
}

/** `GET /version`. */
export async function versionHandler(context: Context): Promise<void> {
  const { persona, machine } = context.engine;
  await context.timing.wait("version");
  const component = (name: string, part: { version: string; commit: string }): JsonRecord => ({
    Name: name,
    Version: part.version,
    Details: { GitCommit: part.commit },
  });
  json(context, 200, {
    Platform: { Name: persona.platformName },
    Components: [
      {
        Name: "Engine",
        Version: persona.version,
        Details: {
          ApiVersion: persona.apiVersion,
          Arch: "amd64",
          BuildTime: persona.buildTime,
          Experimental: "false",
          GitCommit: persona.gitCommit,
          GoVersion: persona.goVersion,
          KernelVersion: machine.kernel.release,
          MinAPIVersion: persona.minApiVersion,
          Os: "linux",
        },
      },
      component("containerd", persona.containerd),
      component("runc", persona.runc),
      component("docker-init", persona.init),
    ],
    Version: persona.version,
    ApiVersion: persona.apiVersion,
    MinAPIVersion: persona.minApiVersion,
    GitCommit: persona.gitCommit,
    GoVersion: persona.goVersion,
    Os: "linux",
    Arch: "amd64",
    KernelVersion: machine.kernel.release,
    BuildTime: persona.buildTime,
  });
}

const LOG_DRIVERS = [
  "awslogs",
  "fluentd",
  "gcplogs",
  "gelf",
  "journald",
  "json-file",
  "local",
  "logentries",
  "splunk",
  "syslog",
];

/** `GET /info`. */
export async function infoHandler(context: Context): Promise<void> {
  await context.timing.wait("info");
  json(context, 200, infoRecord(context));
}

function infoRecord(context: Context): JsonRecord {
  const { engine } = context;
  const { machine, persona, api } = engine;
  const containers = [...engine.containers.values()];
  const count = (...statuses: string[]): number => containers.filter((one) => statuses.includes(one.status)).length;
  const v2 = persona.cgroup.version === 2;
  const old = api <= 41;
  const up = containers.filter(isUp).length;
  const commit = (id: string): JsonRecord => (api >= 49 ? { ID: id } : { ID: id, Expected: id });
  return {
    ID: api >= 42 ? uuidOf(machine.seed) : machine.engineId,
    Containers: containers.length,
    ContainersRunning: count("running", "restarting"),
    ContainersPaused: count("paused"),
    ContainersStopped: count("created", "exited", "dead", "removing"),
    Images: engine.images.size,
    Driver: "overlay2",
    DriverStatus: [
      ["Backing Filesystem", machine.fileSystem],
      ["Supports d_type", "true"],
      ...(old ? [] : [["Using metacopy", "false"]]),
      ["Native Overlay Diff", "true"],
      ["userxattr", "false"],
    ],
    Plugins: {
      Volume: ["local"],
      Network: ["bridge", "host", "ipvlan", "macvlan", "null", "overlay"],
      Authorization: null,
      Log: api >= 43 ? LOG_DRIVERS.filter((name) => name !== "logentries" || api < 44) : LOG_DRIVERS,
    },
    MemoryLimit: true,
    SwapLimit: true,
    ...(old ? { KernelMemory: true, KernelMemoryTCP: true } : {}),
    CpuCfsPeriod: true,
    CpuCfsQuota: true,
    CPUShares: true,
    CPUSet: true,
    PidsLimit: true,
    IPv4Forwarding: true,
    ...(api >= 50 ? {} : { BridgeNfIptables: true, BridgeNfIp6tables: true }),
    Debug: false,
    NFd: 24 + up * 9 + context.engine.streams + (Math.floor(Date.now() / 7000) % 5),
    OomKillDisable: !v2,
    NGoroutines: 38 + up * 8 + context.engine.streams * 2 + (Math.floor(Date.now() / 5000) % 7),
    SystemTime: fullTimeText(now()).replace(/0+Z$/, "Z"),
    LoggingDriver: "json-file",
    CgroupDriver: persona.cgroup.driver,
    CgroupVersion: String(persona.cgroup.version),
    NEventsListener: engine.events.listeners,
    KernelVersion: machine.kernel.release,
    OperatingSystem: persona.operatingSystem,
    OSVersion: persona.osVersion,
    OSType: "linux",
    Architecture: "x86_64",
    IndexServerAddress: "https://index.docker.io/v1/",
    RegistryConfig: {
      ...(api >= 49
        ? {}
        : {
            AllowNondistributableArtifactsCIDRs: api >= 48 ? null : [],
            AllowNondistributableArtifactsHostnames: api >= 48 ? null : [],
          }),
      InsecureRegistryCIDRs: api >= 48 ? ["::1/128", "127.0.0.0/8"] : ["127.0.0.0/8"],
      IndexConfigs: new Map<string, Json>([
        ["docker.io", { Name: "docker.io", Mirrors: [], Secure: true, Official: true }],
      ]),
      Mirrors: api >= 48 ? null : [],
    },
    NCPU: machine.cpus,
    MemTotal: machine.memoryBytes,
    GenericResources: null,
    DockerRootDir: "/var/lib/docker",
    HttpProxy: "",
    HttpsProxy: "",
    NoProxy: "",
    Name: machine.hostname,
    Labels: [],
    ExperimentalBuild: false,
    ServerVersion: persona.version,
    Runtimes: new Map<string, Json>(
      old
        ? [
            ["io.containerd.runc.v2", { path: "runc" }],
            ["io.containerd.runtime.v1.linux", { path: "runc" }],
            ["runc", { path: "runc" }],
          ]
        : [
            ["io.containerd.runc.v2", { path: "runc" }],
            ["runc", { path: "runc" }],
          ],
    ),
    DefaultRuntime: "runc",
    Swarm: {
      NodeID: "",
      NodeAddr: "",
      LocalNodeState: "inactive",
      ControlAvailable: false,
      Error: "",
      RemoteManagers: null,
    },
    LiveRestoreEnabled: false,
    Isolation: "",
    InitBinary: "docker-init",
    ContainerdCommit: commit(persona.containerd.commit),
    RuncCommit: commit(persona.runc.commit),
    InitCommit: commit(persona.init.commit),
    SecurityOptions: [
      "name=apparmor",
      `name=seccomp,profile=${old ? "default" : "builtin"}`,
      ...(v2 ? ["name=cgroupns"] : []),
    ],
    ...(api >= 46 ? { CDISpecDirs: ["/etc/cdi", "/var/run/cdi"] } : {}),
    ...(api >= 47
      ? {
          Containerd: {
            Address: "/run/containerd/containerd.sock",
            Namespaces: { Containers: "moby", Plugins: "plugins.moby" },
          },
        }
      : {}),
    Warnings: null,
  };
}

/** From 23 on the engine's id is a UUID. */
function uuidOf(seed: string): string {
  return `${seed.slice(0, 8)}-${seed.slice(8, 12)}-4${seed.slice(13, 16)}-a${seed.slice(17, 20)}-${seed.slice(20, 32)}`;
}

/** `GET /system/df`. */
export async function diskUsageHandler(context: Context): Promise<void> {
  parseForm(context);
  const { engine, query } = context;
  const types = query.all("type");
  for (const type of types) {
    if (engine.api >= 42 && !["container", "image", "volume", "build-cache"].includes(type)) {
      throw new EngineFault(400, `unknown object type: ${type}`);
    }
  }
  const now = Date.now();
  const images = [...engine.images.values()].sort((left, right) => (left.created > right.created ? -1 : 1));
  await context.timing.wait("create");
  json(context, 200, {
    LayersSize: images.reduce((sum, image) => sum + image.size, 0),
    Images: images.map((image) => imageListRecord(context, image, 0, usersOfImage(context, image))),
    Containers: [...engine.containers.values()].map((container) => listRecord(engine, container, true, now)),
    Volumes: [...engine.volumes.values()].map((volume) => ({
      ...volumeRecord(volume),
      UsageData: { RefCount: usersOf(engine, volume).length, Size: volume.bytes },
    })),
    BuildCache: engine.api >= 44 ? [] : null,
    ...(engine.api >= 42 ? {} : { BuilderSize: 0 }),
  });
}

/** Seconds with a fraction since 1970, a date, or a duration before now; undefined: none was given. */
function eventTime(text: string): bigint | undefined {
  if (text === "") {
    return undefined;
  }
  const seconds = /^(\d{1,12})(?:\.(\d{1,9}))?$/.exec(text);
  if (seconds !== null) {
    return BigInt(seconds[1] ?? "0") * NANOS_PER_SECOND + BigInt((seconds[2] ?? "").padEnd(9, "0"));
  }
  throw new EngineFault(500, `strconv.ParseInt: parsing "${text.split(".")[0]}": invalid syntax`);
}

/** `GET /events`. */
export async function eventsHandler(context: Context): Promise<void> {
  parseForm(context);
  const { engine, query, request, response } = context;
  const since = eventTime(query.get("since"));
  const until = eventTime(query.get("until"));
  if (since !== undefined && until !== undefined && until < since) {
    throw new EngineFault(
      400,
      `\`since\` time (${query.get("since")}) cannot be after \`until\` time (${query.get("until")})`,
    );
  }
  const filters = parseFilters(query.get("filters"));
  response.header("Content-Type", "application/json");
  response.flush();
  const send = (event: EngineEvent): void => {
    if (isWanted(event, filters)) {
      response.write(`${encodeJson(eventRecord(event))}\n`);
      response.flush();
    }
  };
  if (since !== undefined) {
    for (const event of engine.events.since(since, until ?? now())) {
      send(event);
    }
  }
  const leftMs = until === undefined ? Number.POSITIVE_INFINITY : Number((until - now()) / 1_000_000n);
  if (leftMs <= 0) {
    return;
  }
  await new Promise<void>((resolve) => {
    const stop = engine.events.listen(send);
    const timer = leftMs < 2 ** 31 - 1 ? setTimeout(finish, leftMs) : undefined;
    timer?.unref();
    function finish(): void {
      stop();
      clearTimeout(timer);
      request.gone.removeEventListener("abort", finish);
      resolve();
    }
    request.gone.addEventListener("abort", finish);
    if (request.gone.aborted) {
      finish();
    }
  });
}

function isWanted(event: EngineEvent, filters: Filters): boolean {
  const action = event.action.split(":")[0] ?? "";
  const ofType = (type: EngineEvent["type"]): boolean => {
    const name = event.attributes.get("name") ?? "";
    return !filters.has(type) || (event.type === type && (filters.fuzzy(type, event.id) || filters.fuzzy(type, name)));
  };
  const image = event.type === "image" ? event.id : (event.attributes.get("image") ?? "");
  return (
    (filters.exact("event", event.action) || filters.exact("event", action)) &&
    filters.exact("type", event.type) &&
    (!filters.has("scope") || filters.exact("scope", "local")) &&
    ofType("container") &&
    ofType("network") &&
    ofType("volume") &&
    ofType("plugin") &&
    ofType("daemon") &&
    (!filters.has("image") ||
      filters
        .get("image")
        .some(
          (name) =>
            image === name ||
            image === `${name}:latest` ||
            image.split(":")[0] === name ||
            event.attributes.get("name") === name,
        )) &&
    filters.labels(event.attributes)
  );
}
