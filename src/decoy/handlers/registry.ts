/** Registries that nobody ever asks: pull, push, login, distribution. */

import { layerDigest } from "../personas/index.ts";
import type { Engine } from "../state/engine.ts";
import { EngineFault } from "../state/fault.ts";
import { structToRecord } from "../state/go-json.ts";
import {
  addImage,
  findImage,
  imageFromCatalogue,
  labelsOf,
  manifestDigest,
  nameOf,
  registryImage,
  tagImage,
} from "../state/images.ts";
import { stableId } from "../state/random.ts";
import { parseReference, type Reference, tagOf } from "../state/reference.ts";
import { type Context, JsonStream, json, parseForm } from "./context.ts";
import { readJson } from "./go-errors.ts";
import { importImage } from "./image-archives.ts";
import { STRING, structOf } from "./types.ts";

export function resolverFailure(engine: Engine, url: string, host: string): EngineFault {
  return new EngineFault(500, `Get "${url}": dial tcp: lookup ${host} on ${engine.machine.resolver}:53: no such host`);
}

/** `POST /images/create`: pull or import. */
export async function imageCreateHandler(context: Context): Promise<void> {
  parseForm(context);
  const { query } = context;
  const from = query.get("fromImage");
  if (from === "") {
    await importImage(context);
    return;
  }
  const tag = query.get("tag");
  const named = parseReference(from.replace(/:$/, ""));
  if (typeof named === "string") {
    throw new EngineFault(400, named);
  }
  const full =
    tag === ""
      ? named
      : /^sha256:[0-9a-f]{64}$/.test(tag)
        ? parseReference(`${from.replace(/[:@][^/]*$/, "")}@${tag}`)
        : parseReference(`${nameWithoutTag(from)}:${tag}`);
  if (typeof full === "string") {
    throw new EngineFault(400, "invalid tag format");
  }
  await pull(context, full, tag === "" && named.tag === "" && named.digest === "");
}

const nameWithoutTag = (name: string): string => name.replace(/(?::[^/:@]*)?(?:@.*)?$/, "");

