import type { Environment } from "./environment.ts";
import type { Sources } from "./lines.ts";
import { MESSAGES } from "./messages.ts";
import type { OtherFiles } from "./other-files.ts";
import type { Problems } from "./problems.ts";
import { withEnvFiles } from "./project-environment.ts";
import { childOf, itemsOf, type ScalarNode, type TreeNode, type Written } from "./tree.ts";

/** One entry of `include`: files that are merged into one model of its own. */
export interface Inclusion {
  readonly written: Written;
  /** The first is the main one, the others are merged over it. */
  readonly paths: readonly ScalarNode[];
  readonly projectDirectory: ScalarNode | undefined;
  /** `undefined`: the `.env` of the directory. */
  readonly envFiles: readonly ScalarNode[] | undefined;
}

/** Reads `include`: `PATH`, or `{path, project_directory, env_file}`, where path and env_file may be lists. */
export function inclusionsOf(written: Written, problems: Problems): readonly Inclusion[] {
  if (written.node.kind !== "list") {
    problems.error(written, MESSAGES.wrongType("list"));
    return [];
  }
  return itemsOf(written.node, written.path).flatMap((item) => {
    const inclusion = inclusionOf(item);
    if (inclusion === undefined) {
      problems.error(item, MESSAGES.wrongType("include"));
      return [];
    }
    return [inclusion];
  });
}

function inclusionOf(written: Written): Inclusion | undefined {
  const { node } = written;
  if (node.kind === "scalar") {
    const paths = textsOf(node);
    return paths && { written, paths, projectDirectory: undefined, envFiles: undefined };
  }
  const child = (key: string): TreeNode | undefined =>
    node.kind === "map" ? childOf(node, written.path, key)?.node : undefined;
  const paths = textsOf(child("path"));
  const directory = child("project_directory");
  const envFile = child("env_file");
  const [projectDirectory, ...more] = directory === undefined ? [] : (textsOf(directory) ?? [undefined]);
  const envFiles = envFile && textsOf(envFile);
  const bad =
    paths === undefined ||
    paths.length === 0 ||
    more.length > 0 ||
    (directory !== undefined && projectDirectory === undefined) ||
    (envFile !== undefined && envFiles === undefined);
  return bad ? undefined : { written, paths, projectDirectory, envFiles };
}

/** A text, or a list of texts. */
function textsOf(node: TreeNode | undefined): readonly ScalarNode[] | undefined {
  const nodes = node?.kind === "list" ? node.items : node === undefined ? [] : [node];
  const texts = nodes.filter((item) => item.kind === "scalar").filter((item) => typeof item.value === "string");
  return node !== undefined && texts.length === nodes.length ? texts : undefined;
}

/** Names of the variables that an inclusion itself depends on. */
export function unknownOf({ paths, projectDirectory, envFiles }: Inclusion): readonly string[] {
  const nodes = [...paths, ...(projectDirectory === undefined ? [] : [projectDirectory]), ...(envFiles ?? [])];
  return nodes.flatMap((node) => node.unknown ?? []);
}

/** The variables of an included model: those of the project, then those of its own files. */
export function includedEnvironment(
  inclusion: Inclusion,
  outer: Environment,
  directory: string,
  files: OtherFiles,
  sources: Sources,
  problems: Problems,
): Environment {
  const read: { uri: string; text: string }[] = [];
  if (inclusion.envFiles === undefined) {
    const own = files.read(".env", directory);
    if (own.fault === undefined) {
      read.push(own);
    }
  }
  for (const node of inclusion.envFiles ?? []) {
    if (node.text === "/dev/null") {
      continue;
    }
    const file = files.read(node.text, sources.directoryOf(node.offset));
    if (file.fault === undefined) {
      read.push(file);
    } else {
      problems.add("error", node.offset, `${inclusion.written.path}.env_file`, file.fault);
    }
  }
  return withEnvFiles(outer, read, sources, problems);
}

/** Whether two trees say the same, wherever they were written. */
export function sameTree(left: TreeNode, right: TreeNode): boolean {
  if (left === right) {
    return true;
  }
  if (left.kind === "scalar" || right.kind === "scalar" || left.size !== right.size) {
    return left.kind === "scalar" && right.kind === "scalar" && left.value === right.value;
  }
  if (left.kind === "list" || right.kind === "list") {
    return (
      left.kind === "list" &&
      right.kind === "list" &&
      left.items.length === right.items.length &&
      left.items.every((item, index) => sameTree(item, right.items[index] ?? item))
    );
  }
  return (
    left.entries.size === right.entries.size &&
    Array.from(left.entries).every(([key, { value }]) => {
      const other = right.entries.get(key);
      return other !== undefined && sameTree(value, other.value);
    })
  );
}
