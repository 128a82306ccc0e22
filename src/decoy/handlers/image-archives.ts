/** Images that visitors bring or take: import, load, save, commit. */
import { createHash } from "node:crypto";
import { CONFIG } from "../../engine/index.ts";
import { IMAGE_FAMILIES, type ImageFamily, type ImageLayer, readTar, type TarEntry, writeTar } from "../shell/index.ts";
import type { Engine } from "../state/engine.ts";
import { EngineFault } from "../state/fault.ts";
import { cloneJson, encodeJson, type Json, type JsonRecord, structToRecord } from "../state/go-json.ts";
import { addImage, emptyConfig, findImage, hashedImage, labelsOf, orderConfig, tagImage } from "../state/images.ts";
import { sessionOf } from "../state/lifecycle.ts";
import type { HistoryStep, Image } from "../state/model.ts";
import { now, timeText } from "../state/moment.ts";
import { strings } from "../state/mounts.ts";
import { parseReference } from "../state/reference.ts";
import { type Context, JsonStream, json, parseForm } from "./context.ts";
import { applyChanges } from "./dockerfile.ts";
import { readJson } from "./go-errors.ts";

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** Bytes of the files in a layer. */
export const layerSize = (entries: readonly TarEntry[]): number =>
  entries.reduce((sum, entry) => sum + entry.data.length, 0);

export const versionOf = (engine: Engine): string => engine.persona.version;

/** What the engine's helper says of bytes that are no archive. */
export const badTar = (bytes: Uint8Array): string =>
  `Error processing tar file(exit status 1): ${bytes.length < 512 ? "unexpected EOF" : "archive/tar: invalid tar header"}`;

