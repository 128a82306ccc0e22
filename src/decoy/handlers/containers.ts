/** Containers: list, inspect, and everything that answers at once. */
import { HOST_CONFIG, pickFields } from "../../engine/index.ts";
import { EngineFault } from "../state/fault.ts";
import { type Json, type JsonRecord, structToRecord } from "../state/go-json.ts";
import { findImage } from "../state/images.ts";
import { deleteContainer, isUp, renameContainer } from "../state/lifecycle.ts";
import type { Container } from "../state/model.ts";
import { toMs } from "../state/moment.ts";
import { containerRecord, listRecord } from "../state/records.ts";
import { type Context, json, noContent, parseForm } from "./context.ts";
import { type Filters, parseFilters } from "./filters.ts";
import { readJson } from "./go-errors.ts";

/** The container that the path names; its id goes on the record. */
export function namedContainer(context: Context): Container {
  const container = context.engine.container(context.vars["name"] ?? "");
  context.request.ids.named.containerId = container.id;
  return container;
}

const LIST_FILTERS = [
  "ancestor",
  "before",
  "exited",
  "id",
  "isolation",
  "label",
  "name",
  "status",
  "health",
  "since",
  "volume",
  "network",
  "is-task",
  "publish",
  "expose",
];

/** `GET /containers/json`. */
export async function listHandler(context: Context): Promise<void> {
  parseForm(context);
  const { engine, query } = context;
  const filters = parseFilters(query.get("filters"));
  const limitText = query.get("limit");
  if (limitText !== "" && !/^[+-]?\d+$/.test(limitText)) {
    throw new EngineFault(500, `strconv.Atoi: parsing "${limitText}": invalid syntax`);
  }
  filters.accept(LIST_FILTERS);
  checkStatuses(filters);
  for (const code of filters.get("exited")) {
    if (!/^[+-]?\d+$/.test(code)) {
      throw new EngineFault(500, `strconv.Atoi: parsing "${code}": invalid syntax`);
    }
  }
  filters.flag("is-task");
  const limit = Number(limitText);
  const all =
    query.bool("all") || limit > 0 || ["status", "exited", "before", "since"].some((name) => filters.has(name));
  await context.timing.wait("list");
  const now = Date.now();
  let chosen = [...engine.containers.values()]
    .sort((left, right) => (left.created > right.created ? -1 : 1))
    .filter((container) => (all || isUp(container)) && isWanted(context, container, filters));
  const other = (name: string): Container => {
    const found = engine.findContainer(name);
    if (found === undefined) {
      throw new EngineFault(500, `no such container ${name}`);
    }
    return found;
  };
  for (const name of filters.get("before")) {
    chosen = chosen.filter((container) => container.created < other(name).created);
  }
  for (const name of filters.get("since")) {
    chosen = chosen.filter((container) => container.created > other(name).created);
  }
  if (limit > 0) {
    chosen = chosen.slice(0, limit);
  }
  const withSize = query.bool("size");
  json(
    context,
    200,
    chosen.map((container) => listRecord(engine, container, withSize, now)),
  );
}

function checkStatuses(filters: Filters): void {
  for (const status of filters.get("status")) {
    if (!["created", "running", "paused", "restarting", "removing", "exited", "dead"].includes(status)) {
      throw new EngineFault(400, `Invalid filter 'status=${status}'`);
    }
  }
}

function isWanted(context: Context, container: Container, filters: Filters): boolean {
  const { engine } = context;
  const labels = container.config["Labels"] as ReadonlyMap<string, string>;
  const networks = [...container.endpoints].flatMap(([name, endpoint]) => [name, endpoint.networkId]);
  return (
    filters.fuzzy("id", container.id) &&
    (filters.match("name", container.name) || filters.match("name", `/${container.name}`)) &&
    filters.labels(labels) &&
    filters.exact("status", container.status) &&
    (!filters.has("exited") ||
      (container.status === "exited" && filters.exact("exited", String(container.exitCode)))) &&
    (!filters.has("ancestor") ||
      filters.get("ancestor").some((name) => findImage(engine, name)?.id === container.imageId)) &&
    (!filters.has("network") ||
      filters.get("network").some((name) => networks.some((one) => one === name || one.startsWith(name)))) &&
    (!filters.has("volume") ||
      filters
        .get("volume")
        .some((name) => container.mounts.some((mount) => mount.name === name || mount.destination === name))) &&
    (!filters.has("publish") || filters.get("publish").some((port) => hasPort(container, port, true))) &&
    (!filters.has("expose") || filters.get("expose").some((port) => hasPort(container, port, false))) &&
    filters.flag("is-task") !== true &&
    (!filters.has("health") || filters.exact("health", "none"))
  );
}

function hasPort(container: Container, wish: string, published: boolean): boolean {
  const port = wish.includes("/") ? wish : `${wish}/tcp`;
  return published
    ? [...container.ports.values()].some((list) => list?.some((one) => `${one.hostPort}/tcp` === port) === true)
    : container.ports.has(port);
}

/** `GET /containers/{name}/json`. */
export function inspectHandler(context: Context): void {
  parseForm(context);
  const container = namedContainer(context);
  json(context, 200, containerRecord(context.engine, container, context.query.bool("size")));
}

