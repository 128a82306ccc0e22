import { bodyText, type DecodedRequest, decodeRequest } from "../../engine/index.ts";
import type { Workload } from "../../facts/index.ts";
import { OWNER_LABEL } from "../../policy/index.ts";
import { readInspect } from "../../readers/index.ts";
import { parameter, parameters } from "../judge/case.ts";
import type { EngineLookup, ForwardedRequest, LookedUp } from "../judge/index.ts";
import {
  idOf,
  inspectedContainer,
  inspectedExec,
  inspectedImage,
  inspectedObject,
  type Labels,
  type ModelContainer,
  type ModelImage,
  type ModelObject,
} from "./model-documents.ts";

/** Objects that a model keeps. A recorded day of a busy client makes a tenth of it. */
export const MODEL_OBJECTS_MAX = 50_000;

/** How a model answers. */
export interface ModelOptions {
  /** What is said of containers, volumes and networks that no request made: there is none, or a plain one of this client. */
  readonly unknown: { readonly kind: "absent" } | { readonly kind: "plain"; readonly client: string };
  /** Whether containers are counted. A record does not show every one that went away. */
  readonly counts: boolean;
}

/**
 * An engine on paper: it keeps what requests made, as far as a judge looks at it, and answers as an engine would. The
 * images of containers are there, and run as root unless a request said otherwise.
 */
export class ModelEngine {
  readonly #options: ModelOptions;
  readonly #containers = new Map<string, ModelContainer>();
  readonly #volumes = new Map<string, ModelObject>();
  readonly #networks = new Map<string, ModelObject>();
  readonly #images = new Map<string, ModelImage>();
  readonly #execs = new Map<string, { readonly container: string; readonly privileged: boolean }>();
  #made = 0;

  constructor(options: ModelOptions) {
    this.#options = options;
  }

