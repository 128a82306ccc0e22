import type { Workload } from "./workload.ts";

/** Whether the configuration says something at a field such as `HostConfig.Binds[0]`. */
export function isWritten(workload: Workload, field: string): boolean {
  const root = field.startsWith("HostConfig.") ? "HostConfig" : field.startsWith("Config.") ? "Config" : undefined;
  if (root === undefined) {
    return false;
  }
  const end = endOfKey(field, root.length + 1);
  const value = (workload.config[root] as Readonly<Record<string, unknown>>)[field.slice(root.length + 1, end)];
  if (end === field.length) {
    return value !== undefined && value !== "" && value !== false;
  }
  if (field[end] === ".") {
    return value !== undefined;
  }
  return Array.isArray(value) && Number.parseInt(field.slice(end + 1), 10) < value.length;
}

/** Where the key that begins at `start` ends: at a point, a bracket or the end. */
function endOfKey(field: string, start: number): number {
  let end = start;
  while (end < field.length && field[end] !== "." && field[end] !== "[") {
    end += 1;
  }
  return end;
}
