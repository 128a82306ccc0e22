import type { Workload } from "./workload.ts";

/** Whether the configuration says something at a field such as `HostConfig.Binds[0]`. */
export function isWritten(workload: Workload, field: string): boolean {
  const root = field.startsWith("HostConfig.") ? "HostConfig" : field.startsWith("Config.") ? "Config" : undefined;
  if (root === undefined) {
    return false;
  }
  const bracket = field.search(/(?<=^\w+\.\w+)[.[]/);
  const key = field.slice(root.length + 1, bracket < 0 ? undefined : bracket);
  const value = (workload.config[root] as Readonly<Record<string, unknown>>)[key];
  if (bracket < 0) {
    return value !== undefined && value !== "" && value !== false;
  }
  if (field[bracket] === ".") {
    return value !== undefined;
  }
  return Array.isArray(value) && Number.parseInt(field.slice(bracket + 1), 10) < value.length;
}
