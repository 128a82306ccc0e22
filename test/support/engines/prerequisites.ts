/** What a machine lacks to run an engine of a kind. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { isStatic } from "./elf.ts";
import { COMMAND_MS_MAX } from "./limits.ts";
import { findProgram } from "./programs.ts";
import type { EngineRecipe } from "./recipe.ts";

/** What every kind needs. */
const SHARED_PROGRAMS = ["busybox", "docker", "ip", "mount", "sh", "tar", "umount", "unshare"];

/** What is missing, in words for a skipped test. Empty when the engine can start. */
export function missingPrerequisites(recipe: EngineRecipe): string[] {
  if (process.platform !== "linux") {
    return ["Linux"];
  }
  const programs = [...SHARED_PROGRAMS, ...recipe.prerequisites.programs].filter(
    (program) => findProgram(program) === undefined,
  );
  const missing = [
    ...(process.geteuid?.() === 0 ? [] : ["root"]),
    ...programs,
    ...recipe.prerequisites.files.filter((path) => !existsSync(path)),
    ...(hasStaticBusybox() ? [] : ["busybox-static (the busybox here is linked dynamically)"]),
  ];
  return missing.length > 0 ? missing : missingNamespaces();
}

/** An image has no libraries, so a busybox that wants some would not start in it. */
function hasStaticBusybox(): boolean {
  const path = findProgram("busybox");
  return path === undefined || isStatic(readFileSync(path));
}

/** Namespaces cannot be asked for, only tried. */
function missingNamespaces(): string[] {
  const tried = spawnSync("unshare", ["--mount", "--net", "true"], { encoding: "utf8", timeout: COMMAND_MS_MAX });
  return tried.status === 0 ? [] : [`mount and network namespaces (${tried.stderr.trim()})`];
}
