import { readdirSync } from "node:fs";
import { join } from "node:path";
import { detectKind } from "./detect.ts";
import { readNamedFile } from "./files.ts";

/** Files that one directory target gives at most. */
export const DIRECTORY_FILES_MAX = 10_000;

/** How deep a directory target is searched. */
export const DIRECTORY_DEPTH_MAX = 12;

const SKIPPED = new Set(["node_modules", ".git", ".hg", ".svn", "vendor"]);

/** Compose files and files of container documents below a directory, in order of their names. */
export function filesBelow(directory: string): { readonly files: readonly string[]; readonly complete: boolean } {
  const files: string[] = [];
  let complete = true;
  const visit = (folder: string, depth: number): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((left, right) =>
      left.name < right.name ? -1 : 1,
    )) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) {
        if (depth >= DIRECTORY_DEPTH_MAX) {
          complete = false;
        } else {
          visit(path, depth + 1);
        }
      } else if (entry.isFile() && isCandidate(path, entry.name)) {
        if (files.length >= DIRECTORY_FILES_MAX) {
          complete = false;
          return;
        }
        files.push(path);
      }
    }
  };
  visit(directory, 0);
  return { files, complete };
}

/** By name for Compose files; other YAML and JSON files by content, so that a stray settings file is no error. */
function isCandidate(path: string, name: string): boolean {
  if (/^(docker-)?compose([.-].*)?\.ya?ml$/.test(name)) {
    return true;
  }
  if (/^(Dockerfile|Containerfile)([.-].*)?$|\.(Dockerfile|Containerfile)$/i.test(name)) {
    return !/\.dockerignore$/.test(name);
  }
  if (!/\.(ya?ml|json)$/.test(name)) {
    return false;
  }
  const text = readNamedFile(path);
  if (text === undefined) {
    return false;
  }
  const kind = detectKind(text);
  return kind === "create-request" ? /"HostConfig"\s*:/.test(text) : kind !== undefined;
}
