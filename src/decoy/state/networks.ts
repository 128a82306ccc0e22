/** Networks: addresses are handed out as the bridge driver does, lowest free first. */
import type { Engine } from "./engine.ts";
import { EngineFault } from "./fault.ts";
import type { Json, JsonRecord } from "./go-json.ts";
import { NETWORKS_MAX } from "./limits.ts";
import type { Container, Endpoint, Network } from "./model.ts";
import { now, timeText } from "./moment.ts";
import { newId } from "./random.ts";

/** What a create request said. */
export interface NetworkWish {
  readonly name: string;
  readonly driver: string;
  readonly checkDuplicate: boolean;
  readonly internal: boolean;
  readonly attachable: boolean;
  readonly enableIPv6: boolean;
  readonly ipamDriver: string;
  readonly ipamOptions: ReadonlyMap<string, string> | null;
  readonly subnets: readonly JsonRecord[];
  readonly options: ReadonlyMap<string, string>;
  readonly labels: ReadonlyMap<string, string>;
}

const PREDEFINED = ["bridge", "host", "none", "default"];
const DRIVERS = ["bridge", "host", "ipvlan", "macvlan", "null", "overlay"];

export function createNetwork(engine: Engine, wish: NetworkWish): Network {
  if (PREDEFINED.includes(wish.name)) {
    throw new EngineFault(403, `operation is not permitted on predefined ${wish.name} network `);
  }
  if (wish.checkDuplicate && [...engine.networks.values()].some((network) => network.name === wish.name)) {
    throw new EngineFault(409, `network with name ${wish.name} already exists`);
  }
  if (wish.name.trim() === "") {
    throw new EngineFault(engine.api < 44 ? 500 : 400, `invalid name: ${wish.name}`);
  }
  const driver = wish.driver === "" ? "bridge" : wish.driver;
  if (!DRIVERS.includes(driver)) {
    throw new EngineFault(404, `plugin "${driver}" not found`);
  }
  if (driver === "overlay") {
    throw new EngineFault(
      500,
      'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
    );
  }
  if (driver === "macvlan" || driver === "ipvlan") {
    throw new EngineFault(500, "operation not supported");
  }
  if (!["", "default", "null"].includes(wish.ipamDriver)) {
    throw new EngineFault(404, `plugin "${wish.ipamDriver}" not found`);
  }
  if (wish.enableIPv6 && !wish.subnets.some((subnet) => String(subnet["Subnet"]).includes(":"))) {
    throw new EngineFault(
      404,
      "could not find an available, non-overlapping IPv6 address pool among the defaults to assign to the network",
    );
  }
  if (driver === "host" || driver === "null") {
    throw new EngineFault(403, `only one instance of "${driver}" network is allowed`);
  }
  for (const subnet of wish.subnets) {
    checkSubnet(engine, String(subnet["Subnet"] ?? ""));
  }
  if (engine.networks.size >= NETWORKS_MAX) {
    throw new EngineFault(
      500,
      "could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network",
    );
  }
  const subnets = wish.subnets.length > 0 ? wish.subnets : [freeSubnet(engine)];
  const network: Network = {
    id: newId(),
    name: wish.name,
    created: now(),
    driver,
    internal: wish.internal,
    attachable: wish.attachable,
    enableIPv6: wish.enableIPv6,
    ipamDriver: wish.ipamDriver === "" ? "default" : wish.ipamDriver,
    ipamOptions: wish.ipamOptions,
    subnets,
    options: wish.options,
    labels: wish.labels,
    predefined: false,
  };
  engine.networks.set(network.id, network);
  engine.events.add(
    "network",
    "create",
    network.id,
    new Map([
      ["name", network.name],
      ["type", driver],
    ]),
  );
  engine.changed();
  return network;
}

