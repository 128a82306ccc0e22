/** Images: list, inspect, history, tag, remove, prune, search. */
import { EngineFault } from "../state/fault.ts";
import type { Json, JsonRecord } from "../state/go-json.ts";
import { imageNamed, labelsOf, tagImage } from "../state/images.ts";
import type { Image } from "../state/model.ts";
import { timeText, toSeconds } from "../state/moment.ts";
import { stableId } from "../state/random.ts";
import { parseReference } from "../state/reference.ts";
import { removeImage } from "../state/remove-image.ts";
import { atLeast, type Context, json, parseForm } from "./context.ts";
import { type Filters, parseFilters } from "./filters.ts";
import { resolverFailure } from "./registry.ts";

export function imageListRecord(context: Context, image: Image, sharedSize: number, containers: number): JsonRecord {
  const { engine } = context;
  const labels = image.config["Labels"];
  return {
    Containers: containers,
    Created: toSeconds(image.created),
    ...(engine.api >= 48 ? { Descriptor: descriptor(image) } : {}),
    Id: image.id,
    Labels: labels instanceof Map && labels.size > 0 ? labels : null,
    ParentId: image.parent,
    RepoDigests:
      image.digests.length > 0
        ? [...image.digests]
        : image.tags.length > 0
          ? engine.api >= 44
            ? []
            : null
          : ["<none>@<none>"],
    RepoTags: image.tags.length > 0 ? [...image.tags] : image.digests.length > 0 ? null : ["<none>:<none>"],
    SharedSize: sharedSize,
    Size: image.size,
    ...(engine.api <= 43 ? { VirtualSize: image.size } : {}),
  };
}

const descriptor = (image: Image): JsonRecord => ({
  mediaType: "application/vnd.oci.image.index.v1+json",
  digest: `sha256:${stableId("descriptor", image.id)}`,
  size: 1609,
});

/** `GET /images/json`. */
export async function imageListHandler(context: Context): Promise<void> {
  parseForm(context);
  const { engine, query } = context;
  const filters = parseFilters(query.get("filters"));
  if (query.get("filter") !== "" && !atLeast(context, "1.41")) {
    json(
      context,
      200,
      [...engine.images.values()]
        .filter((image) => image.tags.some((tag) => tag.startsWith(query.get("filter"))))
        .map((image) => imageListRecord(context, image, -1, -1)),
    );
    return;
  }
  filters.accept(["dangling", "label", "before", "since", "reference", "until"]);
  const dangling = filters.flag("dangling");
  const all = query.bool("all");
  await context.timing.wait("list");
  const chosen = [...engine.images.values()]
    .filter((image) => {
      const unnamed = image.tags.length === 0 && image.digests.length === 0;
      const isParent = [...engine.images.values()].some((other) => other.parent === image.id);
      return (
        (all || !(unnamed && isParent)) &&
        (dangling === undefined || dangling === (unnamed && !isParent)) &&
        filters.labels(labelsOf(image)) &&
        hasReference(image, filters) &&
        isBetween(context, image, filters)
      );
    })
    .sort((left, right) => (left.created > right.created ? -1 : 1));
  json(
    context,
    200,
    chosen.map((image) => {
      const record = imageListRecord(context, image, -1, -1);
      return filters.has("reference") ? { ...record, RepoTags: shownTags(image, filters) } : record;
    }),
  );
}

function shownTags(image: Image, filters: Filters): Json {
  const tags = image.tags.filter((tag) => filters.get("reference").some((pattern) => referenceMatches(pattern, tag)));
  return tags;
}

function hasReference(image: Image, filters: Filters): boolean {
  const patterns = filters.get("reference");
  return patterns.length === 0 || image.tags.some((tag) => patterns.some((pattern) => referenceMatches(pattern, tag)));
}

/** `path.Match` of a pattern with the name, with and without its tag. */
function referenceMatches(pattern: string, tag: string): boolean {
  if (pattern.length > 300) {
    return false;
  }
  const expression = new RegExp(
    `^${pattern
      .replaceAll(/[.+^${}()|\\]/g, "\\$&")
      .replaceAll("*", "[^/]*")
      .replaceAll("?", "[^/]")}$`,
  );
  return expression.test(tag) || expression.test(tag.replace(/:[^/:]*$/, ""));
}

function isBetween(context: Context, image: Image, filters: Filters): boolean {
  const before = filters.get("before").map((name) => imageNamed(context.engine, name));
  const since = filters.get("since").map((name) => imageNamed(context.engine, name));
  return (
    before.every((other) => image.created < other.created) && since.every((other) => image.created > other.created)
  );
}

/** A missing image, in the words of `GET /images/{name}/json`. */
function inspected(context: Context): Image {
  const name = context.vars["name"] ?? "";
  try {
    return imageNamed(context.engine, name);
  } catch (error) {
    if (error instanceof EngineFault && (error.status === 404 || error.status === 400)) {
      throw new EngineFault(error.status, `no such image: ${name}: ${error.message}`);
    }
    throw error;
  }
}

