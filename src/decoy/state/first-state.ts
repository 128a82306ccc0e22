/** What a new installation has: its networks, the images of its past, and workloads with planted credentials. */

import { CONFIG, HOST_CONFIG } from "../../engine/index.ts";
import { BAITS, type Bait } from "../personas/index.ts";
import { createContainer, publishPorts } from "./create-container.ts";
import type { Engine } from "./engine.ts";
import { type Json, type JsonRecord, structToRecord } from "./go-json.ts";
import { imageFromCatalogue, manifestDigest, registryImage, tagImage } from "./images.ts";
import type { Container, Image, Network } from "./model.ts";
import { fromMs } from "./moment.ts";
import { bringUp } from "./networks.ts";
import { Random, stableId } from "./random.ts";
import { parseReference } from "./reference.ts";

/** Images that many hosts have and bots rely on. */
const ALWAYS = ["alpine:latest", "busybox:latest", "ubuntu:latest", "ubuntu:18.04", "ubuntu:20.04"];
const SOMETIMES = [
  "debian:bookworm-slim",
  "node:20-alpine",
  "python:3.11-slim",
  "hello-world:latest",
  "nginx:alpine",
  "centos:7",
  "golang:1.22",
  "php:8.2-fpm",
  "ubuntu:22.04",
];

export function fillFirstState(engine: Engine): void {
  addNetworks(engine);
  const random = new Random("images", engine.machine.seed);
  for (const name of [...ALWAYS, ...SOMETIMES.filter(() => random.chance(0.4))]) {
    storeImage(engine, name);
  }
  for (const bait of BAITS) {
    plant(engine, bait);
  }
}

function addNetworks(engine: Engine): void {
  const { seed, installedAt, engineStartedAt } = engine.machine;
  const random = new Random("networks", seed);
  const add = (name: string, driver: string, at: number, more: Partial<Network>): void => {
    const network: Network = {
      id: stableId("network", seed, name),
      name,
      created: fromMs(at, random.below(1_000_000)),
      driver,
      internal: false,
      attachable: false,
      enableIPv6: false,
      ipamDriver: "default",
      ipamOptions: null,
      subnets: [],
      options: new Map(),
      labels: new Map(),
      predefined: true,
      ...more,
    };
    engine.networks.set(network.id, network);
  };
  const options = {
    "com.docker.network.bridge.default_bridge": "true",
    "com.docker.network.bridge.enable_icc": "true",
    "com.docker.network.bridge.enable_ip_masquerade": "true",
    "com.docker.network.bridge.host_binding_ipv4": "0.0.0.0",
    "com.docker.network.bridge.name": "docker0",
    "com.docker.network.driver.mtu": "1500",
  };
  add("host", "host", installedAt, {});
  add("none", "null", installedAt, {});
  add("bridge", "bridge", engineStartedAt, {
    subnets: [{ Subnet: "172.17.0.0/16", Gateway: "172.17.0.1" }],
    options: new Map(Object.entries(options)),
  });
}

/** Puts an image of the hub into the store, as an earlier pull would have. */
export function storeImage(engine: Engine, name: string): Image | undefined {
  const reference = parseReference(name);
  const found = typeof reference === "string" ? undefined : registryImage(engine, reference);
  if (found === undefined || typeof reference === "string") {
    return undefined;
  }
  const made = imageFromCatalogue(engine, found, reference);
  const image = engine.images.get(made.id) ?? made;
  engine.images.set(image.id, image);
  tagImage(engine, image, reference, true);
  image.digests = [...new Set([...image.digests, `${reference.familiar}@${manifestDigest(engine, reference)}`])];
  image.lastTagged = undefined;
  return image;
}

function plant(engine: Engine, bait: Bait): void {
  const described = bait.describe(engine.machine);
  if (storeImage(engine, described.image) === undefined) {
    return;
  }
  const random = new Random("bait", engine.machine.seed, bait.name);
  const id = stableId("bait", engine.machine.seed, bait.name);
  const container: Container = {
    ...emptyContainer(
      engine,
      described.image,
      described.name,
      new Map(described.labels),
      described.env,
      described.ports,
      described.volume,
    ),
    bait: bait.name,
  };
  engine.containers.delete(container.id);
  const created = fromMs(engine.machine.installedAt + random.between(1, 20) * 86_400_000, random.below(1_000_000));
  const planted: Container = {
    ...container,
    id,
    created,
    status: "running",
    pid: random.between(900, 2900),
    startedAt: fromMs(engine.machine.engineStartedAt + random.between(1500, 6000), random.below(1_000_000)),
    finishedAt: fromMs(engine.machine.bootedAt - random.between(20_000, 90_000), random.below(1_000_000)),
    sandboxId: stableId("sandbox", engine.machine.seed, bait.name),
    writtenBytes: random.between(900, 90_000),
  };
  planted.config["Hostname"] = id.slice(0, 12);
  engine.containers.set(id, planted);
  for (const [network, endpoint] of planted.endpoints) {
    bringUp(engine, planted, engine.network(network), endpoint);
  }
  planted.ports = publishPorts(engine, planted);
  engine.events.restore([]);
}

function emptyContainer(
  engine: Engine,
  image: string,
  name: string,
  labels: ReadonlyMap<string, string>,
  env: readonly string[],
  ports: readonly string[],
  volume: readonly [name: string, path: string] | undefined,
): Container {
  const config: JsonRecord = { ...structToRecord(CONFIG, undefined), Image: image, Env: env, Labels: labels };
  const hostConfig: JsonRecord = structToRecord(HOST_CONFIG, undefined);
  hostConfig["RestartPolicy"] = { Name: "unless-stopped", MaximumRetryCount: 0 };
  hostConfig["Binds"] = volume === undefined ? null : [`${volume[0]}:${volume[1]}`];
  hostConfig["PortBindings"] = new Map<string, Json>(
    ports.map((port) => [`${port.split(":")[1]}/tcp`, [{ HostIp: "", HostPort: port.split(":")[0] ?? "" }]]),
  );
  return createContainer(engine, { name, config, hostConfig, endpoints: new Map(), owner: "" });
}
