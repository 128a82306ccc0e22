import type { ComposeOptions } from "./compose-options.ts";
import type { Declarations, DeclaredFile, DeclaredNetwork, DeclaredVolume } from "./declarations.ts";
import { EngineNames, projectNameOf } from "./engine-names.ts";
import { hostPath, type PathBase } from "./host-paths.ts";
import type { Sources } from "./lines.ts";
import { MESSAGES, REASONS } from "./messages.ts";
import type { Problems } from "./problems.ts";
import { childOf, entriesOf, isNull, type MapNode, type TreeNode, type Written } from "./tree.ts";
import { pairsOf, textOf } from "./values.ts";
import type { ReadText } from "./variables.ts";

/** Where paths start that are written at a node. */
type BaseOf = (node: TreeNode) => PathBase;

type Entry = Written & { readonly key: string; readonly keyOffset: number };

/** Reads the top of a file: volumes, networks, secrets, configs. */
export function readDeclarations(
  root: MapNode,
  options: ComposeOptions,
  sources: Sources,
  problems: Problems,
  legacy: boolean,
): Declarations {
  if (legacy) {
    const none = new Map<string, never>();
    return { volumes: none, networks: none, secrets: none, configs: none, defaultNetwork: undefined };
  }
  const named = childOf(root, "", "name");
  const name = named === undefined ? undefined : textOf(problems, named);
  const project = name === undefined || name.reason !== undefined ? projectNameOf(options.directory) : name.text;
  const baseOf: BaseOf = ({ offset }) => ({ directory: sources.directoryOf(offset), home: options.home });
  const networks = readNetworks(section(root, "networks", problems), project, problems);
  return {
    volumes: readVolumes(section(root, "volumes", problems), project, baseOf, problems),
    networks,
    secrets: readFiles(section(root, "secrets", problems), baseOf, problems),
    configs: readFiles(section(root, "configs", problems), baseOf, problems),
    defaultNetwork: networks.get("default") ?? { name: `${project}_default` },
  };
}

function section(root: MapNode, key: string, problems: Problems): readonly Entry[] {
  const written = childOf(root, "", key);
  if (written === undefined) {
    return [];
  }
  if (written.node.kind !== "map") {
    problems.error(written, MESSAGES.wrongType("map"));
    return [];
  }
  return entriesOf(written.node, key);
}

/** The name that the engine knows an external or explicitly named object by. */
function explicitName(entry: Entry, problems: Problems): ReadText | undefined {
  if (entry.node.kind !== "map") {
    return undefined;
  }
  const external = childOf(entry.node, entry.path, "external");
  const name =
    childOf(entry.node, entry.path, "name") ??
    // The form of Compose file version 2 and 3.
    (external?.node.kind === "map" ? childOf(external.node, external.path, "name") : undefined);
  if (name !== undefined) {
    return textOf(problems, name);
  }
  return isExternal(entry) ? { text: entry.key } : undefined;
}

/** Anything but a plain no counts: what we take for external is unknown, which is never harmless. */
function isExternal(entry: Entry): boolean {
  const external = entry.node.kind === "map" ? childOf(entry.node, entry.path, "external") : undefined;
  if (external === undefined) {
    return false;
  }
  return external.node.kind !== "scalar" || !/^(false|no|n|off)$/i.test(external.node.text);
}

function readNetworks(entries: readonly Entry[], project: string, problems: Problems): Map<string, DeclaredNetwork> {
  const explicit = new Map(entries.map((entry) => [entry.key, explicitName(entry, problems)]));
  const names = new EngineNames(project, textsOf(explicit.values()));
  return new Map(
    entries.map(({ key }) => {
      const name = explicit.get(key);
      const reason = name?.reason;
      return [key, { name: name?.text ?? names.network(key), ...(reason === undefined ? {} : { reason }) }];
    }),
  );
}

function textsOf(names: Iterable<ReadText | undefined>): string[] {
  return Array.from(names, (name) => name?.text).filter((name) => name !== undefined);
}

