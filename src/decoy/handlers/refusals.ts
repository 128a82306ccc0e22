/** Endpoints of what this engine is not: a swarm, a host of plugins, a daemon with experiments. */
import { EngineFault } from "../state/fault.ts";
import { type Context, type Handler, json, parseForm } from "./context.ts";
import { parseFilters } from "./filters.ts";
import { readJson } from "./go-errors.ts";
import { structOf } from "./types.ts";

const NOT_MANAGER =
  'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.';

/** Reads a list of the swarm: the query is looked at first. */
export const swarmRead: Handler = (context) => {
  parseForm(context);
  parseFilters(context.query.get("filters"));
  throw new EngineFault(503, NOT_MANAGER);
};

const ANYTHING = structOf("Spec", {});

/** Changes something of the swarm: the body is read first. */
export const swarmWrite: Handler = (context) => {
  parseForm(context);
  readBody(context, "swarm.Spec");
  throw new EngineFault(503, NOT_MANAGER);
};

function readBody(context: Context, typeName: string): void {
  readJson(context, ANYTHING, {
    status: 400,
    empty: "got EOF while reading request body",
    typeName,
    structName: "Spec",
  });
}

/** `POST /swarm/init`: refused for a reason that any machine may have. */
export const swarmInit: Handler = (context) => {
  readBody(context, "swarm.InitRequest");
  throw new EngineFault(
    400,
    "must specify a listening address because the address to advertise is not recognized as a system address, and a system's IP address to use could not be uniquely identified",
  );
};

/** `POST /swarm/join`: the other side never answers. */
export const swarmJoin: Handler = async (context) => {
  readBody(context, "swarm.JoinRequest");
  await context.timing.wait("start", 18);
  throw new EngineFault(
    503,
    'Timeout was reached before node joined. The attempt to join the swarm will continue in the background. Use the "docker info" command to see the current swarm status of your node.',
  );
};

export const swarmLeave: Handler = (context) => {
  parseForm(context);
  throw new EngineFault(503, "This node is not part of a swarm");
};

export const serviceLogs: Handler = (context) => {
  parseForm(context);
  if (!context.query.bool("stdout") && !context.query.bool("stderr")) {
    throw new EngineFault(500, "Bad parameters: you must choose at least one stream");
  }
  throw new EngineFault(503, NOT_MANAGER);
};

export const experimental: Handler = () => {
  throw new EngineFault(
    501,
    "This experimental feature is disabled by default. Start the Docker daemon in experimental mode in order to enable it.",
  );
};

export const pluginList: Handler = (context) => {
  parseForm(context);
  parseFilters(context.query.get("filters"));
  json(context, 200, []);
};

export const pluginMissing: Handler = (context) => {
  throw new EngineFault(404, `plugin "${context.vars["name"] ?? ""}" not found`);
};

export const pluginEnable: Handler = (context) => {
  parseForm(context);
  const timeout = context.query.get("timeout");
  if (!/^[+-]?\d+$/.test(timeout)) {
    throw new EngineFault(500, `strconv.Atoi: parsing "${timeout}": invalid syntax`);
  }
  return pluginMissing(context);
};

export const pluginPrivileges: Handler = (context) => {
  parseForm(context);
  const remote = context.query.get("remote");
  if (remote === "") {
    throw new EngineFault(500, "invalid reference format");
  }
  throw new EngineFault(
    404,
    `pull access denied for ${remote.split(":")[0]}, repository does not exist or may require 'docker login': denied: requested access to the resource is denied`,
  );
};

export const pluginPull: Handler = (context) => {
  parseForm(context);
  if (context.request.body.bytes.length === 0) {
    throw new EngineFault(500, "failed to parse privileges: EOF");
  }
  return pluginPrivileges(context);
};

export const pluginSet: Handler = (context) => {
  readBody(context, "[]string");
  return pluginMissing(context);
};

export const pluginCreate: Handler = (context) => {
  parseForm(context);
  context.response.bodyRead = true;
  throw new EngineFault(500, "failed to parse reference : invalid reference format");
};

export const containerCopy: Handler = (context) => {
  context.response.writeHead(404);
};

export const buildPrune: Handler = (context) => {
  parseForm(context);
  parseFilters(context.query.get("filters"));
  json(context, 200, { CachesDeleted: null, SpaceReclaimed: 0 });
};

export const buildCancel: Handler = (context) => {
  if (context.query.get("id") === "") {
    throw new EngineFault(500, "build ID not provided");
  }
  context.response.header("Content-Type", "application/json");
  context.response.writeHead(200);
};

export const options: Handler = (context) => {
  context.response.writeHead(200);
};
