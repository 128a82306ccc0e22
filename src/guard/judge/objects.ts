import { type InspectedWorkload, ReadError, readInspect } from "../../readers/index.ts";
import type { EngineLookup, LookedUp } from "./judge-types.ts";

/** Objects that one request may make us look up. */
export const LOOKUPS_PER_REQUEST_MAX = 64;

/** The engine could not be asked, or its answer not be understood: the request is refused. */
export class LookupFailed extends Error {
  override readonly name = "LookupFailed";
}

/** An object that a request names. `unasked`: there is no engine to ask (`guard decide` without one). */
export type Found<T> =
  | { readonly kind: "found"; readonly value: T }
  | { readonly kind: "absent" }
  | { readonly kind: "unasked" };

export interface ContainerObject {
  readonly id: string;
  readonly name: string;
  readonly imageId: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly workload: InspectedWorkload;
}

export interface LabelledObject {
  readonly id: string;
  readonly name: string;
  readonly driver: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, string>>;
  readonly mountpoint: string;
}

export interface ImageObject {
  readonly id: string;
  readonly tags: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly user: string;
}

export interface ExecObject {
  readonly id: string;
  readonly container: string;
  readonly privileged: boolean;
}

/**
 * The objects of one request. What was looked up is kept for this request only, so that one decision sees one state;
 * between requests nothing is kept.
 */
export class Objects {
  readonly #lookup: EngineLookup | undefined;
  readonly #containers = new Map<string, Promise<Found<ContainerObject>>>();
  readonly #others = new Map<string, Promise<Found<LabelledObject>>>();
  #left = LOOKUPS_PER_REQUEST_MAX;

  constructor(lookup: EngineLookup | undefined) {
    this.#lookup = lookup;
  }

  container(reference: string): Promise<Found<ContainerObject>> {
    return kept(this.#containers, reference, () => this.#ask((lookup) => lookup.container(reference), containerFrom));
  }

  exec(id: string): Promise<Found<ExecObject>> {
    return this.#ask((lookup) => lookup.exec(id), execFrom);
  }

  volume(name: string): Promise<Found<LabelledObject>> {
    return kept(this.#others, `v ${name}`, () => this.#ask((lookup) => lookup.volume(name), labelledFrom));
  }

  network(reference: string): Promise<Found<LabelledObject>> {
    return kept(this.#others, `n ${reference}`, () => this.#ask((lookup) => lookup.network(reference), labelledFrom));
  }

  image(reference: string): Promise<Found<ImageObject>> {
    return this.#ask((lookup) => lookup.image(reference), imageFrom);
  }

  /** How many containers carry a label. */
  async countContainers(label: string): Promise<number> {
    const found = await this.#ask((lookup) => lookup.containersWithLabel(label), countFrom);
    return found.kind === "found" ? found.value : 0;
  }

  /** @throws {LookupFailed} */
  async #ask<T>(ask: (lookup: EngineLookup) => Promise<LookedUp>, read: (text: string) => T): Promise<Found<T>> {
    if (this.#lookup === undefined) {
      return { kind: "unasked" };
    }
    this.#left -= 1;
    if (this.#left < 0) {
      throw new LookupFailed(`the request names more than ${LOOKUPS_PER_REQUEST_MAX} objects`);
    }
    const answer = await ask(this.#lookup);
    switch (answer.kind) {
      case "absent":
        return answer;
      case "failed":
        throw new LookupFailed(answer.reason);
      case "found":
        return { kind: "found", value: read(answer.text) };
    }
  }
}

function kept<T>(map: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

function containerFrom(text: string): ContainerObject {
  try {
    const workload = readInspect({ text, uri: "engine" }).workloads[0];
    if (workload !== undefined && workload.observed.id !== "") {
      return {
        id: workload.observed.id,
        name: workload.name,
        imageId: workload.observed.imageId ?? "",
        labels: workload.config.Config.Labels ?? {},
        workload,
      };
    }
  } catch (error) {
    if (!(error instanceof ReadError)) {
      throw error;
    }
  }
  throw new LookupFailed("the engine's description of a container cannot be read");
}

function execFrom(text: string): ExecObject {
  const exec = recordOf(parse(text));
  const id = textOf(exec["ID"]);
  const container = textOf(exec["ContainerID"]);
  if (id === "" || container === "") {
    throw new LookupFailed("the engine's description of an exec cannot be read");
  }
  return { id, container, privileged: recordOf(exec["ProcessConfig"])["privileged"] === true };
}

/** Volumes have no id: their name is one. */
function labelledFrom(text: string): LabelledObject {
  const object = recordOf(parse(text));
  const name = textOf(object["Name"]);
  return {
    id: textOf(object["Id"]) || name,
    name,
    driver: textOf(object["Driver"]),
    labels: textMapOf(object["Labels"]),
    options: textMapOf(object["Options"]),
    mountpoint: textOf(object["Mountpoint"]),
  };
}

function imageFrom(text: string): ImageObject {
  const image = recordOf(parse(text));
  const config = recordOf(image["Config"]);
  const tags = [image["RepoTags"], image["RepoDigests"]].flatMap((list) => (Array.isArray(list) ? list : []));
  return {
    id: textOf(image["Id"]),
    tags: tags.filter((tag): tag is string => typeof tag === "string"),
    labels: textMapOf(config["Labels"]),
    user: textOf(config["User"]),
  };
}

function countFrom(text: string): number {
  const list = parse(text);
  if (!Array.isArray(list)) {
    throw new LookupFailed("the engine's list of containers cannot be read");
  }
  return list.length;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new LookupFailed("the engine does not answer in JSON");
  }
}

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

const textMapOf = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(recordOf(value)).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