  /** A model with the same objects, which goes its own way from here on. */
  copy(): ModelEngine {
    const copy = new ModelEngine(this.#options);
    for (const [from, to] of [
      [this.#containers, copy.#containers],
      [this.#volumes, copy.#volumes],
      [this.#networks, copy.#networks],
      [this.#images, copy.#images],
      [this.#execs, copy.#execs],
    ] as const) {
      for (const [key, value] of from) {
        (to as Map<string, unknown>).set(key, value);
      }
    }
    copy.#made = this.#made;
    return copy;
  }

  /** A container as a reader would show it, with all that it leans on. `undefined`: no request made it. */
  workload(reference: string): Workload | undefined {
    const wanted = this.#container(reference);
    const containers = new Map<string, Workload>();
    const volumes = new Map(
      [...this.#volumes.values()].map(({ name, driver, options }) => [name, { name, driver, options }] as const),
    );
    for (const container of this.#containers.values()) {
      const [read] = readInspect({ text: JSON.stringify(inspectedContainer(container)), uri: "model" }).workloads;
      if (read !== undefined) {
        const workload = { ...read, surroundings: { ...read.surroundings, containers, volumes } };
        containers.set(container.id, workload);
        if (container.name !== "" && !containers.has(container.name)) {
          containers.set(container.name, workload);
        }
      }
    }
    return containers.get(wanted?.id ?? "");
  }

  /** Whether a request made a container of this name. */
  knowsContainer(reference: string): boolean {
    return this.#container(reference) !== undefined;
  }

  /** Does what an engine would do with a request that a gate has written. Returns the id of what it made. */
  applyForwarded(forwarded: ForwardedRequest): string | undefined {
    const { streamsBody, headers } = forwarded;
    const decoded = decodeRequest({
      ...forwarded,
      headers: streamsBody ? [...headers, ["Transfer-Encoding", "chunked"]] : headers,
    });
    return decoded.ok ? this.apply(decoded.request) : undefined;
  }

  /** Does what an engine would do with a request. Returns the id of what it made. */
  apply(request: DecodedRequest): string | undefined {
    const id = request.path["id"] ?? "";
    switch (request.route.id) {
      case "container.create":
        return this.#createContainer(request);
      case "container.rename":
        this.#rename(id, parameter(request, "name"));
        return undefined;
      case "container.remove":
        this.#containers.delete(this.#container(id)?.id ?? "");
        return undefined;
      case "container.commit":
        return this.#commit(request);
      case "exec.create":
        return this.#createExec(id, request);
      case "volume.create":
        return this.#createLabelled(this.#volumes, request, "local");
      case "volume.remove":
        this.#volumes.delete(request.path["name"] ?? "");
        return undefined;
      case "network.create":
        return this.#createLabelled(this.#networks, request, "bridge");
      case "network.remove":
        this.#networks.delete(id);
        return undefined;
      case "image.build":
        this.#build(request);
        return undefined;
      case "image.tag":
        this.#images.set(joined(request, "repo", "tag"), this.#image(request.path["name"] ?? ""));
        return undefined;
      default:
        return undefined;
    }
  }

  /** What a judge asks it. */
  lookup(): EngineLookup {
    const plain = <T extends object>(found: T | undefined, otherwise: (client: string) => object): LookedUp => {
      const { unknown } = this.#options;
      if (found !== undefined) {
        return answer(found);
      }
      return unknown.kind === "absent" ? { kind: "absent" } : answer(otherwise(unknown.client));
    };
    const labelled = (objects: ReadonlyMap<string, ModelObject>, name: string, driver: string): LookedUp => {
      const found = objects.get(name) ?? [...objects.values()].find((object) => object.id === name);
      return plain(found && inspectedObject(found), (client) =>
        inspectedObject({ id: name, name, driver, options: {}, labels: { [OWNER_LABEL]: client } }),
      );
    };
    return {
      uri: "model:",
      container: async (reference) => {
        const found = this.#container(reference);
        return plain(found && inspectedContainer(found), (client) =>
          inspectedContainer({
            id: /^[0-9a-f]{64}$/.test(reference) ? reference : idOf(`unknown ${reference}`),
            name: reference,
            image: "unknown",
            config: { Labels: { [OWNER_LABEL]: client } },
            hostConfig: {},
          }),
        );
      },
      exec: async (id) => {
        const found = this.#execs.get(id);
        return plain(found && inspectedExec(id, found.container, found.privileged), () =>
          inspectedExec(id, idOf("unknown"), false),
        );
      },
      volume: async (name) => labelled(this.#volumes, name, "local"),
      network: async (name) => labelled(this.#networks, name, "bridge"),
      image: async (reference) => {
        const isId = reference.startsWith("sha256:");
        // A container's image is there, whoever made it; of a name nobody knows.
        return plain(
          isId || this.#images.has(reference) ? inspectedImage(reference, this.#image(reference)) : undefined,
          (client) => inspectedImage(reference, { labels: { [OWNER_LABEL]: client }, user: "" }),
        );
      },
      containersWithLabel: async (label) => answer(this.#options.counts ? this.#labelledContainers(label) : []),
      info: async () => UNTOLD,
      version: async () => UNTOLD,
    };
  }

  #container(reference: string): ModelContainer | undefined {
    const plain = reference.replace(/^\//, "");
    const byId = this.#containers.get(plain);
    return byId ?? [...this.#containers.values()].find(({ name }) => name !== "" && name === plain);
  }

  /** An image by its name, or by the id that its name has in the model. */
  #image(reference: string): ModelImage {
    const known =
      this.#images.get(reference) ??
      [...this.#images].find(([name]) => `sha256:${idOf(`image ${name}`)}` === reference)?.[1];
    return known ?? { labels: {}, user: "" };
  }

  #labelledContainers(label: string): readonly object[] {
    const [name = "", value] = label.split("=");
    return [...this.#containers.values()].flatMap(({ id, config }) =>
      (config as { Labels?: Labels }).Labels?.[name] === value ? [{ Id: id }] : [],
    );
  }

  #newId(kind: string): string {
    this.#made += 1;
    return idOf(`${kind} ${this.#made}`);
  }

  #createContainer(request: DecodedRequest): string | undefined {
    const { HostConfig = {}, NetworkingConfig: _, ...config } = documentOf(request);
    if (this.#containers.size >= MODEL_OBJECTS_MAX) {
      return undefined;
    }
    const id = this.#newId("container");
    const image = typeof config["Image"] === "string" ? config["Image"] : "";
    const ofImage = this.#image(image);
    this.#containers.set(id, {
      id,
      name: parameter(request, "name"),
      image,
      config: {
        ...config,
        Labels: { ...ofImage.labels, ...(config["Labels"] as Labels | undefined) },
        User: config["User"] || ofImage.user,
      },
      hostConfig: HostConfig as object,
    });
    this.#makeVolumes(HostConfig as { Mounts?: readonly ModelMount[] });
    return id;
  }

  /** Volumes that come to be by being mounted. */
  #makeVolumes({ Mounts }: { readonly Mounts?: readonly ModelMount[] | null }): void {
    for (const { Type, Source = "", VolumeOptions } of Mounts ?? []) {
      if (Type === "volume" && Source !== "" && !this.#volumes.has(Source) && this.#volumes.size < MODEL_OBJECTS_MAX) {
        const driver = VolumeOptions?.DriverConfig;
        this.#volumes.set(Source, {
          id: Source,
          name: Source,
          driver: driver?.Name || "local",
          options: driver?.Options ?? {},
          labels: VolumeOptions?.Labels ?? {},
        });
      }
    }
  }

  #rename(reference: string, name: string): void {
    const container = this.#container(reference);
    if (container !== undefined) {
      this.#containers.set(container.id, { ...container, name });
    }
  }

  #commit(request: DecodedRequest): undefined {
    const container = this.#container(parameter(request, "container"));
    const { Labels, User } = documentOf(request) as { Labels?: Labels; User?: string };
    const own = container?.config as { Labels?: Labels; User?: string } | undefined;
    if (this.#images.size < MODEL_OBJECTS_MAX) {
      this.#images.set(joined(request, "repo", "tag"), {
        labels: { ...own?.Labels, ...Labels },
        user: User || (own?.User ?? ""),
      });
    }
  }

  #build(request: DecodedRequest): void {
    const labels = parameter(request, "labels");
    for (const name of parameters(request, "t")) {
      if (this.#images.size < MODEL_OBJECTS_MAX) {
        this.#images.set(name, { labels: labels === "" ? {} : (JSON.parse(labels) as Labels), user: "" });
      }
    }
  }

  #createExec(reference: string, request: DecodedRequest): string | undefined {
    if (this.#execs.size >= MODEL_OBJECTS_MAX) {
      return undefined;
    }
    const id = this.#newId("exec");
    const container = this.#container(reference)?.id ?? reference;
    this.#execs.set(id, { container, privileged: documentOf(request)["Privileged"] === true });
    return id;
  }

  /** An object that is there already stays as it is. */
  #createLabelled(objects: Map<string, ModelObject>, request: DecodedRequest, driver: string): string | undefined {
    const body = documentOf(request);
    const id = this.#newId("object");
    const name = typeof body["Name"] === "string" && body["Name"] !== "" ? body["Name"] : id;
    if (!objects.has(name) && objects.size < MODEL_OBJECTS_MAX) {
      objects.set(name, {
        id,
        name,
        driver: typeof body["Driver"] === "string" && body["Driver"] !== "" ? body["Driver"] : driver,
        options: (body["DriverOpts"] ?? {}) as Labels,
        labels: (body["Labels"] ?? {}) as Labels,
      });
    }
    return name;
  }
}

interface ModelMount {
  readonly Type?: string;
  readonly Source?: string;
  readonly VolumeOptions?: {
    readonly Labels?: Labels | null;
    readonly DriverConfig?: { readonly Name?: string; readonly Options?: Labels | null } | null;
  } | null;
}

const UNTOLD: LookedUp = { kind: "failed", reason: "a model has no host" };

const answer = (document: object): LookedUp => ({ kind: "found", text: JSON.stringify(document) });

/** The body that is forwarded, as a document. */
function documentOf(request: DecodedRequest): Record<string, unknown> {
  const text = bodyText(request);
  return text === undefined ? {} : (JSON.parse(text) as Record<string, unknown>);
}

function joined(request: DecodedRequest, repo: string, tag: string): string {
  const suffix = parameter(request, tag);
  return `${parameter(request, repo)}${suffix === "" ? "" : `:${suffix}`}`;
}