function checkSubnet(engine: Engine, subnet: string): void {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(subnet);
  if (match === null && !subnet.includes(":")) {
    throw new EngineFault(400, `Invalid subnet ${subnet} : invalid CIDR address: ${subnet}`);
  }
  const used = [...engine.networks.values()].flatMap((network) => network.subnets.map((one) => one["Subnet"]));
  if (used.includes(subnet)) {
    throw new EngineFault(403, "Pool overlaps with other one on this address space");
  }
}

function freeSubnet(engine: Engine): JsonRecord {
  const used = new Set([...engine.networks.values()].flatMap((network) => network.subnets.map((one) => one["Subnet"])));
  for (let second = 18; second < 32; second += 1) {
    if (!used.has(`172.${second}.0.0/16`)) {
      return { Subnet: `172.${second}.0.0/16`, Gateway: `172.${second}.0.1` };
    }
  }
  for (let third = 0; third < 256; third += 16) {
    if (!used.has(`192.168.${third}.0/20`)) {
      return { Subnet: `192.168.${third}.0/20`, Gateway: `192.168.${third}.1` };
    }
  }
  throw new EngineFault(
    500,
    "could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network",
  );
}

/** `172.18.0.` of `172.18.0.0/16`. */
const prefixOf = (subnet: string): string => subnet.replace(/\d+\/\d+$/, "");

export function removeNetwork(engine: Engine, name: string): void {
  const network = engine.network(name);
  if (network.predefined) {
    throw new EngineFault(403, `${network.name} is a pre-defined network and cannot be removed`);
  }
  if (attached(engine, network).length > 0) {
    throw new EngineFault(
      403,
      `error while removing network: network ${network.name} id ${network.id} has active endpoints`,
    );
  }
  engine.networks.delete(network.id);
  engine.events.add(
    "network",
    "destroy",
    network.id,
    new Map([
      ["name", network.name],
      ["type", network.driver],
    ]),
  );
  engine.changed();
}

/** Containers that run with an endpoint in the network. */
function attached(engine: Engine, network: Network): Container[] {
  return [...engine.containers.values()].filter(
    (container) => isUp(container) && container.endpoints.get(network.name)?.endpointId,
  );
}

const isUp = (container: Container): boolean => container.status === "running" || container.status === "paused";

/** An endpoint as it is before the container has started. */
export function idleEndpoint(): Endpoint {
  return {
    networkId: "",
    ipamConfig: null,
    links: null,
    aliases: null,
    driverOpts: null,
    endpointId: "",
    gateway: "",
    ipAddress: "",
    prefixLength: 0,
    mac: "",
  };
}

/** Fills an endpoint with an address and tells of it. */
export function bringUp(engine: Engine, container: Container, network: Network, endpoint: Endpoint): void {
  endpoint.networkId = network.id;
  endpoint.endpointId = newId();
  const [subnet] = network.subnets;
  if (subnet !== undefined && network.driver !== "host" && network.driver !== "null") {
    const wished = endpoint.ipamConfig?.["IPv4Address"];
    const prefix = prefixOf(String(subnet["Subnet"]));
    const used = new Set(
      [...engine.containers.values()].map((other) => other.endpoints.get(network.name)?.ipAddress ?? ""),
    );
    let host = 2;
    while (used.has(`${prefix}${host}`) && host < 254) {
      host += 1;
    }
    endpoint.ipAddress = typeof wished === "string" && wished !== "" ? wished : `${prefix}${host}`;
    endpoint.prefixLength = Number(String(subnet["Subnet"]).split("/")[1] ?? 16);
    endpoint.gateway = String(subnet["Gateway"] ?? `${prefix}1`);
    const hex = endpoint.ipAddress.split(".").map((part) => Number(part).toString(16).padStart(2, "0"));
    endpoint.mac = `02:42:${hex.join(":")}`;
  }
  engine.events.add(
    "network",
    "connect",
    network.id,
    new Map([
      ["container", container.id],
      ["name", network.name],
      ["type", network.driver],
    ]),
  );
}