/** `GET /images/{name}/json`. */
export function imageInspectHandler(context: Context): void {
  const image = inspected(context);
  const { engine } = context;
  const layer = stableId("top-of", image.id);
  const folder = (name: string, part: string): string => `/var/lib/docker/overlay2/${name}/${part}`;
  const lower = image.diffIds.slice(0, -1).map((diffId) => folder(stableId("layer", diffId), "diff"));
  const v44 = engine.api >= 44;
  const v45 = engine.api >= 45;
  json(context, 200, {
    Id: image.id,
    RepoTags: [...image.tags],
    RepoDigests: [...image.digests],
    Parent: image.parent,
    Comment: image.comment,
    Created: timeText(image.created),
    ...(v45 ? {} : { Container: image.container, ContainerConfig: image.containerConfig }),
    DockerVersion: image.dockerVersion,
    Author: image.author,
    Config: image.config,
    Architecture: "amd64",
    Os: "linux",
    Size: image.size,
    ...(v44 ? {} : { VirtualSize: image.size }),
    GraphDriver: {
      Data: new Map([
        ...(lower.length === 0 ? [] : [["LowerDir", lower.reverse().join(":")] as const]),
        ["MergedDir", folder(layer, "merged")],
        ["UpperDir", folder(layer, "diff")],
        ["WorkDir", folder(layer, "work")],
      ]),
      Name: "overlay2",
    },
    RootFS: { Type: "layers", Layers: [...image.diffIds] },
    Metadata: { LastTagTime: timeText(image.lastTagged) },
    ...(engine.api >= 48 ? { Descriptor: descriptor(image) } : {}),
  });
}

/** `GET /images/{name}/history`. */
export function imageHistoryHandler(context: Context): void {
  const image = imageNamed(context.engine, context.vars["name"] ?? "");
  const steps = [...image.history].reverse();
  json(
    context,
    200,
    steps.map((step, index) => {
      const id = index === 0 ? image.id : step.id;
      const tags = index === 0 ? image.tags : (context.engine.images.get(id)?.tags ?? []);
      return {
        Comment: step.comment,
        Created: toSeconds(step.created),
        CreatedBy: step.createdBy,
        Id: id,
        Size: step.size,
        Tags: tags.length === 0 ? null : [...tags],
      };
    }),
  );
}

/** `POST /images/{name}/tag`. */
export function imageTagHandler(context: Context): void {
  parseForm(context);
  const { engine, query } = context;
  const invalid = engine.api >= 42 ? 400 : 500;
  const image = imageNamed(engine, context.vars["name"] ?? "");
  const repository = query.get("repo");
  const parsed = parseReference(repository);
  if (typeof parsed === "string") {
    throw new EngineFault(invalid, repository === "" ? "invalid reference format" : parsed);
  }
  const tag = query.get("tag");
  const full = tag === "" ? parsed : parseReference(`${parsed.familiar}:${tag}`);
  if (typeof full === "string") {
    throw new EngineFault(invalid, "invalid tag format");
  }
  if (parsed.digest !== "") {
    throw new EngineFault(400, "refusing to create a tag with a digest reference");
  }
  tagImage(engine, image, full);
  context.response.writeHead(201);
}

/** `DELETE /images/{name}`. */
export async function imageRemoveHandler(context: Context): Promise<void> {
  parseForm(context);
  const name = context.vars["name"] ?? "";
  if (name.trim() === "") {
    throw new EngineFault(500, "image name cannot be blank");
  }
  const removed = removeImage(context.engine, name, context.query.bool("force"), !context.query.bool("noprune"));
  await context.timing.wait("remove", 0.6);
  json(context, 200, removed);
}

/** `POST /images/prune`. */
export function imagePruneHandler(context: Context): void {
  parseForm(context);
  const { engine } = context;
  const filters = parseFilters(context.query.get("filters"));
  filters.accept(["dangling", "label", "label!", "until"]);
  const onlyDangling = filters.flag("dangling") !== false;
  const removed: JsonRecord[] = [];
  let bytes = 0;
  for (const image of [...engine.images.values()]) {
    const used = [...engine.containers.values()].some((container) => container.imageId === image.id);
    const dangling = image.tags.length === 0 && image.digests.length === 0;
    const parent = [...engine.images.values()].some((other) => other.parent === image.id);
    if (
      !used &&
      !parent &&
      (dangling || !onlyDangling) &&
      filters.labels(labelsOf(image)) &&
      engine.images.has(image.id)
    ) {
      bytes += image.size;
      removed.push(...removeImage(engine, image.id, true, true));
    }
  }
  engine.events.add("image", "prune", "", new Map([["reclaimed", String(bytes)]]));
  json(context, 200, { ImagesDeleted: removed.length === 0 ? null : removed, SpaceReclaimed: bytes });
}

/** `GET /images/search`. */
export function imageSearchHandler(context: Context): void {
  parseForm(context);
  const { engine, query } = context;
  const term = query.get("term");
  const limit = query.get("limit") === "" ? 25 : Number(query.get("limit"));
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    throw new EngineFault(
      400,
      query.get("limit") === "" ? "" : `Limit ${query.get("limit")} is outside the range of [1, 100]`,
    );
  }
  parseFilters(query.get("filters")).accept(["is-automated", "is-official", "stars"]);
  if (!engine.registryReachable) {
    throw resolverFailure(
      engine,
      `https://index.docker.io/v1/search?q=${encodeURIComponent(term)}&n=${limit}`,
      "index.docker.io",
    );
  }
  if (term.trim() === "") {
    throw new EngineFault(500, "Search term is required");
  }
  const safe = term
    .toLowerCase()
    .replaceAll(/[^a-z0-9._/-]/g, "")
    .slice(0, 60);
  const results: JsonRecord[] = [safe, `bitnami/${safe}`, `${safe}/${safe}`, `library-${safe}/${safe}`]
    .slice(0, limit)
    .map((name, index) => ({
      star_count: Math.max(0, 900 - index * 290),
      is_official: index === 0 && !name.includes("/"),
      name,
      is_automated: false,
      description: index === 0 ? `Official build of ${safe}.` : "",
    }));
  json(context, 200, results);
}

/** Containers that use the image, for disk usage. */
export function usersOfImage(context: Context, image: Image): number {
  return [...context.engine.containers.values()].filter((container) => container.imageId === image.id).length;
}
