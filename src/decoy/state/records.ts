/** Containers as inspect and list show them. */
import type { Engine } from "./engine.ts";
import { isEmpty, type Json, type JsonRecord } from "./go-json.ts";
import type { Container, Endpoint, MountPoint } from "./model.ts";
import { humanDuration, timeText, toMs, toSeconds } from "./moment.ts";
import { stableId } from "./random.ts";

const DOCKER_ROOT = "/var/lib/docker";

export function stateRecord(container: Container): JsonRecord {
  const { status } = container;
  return {
    Status: status,
    Running: status === "running" || status === "paused" || status === "restarting",
    Paused: status === "paused",
    Restarting: status === "restarting",
    OOMKilled: false,
    Dead: status === "dead",
    Pid: container.pid,
    ExitCode: container.exitCode,
    Error: container.error,
    StartedAt: timeText(container.startedAt),
    FinishedAt: timeText(container.finishedAt),
  };
}

export function endpointRecord(engine: Engine, container: Container, endpoint: Endpoint, list: boolean): JsonRecord {
  const up = endpoint.endpointId !== "";
  const before: JsonRecord = {
    IPAMConfig: list ? null : endpoint.ipamConfig,
    Links: list ? null : endpoint.links,
    Aliases: list ? null : endpoint.aliases,
  };
  const after: JsonRecord = {
    NetworkID: endpoint.networkId,
    EndpointID: endpoint.endpointId,
    Gateway: endpoint.gateway,
    IPAddress: endpoint.ipAddress,
    IPPrefixLen: endpoint.prefixLength,
    IPv6Gateway: "",
    GlobalIPv6Address: "",
    GlobalIPv6PrefixLen: 0,
  };
  if (engine.api >= 44) {
    return {
      ...before,
      MacAddress: endpoint.mac,
      DriverOpts: list ? null : endpoint.driverOpts,
      ...(engine.api >= 48 ? { GwPriority: 0 } : {}),
      ...after,
      DNSNames:
        list || !up ? null : [...new Set([container.name, ...(endpoint.aliases ?? []), container.id.slice(0, 12)])],
    };
  }
  return { ...before, ...after, MacAddress: endpoint.mac, DriverOpts: list ? null : endpoint.driverOpts };
}

function networkSettings(engine: Engine, container: Container): JsonRecord {
  const bridge = container.endpoints.get("bridge");
  const networks = new Map<string, Json>();
  for (const [name, endpoint] of container.endpoints) {
    networks.set(name, endpointRecord(engine, container, endpoint, false));
  }
  const sandbox: JsonRecord = {
    SandboxID: container.sandboxId,
    ...(engine.api >= 48 ? {} : { HairpinMode: false, LinkLocalIPv6Address: "", LinkLocalIPv6PrefixLen: 0 }),
  };
  const ports = { Ports: portsRecord(container) };
  const key = {
    SandboxKey: container.sandboxId === "" ? "" : `/var/run/docker/netns/${container.sandboxId.slice(0, 12)}`,
  };
  return {
    Bridge: "",
    ...sandbox,
    ...(engine.api >= 44 ? { ...key, ...ports } : { ...ports, ...key }),
    ...(engine.api >= 48 ? { HairpinMode: false, LinkLocalIPv6Address: "", LinkLocalIPv6PrefixLen: 0 } : {}),
    SecondaryIPAddresses: null,
    SecondaryIPv6Addresses: null,
    EndpointID: bridge?.endpointId ?? "",
    Gateway: bridge?.gateway ?? "",
    GlobalIPv6Address: "",
    GlobalIPv6PrefixLen: 0,
    IPAddress: bridge?.ipAddress ?? "",
    IPPrefixLen: bridge?.prefixLength ?? 0,
    IPv6Gateway: "",
    MacAddress: bridge?.mac ?? "",
    Networks: networks,
  };
}

function portsRecord(container: Container): Json {
  const ports = new Map<string, Json>();
  for (const [port, published] of container.ports) {
    ports.set(
      port,
      published === null ? null : published.map(({ hostIp, hostPort }) => ({ HostIp: hostIp, HostPort: hostPort })),
    );
  }
  return ports;
}

function mountRecord(mount: MountPoint): JsonRecord {
  return {
    Type: mount.type,
    ...(mount.name === "" ? {} : { Name: mount.name }),
    Source: mount.source,
    Destination: mount.destination,
    ...(mount.driver === "" ? {} : { Driver: mount.driver }),
    Mode: mount.mode,
    RW: mount.writable,
    Propagation: mount.propagation,
  };
}

function graphDriver(container: Container): JsonRecord {
  const layer = stableId("layer-of", container.id);
  const path = (name: string, part: string): string => `${DOCKER_ROOT}/overlay2/${name}/${part}`;
  return {
    Data: new Map([
      ["LowerDir", `${path(`${layer}-init`, "diff")}:${path(stableId("top-of", container.imageId), "diff")}`],
      ["MergedDir", path(layer, "merged")],
      ["UpperDir", path(layer, "diff")],
      ["WorkDir", path(layer, "work")],
    ]),
    Name: "overlay2",
  };
}