/** `POST /containers/{name}/rename`. */
export function renameHandler(context: Context): void {
  parseForm(context);
  const name = context.query.get("name");
  if (name === "") {
    throw new EngineFault(400, "Neither old nor new names may be empty");
  }
  renameContainer(context.engine, namedContainer(context), name);
  noContent(context);
}

/** `DELETE /containers/{name}`. */
export async function removeHandler(context: Context): Promise<void> {
  parseForm(context);
  const { engine, query } = context;
  if (query.bool("link")) {
    throw new EngineFault(409, `Conflict, cannot remove the default name of the container`);
  }
  const container = namedContainer(context);
  const wasUp = isUp(container);
  if (wasUp && query.bool("force")) {
    await context.timing.wait("kill");
  }
  await deleteContainer(engine, container, query.bool("force"), query.bool("v"));
  await context.timing.wait("remove");
  noContent(context);
}

/** Resources that can be changed while a container is there. */
const UPDATE_FIELDS = new Set([
  "CpuShares",
  "Memory",
  "NanoCpus",
  "BlkioWeight",
  "CpuPeriod",
  "CpuQuota",
  "CpuRealtimePeriod",
  "CpuRealtimeRuntime",
  "CpusetCpus",
  "CpusetMems",
  "KernelMemory",
  "MemoryReservation",
  "MemorySwap",
  "PidsLimit",
  "RestartPolicy",
]);

/** `POST /containers/{name}/update`. */
export async function updateHandler(context: Context): Promise<void> {
  parseForm(context);
  const type = pickFields(HOST_CONFIG, UPDATE_FIELDS);
  const read = readJson(context, type, {
    status: 500,
    empty: "EOF",
    typeName: "container.UpdateConfig",
    structName: "UpdateConfig",
  });
  const container = namedContainer(context);
  const wish: JsonRecord = structToRecord(type, read?.value);
  const memory = Number(wish["Memory"] ?? 0);
  if (memory !== 0 && memory < 6 * 1024 ** 2) {
    throw new EngineFault(400, "Minimum memory limit allowed is 6MB");
  }
  const swap = Number(container.hostConfig["MemorySwap"] ?? 0);
  if (memory > 0 && Number(wish["MemorySwap"] ?? 0) === 0 && swap > 0 && memory > swap) {
    throw new EngineFault(
      400,
      "Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time",
    );
  }
  for (const name of Object.keys(wish)) {
    const value = wish[name] as Json;
    const policy = name === "RestartPolicy" ? String((value as JsonRecord)["Name"]) : "";
    if (name === "RestartPolicy" ? policy !== "" : value !== 0 && value !== "" && value !== null) {
      container.hostConfig[name] = value;
    }
  }
  context.engine.events.ofContainer(container, "update");
  context.engine.changed();
  await context.timing.wait("exec");
  json(context, 200, { Warnings: context.engine.api >= 44 ? [] : null });
}

/** `POST /containers/prune`. */
export async function pruneHandler(context: Context): Promise<void> {
  parseForm(context);
  const { engine } = context;
  const filters = parseFilters(context.query.get("filters"));
  filters.accept(["label", "label!", "until"]);
  const removed: string[] = [];
  let bytes = 0;
  for (const container of [...engine.containers.values()]) {
    const stale = !isUp(container) && container.status !== "restarting";
    if (stale && filters.labels(container.config["Labels"] as ReadonlyMap<string, string>)) {
      bytes += container.writtenBytes;
      removed.push(container.id);
      await deleteContainer(engine, container, false, false);
    }
  }
  engine.events.add("container", "prune", "", new Map([["reclaimed", String(bytes)]]));
  json(context, 200, { ContainersDeleted: removed.length === 0 ? null : removed, SpaceReclaimed: bytes });
}

/** `GET /containers/{name}/top`. */
export async function topHandler(context: Context): Promise<void> {
  parseForm(context);
  const container = namedContainer(context);
  if (!isUp(container)) {
    throw notRunning(context, container);
  }
  await context.timing.wait("top");
  const started = new Date(toMs(container.startedAt ?? 0n)).toISOString().slice(11, 16);
  const args = context.query.get("ps_args");
  const command = [container.path, ...container.args].join(" ");
  const row = (pid: number, parent: number, cmd: string): string[] =>
    args.includes("aux")
      ? ["root", String(pid), "0.0", "0.0", "2484", "1280", "?", "Ss", started, "0:00", cmd]
      : [
          "root",
          String(pid),
          String(parent),
          "0",
          started,
          container.config["Tty"] === true ? "pts/0" : "?",
          "00:00:00",
          cmd,
        ];
  const titles = args.includes("aux")
    ? ["USER", "PID", "%CPU", "%MEM", "VSZ", "RSS", "TTY", "STAT", "START", "TIME", "COMMAND"]
    : ["UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD"];
  json(context, 200, { Processes: [row(container.pid, container.pid - 145, command)], Titles: titles });
}

export function notRunning(context: Context, container: Container): EngineFault {
  return new EngineFault(
    409,
    context.engine.api >= 42 ? `container ${container.id} is not running` : `Container ${container.id} is not running`,
  );
}
