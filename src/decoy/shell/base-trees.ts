/** What trees begin with, made once in each thread. */
import { baseFiles } from "./base-files.ts";
import type { FileNode } from "./files.ts";
import { hostFiles } from "./host-files.ts";
import type { TreeBase } from "./job.ts";
import type { ShellPlace } from "./shell.ts";

const EMPTY: ReadonlyMap<string, FileNode> = new Map();

export function baseOf(base: TreeBase, place: Omit<ShellPlace, "layers">): ReadonlyMap<string, FileNode> {
  switch (base.kind) {
    case "image":
      return baseFiles(place.family);
    case "host":
      return hostFiles(place.machine);
    default:
      return EMPTY;
  }
}