async function pull(context: Context, reference: Reference, allTags: boolean): Promise<void> {
  const { engine } = context;
  const wanted = allTags ? { ...reference, tag: "latest" } : reference;
  const known = findImage(engine, nameOf(wanted));
  if (reference.domain !== "docker.io" && known === undefined) {
    refusePrivate(context, reference);
  }
  if (reference.domain === "docker.io" && !engine.registryReachable) {
    throw resolverFailure(engine, "https://registry-1.docker.io/v2/", "registry-1.docker.io");
  }
  const found = registryImage(engine, wanted);
  if (found === undefined && known === undefined) {
    const name = reference.path.replace(/^library\//, "");
    throw new EngineFault(
      404,
      `pull access denied for ${name}, repository does not exist or may require 'docker login': denied: requested access to the resource is denied`,
    );
  }
  if (context.timing.real) {
    await context.timing.wait("layer", 0.8);
  }
  const digest = manifestDigest(engine, wanted);
  const stream = new JsonStream(context);
  await stream.write({ status: `Pulling from ${reference.path}`, id: tagOf(wanted) || wanted.digest });
  const made = found === undefined ? known : (known ?? imageFromCatalogue(engine, found, wanted));
  if (known === undefined && found !== undefined && made !== undefined) {
    const have = new Set([...engine.images.values()].flatMap((image) => image.diffIds));
    await downloadLayers(
      context,
      stream,
      found.layers.map((bytes, index) => {
        const layer = layerDigest(found, index, engine.machine.seed);
        return {
          id: layer.slice(0, 12),
          bytes,
          size: found.sizes[index] ?? bytes,
          known: have.has(`sha256:${stableId("diff", layer)}`),
        };
      }),
    );
  }
  await stream.write({ status: `Digest: ${digest}` });
  const name = nameOf(wanted);
  if (made !== undefined && known === undefined) {
    const image = addImage(engine, made);
    if (wanted.digest === "") {
      tagImage(engine, image, wanted, true);
    }
    image.digests = [...new Set([...image.digests, `${wanted.familiar}@${digest}`])];
    image.lastTagged = undefined;
    context.request.ids.created.imageId = image.id;
  }
  await stream.write({
    status:
      known === undefined ? `Status: Downloaded newer image for ${name}` : `Status: Image is up to date for ${name}`,
  });
  engine.events.add(
    "image",
    "pull",
    name,
    new Map([...(made === undefined ? [] : labelsOf(made)), ["name", wanted.familiar]]),
  );
  engine.changed();
}

interface Layer {
  readonly id: string;
  readonly bytes: number;
  readonly size: number;
  readonly known: boolean;
}

/** Reports of one layer's download. */
const REPORTS_MAX = 12;

/** Progress of the layers, three at a time, in the words and sizes of the real one. */
async function downloadLayers(context: Context, stream: JsonStream, layers: readonly Layer[]): Promise<void> {
  for (const layer of layers) {
    await stream.write({
      status: layer.known ? "Already exists" : "Pulling fs layer",
      progressDetail: {},
      id: layer.id,
    });
  }
  const missing = layers.filter((layer) => !layer.known);
  for (const layer of missing.slice(3)) {
    await stream.write({ status: "Waiting", progressDetail: {}, id: layer.id });
  }
  for (const layer of missing) {
    const reports = context.timing.real ? Math.min(REPORTS_MAX, Math.max(1, Math.ceil(layer.bytes / 3_000_000))) : 1;
    for (let report = 1; report <= reports && !context.request.gone.aborted; report += 1) {
      const current = Math.floor((layer.bytes * report) / reports);
      await stream.write({
        status: "Downloading",
        progressDetail: { current, total: layer.bytes },
        progress: progressBar(current, layer.bytes),
        id: layer.id,
      });
      await context.timing.wait("layer", Math.min(1, layer.bytes / reports / 6_000_000 + 0.1));
    }
    await stream.write({ status: "Verifying Checksum", progressDetail: {}, id: layer.id });
    await stream.write({ status: "Download complete", progressDetail: {}, id: layer.id });
  }
  for (const layer of missing) {
    const step = Math.min(layer.bytes, Math.max(32_768, Math.floor(layer.bytes / 100)));
    await stream.write({
      status: "Extracting",
      progressDetail: { current: step, total: layer.bytes },
      progress: progressBar(step, layer.bytes),
      id: layer.id,
    });
    await context.timing.wait("layer", Math.min(1.5, layer.size / 60_000_000 + 0.05));
    await stream.write({
      status: "Extracting",
      progressDetail: { current: layer.bytes, total: layer.bytes },
      progress: progressBar(layer.bytes, layer.bytes),
      id: layer.id,
    });
    await stream.write({ status: "Pull complete", progressDetail: {}, id: layer.id });
  }
}

/** jsonmessage's bar of fifty characters. */
function progressBar(current: number, total: number): string {
  const done = Math.min(50, Math.floor((current / total) * 50));
  const bar = done < 50 ? `${"=".repeat(done)}>${" ".repeat(50 - done)}` : `${"=".repeat(50)}>`;
  return `[${bar}]  ${humanSize(current).padStart(8)}/${humanSize(total)}`;
}

/** go-units `HumanSize`: four significant digits, powers of a thousand. */
export function humanSize(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${Number(value.toPrecision(4))}${units[unit]}`;
}

/** A registry of somebody's own: an address of this machine asks for a login, a name cannot be reached. */
function refusePrivate(context: Context, reference: Reference): never {
  const { engine } = context;
  const host = reference.domain.replace(/:\d+$/, "");
  const manifest = `${reference.path}/manifests/${reference.digest || tagOf(reference)}`;
  if (/^(?:127\.\d+\.\d+\.\d+|localhost)$/.test(host)) {
    throw new EngineFault(
      500,
      engine.logins.has(reference.domain)
        ? `manifest for ${nameOf(reference)} not found: manifest unknown: manifest unknown`
        : `Head "http://${reference.domain}/v2/${manifest}": no basic auth credentials`,
    );
  }
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) {
    throw new EngineFault(
      500,
      `Get "https://${reference.domain}/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)`,
    );
  }
  if (!engine.registryReachable) {
    throw resolverFailure(engine, `https://${reference.domain}/v2/`, host);
  }
  throw new EngineFault(
    500,
    `Get "https://${reference.domain}/v2/": dial tcp: lookup ${host} on ${engine.machine.resolver}:53: no such host`,
  );
}

const AUTH_CONFIG = structOf("AuthConfig", {
  username: STRING,
  password: STRING,
  auth: STRING,
  email: STRING,
  serveraddress: STRING,
  identitytoken: STRING,
  registrytoken: STRING,
});

