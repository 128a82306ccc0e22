import { ReadError } from "../read-result.ts";
import { COMPOSE_DEPTH_MAX, COMPOSE_NODES_MAX } from "./limits.ts";
import type { Lines } from "./lines.ts";
import { asMapping, asPairs, asSequence, withoutReset } from "./merge-forms.ts";
import { MESSAGES } from "./messages.ts";
import type { Problems } from "./problems.ts";
import { isNull, joinPath, listNode, type MapEntry, type MapNode, mapNode, type TreeNode } from "./tree.ts";
import { uniqueKeyOf } from "./unique.ts";

/** How two values of one key become one. */
type Rule = "replace" | "sequence" | "pairs" | "mapping" | "build" | "logging" | "ulimit";

/**
 * Keys that are not merged as mappings and lists are (compose-go, override/merge.go). Written as paths; `*` is any key.
 * `sequence`: one value or a list. `pairs`: a mapping, or a list of KEY=VALUE. `mapping`: a mapping, or a list of keys.
 */
const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ["networks.*.labels", "pairs"],
  ["volumes.*.labels", "pairs"],
  ["services.*.annotations", "pairs"],
  ["services.*.build", "build"],
  ["services.*.build.args", "pairs"],
  ["services.*.build.additional_contexts", "pairs"],
  ["services.*.build.extra_hosts", "pairs"],
  ["services.*.build.labels", "pairs"],
  ["services.*.command", "replace"],
  ["services.*.depends_on", "mapping"],
  ["services.*.deploy.labels", "pairs"],
  ["services.*.dns", "sequence"],
  ["services.*.dns_opt", "sequence"],
  ["services.*.dns_search", "sequence"],
  ["services.*.entrypoint", "replace"],
  ["services.*.env_file", "sequence"],
  ["services.*.label_file", "sequence"],
  ["services.*.environment", "pairs"],
  ["services.*.extra_hosts", "pairs"],
  ["services.*.healthcheck.test", "replace"],
  ["services.*.labels", "pairs"],
  ["services.*.logging", "logging"],
  ["services.*.models", "mapping"],
  ["services.*.networks", "mapping"],
  ["services.*.sysctls", "pairs"],
  ["services.*.tmpfs", "sequence"],
  ["services.*.ulimits.*", "ulimit"],
  ["services.*.gpus", "sequence"],
]);

/** Sections whose second level is the user's own names. */
const NAMED_SECTIONS = new Set(["services", "networks", "volumes", "secrets", "configs", "models"]);

/** Whose place a merged service, volume and so on has: that of the earlier value or that of the later one. */
export type PlaceOf = "base" | "over";

/**
 * Merges values as the Compose specification says ("Merge"): mappings by key, lists one behind the other, anything else
 * replaced; `!reset` takes away and `!override` replaces. Bounded by {@link COMPOSE_NODES_MAX} in all.
 */
export class Merger {
  readonly #problems: Problems;
  readonly #lines: Lines;
  /** Whether any file has a tag; until then there is nothing to look for. */
  #tagged = false;
  /** Entries looked at: the work, which the size of the result alone does not show. */
  #entries = 0;

  constructor(problems: Problems, lines: Lines) {
    this.#problems = problems;
    this.#lines = lines;
  }

  /** A text that will be merged: without the names of the tags in it, no tree is searched for them. */
  notice(text: string): void {
    this.#tagged ||= /!(?:reset|override)/.test(text);
  }

  /** Merges a later file, or a service that extends, over an earlier one. Neither is changed. */
  maps(base: MapNode, over: MapNode, path: readonly string[], placeOf: PlaceOf): MapNode {
    this.#spend(base.entries.size + over.entries.size, over.offset);
    const entries = new Map(base.entries);
    for (const [key, entry] of over.entries) {
      const before = entries.get(key);
      const value =
        before === undefined
          ? this.alone(entry.value, [...path, key])
          : this.#entry(before, entry, [...path, key], placeOf);
      if (value === undefined) {
        entries.delete(key);
        continue;
      }
      const keyOffset = before !== undefined && placeOf === "base" ? before.keyOffset : entry.keyOffset;
      entries.set(key, { keyOffset, value });
    }
    const merged = mapNode(entries, placeOf === "base" ? base.offset : over.offset);
    return this.bounded(merged);
  }

