/** Images: found by the names that people use, made by pull, import, build, commit and load, removed in layers. */
import { createHash } from "node:crypto";
import { type CatalogueImage, layerDigest, officialImage, publishedImage } from "../personas/index.ts";
import type { Engine } from "./engine.ts";
import { EngineFault } from "./fault.ts";
import { encodeJson, type Json, type JsonRecord } from "./go-json.ts";
import { IMAGES_MAX, LAYERS_BYTES_MAX } from "./limits.ts";
import type { HistoryStep, Image } from "./model.ts";
import { fromMs, now } from "./moment.ts";
import { Random, stableId } from "./random.ts";
import { parseReference, type Reference, tagOf } from "./reference.ts";

/** `container.Config` with nothing in it, as an image holds it. */
export function emptyConfig(): JsonRecord {
  return {
    Hostname: "",
    Domainname: "",
    User: "",
    AttachStdin: false,
    AttachStdout: false,
    AttachStderr: false,
    Tty: false,
    OpenStdin: false,
    StdinOnce: false,
    Env: null,
    Cmd: null,
    Image: "",
    Volumes: null,
    WorkingDir: "",
    Entrypoint: null,
    OnBuild: null,
    Labels: null,
  };
}

/** An image by name, name with digest, id or the start of an id. */
export function findImage(engine: Engine, name: string): Image | undefined {
  const hex = name.startsWith("sha256:") ? name.slice(7) : name;
  if (/^[0-9a-f]{64}$/.test(hex)) {
    return engine.images.get(`sha256:${hex}`);
  }
  const reference = parseReference(name);
  if (typeof reference !== "string") {
    const wanted = reference.digest === "" ? nameOf(reference) : `${reference.familiar}@${reference.digest}`;
    for (const image of engine.images.values()) {
      if (image.tags.includes(wanted) || image.digests.includes(wanted)) {
        return image;
      }
    }
  }
  if (/^[0-9a-f]{1,63}$/.test(hex)) {
    const matches = [...engine.images.values()].filter((image) => image.id.startsWith(`sha256:${hex}`));
    return matches.length === 1 ? matches[0] : undefined;
  }
  return undefined;
}

/** `alpine:latest` of `alpine`. */
export const nameOf = (reference: Reference): string =>
  reference.digest === "" ? `${reference.familiar}:${tagOf(reference)}` : `${reference.familiar}@${reference.digest}`;

/** The same, refusing as the daemon's `GetImage` does. */
export function imageNamed(engine: Engine, name: string): Image {
  const image = findImage(engine, name);
  if (image !== undefined) {
    return image;
  }
  const reference = parseReference(name);
  if (typeof reference === "string") {
    throw new EngineFault(
      /^[0-9a-f]{64}$/.test(name) ? 404 : 400,
      /^[0-9a-f]{64}$/.test(name) ? `No such image: sha256:${name}` : reference,
    );
  }
  throw new EngineFault(404, `No such image: ${nameOf(reference)}`);
}

/** Adds an image. Refused when visitors brought too much. */
export function addImage(engine: Engine, image: Image): Image {
  const known = engine.images.get(image.id);
  if (known !== undefined) {
    return known;
  }
  const bytes = [...engine.images.values(), image].reduce(
    (sum, one) => sum + one.layers.reduce((layers, layer) => layers + layer.tar.length, 0),
    0,
  );
  if (engine.images.size >= IMAGES_MAX || bytes > LAYERS_BYTES_MAX) {
    throw new EngineFault(500, "write /var/lib/docker/tmp/GetImageBlob: no space left on device");
  }
  engine.images.set(image.id, image);
  engine.changed();
  return image;
}

/** Gives an image a name; another image loses it. */
export function tagImage(engine: Engine, image: Image, reference: Reference, quiet = false): void {
  const name = `${reference.familiar}:${tagOf(reference)}`;
  for (const other of engine.images.values()) {
    other.tags = other.tags.filter((tag) => tag !== name);
  }
  image.tags = [...image.tags, name].sort();
  image.lastTagged = now();
  if (!quiet) {
    engine.events.add("image", "tag", image.id, new Map([...labelsOf(image), ["name", name]]));
  }
  engine.changed();
}

export function labelsOf(image: Image): ReadonlyMap<string, string> {
  const labels = image.config["Labels"];
  return labels instanceof Map ? (labels as ReadonlyMap<string, string>) : new Map();
}

/** What a registry would send for a name; undefined: it has none of that name. */
export function registryImage(engine: Engine, reference: Reference): CatalogueImage | undefined {
  if (reference.domain !== "docker.io") {
    return undefined;
  }
  const tag = tagOf(reference) === "" ? "latest" : tagOf(reference);
  return reference.path.startsWith("library/")
    ? officialImage(reference.path.slice("library/".length), tag, engine.machine.seed)
    : publishedImage(reference.path, tag, engine.machine.seed);
}

/** Digest of the manifest that the registry has for a name. */
export const manifestDigest = (engine: Engine, reference: Reference): string =>
  `sha256:${reference.digest === "" ? stableId("manifest", engine.machine.seed, reference.path, tagOf(reference)) : reference.digest.slice(7)}`;

