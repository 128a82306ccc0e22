import type { LocalizedText } from "../../base/index.ts";
import { COMPOSE_CHAIN_MAX } from "./limits.ts";
import type { Sources } from "./lines.ts";
import type { Merger } from "./merge.ts";
import { MESSAGES, REASONS } from "./messages.ts";
import type { Problems } from "./problems.ts";
import { childOf, isNull, type MapEntry, type MapNode, mapNode, type ScalarNode, type TreeNode } from "./tree.ts";

/** The services of one file, on their way to be extended. */
export interface ExtendScope {
  /** Absolute path of the file, or its name where that is not known; services of two scopes differ by it. */
  readonly path: string;
  readonly uri: string;
  readonly services: ReadonlyMap<string, MapEntry>;
  /** Services that are finished. */
  readonly done: Map<string, Extended>;
}

/** A service with what it extends merged in. */
export interface Extended {
  readonly value: TreeNode;
  /** Why something of it is not known. */
  readonly reason?: string | undefined;
}

/** Services of another file; a message when it cannot be read. */
export type OpenScope = (
  name: string,
  directory: string | undefined,
) => ExtendScope | { readonly fault: LocalizedText };

/** Follows `extends` (compose-go, loader/extends.go): the extended service is the base, the service is merged over it. */
export class Extender {
  readonly #merger: Merger;
  readonly #problems: Problems;
  readonly #sources: Sources;
  readonly #open: OpenScope;

  constructor(merger: Merger, problems: Problems, sources: Sources, open: OpenScope) {
    this.#merger = merger;
    this.#problems = problems;
    this.#sources = sources;
    this.#open = open;
  }

  /** `chain`: the services that led here, as `FILE#SERVICE`. */
  extend(name: string, scope: ExtendScope, chain: readonly string[] = []): Extended {
    const finished = scope.done.get(name);
    if (finished !== undefined) {
      return finished;
    }
    const value = scope.services.get(name)?.value;
    const written = value?.kind === "map" ? childOf(value, `services.${name}`, "extends") : undefined;
    if (value?.kind !== "map" || written === undefined) {
      const plain: Extended = { value: value?.kind === "map" ? without(value, "extends") : (value ?? NOTHING) };
      scope.done.set(name, plain);
      return plain;
    }
    const extended = this.#extendBy(name, without(value, "extends"), written.node, scope, chain);
    scope.done.set(name, extended);
    return extended;
  }

  #extendBy(name: string, own: MapNode, node: TreeNode, scope: ExtendScope, chain: readonly string[]): Extended {
    const refuse = (message: LocalizedText, at: TreeNode = node): Extended => {
      this.#problems.add("error", at.offset, `services.${name}.extends`, message);
      return { value: own, reason: REASONS.extends };
    };
    const target = targetOf(node);
    if (target === undefined) {
      return refuse(MESSAGES.wrongType("extends"));
    }
    const unknown = [...(target.service.unknown ?? []), ...(target.file?.unknown ?? [])];
    if (unknown.length > 0) {
      return { value: own, reason: REASONS.variables(unknown) };
    }
    const steps = [...chain, `${scope.path}#${name}`];
    if (steps.length > COMPOSE_CHAIN_MAX) {
      return refuse(MESSAGES.chainTooLong("extends", COMPOSE_CHAIN_MAX));
    }
    const { file } = target;
    const other = file === undefined ? scope : this.#open(file.text, this.#sources.directoryOf(file.offset));
    if ("fault" in other) {
      return refuse(other.fault, file);
    }
    const service = target.service.text;
    if (steps.includes(`${other.path}#${service}`)) {
      return refuse(MESSAGES.cycle("extends", [...steps, `${other.path}#${service}`]));
    }
    if (!other.services.has(service)) {
      return refuse(MESSAGES.nothingToExtend(service, other.uri), target.service);
    }
    const base = this.extend(service, other, steps);
    if (isNull(base.value)) {
      return { value: own, reason: base.reason };
    }
    if (base.value.kind !== "map") {
      return refuse(MESSAGES.nothingToExtend(service, other.uri), target.service);
    }
    const alone = this.#merger.alone(base.value, ["services", service]);
    const from = alone?.kind === "map" ? alone : base.value;
    return { value: this.#merger.maps(from, own, ["services", name], "over"), reason: base.reason };
  }
}

const NOTHING: TreeNode = { kind: "scalar", value: null, text: "", offset: 0, size: 1, depth: 0 };

/** `extends: SERVICE`, or `{service, file}`. */
function targetOf(node: TreeNode): { service: ScalarNode; file: ScalarNode | undefined } | undefined {
  if (isText(node)) {
    return { service: node, file: undefined };
  }
  const [service, file] =
    node.kind === "map" ? [childOf(node, "", "service")?.node, childOf(node, "", "file")?.node] : [];
  const good = isText(service) && (file === undefined || isText(file));
  return good ? { service, file } : undefined;
}

const isText = (node: TreeNode | undefined): node is ScalarNode =>
  node?.kind === "scalar" && typeof node.value === "string" && node.invalid !== true;

function without(map: MapNode, key: string): MapNode {
  if (!map.entries.has(key)) {
    return map;
  }
  const entries = new Map(map.entries);
  entries.delete(key);
  return mapNode(entries, map.offset);
}
