/** `docker rmi`: names go first, then what nothing refers to. */
import type { Engine } from "./engine.ts";
import { EngineFault } from "./fault.ts";
import type { JsonRecord } from "./go-json.ts";
import { imageNamed, labelsOf, nameOf } from "./images.ts";
import type { Container, Image } from "./model.ts";
import { stableId } from "./random.ts";
import { parseReference } from "./reference.ts";

const short = (id: string): string => id.replace("sha256:", "").slice(0, 12);

/** Returns what was untagged and deleted, in dockerd's order. */
export function removeImage(engine: Engine, name: string, force: boolean, prune: boolean): JsonRecord[] {
  const image = imageNamed(engine, name);
  const answer: JsonRecord[] = [];
  const users = [...engine.containers.values()].filter((container) => container.imageId === image.id);
  const running = users.find((container) => container.status === "running" || container.status === "paused");
  if (isId(image, name)) {
    refuseById(image, force, running, users[0]);
    untagAll(engine, image, answer);
  } else {
    const reference = parseReference(name);
    const full = typeof reference === "string" ? name : nameOf(reference);
    const others = image.tags.filter((tag) => tag !== full);
    if (others.length === 0 && users.length > 0 && !(force && running === undefined)) {
      const user = running ?? users[0];
      if (user !== undefined) {
        throw new EngineFault(
          409,
          `conflict: unable to remove repository reference "${name}" (must force) - container ${short(user.id)} is using its referenced image ${short(image.id)}`,
        );
      }
    }
    untag(engine, image, full, answer);
    const repository = full.replace(/(?::[^/:]*|@.*)$/, "");
    if (!others.some((tag) => tag.replace(/:[^/:]*$/, "") === repository)) {
      for (const digest of image.digests.filter((one) => one.startsWith(`${repository}@`))) {
        untagDigest(engine, image, digest, answer);
      }
    }
    if (others.length > 0) {
      engine.changed();
      return answer;
    }
  }
  removeUnused(engine, image, prune, answer, true);
  engine.changed();
  return answer;
}

function isId(image: Image, name: string): boolean {
  return (
    image.id.startsWith(name.startsWith("sha256:") ? name : `sha256:${name}`) && !image.tags.includes(`${name}:latest`)
  );
}

function refuseById(
  image: Image,
  force: boolean,
  running: Container | undefined,
  stopped: Container | undefined,
): void {
  if (running !== undefined) {
    throw new EngineFault(
      409,
      `conflict: unable to delete ${short(image.id)} (cannot be forced) - image is being used by running container ${short(running.id)}`,
    );
  }
  if (force) {
    return;
  }
  if (new Set(image.tags.map((tag) => tag.replace(/:[^/:]*$/, ""))).size > 1) {
    throw new EngineFault(
      409,
      `conflict: unable to delete ${short(image.id)} (must be forced) - image is referenced in multiple repositories`,
    );
  }
  if (stopped !== undefined) {
    throw new EngineFault(
      409,
      `conflict: unable to delete ${short(image.id)} (must be forced) - image is being used by stopped container ${short(stopped.id)}`,
    );
  }
}

function untagAll(engine: Engine, image: Image, answer: JsonRecord[]): void {
  for (const tag of [...image.tags]) {
    untag(engine, image, tag, answer);
  }
  for (const digest of [...image.digests]) {
    untagDigest(engine, image, digest, answer);
  }
}

function untag(engine: Engine, image: Image, name: string, answer: JsonRecord[]): void {
  if (image.tags.includes(name)) {
    image.tags = image.tags.filter((tag) => tag !== name);
    answer.push({ Untagged: name });
    engine.events.add("image", "untag", image.id, new Map([...labelsOf(image), ["name", image.id]]));
  }
}

function untagDigest(engine: Engine, image: Image, digest: string, answer: JsonRecord[]): void {
  image.digests = image.digests.filter((one) => one !== digest);
  answer.push({ Untagged: digest });
  engine.events.add("image", "untag", image.id, new Map([...labelsOf(image), ["name", image.id]]));
}

/** Deletes an image that nothing refers to any more, and then its parents without a name. */
function removeUnused(engine: Engine, image: Image, prune: boolean, answer: JsonRecord[], asked: boolean): void {
  const used = [...engine.containers.values()].some((container) => container.imageId === image.id);
  const hasChildren = [...engine.images.values()].some((other) => other.parent === image.id);
  if (hasChildren || (used && !asked) || (!asked && (image.tags.length > 0 || image.digests.length > 0))) {
    return;
  }
  if (used || image.tags.length > 0 || image.digests.length > 0) {
    return;
  }
  engine.images.delete(image.id);
  engine.events.add("image", "delete", image.id, new Map([...labelsOf(image), ["name", image.id]]));
  answer.push({ Deleted: image.id });
  const parent = engine.images.get(image.parent);
  const kept = new Set([...engine.images.values()].flatMap((other) => chainIds(other)));
  const above = parent?.diffIds.length ?? 0;
  const chain = chainIds(image);
  for (let depth = chain.length; depth > above; depth -= 1) {
    const chainId = chain[depth - 1] ?? "";
    if (!kept.has(chainId)) {
      answer.push({ Deleted: chainId });
    }
  }
  if (parent !== undefined && prune) {
    removeUnused(engine, parent, prune, answer, false);
  }
}

/** Ids of the layer chains of an image, lowest first. */
function chainIds(image: Image): string[] {
  return image.diffIds.map((diffId, index) => (index === 0 ? diffId : chainId(image.diffIds.slice(0, index + 1))));
}

function chainId(diffIds: readonly string[]): string {
  return `sha256:${stableId("chain", ...diffIds)}`;
}