/** `POST /images/create?fromSrc=…`. */
export async function importImage(context: Context): Promise<void> {
  const { engine, query, request, response } = context;
  const source = query.get("fromSrc");
  const repository = query.get("repo");
  const wished =
    repository === ""
      ? undefined
      : parseReference(query.get("tag") === "" ? repository : `${repository}:${query.get("tag")}`);
  if (typeof wished === "string") {
    throw new EngineFault(400, wished);
  }
  if (source !== "-") {
    if (source === "") {
      throw new EngineFault(500, 'Get "http:": http: no Host in request URL');
    }
    const url = /^https?:\/\//.test(source) ? source : `http://${source}`;
    const host = url.replace(/^https?:\/\//, "").split(/[/:]/)[0] ?? "";
    throw new EngineFault(
      500,
      /^[\d.]+$/.test(host)
        ? `Get "${url}": dial tcp ${host}:80: i/o timeout`
        : `Get "${url}": dial tcp: lookup ${host} on ${engine.machine.resolver}:53: no such host`,
    );
  }
  response.bodyRead = true;
  const entries = readTar(request.body.bytes);
  if (entries === undefined) {
    throw new EngineFault(500, badTar(request.body.bytes));
  }
  const tar = writeTar(entries);
  const layer: ImageLayer = { diffId: `sha256:${sha256(tar)}`, tar };
  const config = applyChanges(emptyConfig(), query.all("changes"));
  const created = now();
  const comment = query.get("message") === "" ? "Imported from -" : query.get("message");
  const size = layerSize(entries);
  const image = addImage(
    engine,
    hashedImage({
      tags: [],
      digests: [],
      parent: "",
      comment,
      author: "",
      created,
      container: "",
      containerConfig: emptyConfig(),
      config,
      dockerVersion: versionOf(engine),
      size,
      diffIds: [layer.diffId],
      history: [{ created, createdBy: "", comment, emptyLayer: false, size, id: "" }],
      lastTagged: undefined,
      family: "scratch",
      layers: [layer],
    }),
  );
  if (wished !== undefined) {
    tagImage(engine, image, wished);
  }
  request.ids.created.imageId = image.id;
  engine.events.add("image", "import", image.id, new Map([["name", image.id]]));
  const stream = new JsonStream(context);
  await stream.write({ status: image.id });
}

/** `POST /commit`. */
export async function commitHandler(context: Context): Promise<void> {
  parseForm(context);
  const { engine, query, request } = context;
  const read =
    request.body.bytes.length === 0
      ? undefined
      : readJson(context, CONFIG, { status: 400, empty: "EOF", typeName: "container.Config", structName: "Config" });
  const container = engine.container(query.get("container"));
  request.ids.named.containerId = container.id;
  const repository = query.get("repo");
  const wished =
    repository === ""
      ? undefined
      : parseReference(query.get("tag") === "" ? repository : `${repository}:${query.get("tag")}`);
  if (typeof wished === "string") {
    throw new EngineFault(400, wished);
  }
  const parent = engine.images.get(container.imageId);
  const difference = await sessionOf(engine, container).difference();
  const entries = readTar(difference) ?? [];
  const layer: ImageLayer = { diffId: `sha256:${sha256(difference)}`, tar: difference };
  const config: JsonRecord = orderConfig({
    ...cloneJson(container.config),
    ...(read === undefined ? {} : nonEmpty(structToRecord(CONFIG, read.value))),
  });
  config["Image"] = container.image;
  const created = now();
  const size = layerSize(entries);
  const step: HistoryStep = {
    created,
    createdBy: [container.path, ...container.args].join(" "),
    comment: query.get("comment"),
    emptyLayer: false,
    size,
    id: "",
  };
  const image = addImage(
    engine,
    hashedImage({
      tags: [],
      digests: [],
      parent: container.imageId,
      comment: query.get("comment"),
      author: query.get("author"),
      created,
      container: container.id,
      containerConfig: container.config,
      config: applyChanges(config, query.all("changes")),
      dockerVersion: versionOf(engine),
      size: (parent?.size ?? 0) + size,
      diffIds: [...(parent?.diffIds ?? []), layer.diffId],
      history: [
        ...(parent?.history ?? []).map((one, index, all) =>
          index === all.length - 1 ? { ...one, id: parent?.id ?? one.id } : one,
        ),
        step,
      ],
      lastTagged: undefined,
      family: parent?.family ?? "scratch",
      layers: [...(parent?.layers ?? []), layer],
    }),
  );
  if (wished !== undefined) {
    tagImage(engine, image, wished);
  }
  engine.events.ofContainer(container, "commit", {
    comment: query.get("comment"),
    imageID: image.id,
    imageRef: repository,
  });
  request.ids.created.imageId = image.id;
  json(context, 201, { Id: image.id });
}

function nonEmpty(record: JsonRecord): JsonRecord {
  return Object.fromEntries(
    Object.entries(record).filter(
      ([, value]) => value !== "" && value !== null && value !== false && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

/** `GET /images/get` and `GET /images/{name}/get`. */
export function saveHandler(context: Context): void {
  parseForm(context);
  const { engine, query, response, vars } = context;
  const names = vars["name"] === undefined ? query.all("names") : [vars["name"]];
  const images = names.map((name) => {
    const image = findImage(engine, name);
    if (image === undefined) {
      throw new EngineFault(404, `No such image: ${name}`);
    }
    return { name, image };
  });
  response.header("Content-Type", "application/x-tar");
  response.writeHead(200);
  const entries = new Map<string, TarEntry>();
  const put = (name: string, data: Uint8Array | undefined): void => {
    entries.set(name, {
      name,
      type: data === undefined ? "directory" : "file",
      mode: data === undefined ? 0o755 : 0o644,
      uid: 0,
      gid: 0,
      mtime: 0,
      linkName: "",
      data: data ?? new Uint8Array(),
    });
  };
  const manifest: Json[] = [];
  for (const { name, image } of images) {
    const config = `${image.id.slice(7)}.json`;
    put(config, Buffer.from(imageConfigText(image)));
    const layers: string[] = [];
    for (const [index, diffId] of image.diffIds.entries()) {
      const folder = sha256(Buffer.from(`${image.id}${diffId}`));
      const own = image.layers[index - (image.diffIds.length - image.layers.length)];
      put(folder, undefined);
      put(`${folder}/VERSION`, Buffer.from("1.0"));
      put(`${folder}/json`, Buffer.from(encodeJson({ id: folder, created: "1970-01-01T00:00:00Z", os: "linux" })));
      put(`${folder}/layer.tar`, own?.tar ?? writeTar([]));
      layers.push(`${folder}/layer.tar`);
    }
    const tags = /^(?:sha256:)?[0-9a-f]{12,64}$/.test(name)
      ? null
      : [...image.tags.filter((tag) => tag === name || tag === `${name}:latest`)];
    manifest.push({ Config: config, RepoTags: tags, Layers: layers });
    engine.events.add("image", "save", image.id, new Map([...labelsOf(image), ["name", image.id]]));
  }
  put(
    "manifest.json",
    Buffer.from(`${encodeJson(images.length === 0 ? null : manifest)}${images.length === 0 ? "\n" : ""}`),
  );
  response.flush();
  response.write(writeTar([...entries.values()].sort((left, right) => (left.name < right.name ? -1 : 1))));
}

function imageConfigText(image: Image): string {
  return encodeJson({
    architecture: "amd64",
    config: image.config,
    container: image.container,
    container_config: image.containerConfig,
    created: timeText(image.created),
    docker_version: image.dockerVersion,
    history: image.history.map((step) => ({
      created: timeText(step.created),
      created_by: step.createdBy,
      ...(step.emptyLayer ? { empty_layer: true } : {}),
    })),
    os: "linux",
    rootfs: { type: "layers", diff_ids: [...image.diffIds] },
    "x-family": image.family,
  });
}

/** `POST /images/load`. */
export async function loadHandler(context: Context): Promise<void> {
  parseForm(context);
  const { engine, request, response } = context;
  response.bodyRead = true;
  response.header("Content-Type", "application/json");
  const entries = readTar(request.body.bytes) ?? [];
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const manifest = parse(byName.get("manifest.json")?.data);
  if (!Array.isArray(manifest)) {
    const message = `open /var/lib/docker/tmp/docker-import-${String(Math.floor(Math.random() * 1e9)).padStart(9, "0")}/repositories: no such file or directory`;
    response.flush();
    response.write(`${encodeJson({ errorDetail: { message }, error: message })}\r\n`);
    return;
  }
  const lines: Json[] = [];
  for (const item of manifest as Record<string, unknown>[]) {
    const image = loadedImage(engine, item, byName);
    if (typeof image === "string") {
      response.write(`${encodeJson({ errorDetail: { message: image }, error: image })}\r\n`);
      return;
    }
    const stored = addImage(engine, image);
    request.ids.created.imageId = stored.id;
    const tags = strings(item["RepoTags"]);
    for (const tag of tags) {
      const reference = parseReference(tag);
      if (typeof reference !== "string") {
        tagImage(engine, stored, reference);
        lines.push({ stream: `Loaded image: ${tag}\n` });
      }
    }
    if (tags.length === 0) {
      lines.push({ stream: `Loaded image ID: ${stored.id}\n` });
    }
    engine.events.add("image", "load", stored.id, new Map([["name", stored.id]]));
  }
  const stream = new JsonStream(context);
  for (const line of lines) {
    await stream.write(line);
  }
}

function loadedImage(
  engine: Engine,
  item: Record<string, unknown>,
  files: ReadonlyMap<string, TarEntry>,
): Image | string {
  const configFile = files.get(String(item["Config"]));
  const config = parse(configFile?.data) as Record<string, unknown> | undefined;
  if (configFile === undefined || config === undefined || config === null || typeof config !== "object") {
    return `open /var/lib/docker/tmp/docker-import-0/${String(item["Config"])}: no such file or directory`;
  }
  const layers: ImageLayer[] = [];
  for (const name of strings(item["Layers"])) {
    const tar = files.get(name)?.data;
    if (tar === undefined) {
      return `open /var/lib/docker/tmp/docker-import-0/${name}: no such file or directory`;
    }
    layers.push({ diffId: `sha256:${sha256(tar)}`, tar: Uint8Array.from(tar) });
  }
  const known = engine.images.get(`sha256:${sha256(configFile.data)}`);
  if (known !== undefined) {
    return known;
  }
  const family = String(config["x-family"]);
  const inner = (config["config"] ?? {}) as Record<string, Json>;
  const created = now();
  return {
    id: `sha256:${sha256(configFile.data)}`,
    tags: [],
    digests: [],
    parent: "",
    comment: "",
    author: "",
    created,
    container: "",
    containerConfig: emptyConfig(),
    config: orderConfig({ ...emptyConfig(), ...withMaps(inner) }),
    dockerVersion: String(config["docker_version"] ?? ""),
    size: layers.reduce((sum, layer) => sum + layerSize(readTar(layer.tar) ?? []), 0),
    diffIds: layers.map((layer) => layer.diffId),
    history: layers.map((layer) => ({
      created,
      createdBy: "",
      comment: "",
      emptyLayer: false,
      size: layer.tar.length,
      id: "<missing>",
    })),
    lastTagged: undefined,
    family: (IMAGE_FAMILIES as readonly string[]).includes(family) ? (family as ImageFamily) : "scratch",
    layers,
  };
}

/** Maps of a parsed configuration, as the state holds them. */
function withMaps(config: Record<string, Json>): JsonRecord {
  const result: JsonRecord = {};
  for (const [name, value] of Object.entries(config)) {
    const isMap =
      ["Labels", "Volumes", "ExposedPorts"].includes(name) &&
      value !== null &&
      typeof value === "object" &&
      !Array.isArray(value);
    result[name] = isMap ? new Map(Object.entries(value as Record<string, Json>)) : value;
  }
  return result;
}

function parse(bytes: Uint8Array | undefined): unknown {
  try {
    return bytes === undefined ? undefined : (JSON.parse(Buffer.from(bytes).toString("utf8")) as unknown);
  } catch {
    return undefined; // not JSON: the caller refuses
  }
}
