/** Every endpoint of the engine, in the order in which dockerd registers them (20.10.24). */
import { archiveGetHandler, archiveHeadHandler, archivePutHandler, changesHandler, exportHandler } from "./archive.ts";
import { buildHandler } from "./build.ts";
import {
  killHandler,
  pauseHandler,
  resizeHandler,
  restartHandler,
  startHandler,
  stopHandler,
  unpauseHandler,
  waitHandler,
} from "./container-actions.ts";
import { createHandler } from "./container-create.ts";
import { attachHandler, logsHandler, statsHandler } from "./container-streams.ts";
import {
  inspectHandler,
  listHandler,
  pruneHandler,
  removeHandler,
  renameHandler,
  topHandler,
  updateHandler,
} from "./containers.ts";
import type { Handler } from "./context.ts";
import { execCreateHandler, execInspectHandler, execResizeHandler, execStartHandler } from "./exec.ts";
import { commitHandler, loadHandler, saveHandler } from "./image-archives.ts";
import {
  imageHistoryHandler,
  imageInspectHandler,
  imageListHandler,
  imagePruneHandler,
  imageRemoveHandler,
  imageSearchHandler,
  imageTagHandler,
} from "./images.ts";
import {
  networkConnectHandler,
  networkCreateHandler,
  networkDisconnectHandler,
  networkInspectHandler,
  networkListHandler,
  networkPruneHandler,
  networkRemoveHandler,
} from "./networks.ts";
import {
  buildCancel,
  buildPrune,
  containerCopy,
  experimental,
  options,
  pluginCreate,
  pluginEnable,
  pluginList,
  pluginMissing,
  pluginPrivileges,
  pluginPull,
  pluginSet,
  serviceLogs,
  swarmInit,
  swarmJoin,
  swarmLeave,
  swarmRead,
  swarmWrite,
} from "./refusals.ts";
import { authHandler, distributionHandler, imageCreateHandler, imagePushHandler } from "./registry.ts";
import { buildkitHandler, websocketHandler } from "./side-doors.ts";
import { diskUsageHandler, eventsHandler, infoHandler, pingHandler, versionHandler } from "./system.ts";
import {
  volumeCreateHandler,
  volumeInspectHandler,
  volumeListHandler,
  volumePruneHandler,
  volumeRemoveHandler,
} from "./volumes.ts";

