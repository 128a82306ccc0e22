import { assertNever } from "../../base/index.ts";
import type { AnswerFilter, FilteredAnswer } from "../judge/index.ts";
import { MASK, saysSecret } from "../record/mask.ts";

type Json = Record<string, unknown>;

type Owner = NonNullable<AnswerFilter["owner"]>;

/** The answer is of another shape than the API promises; it is not passed on. */
export class AnswerShapeError extends Error {
  override readonly name = "AnswerShapeError";
}

/** Cuts one answer down to what a client may see. The document is changed in place. @throws {AnswerShapeError} */
export function filterDocument(value: unknown, filter: AnswerFilter): unknown {
  const kept = ownedPart(value, filter.document, filter.owner);
  if (filter.hideEnvironment) {
    for (const item of itemsOf(kept, filter.document)) {
      hideSecrets(item);
    }
  }
  return kept;
}

function ownedPart(value: unknown, document: FilteredAnswer, owner: Owner | undefined): unknown {
  if (owner === undefined) {
    return value;
  }
  switch (document) {
    case "container-list":
    case "image-list":
    case "network-list":
      return ownedItems(value, owner);
    case "volume-list": {
      const list = objectOf(value);
      return { ...list, Volumes: ownedItems(list["Volumes"] ?? [], owner), Warnings: null };
    }
    case "disk-usage":
      return ownedUsage(objectOf(value), owner);
    case "events":
      return isOwned(objectOf(objectOf(value)["Actor"] ?? {})["Attributes"], owner) ? value : undefined;
    case "container-inspect":
    case "network-inspect":
      return value; // whose it is was looked up before the request went out
    default:
      return assertNever(document);
  }
}

/** Sizes of what is shared say something about others, so they are not told. */
function ownedUsage(usage: Json, owner: Owner): Json {
  const kept: Json = { ...usage };
  for (const key of ["Images", "Containers", "Volumes"]) {
    if (Array.isArray(usage[key])) {
      kept[key] = ownedItems(usage[key], owner);
    }
  }
  for (const [key, value] of Object.entries(kept)) {
    if (typeof value === "number") {
      kept[key] = 0; // LayersSize, BuilderSize
    } else if (key === "BuildCache") {
      kept[key] = [];
    } else if (/Usage$|DiskUsage/.test(key)) {
      delete kept[key]; // the summaries of API 1.52
    }
  }
  return kept;
}

function ownedItems(value: unknown, owner: Owner): unknown[] {
  if (!Array.isArray(value)) {
    throw new AnswerShapeError("the engine's list is no list");
  }
  return value.filter((item) => isOwned(objectOf(item)["Labels"], owner));
}

const isOwned = (labels: unknown, { label, value }: Owner): boolean =>
  typeof labels === "object" && labels !== null && Object.hasOwn(labels, label) && (labels as Json)[label] === value;

function objectOf(value: unknown): Json {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new AnswerShapeError("the engine's document is no object");
  }
  return value as Json;
}

/** Every object of a document that may carry variables or labels. */
function itemsOf(value: unknown, document: FilteredAnswer): Json[] {
  switch (document) {
    case "container-list":
    case "image-list":
    case "network-list":
      return Array.isArray(value) ? value.map(objectOf) : [];
    case "volume-list":
      return listOf(objectOf(value)["Volumes"]);
    case "disk-usage": {
      const { Images, Containers, Volumes } = objectOf(value);
      return [...listOf(Images), ...listOf(Containers), ...listOf(Volumes)];
    }
    case "events": {
      const actor = value === undefined ? undefined : objectOf(value)["Actor"];
      return actor === undefined ? [] : [{ Labels: objectOf(actor)["Attributes"] }];
    }
    case "container-inspect":
    case "network-inspect":
      return [objectOf(value)];
    default:
      return assertNever(document);
  }
}

const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.map(objectOf) : []);

/** Masks the values of variables, and of labels and options whose names say that they are secret. */
function hideSecrets(item: Json): void {
  for (const part of [item, item["Config"], item["ContainerConfig"]]) {
    if (typeof part !== "object" || part === null) {
      continue;
    }
    const holder = part as Json;
    if (Array.isArray(holder["Env"])) {
      holder["Env"] = holder["Env"].map(withoutValue);
    }
    for (const key of ["Labels", "Options"]) {
      hideNamed(holder[key]);
    }
  }
}

function withoutValue(variable: unknown): unknown {
  if (typeof variable !== "string") {
    return MASK;
  }
  const equals = variable.indexOf("=");
  return equals < 0 ? variable : `${variable.slice(0, equals)}=${MASK}`;
}

function hideNamed(map: unknown): void {
  if (typeof map === "object" && map !== null) {
    for (const name of Object.keys(map).filter(saysSecret)) {
      (map as Json)[name] = MASK;
    }
  }
}
