import { endpointWish } from "../state/create-container.ts";
import { EngineFault } from "../state/fault.ts";
import { type JsonRecord, structToRecord } from "../state/go-json.ts";
import type { Network } from "../state/model.ts";
import { connect, createNetwork, disconnect, networkRecord, removeNetwork } from "../state/networks.ts";
import { type Context, json, noContent, parseForm } from "./context.ts";
import { type Filters, parseFilters } from "./filters.ts";
import { readJson } from "./go-errors.ts";
import { BOOL, pointerTo, STRING, STRING_MAP, STRINGS, sliceOf, structOf } from "./types.ts";

const IPAM = structOf("IPAM", {
  Driver: STRING,
  Options: STRING_MAP,
  Config: sliceOf(
    structOf("IPAMConfig", { Subnet: STRING, IPRange: STRING, Gateway: STRING, AuxiliaryAddresses: STRING_MAP }),
  ),
});

const CREATE = structOf("NetworkCreateRequest", {
  CheckDuplicate: BOOL,
  Driver: STRING,
  Scope: STRING,
  EnableIPv6: BOOL,
  IPAM: pointerTo(IPAM),
  Internal: BOOL,
  Attachable: BOOL,
  Ingress: BOOL,
  ConfigOnly: BOOL,
  Options: STRING_MAP,
  Labels: STRING_MAP,
  Name: STRING,
});

const ENDPOINT = structOf("EndpointSettings", {
  IPAMConfig: pointerTo(
    structOf("EndpointIPAMConfig", { IPv4Address: STRING, IPv6Address: STRING, LinkLocalIPs: STRINGS }),
  ),
  Links: STRINGS,
  Aliases: STRINGS,
  DriverOpts: STRING_MAP,
});

const CONNECT = structOf("NetworkConnect", { Container: STRING, EndpointConfig: pointerTo(ENDPOINT) });
const DISCONNECT = structOf("NetworkDisconnect", { Container: STRING, Force: BOOL });

const rules = (typeName: string, structName: string) =>
  ({ status: 400, empty: "got EOF while reading request body", typeName, structName }) as const;

/** `GET /networks`. */
export function networkListHandler(context: Context): void {
  parseForm(context);
  const { engine } = context;
  const filters = parseFilters(context.query.get("filters"));
  filters.accept(["dangling", "driver", "id", "label", "name", "scope", "type"]);
  const chosen = [...engine.networks.values()].filter((network) => isWanted(context, network, filters));
  json(
    context,
    200,
    chosen.map((network) => networkRecord(engine, network, false)),
  );
}

function isWanted(context: Context, network: Network, filters: Filters): boolean {
  const dangling = filters.flag(
    "dangling",
    'invalid value for filter \'dangling\', must be "true" (or "1"), or "false" (or "0")',
  );
  const used = [...context.engine.containers.values()].some((container) => container.endpoints.has(network.name));
  return (
    filters.match("name", network.name) &&
    (!filters.has("id") || filters.get("id").some((id) => network.id.startsWith(id))) &&
    filters.exact("driver", network.driver) &&
    filters.exact("scope", "local") &&
    (!filters.has("type") || filters.get("type").some((type) => (type === "builtin") === network.predefined)) &&
    (dangling === undefined || dangling === (!network.predefined && !used)) &&
    filters.labels(network.labels)
  );
}

/** `GET /networks/{id}`. */
export function networkInspectHandler(context: Context): void {
  parseForm(context);
  const verbose = context.query.get("verbose");
  if (verbose !== "" && !/^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(verbose)) {
    throw new EngineFault(
      400,
      `invalid value for verbose: ${verbose}: strconv.ParseBool: parsing "${verbose}": invalid syntax`,
    );
  }
  json(context, 200, networkRecord(context.engine, context.engine.network(context.vars["name"] ?? ""), true));
}

