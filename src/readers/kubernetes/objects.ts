import type { ReadProblem } from "../read-result.ts";
import {
  type DocumentText,
  formatPath,
  type MapNode,
  readDocument,
  type TreeNode,
  type TreePath,
  YAML_NODES_MAX,
  YamlError,
} from "../yaml/index.ts";
import { isBuiltIn, itemKindOf, podPathOf } from "./kinds.ts";
import { LIST_DEPTH_MAX } from "./limits.ts";
import { MESSAGES } from "./messages.ts";
import type { WrittenObject } from "./pod.ts";
import type { Problems } from "./problems.ts";

/** What a Go template has and a manifest has not: an action with a field, a function or a keyword. */
const TEMPLATE = /\{\{-?\s*[\w.$"(/]/;

/** The objects of the documents of a file, those in lists included. A document that cannot be read leaves the others. */
export function readObjects(documents: readonly DocumentText[], problems: Problems): readonly WrittenObject[] {
  const objects: WrittenObject[] = [];
  const budget = { nodes: YAML_NODES_MAX };
  for (const document of documents) {
    const root = readRoot(document, budget, problems);
    if (root !== undefined) {
      addObject(objects, root, [], undefined, problems, LIST_DEPTH_MAX);
    }
  }
  return objects;
}

function readRoot(document: DocumentText, budget: { nodes: number }, problems: Problems): TreeNode | undefined {
  try {
    const { root, duplicates } = readDocument(document, budget);
    for (const { key, offset } of duplicates) {
      problems.add("note", offset, "", MESSAGES.duplicateKey(key));
    }
    return root;
  } catch (error) {
    if (!(error instanceof YamlError)) {
      throw error;
    }
    const message = error.code === "BAD_SYNTAX" && TEMPLATE.test(document.text) ? MESSAGES.template() : error.text;
    problems.add("error", error.offset, "", message);
    return undefined;
  }
}

function addObject(
  objects: WrittenObject[],
  node: TreeNode,
  path: TreePath,
  kindOfList: string | undefined,
  problems: Problems,
  depth: number,
): void {
  const say = (severity: ReadProblem["severity"], message: ReturnType<(typeof MESSAGES)["noKind"]>): void =>
    problems.add(severity, node.offset, formatPath(path), message);
  if (node.kind !== "map") {
    if (node.kind === "list" || node.value !== null) {
      say("error", MESSAGES.notObject());
    }
    return;
  }
  const apiVersion = textOf(node, "apiVersion") ?? "v1";
  // Items of a typed list are written without their kind.
  const kind = textOf(node, "kind") ?? (kindOfList === "" ? undefined : kindOfList);
  if (kind === undefined) {
    say("error", MESSAGES.noKind());
    return;
  }
  const itemKind = itemKindOf(kind);
  const items = node.entries.get("items")?.value;
  if (itemKind !== undefined && items?.kind === "list") {
    if (depth === 0) {
      say("error", MESSAGES.listTooDeep(LIST_DEPTH_MAX));
      return;
    }
    items.items.forEach((item, index) => {
      addObject(objects, item, [...path, "items", index], itemKind, problems, depth - 1);
    });
    return;
  }
  if (podPathOf(kind, apiVersion) === undefined && !isBuiltIn(apiVersion)) {
    say("note", MESSAGES.custom(kind, apiVersion));
    return;
  }
  objects.push({ node, kind, apiVersion, path });
}

/** A text field at the top of an object. */
export function textOf(node: MapNode, key: string): string | undefined {
  const value = node.entries.get(key)?.value;
  return value?.kind === "scalar" && typeof value.value === "string" ? value.value : undefined;
}
