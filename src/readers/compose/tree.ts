/**
 * A Compose file as a tree without aliases and merge keys: what they stood for is in their place, and still knows
 * where it was written.
 */
export type TreeNode = ScalarNode | ListNode | MapNode;

interface NodeBase {
  /**
   * Where the node was written, in UTF-16 code units on the scale of {@link Sources}. A collection in block style that is
   * the value of a key has the key's place, which is a line above its first entry.
   */
  readonly offset: number;
  /** Nodes in it and below, aliases written out. */
  readonly size: number;
  /** Collections on the longest way down, itself included. */
  readonly depth: number;
  /** How it acts when files are merged. */
  readonly tag?: MergeTag | undefined;
}

/** `!reset` takes away what an earlier file wrote, `!override` replaces it. */
export type MergeTag = "!reset" | "!override";

export interface ScalarNode extends NodeBase {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
  /** As it was written, without quotes: `1.10` and not 1.1. */
  readonly text: string;
  /** Names of the variables that the value depends on and that are not known; the text is then a template. */
  readonly unknown?: readonly string[] | undefined;
  /** Compose refuses the text for a `$` in it, and that was reported. */
  readonly invalid?: boolean | undefined;
}

export interface ListNode extends NodeBase {
  readonly kind: "list";
  readonly items: readonly TreeNode[];
}

export interface MapNode extends NodeBase {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, MapEntry>;
}

export interface MapEntry {
  readonly keyOffset: number;
  readonly value: TreeNode;
}

/** A node and the way to it in Compose's own words, for messages: `services.web.volumes[0].bind`. */
export interface Written {
  readonly node: TreeNode;
  readonly path: string;
}

/** Whether nothing was written: `key:` alone. Compose leaves such a key out. */
export function isNull(node: TreeNode): boolean {
  return node.kind === "scalar" && node.value === null;
}

/** A mapping or list of other entries, measured anew. */
export function measure(children: Iterable<TreeNode>): { size: number; depth: number } {
  let size = 1;
  let depth = 0;
  for (const child of children) {
    size += child.size;
    depth = Math.max(depth, child.depth);
  }
  return { size, depth: depth + 1 };
}

/** A mapping of these entries. */
export function mapNode(entries: ReadonlyMap<string, MapEntry>, offset: number): MapNode {
  return { kind: "map", entries, offset, ...measure(Array.from(entries.values(), (entry) => entry.value)) };
}

/** A list of these items. */
export function listNode(items: readonly TreeNode[], offset: number): ListNode {
  return { kind: "list", items, offset, ...measure(items) };
}

/** The value of a key, unless the key is missing or empty. */
export function childOf(map: MapNode, path: string, key: string): Written | undefined {
  const entry = map.entries.get(key);
  return entry === undefined || isNull(entry.value) ? undefined : { node: entry.value, path: pathTo(path, key) };
}

/** The entries of a list, with their paths. */
export function itemsOf(list: ListNode, path: string): readonly Written[] {
  return list.items.map((node, index) => ({ node, path: `${path}[${index}]` }));
}

/** The entries of a mapping, with their paths. */
export function entriesOf(map: MapNode, path: string): readonly (Written & { key: string; keyOffset: number })[] {
  return Array.from(map.entries, ([key, { keyOffset, value }]) => ({
    key,
    keyOffset,
    node: value,
    path: pathTo(path, key),
  }));
}

const pathTo = (path: string, key: string): string => (path === "" ? key : `${path}.${key}`);

/** `services.web.volumes[0]` from its parts. */
export function joinPath(parts: readonly string[]): string {
  return parts.reduce((path, part) => (part.startsWith("[") ? path + part : pathTo(path, part)), "");
}
