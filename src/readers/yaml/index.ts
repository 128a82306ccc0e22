export { YAML_BYTES_MAX, YAML_DEPTH_MAX, YAML_DOCUMENTS_MAX, YAML_NODES_MAX } from "./limits.ts";
export { Lines } from "./lines.ts";
export { type DuplicateKey, type ReadDocument, readDocument } from "./read-document.ts";
export { type DocumentText, splitDocuments } from "./split.ts";
export {
  formatPath,
  type ListNode,
  type MapNode,
  nodeAt,
  type ScalarNode,
  type TreeNode,
  type TreePath,
} from "./tree.ts";
export { YamlError } from "./yaml-error.ts";