/** `POST /networks/create`. */
export async function networkCreateHandler(context: Context): Promise<void> {
  parseForm(context);
  const read = readJson(context, CREATE, rules("types.NetworkCreateRequest", "NetworkCreateRequest"));
  const wish: JsonRecord = structToRecord(CREATE, read?.value);
  const ipam = (wish["IPAM"] ?? null) as JsonRecord | null;
  const subnets = (ipam?.["Config"] ?? []) as JsonRecord[];
  const driver = String(wish["Driver"]);
  if (context.timing.real && !["", "bridge", "host", "null", "overlay", "macvlan", "ipvlan"].includes(driver)) {
    await context.timing.wait("start", 15); // the engine looks for a plugin of that name, for fifteen seconds
  }
  const network = createNetwork(context.engine, {
    name: String(wish["Name"]),
    driver,
    checkDuplicate: wish["CheckDuplicate"] === true,
    internal: wish["Internal"] === true,
    attachable: wish["Attachable"] === true,
    enableIPv6: wish["EnableIPv6"] === true,
    ipamDriver: String(ipam?.["Driver"] ?? ""),
    ipamOptions: (ipam?.["Options"] ?? null) as ReadonlyMap<string, string> | null,
    subnets: subnets.filter((subnet) => subnet["Subnet"] !== "").map(withoutEmpty),
    options: (wish["Options"] ?? new Map()) as ReadonlyMap<string, string>,
    labels: (wish["Labels"] ?? new Map()) as ReadonlyMap<string, string>,
  });
  await context.timing.wait("network");
  const twin = [...context.engine.networks.values()].find((one) => one.name === network.name && one !== network);
  const warning = twin === undefined ? "" : `Network with name ${network.name} (id : ${twin.id}) already exists`;
  json(context, 201, { Id: network.id, Warning: warning });
}

function withoutEmpty(subnet: JsonRecord): JsonRecord {
  return Object.fromEntries(
    Object.entries(subnet).filter(
      ([, value]) => value !== "" && value !== null && !(value instanceof Map && value.size === 0),
    ),
  );
}

/** `POST /networks/{id}/connect`. */
export async function networkConnectHandler(context: Context): Promise<void> {
  parseForm(context);
  const { engine } = context;
  const read = readJson(context, CONNECT, rules("types.NetworkConnect", "NetworkConnect"));
  const wish: JsonRecord = structToRecord(CONNECT, read?.value);
  const network = engine.network(context.vars["name"] ?? "");
  const container = engine.container(String(wish["Container"]));
  connect(engine, network, container, endpointWish(wish["EndpointConfig"] as JsonRecord | null));
  await context.timing.wait("network", 0.5);
  context.response.writeHead(200);
}

/** `POST /networks/{id}/disconnect`. */
export function networkDisconnectHandler(context: Context): void {
  parseForm(context);
  const { engine } = context;
  const read = readJson(context, DISCONNECT, rules("types.NetworkDisconnect", "NetworkDisconnect"));
  const wish: JsonRecord = structToRecord(DISCONNECT, read?.value);
  const network = engine.network(context.vars["name"] ?? "");
  disconnect(engine, network, engine.container(String(wish["Container"])), wish["Force"] === true);
  context.response.writeHead(200);
}

/** `DELETE /networks/{id}`. */
export async function networkRemoveHandler(context: Context): Promise<void> {
  parseForm(context);
  removeNetwork(context.engine, context.vars["name"] ?? "");
  await context.timing.wait("network");
  noContent(context);
}

/** `POST /networks/prune`. */
export function networkPruneHandler(context: Context): void {
  parseForm(context);
  const { engine } = context;
  const filters = parseFilters(context.query.get("filters"));
  filters.accept(["label", "label!", "until"]);
  const removed: string[] = [];
  for (const network of [...engine.networks.values()]) {
    const used = [...engine.containers.values()].some((container) => container.endpoints.get(network.name)?.endpointId);
    if (!network.predefined && !used && filters.labels(network.labels)) {
      removeNetwork(engine, network.id);
      removed.push(network.name);
    }
  }
  json(context, 200, { NetworksDeleted: removed.length === 0 ? null : removed });
}
