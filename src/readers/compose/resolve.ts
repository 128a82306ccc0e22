import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar } from "yaml";
import { ReadError } from "../read-result.ts";
import { type Environment, type Interpolated, interpolate } from "./environment.ts";
import { COMPOSE_DEPTH_MAX, COMPOSE_NODES_MAX, INTERPOLATED_CHARACTERS_MAX, INTERPOLATED_TOTAL_MAX } from "./limits.ts";
import type { Source } from "./lines.ts";
import { MESSAGES } from "./messages.ts";
import type { Problems } from "./problems.ts";
import {
  joinPath,
  type ListNode,
  type MapEntry,
  type MapNode,
  type MergeTag,
  measure,
  type ScalarNode,
  type TreeNode,
} from "./tree.ts";

const MERGE_TAGS: ReadonlySet<string> = new Set<MergeTag>(["!reset", "!override"]);

/** What the documents of one project use up together. */
export interface InterpolationBudget {
  characters: number;
}

/**
 * Follows aliases, carries out merge keys and puts variables in, within {@link COMPOSE_NODES_MAX} and
 * {@link COMPOSE_DEPTH_MAX}.
 */
export function resolveDocument(
  document: Document.Parsed,
  source: Source,
  environment: Environment,
  problems: Problems,
  budget: InterpolationBudget = { characters: 0 },
): TreeNode {
  return new Resolver(source, environment, problems, budget).root(document.contents);
}

class Resolver {
  readonly #source: Source;
  readonly #environment: Environment;
  readonly #problems: Problems;
  readonly #budget: InterpolationBudget;
  /** What an anchor stands for at this point of the file; `undefined` while its own node is being resolved. */
  readonly #anchors = new Map<string, TreeNode | undefined>();
  /** Keys and `[index]` from the top of the file to the node at hand. */
  readonly #path: string[] = [];
  /** Entries of mappings copied by merge keys: work that the size of the result alone does not show. */
  #merged = 0;

  constructor(source: Source, environment: Environment, problems: Problems, budget: InterpolationBudget) {
    this.#source = source;
    this.#environment = environment;
    this.#problems = problems;
    this.#budget = budget;
  }

  root(node: Node | null | undefined): TreeNode {
    return this.#node(node);
  }