/** `{name}` is any text, slashes included. */
const TABLE: readonly (readonly [route: string, handler: Handler])[] = [
  ["GET /containers/{name}/checkpoints", experimental],
  ["POST /containers/{name}/checkpoints", experimental],
  ["DELETE /containers/{name}/checkpoints/{checkpoint}", experimental],
  ["HEAD /containers/{name}/archive", archiveHeadHandler],
  ["GET /containers/json", listHandler],
  ["GET /containers/{name}/export", exportHandler],
  ["GET /containers/{name}/changes", changesHandler],
  ["GET /containers/{name}/json", inspectHandler],
  ["GET /containers/{name}/top", topHandler],
  ["GET /containers/{name}/logs", logsHandler],
  ["GET /containers/{name}/stats", statsHandler],
  ["GET /containers/{name}/attach/ws", websocketHandler],
  ["GET /exec/{name}/json", execInspectHandler],
  ["GET /containers/{name}/archive", archiveGetHandler],
  ["POST /containers/create", createHandler],
  ["POST /containers/{name}/kill", killHandler],
  ["POST /containers/{name}/pause", pauseHandler],
  ["POST /containers/{name}/unpause", unpauseHandler],
  ["POST /containers/{name}/restart", restartHandler],
  ["POST /containers/{name}/start", startHandler],
  ["POST /containers/{name}/stop", stopHandler],
  ["POST /containers/{name}/wait", waitHandler],
  ["POST /containers/{name}/resize", resizeHandler],
  ["POST /containers/{name}/attach", attachHandler],
  ["POST /containers/{name}/copy", containerCopy],
  ["POST /containers/{name}/exec", execCreateHandler],
  ["POST /exec/{name}/start", execStartHandler],
  ["POST /exec/{name}/resize", execResizeHandler],
  ["POST /containers/{name}/rename", renameHandler],
  ["POST /containers/{name}/update", updateHandler],
  ["POST /containers/prune", pruneHandler],
  ["POST /commit", commitHandler],
  ["PUT /containers/{name}/archive", archivePutHandler],
  ["DELETE /containers/{name}", removeHandler],
  ["GET /images/json", imageListHandler],
  ["GET /images/search", imageSearchHandler],
  ["GET /images/get", saveHandler],
  ["GET /images/{name}/get", saveHandler],
  ["GET /images/{name}/history", imageHistoryHandler],
  ["GET /images/{name}/json", imageInspectHandler],
  ["POST /images/load", loadHandler],
  ["POST /images/create", imageCreateHandler],
  ["POST /images/{name}/push", imagePushHandler],
  ["POST /images/{name}/tag", imageTagHandler],
  ["POST /images/prune", imagePruneHandler],
  ["DELETE /images/{name}", imageRemoveHandler],
  ["OPTIONS /{name}", options],
  ["GET /_ping", pingHandler],
  ["HEAD /_ping", pingHandler],
  ["GET /events", eventsHandler],
  ["GET /info", infoHandler],
  ["GET /version", versionHandler],
  ["GET /system/df", diskUsageHandler],
  ["POST /auth", authHandler],
  ["GET /volumes", volumeListHandler],
  ["GET /volumes/{name}", volumeInspectHandler],
  ["POST /volumes/create", volumeCreateHandler],
  ["POST /volumes/prune", volumePruneHandler],
  ["DELETE /volumes/{name}", volumeRemoveHandler],
  ["POST /build", buildHandler],
  ["POST /build/prune", buildPrune],
  ["POST /build/cancel", buildCancel],
  ["POST /session", buildkitHandler("session")],
  ["POST /grpc", buildkitHandler("grpc")],
  ["POST /swarm/init", swarmInit],
  ["POST /swarm/join", swarmJoin],
  ["POST /swarm/leave", swarmLeave],
  ["GET /swarm", swarmRead],
  ["GET /swarm/unlockkey", swarmRead],
  ["POST /swarm/update", swarmWrite],
  ["POST /swarm/unlock", swarmWrite],
  ...["services", "nodes", "tasks", "secrets", "configs"].flatMap((kind): [string, Handler][] => [
    [`GET /${kind}`, swarmRead],
    ...(kind === "services" || kind === "tasks"
      ? [[`GET /${kind}/{name}/logs`, serviceLogs] as [string, Handler]]
      : []),
    [`GET /${kind}/{name}`, swarmRead],
    [`DELETE /${kind}/{name}`, swarmRead],
    [`POST /${kind}/create`, swarmWrite],
    [`POST /${kind}/{name}/update`, swarmWrite],
  ]),
  ["GET /plugins", pluginList],
  ["GET /plugins/{name}/json", pluginMissing],
  ["GET /plugins/privileges", pluginPrivileges],
  ["DELETE /plugins/{name}", pluginMissing],
  ["POST /plugins/{name}/enable", pluginEnable],
  ["POST /plugins/{name}/disable", pluginMissing],
  ["POST /plugins/pull", pluginPull],
  ["POST /plugins/{name}/push", pluginMissing],
  ["POST /plugins/{name}/upgrade", pluginPull],
  ["POST /plugins/{name}/set", pluginSet],
  ["POST /plugins/create", pluginCreate],
  ["GET /distribution/{name}/json", distributionHandler],
  ["GET /networks", networkListHandler],
  ["GET /networks/", networkListHandler],
  ["GET /networks/{name}", networkInspectHandler],
  ["POST /networks/create", networkCreateHandler],
  ["POST /networks/{name}/connect", networkConnectHandler],
  ["POST /networks/{name}/disconnect", networkDisconnectHandler],
  ["POST /networks/prune", networkPruneHandler],
  ["DELETE /networks/{name}", networkRemoveHandler],
];

interface Route {
  readonly pattern: RegExp;
  readonly handler: Handler;
}

/** Routes by method and first part of the path. */
const ROUTES = new Map<string, Route[]>();
for (const [route, handler] of TABLE) {
  const [method = "", path = ""] = route.split(" ");
  const first = path.split("/")[1] ?? "";
  const key = `${method} ${first.startsWith("{") ? "" : first}`;
  const pattern = new RegExp(`^${path.replaceAll("{name}", "(?<name>.*)").replaceAll("{checkpoint}", ".*")}$`, "s");
  ROUTES.set(key, [...(ROUTES.get(key) ?? []), { pattern, handler }]);
}

export interface Match {
  readonly handler: Handler;
  readonly version: string;
  readonly vars: Readonly<Record<string, string>>;
}

const VERSION = /^\/v([0-9.]+)(\/.*)$/s;

/** The handler of a decoded path; undefined: there is no such page. */
export function matchRoute(method: string, path: string): Match | undefined {
  const versioned = VERSION.exec(path);
  const plain = versioned?.[2] ?? path;
  const first = plain.split("/", 2)[1] ?? "";
  for (const key of [`${method} ${first}`, `${method} `]) {
    for (const { pattern, handler } of ROUTES.get(key) ?? []) {
      const match = pattern.exec(plain);
      if (match !== null) {
        return { handler, version: versioned?.[1] ?? "", vars: { ...match.groups } };
      }
    }
  }
  return undefined;
}