  #entry(before: MapEntry, over: MapEntry, path: readonly string[], placeOf: PlaceOf): TreeNode | undefined {
    switch (over.value.tag) {
      case "!reset":
        return undefined;
      case "!override":
        return this.alone(over.value, path);
      case undefined:
        return this.#values(before.value, over.value, path, placeOf);
      default:
        return over.value.tag satisfies never;
    }
  }

  /** A value that is merged with nothing: what `!reset` marks goes. `undefined`: nothing is left of it. */
  alone(node: TreeNode, path: readonly string[]): TreeNode | undefined {
    if (node.tag === "!reset") {
      return undefined;
    }
    if (!this.#tagged || node.kind === "scalar" || (path.length > 0 && !mayHoldTags(path))) {
      return node;
    }
    if (node.kind === "list") {
      this.#spend(node.items.length, node.offset);
      const items = node.items.flatMap((item, index) => this.alone(item, [...path, `[${index}]`]) ?? []);
      const same = items.length === node.items.length && items.every((item, index) => item === node.items[index]);
      return same ? node : listNode(items, node.offset);
    }
    this.#spend(node.entries.size, node.offset);
    let changed = false;
    const entries = new Map<string, MapEntry>();
    for (const [key, entry] of node.entries) {
      const value = this.alone(entry.value, [...path, key]);
      changed ||= value !== entry.value;
      if (value !== undefined) {
        entries.set(key, value === entry.value ? entry : { ...entry, value });
      }
    }
    return changed ? mapNode(entries, node.offset) : node;
  }

  #values(base: TreeNode, over: TreeNode, path: readonly string[], placeOf: PlaceOf): TreeNode {
    if (isNull(over)) {
      return base;
    }
    if (isNull(base)) {
      return this.alone(over, path) ?? over;
    }
    const rule = ruleOf(path);
    switch (rule) {
      case "replace":
        return over;
      case "sequence":
        return this.#lists(asSequence(base), asSequence(over), path);
      case "pairs":
        return this.#lists(withoutReset(asPairs(base), over), asPairs(over), path);
      case "mapping":
        return this.#plain(asMapping(base), asMapping(over), path, placeOf);
      case "build":
        return this.#plain(asBuild(base), asBuild(over), path, placeOf);
      case "logging":
        return driverOf(base) === driverOf(over) || driverOf(base) === "" || driverOf(over) === ""
          ? this.#plain(base, over, path, placeOf)
          : over;
      case "ulimit":
        return base.kind === "map" && over.kind === "map" ? this.maps(base, over, path, placeOf) : over;
      case undefined:
        return this.#plain(base, over, path, placeOf);
      default:
        return rule satisfies never;
    }
  }

  #plain(base: TreeNode, over: TreeNode, path: readonly string[], placeOf: PlaceOf): TreeNode {
    if (base.kind === "map" && over.kind === "map") {
      return this.maps(base, over, path, path.length === 1 ? placeOf : "over");
    }
    if (base.kind === "list" && over.kind === "list") {
      return this.#lists(base, over, path);
    }
    if (base.kind !== over.kind) {
      this.#problems.add("error", over.offset, joinPath(path), MESSAGES.cannotMerge());
    }
    return over;
  }

  #lists(base: TreeNode, over: TreeNode, path: readonly string[]): TreeNode {
    if (base.kind !== "list" || over.kind !== "list") {
      this.#problems.add("error", over.offset, joinPath(path), MESSAGES.cannotMerge());
      return over;
    }
    this.#spend(base.items.length + over.items.length, over.offset);
    const added = over.items.filter((item) => item.tag !== "!reset");
    return this.bounded(this.#unique(listNode([...base.items, ...added], over.offset), path));
  }

  /** Of entries that mean the same (a capability, a mount's target) the last stays, in the place of the first. */
  #unique<Node extends TreeNode>(node: Node, path: readonly string[]): Node | ReturnType<typeof listNode> {
    if (node.kind !== "list" || node.items.length < 2) {
      return node;
    }
    const keyOf = uniqueKeyOf(patternOf(path));
    if (keyOf === undefined) {
      return node;
    }
    const byKey = new Map<string, TreeNode>();
    for (const [index, item] of node.items.entries()) {
      byKey.set(keyOf(item) ?? `\0${index}`, item);
    }
    return byKey.size === node.items.length ? node : listNode([...byKey.values()], node.offset);
  }

  #spend(entries: number, offset: number): void {
    this.#entries += entries;
    if (this.#entries > MERGED_ENTRIES_MAX) {
      throw new ReadError("TOO_LARGE", MESSAGES.tooManyNodes(COMPOSE_NODES_MAX), this.#lines.placeOf(offset));
    }
  }

  /** @throws {ReadError} when a tree is past the limits. */
  bounded<Node extends TreeNode>(node: Node): Node {
    if (node.size > COMPOSE_NODES_MAX || node.depth > COMPOSE_DEPTH_MAX) {
      const message =
        node.size > COMPOSE_NODES_MAX ? MESSAGES.tooManyNodes(COMPOSE_NODES_MAX) : MESSAGES.tooDeep(COMPOSE_DEPTH_MAX);
      throw new ReadError("TOO_LARGE", message, this.#lines.placeOf(node.offset));
    }
    return node;
  }
}

/** Most entries that all merges of one project look at: each of the nodes a few times. */
const MERGED_ENTRIES_MAX = 8 * COMPOSE_NODES_MAX;

/** Extension fields are not looked into. */
const mayHoldTags = (path: readonly string[]): boolean => !(path[0] ?? "").startsWith("x-");

/** `services.web.ulimits.nofile` as `services.*.ulimits.*`. */
function patternOf(path: readonly string[]): string {
  const [section = "", , ...rest] = path;
  if (!NAMED_SECTIONS.has(section) || path.length < 3) {
    return path.join(".");
  }
  const [key = ""] = rest;
  return [
    section,
    "*",
    key,
    ...rest.slice(1).map((step) => (key === "ulimits" || key === "networks" ? "*" : step)),
  ].join(".");
}

const ruleOf = (path: readonly string[]): Rule | undefined => RULES.get(patternOf(path));

/** `build: .` is `build: {context: .}`. */
function asBuild(node: TreeNode): TreeNode {
  return node.kind === "scalar"
    ? mapNode(new Map([["context", { keyOffset: node.offset, value: node }]]), node.offset)
    : node;
}

function driverOf(node: TreeNode): string {
  const driver = node.kind === "map" ? node.entries.get("driver")?.value : undefined;
  return driver?.kind === "scalar" ? driver.text : "";
}