  #offsetOf(node: Node | null | undefined): number {
    return this.#source.base + (node?.range?.[0] ?? 0);
  }

  /** `keyOffset`: the key that the node is the value of. */
  #node(node: Node | null | undefined, keyOffset?: number): TreeNode {
    if (node === null || node === undefined) {
      return { kind: "scalar", value: null, text: "", offset: keyOffset ?? this.#source.base, size: 1, depth: 0 };
    }
    if (isAlias(node)) {
      return this.#alias(node.source, this.#offsetOf(node));
    }
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor !== undefined) {
      this.#anchors.set(anchor, undefined);
    }
    const resolved = this.#bounded(this.#resolve(node, keyOffset));
    if (anchor !== undefined) {
      this.#anchors.set(anchor, resolved);
    }
    return resolved;
  }

  #child(step: string, node: Node | null, keyOffset?: number): TreeNode {
    this.#path.push(step);
    const resolved = this.#node(node, keyOffset);
    this.#path.pop();
    return resolved;
  }

  #alias(name: string, offset: number): TreeNode {
    const target = this.#anchors.get(name);
    if (target === undefined) {
      const message = this.#anchors.has(name) ? MESSAGES.aliasCycle(name) : MESSAGES.unknownAlias(name);
      throw new ReadError("BAD_SYNTAX", message, this.#source.placeOf(offset));
    }
    return target;
  }

  #resolve(node: Node, keyOffset: number | undefined): TreeNode {
    const own = this.#offsetOf(node);
    const tag = node.tag !== undefined && MERGE_TAGS.has(node.tag) ? { tag: node.tag as MergeTag } : undefined;
    if (isSeq(node)) {
      const items = node.items.map((item, index) => this.#child(`[${index}]`, item as Node));
      const offset = node.flow === true ? own : (keyOffset ?? own);
      return { kind: "list", items, offset, ...measure(items), ...tag } satisfies ListNode;
    }
    if (isMap(node)) {
      const entries = this.#entries(node.items as Pair<Node, Node | null>[]);
      const offset = node.flow === true ? own : (keyOffset ?? own);
      const size = measure(Array.from(entries.values(), (entry) => entry.value));
      return { kind: "map", entries, offset, ...size, ...tag } satisfies MapNode;
    }
    return { kind: "scalar", offset: own, size: 1, depth: 0, ...this.#scalar(node as Scalar, own), ...tag };
  }

  /** Own keys win over merged ones, and earlier merged mappings over later ones (yaml.org/type/merge.html). */
  #entries(pairs: readonly Pair<Node, Node | null>[]): ReadonlyMap<string, MapEntry> {
    const own = new Map<string, MapEntry>();
    const inherited = new Map<string, MapEntry>();
    for (const { key, value } of pairs) {
      const keyOffset = this.#offsetOf(key);
      const name = this.#keyName(key);
      // Also without a name: an anchor in the value may be used further down.
      const valueNode = this.#child(name ?? "?", value, keyOffset);
      if (name === undefined) {
        continue;
      }
      if (isMergeKey(key)) {
        this.#merge(inherited, valueNode);
        continue;
      }
      if (own.has(name)) {
        this.#problems.add("error", keyOffset, joinPath(this.#path), MESSAGES.duplicateKey(name));
      }
      own.set(name, { keyOffset, value: valueNode });
    }
    for (const [name, entry] of inherited) {
      if (!own.has(name)) {
        own.set(name, entry);
      }
    }
    return own;
  }

  #keyName(key: Node): string | undefined {
    const target: TreeNode | undefined = isAlias(key) ? this.#node(key) : undefined;
    if (target?.kind === "scalar") {
      return target.text;
    }
    if (isScalar(key) && key.value !== null) {
      const { text } = scalarOf(key);
      if (key.anchor !== undefined) {
        this.#node(key);
      }
      return text;
    }
    this.#problems.add("error", this.#offsetOf(key), joinPath(this.#path), MESSAGES.badKey());
    return undefined;
  }

  #merge(inherited: Map<string, MapEntry>, value: TreeNode): void {
    for (const source of value.kind === "list" ? value.items : [value]) {
      if (source.kind !== "map") {
        this.#problems.add("error", source.offset, joinPath([...this.#path, "<<"]), MESSAGES.badMerge());
        continue;
      }
      this.#merged += source.entries.size;
      if (this.#merged > COMPOSE_NODES_MAX) {
        throw this.#tooLarge(MESSAGES.tooManyNodes(COMPOSE_NODES_MAX), value.offset);
      }
      for (const [name, entry] of source.entries) {
        if (!inherited.has(name)) {
          inherited.set(name, entry);
        }
      }
    }
  }

  #scalar(scalar: Scalar, offset: number): Omit<ScalarNode, "kind" | "offset" | "size" | "depth"> {
    const read = scalarOf(scalar);
    if (typeof read.value !== "string" || !read.value.includes("$")) {
      return read;
    }
    const { text, unknown, fault } = interpolate(read.value, this.#environment);
    this.#budget.characters += Math.max(text.length - read.value.length, 0);
    if (this.#budget.characters > INTERPOLATED_TOTAL_MAX) {
      throw this.#tooLarge(MESSAGES.variablesTooLong(INTERPOLATED_TOTAL_MAX), offset);
    }
    if (fault !== undefined) {
      this.#problems.add("error", offset, joinPath(this.#path), faultMessage(fault));
    }
    return {
      value: text,
      text,
      ...(unknown.length > 0 && { unknown }),
      ...(fault !== undefined && { invalid: true }),
    };
  }

  #bounded(node: TreeNode): TreeNode {
    if (node.size > COMPOSE_NODES_MAX) {
      throw this.#tooLarge(MESSAGES.tooManyNodes(COMPOSE_NODES_MAX), node.offset);
    }
    if (node.depth > COMPOSE_DEPTH_MAX) {
      throw this.#tooLarge(MESSAGES.tooDeep(COMPOSE_DEPTH_MAX), node.offset);
    }
    return node;
  }

  #tooLarge(message: ReturnType<typeof MESSAGES.tooDeep>, offset: number): ReadError {
    return new ReadError("TOO_LARGE", message, this.#source.placeOf(offset));
  }
}

function faultMessage(fault: NonNullable<Interpolated["fault"]>) {
  switch (fault.kind) {
    case "invalid":
      return MESSAGES.badVariable();
    case "too-long":
      return MESSAGES.variablesTooLong(INTERPOLATED_CHARACTERS_MAX);
    case "required":
      return MESSAGES.requiredVariable(fault.name, fault.message);
  }
}

function isMergeKey(key: Node): boolean {
  return isScalar(key) && key.value === "<<" && key.type === "PLAIN";
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