/** `POST /auth`. */
export function authHandler(context: Context): void {
  const read = readJsonLoose(context);
  const { engine } = context;
  const text = (name: string): string => String(read[name] ?? "");
  const server =
    text("serveraddress")
      .replace(/^https?:\/\//, "")
      .split("/")[0] || "index.docker.io";
  if (["index.docker.io", "docker.io", "registry-1.docker.io"].includes(server)) {
    if (!engine.registryReachable) {
      throw resolverFailure(engine, "https://registry-1.docker.io/v2/", "registry-1.docker.io");
    }
    throw new EngineFault(401, 'Get "https://registry-1.docker.io/v2/": unauthorized: incorrect username or password');
  }
  engine.logins.set(server, text("username"));
  engine.changed();
  json(context, 200, { IdentityToken: "", Status: "Login Succeeded" });
}

/** The body of `/auth` is read whatever its type says. */
function readJsonLoose(context: Context): ReturnType<typeof structToRecord> {
  const rules = { status: 500, empty: "EOF", typeName: "types.AuthConfig", structName: "AuthConfig" } as const;
  const { head } = context.request;
  const typed = {
    ...context,
    request: {
      ...context.request,
      head: { ...head, values: new Map([...head.values, ["Content-Type", ["application/json"]]]) },
    },
  };
  return structToRecord(AUTH_CONFIG, readJson(typed, AUTH_CONFIG, rules)?.value);
}

/** `POST /images/{name}/push`. */
export async function imagePushHandler(context: Context): Promise<void> {
  parseForm(context);
  const { engine, query, request, vars } = context;
  const auth = request.head.values.get("X-Registry-Auth")?.[0] ?? "";
  if (auth === "" && request.body.bytes.length === 0) {
    throw new EngineFault(400, "Bad parameters and missing X-Registry-Auth: EOF");
  }
  const name = vars["name"] ?? "";
  const reference = parseReference(query.get("tag") === "" ? name : `${name}:${query.get("tag")}`);
  if (typeof reference === "string") {
    throw new EngineFault(400, reference);
  }
  const full =
    reference.domain === "docker.io" ? `docker.io/${reference.path}` : `${reference.domain}/${reference.path}`;
  const stream = new JsonStream(context);
  await stream.write({ status: `The push refers to repository [${full}]` });
  const image = findImage(engine, nameOf(reference));
  const fail = (message: string): Promise<void> => stream.write({ errorDetail: { message }, error: message });
  if (image === undefined) {
    await fail(
      query.get("tag") === "" && reference.tag === ""
        ? `An image does not exist locally with the tag: ${reference.familiar}`
        : `An image does not exist locally with the tag: ${reference.familiar}`,
    );
    return;
  }
  if (reference.domain === "docker.io" && !engine.registryReachable) {
    await fail(resolverFailure(engine, "https://registry-1.docker.io/v2/", "registry-1.docker.io").message);
    return;
  }
  for (const diffId of image.diffIds) {
    await stream.write({ status: "Preparing", progressDetail: {}, id: diffId.slice(7, 19) });
  }
  await context.timing.wait("layer");
  await fail(
    reference.domain === "docker.io"
      ? "denied: requested access to the resource is denied"
      : engine.logins.has(reference.domain)
        ? "unauthorized: authentication required"
        : "no basic auth credentials",
  );
}

/** `GET /distribution/{name}/json`. */
export function distributionHandler(context: Context): void {
  const { engine, vars } = context;
  const reference = parseReference(vars["name"] ?? "");
  if (typeof reference === "string") {
    throw new EngineFault(400, reference);
  }
  if (!engine.registryReachable) {
    throw resolverFailure(engine, "https://registry-1.docker.io/v2/", "registry-1.docker.io");
  }
  const found = registryImage(engine, reference);
  if (found === undefined) {
    if (reference.domain !== "docker.io") {
      refusePrivate(context, reference);
    }
    throw new EngineFault(
      403,
      "errors:\ndenied: requested access to the resource is denied\nunauthorized: authentication required\n",
    );
  }
  json(context, 200, {
    Descriptor: {
      mediaType: "application/vnd.docker.distribution.manifest.list.v2+json",
      digest: manifestDigest(engine, reference),
      size: 1638,
    },
    Platforms: ["amd64", "arm", "arm64", "386", "ppc64le", "s390x"].map((architecture) => ({
      architecture,
      os: "linux",
    })),
  });
}