/** Makes the image of a catalogue entry as a pull would store it. */
export function imageFromCatalogue(engine: Engine, found: CatalogueImage, reference: Reference): Image {
  const { seed } = engine.machine;
  const random = new Random("built", seed, found.repository, tagOf(reference));
  const created = fromMs(
    engine.machine.installedAt + 30 * 86_400_000 - found.ageDays * 86_400_000 - random.below(86_400_000),
    random.below(1_000_000),
  );
  const config: JsonRecord = {
    ...emptyConfig(),
    User: found.user,
    ...(found.ports.length > 0 ? { ExposedPorts: new Map(found.ports.map((port) => [port, {}])) } : {}),
    Env: found.env,
    Cmd: found.cmd,
    Image: found.repository.startsWith("library/") ? `sha256:${stableId("parent", seed, found.repository)}` : "",
    Volumes: found.volumes.length > 0 ? new Map(found.volumes.map((path) => [path, {}])) : null,
    WorkingDir: found.workdir,
    Entrypoint: found.entrypoint,
    Labels: null,
    ...(found.stopSignal === "" ? {} : { StopSignal: found.stopSignal }),
  };
  const ordered = orderConfig(config);
  const containerConfig = orderConfig({
    ...config,
    Hostname: random.hex(12),
    Cmd: ["/bin/sh", "-c", `#(nop) `, `CMD ${encodeJson((found.cmd ?? []) as Json)}`],
    Labels: new Map(),
  });
  return {
    id: `sha256:${stableId("image", seed, found.repository, tagOf(reference))}`,
    tags: [],
    digests: [],
    parent: "",
    comment: "",
    author: "",
    created,
    container: stableId("build", seed, found.repository),
    containerConfig,
    config: ordered,
    dockerVersion: "20.10.23",
    size: found.sizes.reduce((sum, bytes) => sum + bytes, 0),
    diffIds: found.layers.map((_, index) => `sha256:${stableId("diff", layerDigest(found, index, seed))}`),
    history: catalogueHistory(found, created, random),
    lastTagged: undefined,
    family: found.family,
    layers: [],
  };
}

/** Fields of `container.Config` in Go's order. */
const CONFIG_ORDER = [
  "Hostname",
  "Domainname",
  "User",
  "AttachStdin",
  "AttachStdout",
  "AttachStderr",
  "ExposedPorts",
  "Tty",
  "OpenStdin",
  "StdinOnce",
  "Env",
  "Cmd",
  "Healthcheck",
  "ArgsEscaped",
  "Image",
  "Volumes",
  "WorkingDir",
  "Entrypoint",
  "NetworkDisabled",
  "MacAddress",
  "OnBuild",
  "Labels",
  "StopSignal",
  "StopTimeout",
  "Shell",
] as const;

export function orderConfig(config: JsonRecord): JsonRecord {
  const ordered: JsonRecord = {};
  for (const name of CONFIG_ORDER) {
    const value = config[name];
    if (value !== undefined) {
      ordered[name] = value;
    }
  }
  return ordered;
}

function catalogueHistory(found: CatalogueImage, created: bigint, random: Random): HistoryStep[] {
  const steps: HistoryStep[] = [];
  const step = (createdBy: string, size: number, emptyLayer: boolean) => {
    steps.push({
      created: created - BigInt(random.between(1, 9)) * 1_000_000_000n * BigInt(emptyLayer ? 0 : 1),
      createdBy,
      comment: "",
      emptyLayer,
      size,
      id: "<missing>",
    });
  };
  found.sizes.forEach((size, index) => {
    step(
      index === 0
        ? `/bin/sh -c #(nop) ADD file:${random.hex(64)} in / `
        : size > 1_000_000
          ? `/bin/sh -c set -eux; ${INSTALL[found.family] ?? "apt-get update && apt-get install -y --no-install-recommends ca-certificates"}`
          : `/bin/sh -c #(nop) COPY file:${random.hex(64)} in /usr/local/bin/ `,
      size,
      false,
    );
    if (index === 0 && found.layers.length > 1) {
      step('/bin/sh -c #(nop)  CMD ["bash"]', 0, true);
    }
  });
  for (const variable of found.env.slice(1)) {
    step(`/bin/sh -c #(nop)  ENV ${variable}`, 0, true);
  }
  if (found.entrypoint !== null) {
    step(`/bin/sh -c #(nop)  ENTRYPOINT ${encodeJson(found.entrypoint)}`, 0, true);
  }
  if (found.cmd !== null) {
    step(`/bin/sh -c #(nop)  CMD ${encodeJson(found.cmd)}`, 0, true);
  }
  return steps;
}

const INSTALL: Readonly<Record<string, string>> = {
  alpine: "apk add --no-cache ca-certificates tzdata",
  redhat: "dnf install -y ca-certificates && dnf clean all",
};

/** The id of an image is the hash of its configuration. */
export function hashedImage(image: Omit<Image, "id">): Image {
  const text = encodeJson({
    config: image.config,
    containerConfig: image.containerConfig,
    container: image.container,
    created: image.created,
    parent: image.parent,
    diffIds: image.diffIds,
    history: image.history.map((step) => step.createdBy),
  });
  return { ...image, id: `sha256:${createHash("sha256").update(text).digest("hex")}` };
}

/** Containers made from an image, for the daemon's refusals. */
export function containersOf(engine: Engine, image: Image): string[] {
  return [...engine.containers.values()].filter((one) => one.imageId === image.id).map((one) => one.id);
}