function readVolumes(
  entries: readonly Entry[],
  project: string,
  baseOf: BaseOf,
  problems: Problems,
): Map<string, DeclaredVolume> {
  const explicit = new Map(entries.map((entry) => [entry.key, explicitName(entry, problems)]));
  const names = new EngineNames(project, textsOf(explicit.values()));
  return new Map(
    entries.map((entry) => {
      const name = explicit.get(entry.key);
      return [entry.key, readVolume(entry, name?.text ?? names.volume(entry.key), name?.reason, baseOf, problems)];
    }),
  );
}

function readVolume(
  entry: Entry,
  name: string,
  nameReason: string | undefined,
  baseOf: BaseOf,
  problems: Problems,
): DeclaredVolume {
  const offset = entry.keyOffset;
  const open = (reason: string): DeclaredVolume => ({ name, offset, reason });
  if (nameReason !== undefined) {
    return open(nameReason);
  }
  if (isNull(entry.node)) {
    return { name, offset, facts: { name, driver: "local", options: {} } };
  }
  if (entry.node.kind !== "map") {
    problems.error(entry, MESSAGES.wrongType("map"));
    return open(REASONS.unreadVolume(name));
  }
  if (isExternal(entry)) {
    return open(REASONS.externalVolume(name));
  }
  const written = childOf(entry.node, entry.path, "driver");
  const driver = written === undefined ? { text: "local" } : textOf(problems, written);
  const driverOptions = readDriverOptions(entry.node, entry.path, baseOf, problems);
  if (driver === undefined || driverOptions === undefined) {
    return open(REASONS.unreadVolume(name));
  }
  const reason = driver.reason ?? driverOptions.reason;
  return reason === undefined
    ? {
        name,
        offset: driverOptions.offset ?? offset,
        facts: { name, driver: driver.text, options: driverOptions.options },
      }
    : open(reason);
}

function readDriverOptions(
  map: MapNode,
  path: string,
  baseOf: BaseOf,
  problems: Problems,
): { options: Record<string, string>; reason: string | undefined; offset?: number } | undefined {
  const written = childOf(map, path, "driver_opts");
  if (written === undefined) {
    return { options: {}, reason: undefined };
  }
  const pairs = written.node.kind === "map" ? pairsOf(problems, written) : undefined;
  if (pairs === undefined) {
    problems.error(written, MESSAGES.wrongType("map"));
    return undefined;
  }
  const values = new Map(pairs.map(({ key, value }) => [key, value ?? ""]));
  let reason = pairs.find((pair) => pair.reason !== undefined)?.reason;
  const device = values.get("device");
  const deviceNode = pairs.find(({ key }) => key === "device")?.written.node ?? map;
  if (device !== undefined && (values.get("o") ?? "").split(",").includes("bind")) {
    // The device of a bind is a path, and Compose resolves it like any other (compose-go, paths/resolve.go).
    const resolved = hostPath(device, baseOf(deviceNode));
    values.set("device", resolved.text);
    reason ??= resolved.reason;
  }
  // A volume that is a directory of the host stands where that is named.
  const shown = pairs.find(({ key }) => key === "device" || key === "mountpoint");
  return { options: Object.fromEntries(values), reason, ...(shown && { offset: shown.written.node.offset }) };
}

function readFiles(entries: readonly Entry[], baseOf: BaseOf, problems: Problems): Map<string, DeclaredFile> {
  return new Map(
    entries.map((entry) => {
      const external = isExternal(entry);
      const written = entry.node.kind === "map" ? childOf(entry.node, entry.path, "file") : undefined;
      if (entry.node.kind !== "map") {
        problems.error(entry, MESSAGES.wrongType("map"));
      }
      const text = written === undefined ? undefined : textOf(problems, written);
      const file =
        text === undefined || text.reason !== undefined
          ? text
          : hostPath(text.text, baseOf(written?.node ?? entry.node));
      return [entry.key, { external, ...(file === undefined ? {} : { file }) }];
    }),
  );
}
