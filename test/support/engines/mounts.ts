/** The mounts below an engine's folder, and how they are taken away before the folder is. */
import { readFileSync } from "node:fs";
import { runCommand } from "./command.ts";

/** One line of `/proc/PID/mountinfo`, as far as we need it. */
export interface MountLine {
  /** The directory of the mounted file system that is shown. */
  readonly root: string;
  readonly mountPoint: string;
  /** The device, or whatever name it was mounted by. */
  readonly source: string;
  readonly superOptions: string;
}

/** Reads the text of a `mountinfo` file; see proc(5). */
export function parseMounts(text: string): MountLine[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [before = "", after = ""] = line.split(" - ");
      const [, , , root = "", mountPoint = ""] = before.split(" ");
      const [, source = "", superOptions = ""] = after.split(" ");
      return {
        root: unescapeOctal(root),
        mountPoint: unescapeOctal(mountPoint),
        source: unescapeOctal(source),
        superOptions,
      };
    });
}

/** Where something is mounted in a folder, in our own mount namespace, the latest and deepest first. */
export function mountPointsIn(folder: string): string[] {
  return parseMounts(readFileSync("/proc/self/mountinfo", "utf8"))
    .map((mount) => mount.mountPoint)
    .filter((mountPoint) => mountPoint === folder || mountPoint.startsWith(`${folder}/`))
    .reverse();
}

/** Takes every mount in a folder away and returns those that stayed. */
export async function unmountAllIn(folder: string): Promise<string[]> {
  for (const mountPoint of mountPointsIn(folder)) {
    await runCommand("umount", [mountPoint]);
  }
  return mountPointsIn(folder);
}

/** The kernel writes space, tab, newline and backslash as three octal digits. */
function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
