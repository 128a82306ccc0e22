import { formatPath, type TreeNode, type TreePath } from "../yaml/index.ts";
import { type Expectation, MESSAGES } from "./messages.ts";
import type { Problems } from "./problems.ts";
import type { Fields, Shape } from "./shape.ts";

/** Reads trees as the API server decodes JSON into its types, and says what it would refuse. */
export class Decoder {
  readonly #problems: Problems;
  /** Something was of the wrong type: the API server refuses the whole object. */
  refused = false;

  constructor(problems: Problems) {
    this.#problems = problems;
  }

  /**
   * A value of a shape; null and what is absent give `undefined`. A part of the wrong type is reported and left out.
   * `path` is where the node stands in its document.
   */
  decode(node: TreeNode, shape: Shape, path: TreePath): unknown {
    if (node.kind === "scalar" && node.value === null) {
      return undefined;
    }
    if (shape === "any") {
      return {};
    }
    if (typeof shape === "string") {
      return this.#scalar(node, shape, path);
    }
    if ("list" in shape) {
      return this.#list(node, shape.list, path);
    }
    return "map" in shape ? this.#map(node, shape.map, path) : this.#object(node, shape, path);
  }

  #scalar(node: TreeNode, shape: "string" | "boolean" | "integer" | "quantity", path: TreePath): unknown {
    const value = node.kind === "scalar" ? node.value : undefined;
    switch (shape) {
      case "string":
        return typeof value === "string" ? value : this.#refuse(node, path, "string");
      case "boolean":
        return typeof value === "boolean" ? value : this.#refuse(node, path, "boolean");
      case "integer":
        return Number.isInteger(value) ? value : this.#refuse(node, path, "integer");
      case "quantity": {
        const written = typeof value === "number" || typeof value === "string" ? String(value) : "";
        // resource.Quantity: a number, and a suffix of ten, of two, or an exponent.
        return /^[-+]?(\d+\.?\d*|\.\d+)([numkMGTPE]|[KMGTPE]i|[eE][-+]?\d+)?$/.test(written)
          ? written
          : this.#refuse(node, path, "quantity");
      }
    }
  }

  #list(node: TreeNode, shape: Shape, path: TreePath): unknown {
    if (node.kind !== "list") {
      return this.#refuse(node, path, "list");
    }
    // A null item is the zero value of its type, and keeps the numbers of those after it.
    return node.items.map((item, index) => this.decode(item, shape, [...path, index]) ?? zeroOf(shape));
  }

  #map(node: TreeNode, shape: Shape, path: TreePath): unknown {
    if (node.kind !== "map") {
      return this.#refuse(node, path, "map");
    }
    const values = Array.from(node.entries, ([key, { value }]): [string, unknown] => [
      key,
      this.decode(value, shape, [...path, key]) ?? zeroOf(shape),
    ]);
    return Object.fromEntries(values);
  }

  #object(node: TreeNode, { fields }: Fields, path: TreePath): unknown {
    if (node.kind !== "map") {
      return this.#refuse(node, path, "map");
    }
    const read: Record<string, unknown> = {};
    for (const [key, { keyOffset, value }] of node.entries) {
      const shape = Object.hasOwn(fields, key) ? fields[key] : undefined;
      if (shape === undefined) {
        this.#problems.add("note", keyOffset, formatPath([...path, key]), MESSAGES.unknownField(key));
        continue;
      }
      const decoded = this.decode(value, shape, [...path, key]);
      if (decoded !== undefined) {
        read[key] = decoded;
      }
    }
    return read;
  }

  #refuse(node: TreeNode, path: TreePath, expected: Expectation): undefined {
    this.refused = true;
    this.#problems.add("error", node.offset, formatPath(path), MESSAGES.wrongType(expected));
    return undefined;
  }
}

function zeroOf(shape: Shape): unknown {
  switch (shape) {
    case "string":
    case "quantity":
      return "";
    case "boolean":
      return false;
    case "integer":
      return 0;
    default:
      return typeof shape !== "string" && "list" in shape ? [] : {};
  }
}
