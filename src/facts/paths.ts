/**
 * Directories that are another directory under a second name on every current distribution: the `/var/run` link of the
 * Filesystem Hierarchy Standard 3.0 and the merged `/usr`. Longest first.
 */
const ALIASES: readonly (readonly [string, string])[] = [
  ["/proc/thread-self/root", "/"],
  ["/proc/self/root", "/"],
  ["/proc/1/root", "/"],
  ["/proc/1/cwd", "/"],
  ["/var/lock", "/run/lock"],
  ["/var/run", "/run"],
  ["/lib64", "/usr/lib64"],
  ["/sbin", "/usr/sbin"],
  ["/bin", "/usr/bin"],
  ["/lib", "/usr/lib"],
];

/** How often one alias may lead to another (`/proc/1/root/proc/1/root/…`). */
const ALIAS_STEPS_MAX = 16;

/** A path as `filepath.Clean` of the engine leaves it: no `.`, no `..`, no doubled or trailing slash. */
export function cleanPath(path: string): string {
  if (!needsCleaning(path)) {
    return path;
  }
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") {
      parts.pop();
    } else if (part !== "" && part !== ".") {
      parts.push(part);
    }
  }
  return `/${parts.join("/")}`;
}

function needsCleaning(path: string): boolean {
  return path.length > 1 && (path.endsWith("/") || path.includes("//") || path.includes("/."));
}

/** A clean path with its second names resolved: `/var/run/docker.sock` is `/run/docker.sock`. */
export function canonicalPath(path: string): string {
  let current = cleanPath(path);
  for (let step = 0; step < ALIAS_STEPS_MAX; step += 1) {
    const alias = ALIASES.find(([name]) => isAtOrBelow(current, name));
    if (alias === undefined) {
      return current;
    }
    current = cleanPath(`${alias[1]}/${current.slice(alias[0].length)}`);
  }
  return current;
}

/** Whether `path` is `ancestor` or lies below it. Both clean. */
export function isAtOrBelow(path: string, ancestor: string): boolean {
  if (ancestor === "/" || path === ancestor) {
    return true;
  }
  return path.length > ancestor.length && path.charCodeAt(ancestor.length) === 47 && path.startsWith(ancestor);
}

/** Whether `path` lies below `ancestor` and is not it. Both clean. */
export function isBelow(path: string, ancestor: string): boolean {
  return path !== ancestor && isAtOrBelow(path, ancestor);
}
