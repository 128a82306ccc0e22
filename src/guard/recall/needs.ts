/** What a policy has to say for one request to be let through: the narrowest words of the language for it. */
import type { DecodedRequest, GoStruct } from "../../engine/index.ts";
import type { Workload } from "../../facts/index.ts";
import { containerGrants, type Grant, OWNER_LABEL, type SeeHostPath, type WrittenClient } from "../../policy/index.ts";
import { workloadOfDecodedBody } from "../../readers/index.ts";
import { parameter, parameters } from "../judge/case.ts";
import { fieldAt, numberAt, textAt, textMapAt, textsAt } from "../judge/go-edit.ts";
import { mergeClients, NO_PORTS } from "./merge-clients.ts";

/** Stands for "no limit at all" until limits are merged; no limit of a container is as large. */
export const UNLIMITED = Number.MAX_SAFE_INTEGER;

/** The narrowest rules for a request whose verb is known. Whether they are enough is for a judge to say. */
export function needsOf(request: DecodedRequest, verb: string, see: SeeHostPath): WrittenClient {
  const parts: WrittenClient[] = [
    { allow: [verb] },
    ...(request.anomalies.length > 0 ? [{ json: "tolerant" as const }] : []),
    ...routeNeeds(request, see),
  ];
  return parts.reduce(mergeClients);
}

/** Drivers whose networks are apart from those of the host. */
const PLAIN_DRIVERS: readonly string[] = ["bridge", "overlay"];

const bodyOf = ({ body }: DecodedRequest): GoStruct | undefined => (body?.kind === "struct" ? body : undefined);

function routeNeeds(request: DecodedRequest, see: SeeHostPath): readonly WrittenClient[] {
  const body = bodyOf(request);
  const name = request.path["name"] ?? "";
  switch (request.route.id) {
    case "container.create":
      return body === undefined ? [] : containerNeeds(body, see);
    case "container.update":
      return [limitNeeds(body), ...(textAt(body, "RestartPolicy", "Name") === "" ? [] : [{ restart: true }])];
    case "container.commit":
      return [writes(named(request, "repo", "tag")), labelNeeds(textMapAt(body, "Labels"))];
    case "image.create":
      return imageCreateNeeds(request);
    case "image.push":
      return [{ images: { registries: [registryOf(name)] } }];
    case "image.tag":
      return [writes(named(request, "repo", "tag"))];
    case "image.search":
      return [{ images: { registries: [registryOf(parameter(request, "term"))] } }];
    case "image.build":
      return buildNeeds(request);
    case "image.inspect":
    case "image.history":
    case "image.save":
    case "image.save-many":
      return [{ images: { use: [name, ...parameters(request, "names")].filter((one) => one !== "") } }];
    case "volume.create":
      return volumeNeeds(body, see);
    case "network.create":
      return [
        { networks: { drivers: ["bridge", ...PLAIN_DRIVERS.filter((driver) => driver === textAt(body, "Driver"))] } },
        labelNeeds(textMapAt(body, "Labels")),
      ];
    case "network.connect":
      return [networkUse([request.path["id"] ?? ""])];
    default:
      return [];
  }
}

function containerNeeds(body: GoStruct, see: SeeHostPath): readonly WrittenClient[] {
  const workload = workloadOfDecodedBody(body, "request");
  const endpoints = fieldAt(body, "NetworkingConfig", "EndpointsConfig");
  const networks = endpoints?.kind === "map" ? [...endpoints.entries.keys()] : [];
  return [
    {
      images: { use: [textAt(body, "Image")] },
      environment: { allow: textsAt(body, "Env").map((variable) => variable.split("=", 1)[0] ?? "") },
      volumes: { use: [] },
      namespaces: { join: "none" },
    },
    labelNeeds(textMapAt(body, "Labels")),
    limitNeeds(body, workload),
    networkUse(networks),
    ...containerGrants(workload, see).map(grantNeeds),
    ...textMapAt(body, "HostConfig", "Annotations").map(([name]): WrittenClient => ({ annotations: [name] })),
  ];
}

/** The section that lets one grant through. Grants that no section is for need nothing, and will be refused. */
function grantNeeds(grant: Grant): WrittenClient {
  switch (grant.kind) {
    case "host-path":
      return {
        mounts: [
          {
            path: grant.path,
            access: grant.readOnly ? "read-only" : "read-write",
            ...(/^r?private$/.test(grant.propagation) ? {} : { propagation: [grant.propagation as "shared"] }),
            ...(grant.socket === true && { sockets: true }),
          },
        ],
      };
    case "volume":
      return {
        volumes: { use: grant.name === "" ? [] : [grant.name], drivers: [...new Set(["local", grant.driver])] },
      };
    case "capability":
      return { capabilities: [grant.capability] };
    case "device":
      return { devices: [{ path: grant.path, access: grant.permissions.replace(/[^rwm]/g, "") || "r" }] };
    case "device-request":
      return { deviceRequests: [grant.driver] };
    case "host-namespace":
      return { namespaces: { host: [grant.namespace] } };
    case "joined-namespace":
      return { namespaces: { join: "own" } };
    case "confinement":
      return confinementNeeds(grant);
    case "published-port":
      return portNeeds(grant);
    default:
      return settingNeeds(grant);
  }
}

function settingNeeds(grant: Grant): WrittenClient {
  switch (grant.kind) {
    case "cgroup-parent":
      return { cgroupParents: [grant.path] };
    case "runtime":
      return { runtimes: [grant.name] };
    case "log-driver":
      return { logDrivers: [grant.driver] };
    case "sysctl":
      return { sysctls: [grant.name] };
    case "network":
      return networkUse([grant.name]);
    case "restart":
      return { restart: true };
    default:
      return {};
  }
}

