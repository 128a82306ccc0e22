/** `POST /build`: the classic builder. Steps are told as the real one tells them; a RUN goes to the imitated shell. */
import { createHash } from "node:crypto";
import { CONFIG, HOST_CONFIG } from "../../engine/index.ts";
import { type ImageLayer, readTar, type ShellProcess, type TarEntry, writeTar } from "../shell/index.ts";
import { createContainer } from "../state/create-container.ts";
import { EngineFault } from "../state/fault.ts";
import { storeImage } from "../state/first-state.ts";
import { type JsonRecord, structToRecord } from "../state/go-json.ts";
import {
  addImage,
  emptyConfig,
  findImage,
  hashedImage,
  nameOf,
  orderConfig,
  registryImage,
  tagImage,
} from "../state/images.ts";
import { deleteContainer, sessionOf } from "../state/lifecycle.ts";
import type { Image } from "../state/model.ts";
import { now } from "../state/moment.ts";
import { strings } from "../state/mounts.ts";
import { parseReference, type Reference } from "../state/reference.ts";
import { type Context, JsonStream, parseForm } from "./context.ts";
import { applyInstruction, commandOf, type Instruction, pairsOf, parseDockerfile } from "./dockerfile.ts";
import { hostConfigRecord } from "./host-config.ts";
import { layerSize, versionOf } from "./image-archives.ts";

/** How long the imitated shell may work on one RUN, milliseconds. */
export const RUN_MS_MAX = 60_000;

const short = (id: string): string => id.replace("sha256:", "").slice(0, 12);

/** Says what the builder says; quiet builds only say the end. */
interface Teller {
  tell(text: string): Promise<void>;
  fail(message: string, code?: number): Promise<void>;
}

