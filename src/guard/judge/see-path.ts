import { lstatSync, readlinkSync } from "node:fs";
import type { SeeHostPath } from "../../policy/index.ts";

/** Links that are followed on one way, as many as the kernel follows (path_resolution(7)). */
export const LINKS_MAX = 40;

/**
 * Follows the symbolic links of a path on this machine, as the engine does when it mounts one. What does not exist yet
 * is taken as it is written, below whatever its existing part leads to: the engine would make it there.
 */
export const seeLocalPath: SeeHostPath = (path) => {
  let done: string[] = [];
  let left = path.split("/").filter((part) => part !== "" && part !== ".");
  let socket = false;
  for (let links = 0; left.length > 0; ) {
    const [part = "", ...rest] = left;
    left = rest;
    if (part === "..") {
      done = done.slice(0, -1);
      continue;
    }
    const next = `/${[...done, part].join("/")}`;
    const stat = look(next);
    if (stat === "hidden") {
      return { realPath: path, socket: false, hidden: true };
    }
    if (stat?.isSymbolicLink() !== true) {
      done = [...done, part];
      socket = left.length === 0 && stat?.isSocket() === true;
      continue;
    }
    links += 1;
    const target = links > LINKS_MAX ? undefined : readlinkSync(next);
    if (target === undefined) {
      return { realPath: path, socket: false, hidden: true };
    }
    done = target.startsWith("/") ? [] : done;
    left = [...target.split("/").filter((word) => word !== "" && word !== "."), ...left];
  }
  return { realPath: `/${done.join("/")}`, socket, hidden: false };
};

function look(path: string): ReturnType<typeof lstatSync> | "hidden" | undefined {
  try {
    return lstatSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return code === "ENOENT" || code === "ENOTDIR" ? undefined : "hidden";
  }
}
