import {
  CONFIG,
  CREATE_REQUEST,
  CREATE_REQUEST_WITH_FLAT_FIELDS,
  fieldFor,
  type GoStruct,
  HOST_CONFIG,
} from "../../engine/index.ts";
import { createContainer } from "../state/create-container.ts";
import { EngineFault } from "../state/fault.ts";
import { type JsonRecord, structToRecord } from "../state/go-json.ts";
import { warningsOf } from "../state/settings.ts";
import { type Context, json, parseForm } from "./context.ts";
import { readJson } from "./go-errors.ts";
import { cleanConfig, hostConfigRecord } from "./host-config.ts";

/** `POST /containers/create`. */
export async function createHandler(context: Context): Promise<void> {
  parseForm(context);
  const { engine, query, request } = context;
  const flat = engine.api < 46;
  const read = readJson(context, flat ? CREATE_REQUEST_WITH_FLAT_FIELDS : CREATE_REQUEST, {
    status: 500,
    empty: "EOF",
    typeName: flat ? "runconfig.ContainerConfigWrapper" : "container.CreateRequest",
    structName: flat ? "ContainerConfigWrapper" : "CreateRequest",
  });
  const hasConfig =
    read?.node.kind === "object" && read.node.members.some((member) => fieldFor(CONFIG, member.key) !== undefined);
  if (read === undefined || !hasConfig) {
    throw new EngineFault(
      400,
      engine.api >= 44
        ? "config cannot be empty in order to create a container"
        : "Config cannot be empty in order to create a container",
    );
  }
  const nested = read.value.fields.get("HostConfig");
  const host: GoStruct | undefined = nested?.kind === "struct" ? nested : flat ? read.value : undefined;
  const container = createContainer(engine, {
    name: query.get("name"),
    config: cleanConfig(structToRecord(CONFIG, read.value)),
    hostConfig: hostConfigRecord(engine, structToRecord(HOST_CONFIG, host)),
    endpoints: endpoints(
      structToRecord(flat ? CREATE_REQUEST_WITH_FLAT_FIELDS : CREATE_REQUEST, read.value)["NetworkingConfig"],
    ),
    owner: request.remoteAddress,
  });
  if (host === undefined && engine.api <= 41) {
    delete container.hostConfig["Runtime"]; // a request without a HostConfig gets no default runtime
  }
  request.ids.created.containerId = container.id;
  await context.timing.wait("create");
  json(context, 201, { Id: container.id, Warnings: warningsOf(container.hostConfig) });
}

function endpoints(networking: unknown): ReadonlyMap<string, JsonRecord | null> {
  const config =
    networking === null || typeof networking !== "object" ? undefined : (networking as JsonRecord)["EndpointsConfig"];
  return config instanceof Map ? (config as ReadonlyMap<string, JsonRecord | null>) : new Map();
}