/** The document of `GET /containers/{id}/json`. */
export function containerRecord(engine: Engine, container: Container, withSize: boolean): JsonRecord {
  const folder = `${DOCKER_ROOT}/containers/${container.id}`;
  const started = container.startedAt !== undefined;
  const image = engine.images.get(container.imageId);
  return {
    Id: container.id,
    Created: timeText(container.created),
    Path: container.path,
    Args: container.args as Json,
    State: stateRecord(container),
    Image: container.imageId,
    ResolvConfPath: started ? `${folder}/resolv.conf` : "",
    HostnamePath: started ? `${folder}/hostname` : "",
    HostsPath: started ? `${folder}/hosts` : "",
    LogPath: started && logDriver(container) === "json-file" ? `${folder}/${container.id}-json.log` : "",
    Name: `/${container.name}`,
    RestartCount: container.restartCount,
    Driver: "overlay2",
    Platform: "linux",
    MountLabel: "",
    ProcessLabel: "",
    AppArmorProfile: started ? appArmorProfile(container) : "",
    ExecIDs: container.execIds.length === 0 ? null : [...container.execIds],
    HostConfig: container.hostConfig,
    GraphDriver: graphDriver(container),
    ...(withSize ? { SizeRw: container.writtenBytes, SizeRootFs: (image?.size ?? 0) + container.writtenBytes } : {}),
    Mounts: container.mounts.map(mountRecord),
    Config: container.config,
    NetworkSettings: networkSettings(engine, container),
    ...(engine.api >= 48 ? { ImageManifestDescriptor: imageDescriptor(container.imageId) } : {}),
  };
}

function imageDescriptor(imageId: string): JsonRecord {
  return {
    mediaType: "application/vnd.docker.distribution.manifest.v2+json",
    digest: `sha256:${stableId("descriptor", imageId)}`,
    size: 1000 + (Number.parseInt(imageId.slice(7, 11), 16) % 2000),
    platform: { architecture: "amd64", os: "linux" },
  };
}

export function logDriver(container: Container): string {
  const config = container.hostConfig["LogConfig"] as JsonRecord;
  return String(config["Type"]);
}

function appArmorProfile(container: Container): string {
  const options = container.hostConfig["SecurityOpt"];
  const wished = Array.isArray(options)
    ? options.map(String).find((option) => option.startsWith("apparmor"))
    : undefined;
  return (
    wished?.slice("apparmor=".length) ?? (container.hostConfig["Privileged"] === true ? "unconfined" : "docker-default")
  );
}

/** `Up 5 minutes`, `Exited (0) 3 seconds ago`. */
export function statusText(container: Container, nowMs: number): string {
  const since = (moment: bigint | undefined): string => humanDuration(nowMs - toMs(moment ?? 0n));
  switch (container.status) {
    case "running":
      return `Up ${since(container.startedAt)}`;
    case "paused":
      return `Up ${since(container.startedAt)} (Paused)`;
    case "restarting":
      return `Restarting (${container.exitCode}) ${since(container.finishedAt)} ago`;
    case "removing":
      return "Removal In Progress";
    case "dead":
      return "Dead";
    case "created":
      return "Created";
    case "exited":
      return container.finishedAt === undefined
        ? "Created"
        : `Exited (${container.exitCode}) ${since(container.finishedAt)} ago`;
  }
}

/** An entry of `GET /containers/json`. */
export function listRecord(engine: Engine, container: Container, withSize: boolean, nowMs: number): JsonRecord {
  const networks = new Map<string, Json>();
  for (const [name, endpoint] of container.endpoints) {
    networks.set(name, endpointRecord(engine, container, endpoint, true));
  }
  const image = engine.images.get(container.imageId);
  return {
    Id: container.id,
    Names: [`/${container.name}`],
    Image: imageNameFor(engine, container),
    ImageID: container.imageId,
    ...(engine.api >= 48 ? { ImageManifestDescriptor: imageDescriptor(container.imageId) } : {}),
    Command: commandText(container),
    Created: toSeconds(container.created),
    Ports: listPorts(container),
    ...(withSize && container.writtenBytes > 0 ? { SizeRw: container.writtenBytes } : {}),
    ...(withSize ? { SizeRootFs: (image?.size ?? 0) + container.writtenBytes } : {}),
    Labels: (container.config["Labels"] ?? new Map()) as Json,
    State: container.status,
    Status: statusText(container, nowMs),
    HostConfig: {
      NetworkMode: container.hostConfig["NetworkMode"] ?? "",
      ...(isEmpty(container.hostConfig["Annotations"])
        ? {}
        : { Annotations: container.hostConfig["Annotations"] ?? null }),
    },
    NetworkSettings: { Networks: networks },
    Mounts: container.mounts.map(mountRecord),
  };
}

/** The name the container was made with, unless that name now belongs to another image: then the image's id. */
function imageNameFor(engine: Engine, container: Container): string {
  const wanted =
    container.image.includes(":") || container.image.includes("@") ? container.image : `${container.image}:latest`;
  const image = engine.images.get(container.imageId);
  if (container.imageId.includes(container.image) || image?.tags.includes(wanted) === true) {
    return container.image;
  }
  return image?.digests.includes(container.image) ? container.image : container.imageId;
}

function commandText(container: Container): string {
  const words = container.args.map((argument) =>
    argument.includes(" ") ? `'${argument.replaceAll("'", "\\'")}'` : argument,
  );
  return [container.path, ...words].join(" ");
}

function listPorts(container: Container): Json[] {
  const ports: Json[] = [];
  for (const [port, published] of container.ports) {
    const [number, type] = port.split("/");
    if (published === null) {
      ports.push({ PrivatePort: Number(number), Type: type ?? "tcp" });
      continue;
    }
    for (const { hostIp, hostPort } of published) {
      ports.push({
        IP: hostIp,
        PrivatePort: Number(number),
        PublicPort: Number(hostPort),
        Type: type ?? "tcp",
      });
    }
  }
  return ports;
}
