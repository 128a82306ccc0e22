/** Where the machine's programs are. */
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Folders for the administrator's programs; an ordinary user's PATH may lack them. */
const ADMIN_FOLDERS = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

/** Where Debian keeps the script that starts a rootless engine; Docker's own packages put it in the PATH. */
const CONTRIB_FOLDERS = ["/usr/share/docker.io/contrib"];

/** The PATH that engines are started with. */
export function enginePath(): string {
  return [process.env["PATH"] ?? "/usr/bin:/bin", ...ADMIN_FOLDERS].join(delimiter);
}

/** The full path of a program, or nothing when the machine does not have it. */
export function findProgram(name: string): string | undefined {
  return [...enginePath().split(delimiter), ...CONTRIB_FOLDERS]
    .map((folder) => join(folder, name))
    .find((path) => isExecutable(path));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    // Absent, closed or a dangling link: for our purpose the program is not there.
    return false;
  }
}
