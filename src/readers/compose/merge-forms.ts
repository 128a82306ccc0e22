import { isNull, listNode, mapNode, type ScalarNode, type TreeNode } from "./tree.ts";

/** One value as a list of one. */
export function asSequence(node: TreeNode): TreeNode {
  return node.kind === "list" ? node : listNode([node], node.offset);
}

/** A mapping as a list of `KEY=VALUE`, each with the place of its value; a list stays. */
export function asPairs(node: TreeNode): TreeNode {
  if (node.kind !== "map") {
    return asSequence(node);
  }
  const kept = Array.from(node.entries).filter(([, { value }]) => value.tag !== "!reset");
  return listNode(
    kept.map(([key, { value }]) => pairOf(key, value)),
    node.offset,
  );
}

/** A list of pairs without those whose key a later mapping marks with `!reset`. */
export function withoutReset(pairs: TreeNode, over: TreeNode): TreeNode {
  const reset = over.kind === "map" ? Array.from(over.entries).filter(([, { value }]) => value.tag === "!reset") : [];
  if (reset.length === 0 || pairs.kind !== "list") {
    return pairs;
  }
  const keys = new Set(reset.map(([key]) => key));
  const keyOf = (item: TreeNode) => (item.kind === "scalar" ? item.text.split("=", 1)[0] : undefined);
  return listNode(
    pairs.items.filter((item) => !keys.has(keyOf(item) ?? "")),
    pairs.offset,
  );
}

function pairOf(key: string, value: TreeNode): TreeNode {
  // Not a text: left as it is, so that whoever reads the list says what is wrong with it.
  if (value.kind !== "scalar") {
    return value;
  }
  const { unknown, offset } = value;
  // A template doubles its dollar signs, and keys are never looked through for variables.
  const name = unknown === undefined ? key : key.replaceAll("$", "$$$$");
  const text = isNull(value) ? name : `${name}=${value.text}`;
  const pair: ScalarNode = { ...value, value: text, text, offset };
  return pair;
}

/** A list of keys as a mapping without values; a mapping stays. */
export function asMapping(node: TreeNode): TreeNode {
  if (node.kind !== "list" || node.items.some((item) => item.kind !== "scalar" || item.unknown !== undefined)) {
    return node;
  }
  const entries = node.items.map((item) => {
    const nothing: ScalarNode = { kind: "scalar", value: null, text: "", offset: item.offset, size: 1, depth: 0 };
    return [item.kind === "scalar" ? item.text : "", { keyOffset: item.offset, value: nothing }] as const;
  });
  return mapNode(new Map(entries), node.offset);
}
