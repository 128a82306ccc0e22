/** A document as a tree without aliases and merge keys: what they stood for is in their place, where it was written. */
export type TreeNode = ScalarNode | ListNode | MapNode;

interface NodeBase {
  /** Where the node was written, in UTF-16 code units from the beginning of the file. */
  readonly offset: number;
  /** Nodes in it and below, aliases written out. */
  readonly size: number;
  /** Collections on the longest way down, itself included. */
  readonly depth: number;
}

/** A string, number, boolean or null. */
export interface ScalarNode extends NodeBase {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
}

/** A sequence. */
export interface ListNode extends NodeBase {
  readonly kind: "list";
  readonly items: readonly TreeNode[];
}

/** A mapping. */
export interface MapNode extends NodeBase {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, MapEntry>;
}

/** A key and its value. */
export interface MapEntry {
  readonly keyOffset: number;
  readonly value: TreeNode;
}

/** A scalar. */
export const scalarOf = (value: ScalarNode["value"], offset: number): ScalarNode => ({
  kind: "scalar",
  value,
  offset,
  size: 1,
  depth: 0,
});

/** A sequence, measured. */
export function listOf(items: readonly TreeNode[], offset: number): ListNode {
  return { kind: "list", items, offset, ...measured(items) };
}

/** A mapping, measured. */
export function mapOf(entries: ReadonlyMap<string, MapEntry>, offset: number): MapNode {
  return { kind: "map", entries, offset, ...measured(Array.from(entries.values(), ({ value }) => value)) };
}

function measured(children: readonly TreeNode[]): { size: number; depth: number } {
  let size = 1;
  let depth = 0;
  for (const child of children) {
    size += child.size;
    depth = Math.max(depth, child.depth);
  }
  return { size, depth: depth + 1 };
}

/** Keys and indexes from the top of a document to a node. */
export type TreePath = readonly (string | number)[];

/** `spec.containers[0].ports`, and keys with other characters in quotes. */
export function formatPath(path: TreePath): string {
  let text = "";
  for (const part of path) {
    if (typeof part === "number") {
      text += `[${part}]`;
    } else if (/^[\w-]+$/.test(part)) {
      text += text === "" ? part : `.${part}`;
    } else {
      text += `[${JSON.stringify(part)}]`;
    }
  }
  return text;
}

/** The node at a path, and where its key or item begins; the last one that exists when the path leads further. */
export function nodeAt(root: TreeNode, path: TreePath): { readonly node: TreeNode; readonly offset: number } {
  let node = root;
  let offset = root.offset;
  for (const part of path) {
    if (typeof part === "number") {
      const item = node.kind === "list" ? node.items[part] : undefined;
      if (item === undefined) {
        break;
      }
      node = item;
      offset = item.offset;
    } else {
      const entry = node.kind === "map" ? node.entries.get(part) : undefined;
      if (entry === undefined) {
        break;
      }
      node = entry.value;
      offset = entry.keyOffset;
    }
  }
  return { node, offset };
}
