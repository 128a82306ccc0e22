/** `POST /containers/create` behind its body: names, images, mounts, networks. */
import type { Engine } from "./engine.ts";
import { EngineFault } from "./fault.ts";
import type { Json, JsonRecord } from "./go-json.ts";
import { emptyConfig, imageNamed, orderConfig } from "./images.ts";
import { CONTAINERS_MAX, CONTAINERS_PER_SOURCE_MAX } from "./limits.ts";
import type { Container, Endpoint, Image, PublishedPort } from "./model.ts";
import { now } from "./moment.ts";
import { mountPoints, strings } from "./mounts.ts";
import { inventName } from "./names.ts";
import { idleEndpoint } from "./networks.ts";
import { newId } from "./random.ts";
import { checkLate, checkModes, checkSettings, fillDefaults } from "./settings.ts";

export interface CreateWish {
  readonly name: string;
  readonly config: JsonRecord;
  readonly hostConfig: JsonRecord;
  /** By network. */
  readonly endpoints: ReadonlyMap<string, JsonRecord | null>;
  readonly owner: string;
}

export const NAME_PATTERN = /^\/?[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

/** Makes a container, or refuses as the daemon does. */
export function createContainer(engine: Engine, wish: CreateWish): Container {
  const { config, hostConfig } = wish;
  checkModes(config, hostConfig);
  fillNetworkMode(engine, hostConfig);
  checkSettings(engine, config, hostConfig);
  if (wish.endpoints.size > 1 && engine.api < 44) {
    throw new EngineFault(
      400,
      `Container cannot be connected to network endpoints: ${[...wish.endpoints.keys()].join(", ")}`,
    );
  }
  checkAddresses(wish.endpoints);
  const wanted = String(config["Image"]);
  const image = wanted === "" ? NO_IMAGE : imageNamed(engine, wanted);
  const merged = mergeConfig(config, image);
  checkName(engine, wish.name);
  refuseTooMany(engine, wish.owner);
  const id = newId();
  checkLate(engine, hostConfig);
  fillDefaults(engine, hostConfig);
  const mounts = mountPoints(engine, merged, hostConfig);
  if (merged["Hostname"] === "") {
    const uts = hostConfig["UTSMode"] === "host" || hostConfig["NetworkMode"] === "host";
    merged["Hostname"] = uts ? engine.machine.hostname : id.slice(0, 12);
  }
  const argv = [...strings(merged["Entrypoint"]), ...strings(merged["Cmd"])];
  const container: Container = {
    id,
    name: wish.name === "" ? inventName(engine) : wish.name.replace(/^\//, ""),
    created: now(),
    image: String(config["Image"]),
    imageId: image.id,
    path: argv[0] ?? "",
    args: argv.slice(1),
    config: orderConfig(merged),
    hostConfig,
    status: "created",
    pid: 0,
    exitCode: 0,
    error: "",
    startedAt: undefined,
    finishedAt: undefined,
    restartCount: 0,
    mounts,
    endpoints: endpointsOf(engine, hostConfig, wish.endpoints),
    sandboxId: "",
    ports: new Map(),
    execIds: [],
    logs: [],
    logBytes: 0,
    writtenBytes: 0,
    bait: "",
    owner: wish.owner,
  };
  engine.containers.set(id, container);
  engine.events.ofContainer(container, "create");
  engine.changed();
  return container;
}

/** A container without an image has nothing in it. */
const NO_IMAGE: Image = {
  id: "",
  tags: [],
  digests: [],
  parent: "",
  comment: "",
  author: "",
  created: 0n,
  container: "",
  containerConfig: emptyConfig(),
  config: emptyConfig(),
  dockerVersion: "",
  size: 0,
  diffIds: [],
  history: [],
  lastTagged: undefined,
  family: "scratch",
  layers: [],
};

function checkAddresses(endpoints: ReadonlyMap<string, JsonRecord | null>): void {
  for (const endpoint of endpoints.values()) {
    const config = endpoint?.["IPAMConfig"] as JsonRecord | null | undefined;
    const address = String(config?.["IPv4Address"] ?? "");
    if (address !== "" && !/^(?:\d{1,3}\.){3}\d{1,3}$/.test(address)) {
      throw new EngineFault(400, `invalid IPv4 address: ${address}`);
    }
  }
}

function fillNetworkMode(engine: Engine, hostConfig: JsonRecord): void {
  if (hostConfig["NetworkMode"] === "") {
    hostConfig["NetworkMode"] = engine.api >= 44 ? "bridge" : "default";
  }
}

function checkName(engine: Engine, name: string): void {
  if (name === "") {
    return;
  }
  if (!NAME_PATTERN.test(name)) {
    throw new EngineFault(400, `Invalid container name (${name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`);
  }
  const plain = name.replace(/^\//, "");
  const other = [...engine.containers.values()].find((container) => container.name === plain);
  if (other !== undefined) {
    throw nameConflict(plain, other.id);
  }
}

export const nameConflict = (name: string, id: string): EngineFault =>
  new EngineFault(
    409,
    `Conflict. The container name "/${name}" is already in use by container "${id}". You have to remove (or rename) that container to be able to reuse that name.`,
  );

function refuseTooMany(engine: Engine, owner: string): void {
  const own = [...engine.containers.values()].filter((container) => container.owner === owner).length;
  if (engine.containers.size >= CONTAINERS_MAX || own >= CONTAINERS_PER_SOURCE_MAX) {
    throw new EngineFault(500, `mkdir /var/lib/docker/overlay2/${newId()}-init: no space left on device`);
  }
}

/** `mergeAndVerifyConfig`: the image's configuration under the request's. */
function mergeConfig(config: JsonRecord, image: Image): JsonRecord {
  const from = image.config;
  const merged: JsonRecord = { ...config };
  for (const name of ["User", "WorkingDir"]) {
    if (merged[name] === "") {
      merged[name] = from[name] ?? "";
    }
  }
  const exposed = joinMaps(from["ExposedPorts"], config["ExposedPorts"]);
  if (exposed !== null) {
    merged["ExposedPorts"] = exposed;
  }
  const written = strings(config["Env"]);
  const names = new Set(written.map((variable) => variable.split("=")[0]));
  if (written.length === 0) {
    merged["Env"] = from["Env"] ?? config["Env"] ?? null;
  } else {
    merged["Env"] = [...written, ...strings(from["Env"]).filter((variable) => !names.has(variable.split("=")[0]))];
  }
  merged["Labels"] = joinMaps(from["Labels"], config["Labels"]) ?? new Map();
  merged["Volumes"] = joinMaps(from["Volumes"], config["Volumes"]);
  if (strings(config["Entrypoint"]).length === 0) {
    if (strings(config["Cmd"]).length === 0) {
      merged["Cmd"] = from["Cmd"] ?? null;
    }
    if (config["Entrypoint"] === null) {
      merged["Entrypoint"] = from["Entrypoint"] ?? null;
    }
  }
  for (const name of ["Healthcheck", "StopSignal", "StopTimeout", "Shell"]) {
    if (merged[name] === undefined && from[name] !== undefined) {
      merged[name] = from[name];
    }
  }
  if (strings(merged["Entrypoint"]).length === 0 && strings(merged["Cmd"]).length === 0) {
    throw new EngineFault(400, "No command specified");
  }
  if (strings(merged["Entrypoint"])[0] === "") {
    merged["Entrypoint"] = null;
  }
  return merged;
}

function joinMaps(below: Json | undefined, above: Json | undefined): Map<string, Json> | null {
  const joined = new Map<string, Json>([
    ...(below instanceof Map ? (below as Map<string, Json>) : []),
    ...(above instanceof Map ? (above as Map<string, Json>) : []),
  ]);
  return joined.size === 0 ? null : joined;
}

function endpointsOf(
  engine: Engine,
  hostConfig: JsonRecord,
  wishes: ReadonlyMap<string, JsonRecord | null>,
): Map<string, Endpoint> {
  const mode = String(hostConfig["NetworkMode"]);
  if (mode.startsWith("container:")) {
    return new Map();
  }
  const name = mode === "default" ? "bridge" : (engine.findNetwork(mode)?.name ?? mode);
  const endpoints = new Map<string, Endpoint>([[name, idleEndpoint()]]);
  for (const [network, wish] of wishes) {
    const key = network === "default" || network === mode ? name : network;
    endpoints.set(key, { ...idleEndpoint(), ...endpointWish(wish) });
  }
  return endpoints;
}

/** What a request says of an endpoint. */
export function endpointWish(wish: JsonRecord | null): Partial<Endpoint> {
  if (wish === null) {
    return {};
  }
  const list = (name: string): string[] | null =>
    wish[name] === null || wish[name] === undefined ? null : strings(wish[name]);
  return {
    ipamConfig: (wish["IPAMConfig"] ?? null) as JsonRecord | null,
    links: list("Links"),
    aliases: list("Aliases"),
    driverOpts: (wish["DriverOpts"] ?? null) as ReadonlyMap<string, string> | null,
  };
}

/** Ports of a container that is up: what is published, and what is only exposed. */
export function publishPorts(engine: Engine, container: Container): Map<string, readonly PublishedPort[] | null> {
  const ports = new Map<string, readonly PublishedPort[] | null>();
  const exposed = container.config["ExposedPorts"];
  const bindings = container.hostConfig["PortBindings"];
  for (const port of exposed instanceof Map ? exposed.keys() : []) {
    ports.set(port, container.hostConfig["PublishAllPorts"] === true ? ephemeral(engine) : null);
  }
  for (const [written, published] of bindings instanceof Map ? bindings : []) {
    const port = written.includes("/") ? written : `${written}/tcp`;
    const wishes = Array.isArray(published) ? (published as JsonRecord[]) : [];
    ports.set(
      port,
      wishes.length === 0
        ? (ports.get(port) ?? null)
        : wishes.flatMap((wish) => publish(engine, String(wish["HostIp"]), String(wish["HostPort"]))),
    );
  }
  return ports;
}

function publish(engine: Engine, ip: string, port: string): PublishedPort[] {
  const [first] = port.split("-");
  const hostPort =
    first === undefined || first === "" || first === "0" ? (ephemeral(engine)[0]?.hostPort ?? "32768") : first;
  return ip === ""
    ? [
        { hostIp: "0.0.0.0", hostPort },
        { hostIp: "::", hostPort },
      ]
    : [{ hostIp: ip, hostPort }];
}

/** The next free port of the range that Linux gives out. */
function ephemeral(engine: Engine): PublishedPort[] {
  const used = new Set(
    [...engine.containers.values()].flatMap((container) =>
      [...container.ports.values()].flatMap((published) => (published ?? []).map((one) => one.hostPort)),
    ),
  );
  let port = 32_768;
  while (used.has(String(port)) && port < 60_999) {
    port += 1;
  }
  return [
    { hostIp: "0.0.0.0", hostPort: String(port) },
    { hostIp: "::", hostPort: String(port) },
  ];
}