function confinementNeeds({ layer, detail }: Extract<Grant, { kind: "confinement" }>): WrittenClient {
  switch (layer) {
    case "seccomp":
      return { confinement: { seccomp: "any" } };
    case "apparmor":
      return { confinement: { appArmor: [detail] } };
    case "selinux":
      return { confinement: { selinuxTypes: [detail.replace(/^label=(type:)?/, "")] } };
    case "masked-paths":
    case "read-only-paths":
      return { confinement: { maskedPaths: "any" } };
    case "cgroups":
      return {};
  }
}

function portNeeds({ address, port }: Extract<Grant, { kind: "published-port" }>): WrittenClient {
  const loopback = /^127(\.\d{1,3}){3}$/.test(address) || address === "::1";
  const fixed = /^\d{1,5}(-\d{1,5})?$/.test(port) && port !== "0";
  const range = fixed ? (port.includes("-") ? port : `${port}-${port}`) : NO_PORTS;
  return { ports: { publish: loopback ? "loopback" : "any", range } };
}

/** Stands among networks for one that a request names by its id: which name it has, nobody knows. */
export const ANY_NETWORK = "";

const networkUse = (names: readonly string[]): WrittenClient => ({
  networks: { use: names.map((name) => (/^[0-9a-f]{12,64}$/.test(name) ? ANY_NETWORK : name)) },
});

const labelNeeds = (labels: readonly (readonly [string, string])[]): WrittenClient => ({
  labels: { allow: labels.map(([name]) => name).filter((name) => name !== OWNER_LABEL) },
});

const writes = (name: string): WrittenClient => (name === "" ? {} : { images: { write: [name] } });

/** Units of `NanoCpus` in one CPU, and the scheduler's period where none is said. */
const NANO_CPUS = 1e9;
const CPU_PERIOD_MICROSECONDS = 100_000;

function limitNeeds(body: GoStruct | undefined, workload?: Workload): WrittenClient {
  const path = workload === undefined ? [] : ["HostConfig"];
  const number = (name: string) => numberAt(body, ...path, name) ?? 0;
  const made = workload !== undefined;
  const of = (value: number): number | undefined => (value > 0 ? value : made ? UNLIMITED : undefined);
  const cpus = number("NanoCpus") / NANO_CPUS || number("CpuQuota") / (number("CpuPeriod") || CPU_PERIOD_MICROSECONDS);
  const memory = number("MemorySwap") < 0 ? UNLIMITED : of(number("Memory"));
  const limits = { memory, cpus: of(cpus), pids: of(number("PidsLimit")), shm: of(number("ShmSize")) };
  return { limits: Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined)) };
}

function imageCreateNeeds(request: DecodedRequest): readonly WrittenClient[] {
  const from = parameter(request, "fromImage");
  if (from === "") {
    return [{ allow: ["image.import"] }, writes(named(request, "repo", "tag"))];
  }
  const reference = named(request, "fromImage", "tag");
  return [{ images: { use: [reference], registries: [registryOf(reference)] } }];
}

function buildNeeds(request: DecodedRequest): readonly WrittenClient[] {
  const remote = parameter(request, "remote");
  const mode = parameter(request, "networkmode");
  const plain =
    mode === "" || mode === "default" ? "default" : (["none", "bridge"] as const).find((one) => one === mode);
  return [
    ...parameters(request, "t").map(writes),
    { build: { network: [plain ?? "named"] } },
    ...(plain === undefined ? [networkUse([mode])] : []),
    ...(remote === "" ? [] : [{ build: { remote: [remote] } }]),
    labelNeeds(Object.entries(textMap(parameter(request, "labels")))),
  ];
}

function textMap(text: string): Readonly<Record<string, string>> {
  try {
    const value: unknown = JSON.parse(text === "" ? "{}" : text);
    return typeof value === "object" && value !== null ? (value as Record<string, string>) : {};
  } catch (error) {
    if (error instanceof SyntaxError) {
      return {};
    }
    throw error;
  }
}

function volumeNeeds(body: GoStruct | undefined, see: SeeHostPath): readonly WrittenClient[] {
  const name = textAt(body, "Name");
  const options = textMapAt(body, "DriverOpts");
  const grants = containerGrants(workloadMounting(name, textAt(body, "Driver"), options), see);
  return [...grants.map(grantNeeds), labelNeeds(textMapAt(body, "Labels"))];
}

/** A container that mounts a volume with the options that it is made with: the use that it will come to. */
function workloadMounting(name: string, driver: string, options: readonly (readonly [string, string])[]): Workload {
  const place = { uri: "request" };
  const DriverConfig = { Name: driver, Options: Object.fromEntries(options) };
  return {
    id: "mounting",
    kind: "create-request",
    name: "mounting",
    source: place,
    config: {
      Config: {},
      HostConfig: { Mounts: [{ Type: "volume", Source: name, Target: "/volume", VolumeOptions: { DriverConfig } }] },
    },
    where: () => place,
    unresolved: new Map(),
    surroundings: {},
  };
}

function named(request: DecodedRequest, name: string, tag: string): string {
  const [first, second] = [parameter(request, name), parameter(request, tag)];
  return first === "" || second === ""
    ? first
    : second.startsWith("sha256:")
      ? `${first}@${second}`
      : `${first}:${second}`;
}

/** The registry of a reference: what stands before the first slash, if it looks like a host. */
function registryOf(reference: string): string {
  const [first = "", rest] = reference.split("/", 2);
  return rest !== undefined && (/[.:]/.test(first) || first === "localhost")
    ? first === "index.docker.io"
      ? "docker.io"
      : first
    : "docker.io";
}