export async function buildHandler(context: Context): Promise<void> {
  parseForm(context);
  const { query, request, response } = context;
  response.bodyRead = true;
  const tags = query.all("t").map((name) => {
    const reference = parseReference(name);
    if (typeof reference === "string") {
      throw new EngineFault(
        400,
        `invalid reference format${reference.includes("lowercase") ? ": repository name must be lowercase" : ""}`,
      );
    }
    return reference;
  });
  const files = await contextFiles(context);
  const dockerfile = query.get("dockerfile") === "" ? "Dockerfile" : query.get("dockerfile").replace(/^\.?\//, "");
  const source = files.find((entry) => entry.name === dockerfile);
  if (source === undefined) {
    throw new EngineFault(500, `Cannot locate specified Dockerfile: ${dockerfile}`);
  }
  const instructions = parseDockerfile(Buffer.from(source.data).toString("utf8"));
  if (typeof instructions === "string") {
    throw new EngineFault(400, instructions);
  }
  const quiet = query.bool("q");
  const stream = new JsonStream(context);
  const teller: Teller = {
    tell: async (text) => (quiet ? undefined : stream.write({ stream: text })),
    fail: (message, code) =>
      stream.write({ errorDetail: code === undefined ? { message } : { code, message }, error: message }),
  };
  const image = await runSteps(context, instructions, files, teller);
  if (image === undefined) {
    return;
  }
  if (quiet) {
    await stream.write({ stream: `${image.id}\n` });
  } else {
    await stream.write({ aux: { ID: image.id } });
    await teller.tell(`Successfully built ${short(image.id)}\n`);
  }
  request.ids.created.imageId = image.id;
  for (const reference of tags) {
    tagImage(context.engine, image, reference);
    await teller.tell(`Successfully tagged ${nameOf(reference)}\n`);
  }
}

/** Files of the context; a remote one is never fetched. */
async function contextFiles(context: Context): Promise<TarEntry[]> {
  const remote = context.query.get("remote");
  if (remote !== "" && remote !== "client-session") {
    const host = remote.replace(/^\w+:\/\/|^git@/, "").split(/[/:]/)[0] ?? "";
    await context.timing.wait("start", 4);
    throw new EngineFault(
      500,
      /^[\d.]+$/.test(host)
        ? `error fetching: fatal: unable to access '${remote}': Failed to connect to ${host} port 80 after 0 ms: Couldn't connect to server\n: exit status 128`
        : `error fetching: fatal: unable to access '${remote}': Could not resolve host: ${host}\n: exit status 128`,
    );
  }
  return readTar(context.request.body.bytes) ?? [];
}

async function runSteps(
  context: Context,
  instructions: readonly Instruction[],
  files: readonly TarEntry[],
  teller: Teller,
): Promise<Image | undefined> {
  let image: Image | undefined;
  const stages = new Map<string, Image>();
  const variables = new Map<string, string>(buildArguments(context));
  for (const [index, instruction] of instructions.entries()) {
    const rest = instruction.name === "RUN" ? instruction.rest : substitute(instruction.rest, variables, image);
    const step = { ...instruction, rest };
    await teller.tell(`Step ${index + 1}/${instructions.length} : ${instruction.name} ${step.rest}`);
    await teller.tell("\n");
    if (step.name === "FROM") {
      const started = await fromStep(context, step, stages, teller);
      if (started === undefined) {
        return undefined;
      }
      image = started;
      const name = /\sas\s+(\S+)$/i.exec(step.rest)?.[1];
      if (name !== undefined) {
        stages.set(name.toLowerCase(), image);
      }
      continue;
    }
    if (step.name === "ARG") {
      const [[name, value] = ["", ""]] = pairsOf(step.rest);
      if (!variables.has(name)) {
        variables.set(name, value);
      }
    }
    if (image === undefined) {
      if (step.name === "ARG") {
        continue;
      }
      await teller.fail("No build stage in current context");
      return undefined;
    }
    const next = await buildStep(context, image, step, files, teller);
    if (next === undefined) {
      return undefined;
    }
    image = next;
  }
  return image;
}

function buildArguments(context: Context): [string, string][] {
  try {
    const parsed: unknown = JSON.parse(context.query.get("buildargs") || "{}");
    return parsed !== null && typeof parsed === "object"
      ? Object.entries(parsed).map(([name, value]) => [name, String(value)])
      : [];
  } catch {
    return []; // the engine ignores what it cannot read here, too
  }
}

function substitute(text: string, variables: ReadonlyMap<string, string>, image: Image | undefined): string {
  const env = new Map(
    strings(image?.config["Env"]).map((variable) => [
      variable.split("=")[0] ?? "",
      variable.slice(variable.indexOf("=") + 1),
    ]),
  );
  return text.replaceAll(/\$(?:\{(\w+)\}|(\w+))/g, (_, braced: string | undefined, bare: string | undefined) => {
    const name = braced ?? bare ?? "";
    return env.get(name) ?? variables.get(name) ?? "";
  });
}

async function fromStep(
  context: Context,
  step: Instruction,
  stages: ReadonlyMap<string, Image>,
  teller: Teller,
): Promise<Image | undefined> {
  const { engine } = context;
  const name = step.rest.replace(/^--platform=\S+\s+/, "").split(/\s+/)[0] ?? "";
  const stage = stages.get(name.toLowerCase());
  if (stage !== undefined) {
    await teller.tell(` ---> ${short(stage.id)}\n`);
    return stage;
  }
  if (name === "scratch") {
    await teller.tell(" ---> \n");
    return scratch();
  }
  const known = context.query.bool("pull") ? undefined : findImage(engine, name);
  if (known !== undefined) {
    await teller.tell(` ---> ${short(known.id)}\n`);
    return known;
  }
  const reference = parseReference(name);
  if (typeof reference === "string") {
    await teller.fail(reference);
    return undefined;
  }
  const image = await pulled(context, reference, teller);
  if (image !== undefined) {
    await teller.tell(` ---> ${short(image.id)}\n`);
  }
  return image;
}

async function pulled(context: Context, reference: Reference, teller: Teller): Promise<Image | undefined> {
  const { engine } = context;
  if (reference.domain !== "docker.io" || !engine.registryReachable) {
    const host = reference.domain === "docker.io" ? "registry-1.docker.io" : reference.domain;
    await teller.fail(
      `Get "https://${host}/v2/": dial tcp: lookup ${host.replace(/:\d+$/, "")} on ${engine.machine.resolver}:53: no such host`,
    );
    return undefined;
  }
  if (registryImage(engine, reference) === undefined) {
    await teller.fail(
      `pull access denied for ${reference.familiar}, repository does not exist or may require 'docker login': denied: requested access to the resource is denied`,
    );
    return undefined;
  }
  await context.timing.wait("layer", 4);
  const image = storeImage(engine, nameOf(reference));
  await teller.tell(`Pulling from ${reference.path}\n`);
  return image;
}

function scratch(): Image {
  return {
    id: "",
    tags: [],
    digests: [],
    parent: "",
    comment: "",
    author: "",
    created: now(),
    container: "",
    containerConfig: emptyConfig(),
    config: emptyConfig(),
    dockerVersion: "",
    size: 0,
    diffIds: [],
    history: [],
    lastTagged: undefined,
    family: "scratch",
    layers: [],
  };
}

async function buildStep(
  context: Context,
  image: Image,
  step: Instruction,
  files: readonly TarEntry[],
  teller: Teller,
): Promise<Image | undefined> {
  const { engine } = context;
  const cacheKey = cacheKeyOf(image, step, files);
  const cached = context.query.bool("nocache") ? undefined : findCached(context, image, cacheKey);
  if (cached !== undefined) {
    await teller.tell(" ---> Using cache\n");
    await teller.tell(` ---> ${short(cached.id)}\n`);
    return cached;
  }
  const changes = await carryOut(context, image, step, files, teller);
  if (changes === undefined) {
    return undefined;
  }
  const created = now();
  const { layer, size } = changes;
  const built = addImage(
    engine,
    hashedImage({
      tags: [],
      digests: [],
      parent: image.id,
      comment: cacheKey,
      author: "",
      created,
      container: changes.container,
      containerConfig: { ...image.config, Cmd: ["/bin/sh", "-c", `#(nop) `, `${step.name} ${step.rest}`] },
      config: changes.config,
      dockerVersion: versionOf(engine),
      size: image.size + size,
      diffIds: layer === undefined ? image.diffIds : [...image.diffIds, layer.diffId],
      history: [
        ...image.history.map((one, index, all) =>
          index === all.length - 1 && one.id === "" ? { ...one, id: image.id } : one,
        ),
        {
          created,
          createdBy: `/bin/sh -c ${step.name === "RUN" ? step.rest : `#(nop)  ${step.name} ${step.rest}`}`,
          comment: "",
          emptyLayer: layer === undefined,
          size,
          id: "",
        },
      ],
      lastTagged: undefined,
      family: image.family,
      layers: layer === undefined ? image.layers : [...image.layers, layer],
    }),
  );
  cacheKeys.set(built, cacheKey);
  await teller.tell(` ---> ${short(built.id)}\n`);
  return built;
}

const cacheKeys = new WeakMap<Image, string>();

function cacheKeyOf(image: Image, step: Instruction, files: readonly TarEntry[]): string {
  const hash = createHash("sha256").update(`${image.id}\u0000${step.name}\u0000${step.rest}`);
  if (step.name === "COPY" || step.name === "ADD") {
    for (const file of files) {
      hash.update(`${file.name}\u0000`).update(file.data);
    }
  }
  return hash.digest("hex");
}

function findCached(context: Context, parent: Image, key: string): Image | undefined {
  return [...context.engine.images.values()].find(
    (image) => image.parent === parent.id && cacheKeys.get(image) === key,
  );
}

interface StepChanges {
  readonly config: JsonRecord;
  readonly layer: ImageLayer | undefined;
  readonly size: number;
  readonly container: string;
}

async function carryOut(
  context: Context,
  image: Image,
  step: Instruction,
  files: readonly TarEntry[],
  teller: Teller,
): Promise<StepChanges | undefined> {
  if (step.name === "RUN") {
    return runStep(context, image, step, teller);
  }
  if (step.name === "COPY" || step.name === "ADD") {
    const copied = copyStep(step, files);
    if (typeof copied === "string") {
      await teller.fail(copied);
      return undefined;
    }
    return { config: image.config, ...layerOf(copied), container: "" };
  }
  await teller.tell(
    ` ---> Running in ${createHash("sha256")
      .update(image.id + step.rest)
      .digest("hex")
      .slice(0, 12)}\n`,
  );
  const config = applyInstruction(image.config, step);
  await teller.tell(
    `Removing intermediate container ${createHash("sha256")
      .update(image.id + step.rest)
      .digest("hex")
      .slice(0, 12)}\n`,
  );
  return { config, layer: undefined, size: 0, container: "" };
}

function layerOf(entries: readonly TarEntry[]): { layer: ImageLayer | undefined; size: number } {
  const tar = writeTar(entries);
  return {
    layer: { diffId: `sha256:${createHash("sha256").update(tar).digest("hex")}`, tar },
    size: layerSize(entries),
  };
}

function copyStep(step: Instruction, files: readonly TarEntry[]): TarEntry[] | string {
  const words = step.rest.startsWith("[")
    ? commandOf(step.rest)
    : step.rest.split(/\s+/).filter((word) => !word.startsWith("--"));
  const target = (words.at(-1) ?? "/").replace(/^\/+/, "");
  const copied: TarEntry[] = [];
  for (const source of words.slice(0, -1)) {
    if (/^https?:\/\//.test(source)) {
      const host = source.replace(/^https?:\/\//, "").split(/[/:]/)[0] ?? "";
      return `ADD failed: Get "${source}": dial tcp: lookup ${host}: no such host`;
    }
    const clean = source.replace(/^(?:\.?\/)+/, "").replace(/\/+$/, "");
    const chosen = files.filter(
      (file) => clean === "" || clean === "." || file.name === clean || file.name.startsWith(`${clean}/`),
    );
    if (chosen.length === 0) {
      return `${step.name} failed: file not found in build context or excluded by .dockerignore: stat ${source}: file does not exist`;
    }
    for (const file of chosen) {
      const inner =
        file.name === clean
          ? target.endsWith("/") || target === ""
            ? (file.name.split("/").at(-1) ?? "")
            : ""
          : clean === "" || clean === "."
            ? file.name
            : file.name.slice(clean.length + 1);
      copied.push({ ...file, name: [target.replace(/\/+$/, ""), inner].filter(Boolean).join("/") });
    }
  }
  return copied;
}

/** A RUN: the shell works in a container that nobody sees afterwards. */
async function runStep(
  context: Context,
  image: Image,
  step: Instruction,
  teller: Teller,
): Promise<StepChanges | undefined> {
  const { engine, request, sink } = context;
  const argv = commandOf(step.rest);
  const config = {
    ...structToRecord(CONFIG, undefined),
    ...image.config,
    Image: image.id,
    Cmd: argv,
    Entrypoint: null,
  };
  const container = createContainer(engine, {
    name: "",
    config: orderConfig(config),
    hostConfig: hostConfigRecord(engine, structToRecord(HOST_CONFIG, undefined)),
    endpoints: new Map(),
    owner: request.remoteAddress,
  });
  await teller.tell(` ---> Running in ${short(container.id)}\n`);
  await context.timing.wait("startInNetwork");
  const output: Buffer[] = [];
  const take = (bytes: Uint8Array): void => {
    output.push(Buffer.from(bytes));
  };
  const session = sessionOf(engine, container);
  const started = await session.run({
    argv,
    env: [],
    workdir: "",
    user: "",
    privileged: false,
    tty: undefined,
    openStdin: false,
    stdout: take,
    stderr: take,
  });
  const exitCode = typeof started === "string" ? 127 : await boundedExit(started);
  const printed = Buffer.concat(output);
  sink.execution({
    connectionId: request.connectionId,
    requestId: request.id,
    time: Date.now(),
    kind: "build",
    containerId: container.id,
    image: image.tags[0] ?? image.id,
    argv,
    env: strings(image.config["Env"]),
    workdir: String(image.config["WorkingDir"]),
    user: String(image.config["User"]),
    tty: false,
    privileged: false,
    input: new Uint8Array(),
    output: printed.subarray(0, 64 * 1024),
    exitCode,
    ...(typeof started === "string" ? {} : { observations: started.observations() }),
  });
  if (printed.length > 0) {
    await teller.tell(printed.toString("utf8"));
  }
  const difference = await session.difference();
  await deleteContainer(engine, container, true, true);
  if (exitCode !== 0) {
    await teller.fail(`The command '${argv.join(" ")}' returned a non-zero code: ${exitCode}`, exitCode);
    return undefined;
  }
  await teller.tell(`Removing intermediate container ${short(container.id)}\n`);
  return { config: image.config, ...layerOf(readTar(difference) ?? []), container: container.id };
}

async function boundedExit(process: ShellProcess): Promise<number> {
  const timer = setTimeout(() => process.kill("KILL"), RUN_MS_MAX);
  timer.unref();
  try {
    return await process.exit;
  } finally {
    clearTimeout(timer);
  }
}
