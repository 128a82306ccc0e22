/** filepath.Abs for a relative path: joined and cleaned, without looking at the file system. */
export function absolutePath(workingDirectory: string, path: string): string {
  const parts: string[] = [];
  for (const part of `${workingDirectory}/${path}`.split("/")) {
    if (part === "..") {
      parts.pop();
    } else if (part !== "" && part !== ".") {
      parts.push(part);
    }
  }
  return `/${parts.join("/")}`;
}

/** path.Clean: an empty path is `.`, and `..` above a relative start stays. */
export function cleanPath(path: string): string {
  const parts: string[] = [];
  const isAbsolute = path.startsWith("/");
  for (const part of path.split("/")) {
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") {
      parts.pop();
    } else if (part !== "" && part !== "." && !(part === ".." && isAbsolute)) {
      parts.push(part);
    }
  }
  const joined = parts.join("/");
  return isAbsolute ? `/${joined}` : joined === "" ? "." : joined;
}