/** Takes the address back; the endpoint remembers its network. */
export function takeDown(engine: Engine, container: Container, network: Network | undefined, endpoint: Endpoint): void {
  endpoint.endpointId = "";
  endpoint.gateway = "";
  endpoint.ipAddress = "";
  endpoint.prefixLength = 0;
  endpoint.mac = "";
  if (network !== undefined) {
    engine.events.add(
      "network",
      "disconnect",
      network.id,
      new Map([
        ["container", container.id],
        ["name", network.name],
        ["type", network.driver],
      ]),
    );
  }
}

export function connect(engine: Engine, network: Network, container: Container, wish: Partial<Endpoint>): void {
  const mode = String(container.hostConfig["NetworkMode"]);
  if (network.name === "host" || mode === "host") {
    throw new EngineFault(
      403,
      network.name === "host"
        ? "container cannot be connected to host network"
        : "container sharing network namespace with another container or host cannot be connected to any other network",
    );
  }
  if (mode.startsWith("container:")) {
    throw new EngineFault(
      403,
      "container sharing network namespace with another container or host cannot be connected to any other network",
    );
  }
  if (isUp(container) && container.endpoints.has("none")) {
    throw new EngineFault(
      403,
      "container cannot be connected to multiple networks with one of the networks in private (none) mode",
    );
  }
  if (container.endpoints.get(network.name)?.endpointId) {
    throw new EngineFault(403, `endpoint with name ${container.name} already exists in network ${network.name}`);
  }
  const endpoint: Endpoint = { ...idleEndpoint(), ...wish, networkId: network.id };
  if (network.name !== "bridge") {
    const short = container.id.slice(0, 12);
    endpoint.aliases = [
      ...(endpoint.aliases ?? []).filter((alias) => alias !== short),
      ...(isUp(container) ? [short] : []),
    ];
    endpoint.aliases = endpoint.aliases.length === 0 ? null : endpoint.aliases;
  }
  container.endpoints.set(network.name, endpoint);
  if (isUp(container)) {
    bringUp(engine, container, network, endpoint);
  }
  engine.changed();
}

export function disconnect(engine: Engine, network: Network, container: Container, force: boolean): void {
  if (network.name === "host") {
    throw new EngineFault(403, "container cannot be disconnected from host network or connected to host network");
  }
  const endpoint = container.endpoints.get(network.name);
  if (endpoint === undefined) {
    throw new EngineFault(
      isUp(container) ? 500 : 403,
      `container ${container.id} is not connected to network ${isUp(container) ? network.id : network.name}`,
    );
  }
  if (isUp(container) || force) {
    takeDown(engine, container, network, endpoint);
  }
  container.endpoints.delete(network.name);
  engine.changed();
}

/** The document of `GET /networks/{id}`. */
export function networkRecord(engine: Engine, network: Network, withContainers: boolean): JsonRecord {
  const containers = new Map<string, Json>();
  for (const container of withContainers ? attached(engine, network) : []) {
    const endpoint = container.endpoints.get(network.name);
    containers.set(container.id, {
      Name: container.name,
      EndpointID: endpoint?.endpointId ?? "",
      MacAddress: endpoint?.mac ?? "",
      IPv4Address: endpoint?.ipAddress ? `${endpoint.ipAddress}/${endpoint.prefixLength}` : "",
      IPv6Address: "",
    });
  }
  return {
    Name: network.name,
    Id: network.id,
    Created: timeText(network.created),
    Scope: "local",
    Driver: network.driver,
    ...(engine.api >= 48 ? { EnableIPv4: true } : {}),
    EnableIPv6: network.enableIPv6,
    IPAM: { Driver: network.ipamDriver, Options: network.ipamOptions, Config: network.subnets as Json },
    Internal: network.internal,
    Attachable: network.attachable,
    Ingress: false,
    ConfigFrom: { Network: "" },
    ConfigOnly: false,
    Containers: containers,
    Options: network.options,
    Labels: network.labels,
  };
}
