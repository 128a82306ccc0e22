import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar } from "yaml";
import { ReadError } from "../read-result.ts";
import { COMPOSE_DEPTH_MAX, COMPOSE_NODES_MAX } from "./limits.ts";
import type { Lines } from "./lines.ts";
import { MESSAGES } from "./messages.ts";
import type { Problems } from "./problems.ts";
import { joinPath, type ListNode, type MapEntry, type MapNode, type ScalarNode, type TreeNode } from "./tree.ts";

/** A tag that acts when Compose merges files (`!reset`, `!override`). */
export interface MergeTag {
  readonly tag: string;
  readonly offset: number;
  /** Keys and `[index]` from the top of the file to the node. */
  readonly path: readonly string[];
}

/** A document with aliases followed and merge keys carried out. */
export interface ResolvedDocument {
  readonly root: TreeNode;
  readonly mergeTags: readonly MergeTag[];
}

const MERGE_TAGS = new Set(["!reset", "!override"]);

/** Follows aliases and carries out merge keys, within {@link COMPOSE_NODES_MAX} and {@link COMPOSE_DEPTH_MAX}. */
export function resolveDocument(document: Document.Parsed, lines: Lines, problems: Problems): ResolvedDocument {
  const resolver = new Resolver(lines, problems);
  return { root: resolver.node(document.contents, []), mergeTags: resolver.mergeTags };
}

class Resolver {
  readonly mergeTags: MergeTag[] = [];
  readonly #lines: Lines;
  readonly #problems: Problems;
  /** What an anchor stands for at this point of the file; `undefined` while its own node is being resolved. */
  readonly #anchors = new Map<string, TreeNode | undefined>();
  /** Entries of mappings copied by merge keys: work that the size of the result alone does not show. */
  #merged = 0;

  constructor(lines: Lines, problems: Problems) {
    this.#lines = lines;
    this.#problems = problems;
  }

  node(node: Node | null | undefined, path: readonly string[]): TreeNode {
    if (node === null || node === undefined) {
      return { kind: "scalar", value: null, text: "", offset: 0, size: 1, depth: 0 };
    }
    if (isAlias(node)) {
      return this.#alias(node.source, node.range?.[0] ?? 0);
    }
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor !== undefined) {
      this.#anchors.set(anchor, undefined);
    }
    if (node.tag !== undefined && MERGE_TAGS.has(node.tag)) {
      this.mergeTags.push({ tag: node.tag, offset: node.range?.[0] ?? 0, path });
    }
    const resolved = this.#bounded(this.#resolve(node, path));
    if (anchor !== undefined) {
      this.#anchors.set(anchor, resolved);
    }
    return resolved;
  }

  #alias(name: string, offset: number): TreeNode {
    const target = this.#anchors.get(name);
    if (target === undefined) {
      const message = this.#anchors.has(name) ? MESSAGES.aliasCycle(name) : MESSAGES.unknownAlias(name);
      throw new ReadError("BAD_SYNTAX", message, this.#lines.placeOf(offset));
    }
    return target;
  }

  #resolve(node: Node, path: readonly string[]): TreeNode {
    const offset = node.range?.[0] ?? 0;
    if (isSeq(node)) {
      const items = node.items.map((item, index) => this.node(item as Node, [...path, `[${index}]`]));
      return { kind: "list", items, offset, ...measure(items) } satisfies ListNode;
    }
    if (isMap(node)) {
      const entries = this.#entries(node.items as Pair<Node, Node | null>[], path);
      const values = Array.from(entries.values(), (entry) => entry.value);
      return { kind: "map", entries, offset, ...measure(values) } satisfies MapNode;
    }
    return { kind: "scalar", offset, size: 1, depth: 0, ...scalarOf(node as Scalar) } satisfies ScalarNode;
  }

  /** Own keys win over merged ones, and earlier merged mappings over later ones (yaml.org/type/merge.html). */
  #entries(pairs: readonly Pair<Node, Node | null>[], path: readonly string[]): ReadonlyMap<string, MapEntry> {
    const own = new Map<string, MapEntry>();
    const inherited = new Map<string, MapEntry>();
    for (const { key, value } of pairs) {
      const keyOffset = key?.range?.[0] ?? 0;
      const name = this.#keyName(key, path);
      // Also without a name: an anchor in the value may be used further down.
      const valueNode = this.node(value, [...path, name ?? "?"]);
      const placed = value === null ? { ...valueNode, offset: keyOffset } : valueNode;
      if (name === undefined) {
        continue;
      }
      if (isMergeKey(key)) {
        this.#merge(inherited, placed, path);
        continue;
      }
      if (own.has(name)) {
        this.#problems.add("error", keyOffset, joinPath(path), MESSAGES.duplicateKey(name));
      }
      own.set(name, { keyOffset, value: placed });
    }
    for (const [name, entry] of inherited) {
      if (!own.has(name)) {
        own.set(name, entry);
      }
    }
    return own;
  }

  #keyName(key: Node, path: readonly string[]): string | undefined {
    const target: TreeNode | undefined = isAlias(key) ? this.node(key, path) : undefined;
    if (target?.kind === "scalar") {
      return target.text;
    }
    if (isScalar(key) && key.value !== null) {
      const resolved = this.node(key, path);
      return resolved.kind === "scalar" ? resolved.text : undefined;
    }
    this.#problems.add("error", key?.range?.[0] ?? 0, joinPath(path), MESSAGES.badKey());
    return undefined;
  }

  #merge(inherited: Map<string, MapEntry>, value: TreeNode, path: readonly string[]): void {
    for (const source of value.kind === "list" ? value.items : [value]) {
      if (source.kind !== "map") {
        this.#problems.add("error", source.offset, joinPath([...path, "<<"]), MESSAGES.badMerge());
        continue;
      }
      this.#merged += source.entries.size;
      if (this.#merged > COMPOSE_NODES_MAX) {
        throw new ReadError("TOO_LARGE", MESSAGES.tooManyNodes(COMPOSE_NODES_MAX), this.#lines.placeOf(value.offset));
      }
      for (const [name, entry] of source.entries) {
        if (!inherited.has(name)) {
          inherited.set(name, entry);
        }
      }
    }
  }

  #bounded(node: TreeNode): TreeNode {
    if (node.size > COMPOSE_NODES_MAX) {
      throw new ReadError("TOO_LARGE", MESSAGES.tooManyNodes(COMPOSE_NODES_MAX), this.#lines.placeOf(node.offset));
    }
    if (node.depth > COMPOSE_DEPTH_MAX) {
      throw new ReadError("TOO_LARGE", MESSAGES.tooDeep(COMPOSE_DEPTH_MAX), this.#lines.placeOf(node.offset));
    }
    return node;
  }
}

function isMergeKey(key: Node): boolean {
  return isScalar(key) && key.value === "<<" && key.type === "PLAIN";
}

function measure(children: readonly TreeNode[]): { size: number; depth: number } {
  let size = 1;
  let depth = 0;
  for (const child of children) {
    size += child.size;
    depth = Math.max(depth, child.depth);
  }
  return { size, depth: depth + 1 };
}

function scalarOf(scalar: Scalar): Pick<ScalarNode, "value" | "text"> {
  const { value, source } = scalar;
  if (typeof value === "string") {
    return { value, text: value };
  }
  if (typeof value === "number" || typeof value === "boolean") {
    return { value, text: source ?? String(value) };
  }
  // The core schema gives nothing else than null; a value of another kind would be read as the text it was written as.
  return value === null || value === undefined
    ? { value: null, text: "" }
    : { value: source ?? "", text: source ?? "" };
}
