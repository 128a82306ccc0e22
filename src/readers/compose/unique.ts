import { posix } from "node:path";
import { parsePortText } from "./port-text.ts";
import type { MapNode, TreeNode } from "./tree.ts";
import { parseVolumeText } from "./volume-text.ts";

/** What makes an entry of a list the same as another; `undefined`: it is nobody else's. */
type KeyOf = (item: TreeNode) => string | undefined;

/** The key of `KEY=VALUE`, else the whole. */
const pair: KeyOf = (item) =>
  item.kind === "scalar" && item.unknown === undefined ? item.text.split("=", 1)[0] : undefined;

const NO_VOLUMES: ReadonlyMap<string, unknown> = new Map();

const volume: KeyOf = (item) => {
  if (item.kind === "map") {
    return cleaned(textOf(item, "target"));
  }
  return item.kind === "scalar" && item.unknown === undefined
    ? cleaned(parseVolumeText(item.text, false, NO_VOLUMES)?.target)
    : undefined;
};

const cleaned = (target: string | undefined): string | undefined =>
  target === undefined ? undefined : posix.normalize(target).replace(/(.)\/$/, "$1");

const device: KeyOf = (item) => {
  if (item.kind === "map") {
    return textOf(item, "target") ?? textOf(item, "source");
  }
  if (item.kind !== "scalar" || item.unknown !== undefined) {
    return undefined;
  }
  const [source, target] = item.text.split(":");
  return target ?? source;
};

const mounted =
  (directory: string): KeyOf =>
  (item) => {
    if (item.kind === "scalar") {
      return item.unknown === undefined ? `${directory}/${item.text}` : undefined;
    }
    const source = item.kind === "map" ? textOf(item, "source") : undefined;
    return item.kind === "map" ? (textOf(item, "target") ?? (source && `${directory}/${source}`)) : undefined;
  };

const port: KeyOf = (item) => {
  if (item.kind === "map") {
    const part = (key: string) => textOf(item, key) ?? "";
    const host = item.entries.get("host_ip") === undefined ? "" : part("host_ip");
    return [host, part("published"), part("target"), part("protocol") || "tcp"].join(" ");
  }
  if (item.kind !== "scalar" || item.unknown !== undefined) {
    return undefined;
  }
  const parsed = parsePortText(item.text);
  if (parsed === undefined) {
    return item.text;
  }
  const range = (ports: { first: number; last: number } | undefined) =>
    ports === undefined ? "" : ports.first === ports.last ? `${ports.first}` : `${ports.first}-${ports.last}`;
  return [parsed.hostIp, range(parsed.host), range(parsed.container), parsed.protocol].join(" ");
};

const envFile: KeyOf = (item) => (item.kind === "map" ? textOf(item, "path") : pair(item));

function textOf(map: MapNode, key: string): string | undefined {
  const value = map.entries.get(key)?.value;
  return value?.kind === "scalar" && value.value !== null && value.unknown === undefined ? value.text : undefined;
}

/** Lists of which the last of equal entries stands (compose-go, override/uncity.go), by path. */
const UNIQUE: ReadonlyMap<string, KeyOf> = new Map<string, KeyOf>([
  ["networks.*.labels", pair],
  ["volumes.*.labels", pair],
  ["services.*.annotations", pair],
  ["services.*.build.args", pair],
  ["services.*.build.additional_contexts", pair],
  ["services.*.build.labels", pair],
  ["services.*.build.tags", pair],
  ["services.*.cap_add", pair],
  ["services.*.cap_drop", pair],
  ["services.*.configs", mounted("")],
  ["services.*.deploy.labels", pair],
  ["services.*.devices", device],
  ["services.*.dns", pair],
  ["services.*.dns_opt", pair],
  ["services.*.dns_search", pair],
  ["services.*.env_file", envFile],
  ["services.*.environment", pair],
  ["services.*.expose", pair],
  ["services.*.labels", pair],
  ["services.*.links", pair],
  ["services.*.ports", port],
  ["services.*.profiles", pair],
  ["services.*.secrets", mounted("/run/secrets")],
  ["services.*.sysctls", pair],
  ["services.*.tmpfs", pair],
  ["services.*.volumes", volume],
]);

/** How entries of a list are told apart; `undefined`: all of them stay. */
export const uniqueKeyOf = (pattern: string): KeyOf | undefined => UNIQUE.get(pattern);
