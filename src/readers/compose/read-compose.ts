import type { VolumeFacts, Workload } from "../../facts/index.ts";
import { ReadError, type ReadResult } from "../read-result.ts";
import type { ComposeOptions } from "./compose-options.ts";
import type { Declarations } from "./declarations.ts";
import type { FileContext, ServiceDraft } from "./draft.ts";
import { noteUnknownKeys } from "./known-keys.ts";
import { MESSAGES, REASONS } from "./messages.ts";
import { type ParsedYaml, parseYaml } from "./parse.ts";
import { Problems } from "./problems.ts";
import { readDeclarations } from "./read-declarations.ts";
import { type MergeTag, resolveDocument } from "./resolve.ts";
import { readService, type WrittenService, workloadOf } from "./service.ts";
import { childOf, isNull, joinPath, type MapNode, type TreeNode } from "./tree.ts";

const TOP_KEYS = new Set([
  "version",
  "name",
  "include",
  "services",
  "models",
  "networks",
  "volumes",
  "secrets",
  "configs",
]);

/**
 * Reads one Compose file: a workload for each service, whatever its profiles. Throws {@link ReadError} when nothing of
 * the text can be read as a Compose file; everything else that is wrong or not known is a problem with its place.
 */
export function readCompose(text: string, uri: string, options: ComposeOptions = {}): ReadResult {
  const yaml = parseYaml(text, uri);
  const problems = new Problems(yaml.lines);
  const { root, mergeTags } = resolveDocument(yaml.document, yaml.lines, problems);
  const layout = layoutOf(root, yaml, problems);
  const services = new Map(layout.services.map(({ name, map }) => [name, map]));
  const file: FileContext = {
    options,
    problems,
    declarations: readDeclarations(layout.root, options, problems, layout.legacy),
    services,
    containerNames: containerNamesOf(services),
    legacy: layout.legacy,
  };
  const drafts = layout.services.flatMap((service) => {
    const draft = readService(file, service);
    return draft === undefined ? [] : [{ draft, service }];
  });
  noteUnmerged(
    drafts.map(({ draft }) => draft),
    layout,
    yaml,
    mergeTags,
    problems,
  );
  const containers = new Map<string, Workload>();
  const surroundings = { volumes: volumesOf(file.declarations), containers };
  const workloads = drafts.map(({ draft, service }) => workloadOf(draft, service, uri, yaml.lines, surroundings));
  addContainers(containers, workloads, file.containerNames);
  return { workloads, problems: problems.list() };
}

/** Where the services of a file are. */
interface Layout {
  readonly root: MapNode;
  readonly services: readonly WrittenService[];
  readonly legacy: boolean;
}

function layoutOf(root: TreeNode, yaml: ParsedYaml, problems: Problems): Layout {
  if (root.kind !== "map") {
    throw new ReadError("NOT_THIS_INPUT", MESSAGES.notMapping(), yaml.lines.placeOf(root.offset));
  }
  const services = root.entries.get("services")?.value;
  if (services?.kind === "map") {
    noteUnknownKeys(problems, { node: root, path: "" }, TOP_KEYS);
    return { root, services: servicesIn(services, "services.", problems), legacy: false };
  }
  const included = root.entries.get("include");
  if (included !== undefined && services === undefined) {
    problems.add("error", included.keyOffset, "include", MESSAGES.onlyIncluded());
    return { root, services: [], legacy: false };
  }
  if (services !== undefined && isNull(services)) {
    problems.add("note", services.offset, "services", MESSAGES.noServices());
    return { root, services: [], legacy: false };
  }
  if (services === undefined && isLegacy(root)) {
    problems.add("note", root.offset, "", MESSAGES.legacy());
    return { root, services: servicesIn(root, "", problems), legacy: true };
  }
  throw new ReadError("NOT_THIS_INPUT", MESSAGES.notCompose(), yaml.lines.placeOf(services?.offset ?? root.offset));
}

/** A version 1 file has its services at the top. Each needs an image or a build, which other YAML files do not have. */
function isLegacy(root: MapNode): boolean {
  const values = Array.from(root.entries.values(), ({ value }) => value);
  return values.length > 0 && values.every((value) => value.kind === "map" && hasImage(value));
}

const hasImage = ({ entries }: MapNode): boolean => entries.has("image") || entries.has("build");

function servicesIn(map: MapNode, prefix: string, problems: Problems): readonly WrittenService[] {
  const services: WrittenService[] = [];
  for (const [name, { keyOffset, value }] of map.entries) {
    const path = `${prefix}${name}`;
    if (value.kind === "map") {
      services.push({ name, map: value, keyOffset, path });
    } else if (!name.startsWith("x-")) {
      problems.add("error", isNull(value) ? keyOffset : value.offset, path, MESSAGES.wrongType("map"));
    }
  }
  if (map.entries.size === 0) {
    problems.add("note", map.offset, "services", MESSAGES.noServices());
  }
  return services;
}

function containerNamesOf(services: ReadonlyMap<string, MapNode>): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [service, map] of services) {
    const written = childOf(map, "", "container_name");
    if (written?.node.kind === "scalar") {
      names.set(written.node.text, service);
    }
  }
  return names;
}

function volumesOf(declarations: Declarations): ReadonlyMap<string, VolumeFacts> {
  const volumes = new Map<string, VolumeFacts>();
  for (const { name, facts } of declarations.volumes.values()) {
    if (facts !== undefined) {
      volumes.set(name, facts);
    }
  }
  return volumes;
}

/** A service is found under its own name first: that is what `service:X` becomes. */
function addContainers(
  containers: Map<string, Workload>,
  workloads: readonly Workload[],
  containerNames: ReadonlyMap<string, string>,
): void {
  for (const workload of workloads) {
    containers.set(workload.name, workload);
  }
  for (const [name, service] of containerNames) {
    const workload = containers.get(service);
    if (workload !== undefined && !containers.has(name)) {
      containers.set(name, workload);
    }
  }
}

/** Says what will be merged one day and is not yet, and leaves the services that it may change unknown. */
function noteUnmerged(
  drafts: readonly ServiceDraft[],
  layout: Layout,
  yaml: ParsedYaml,
  mergeTags: readonly MergeTag[],
  problems: Problems,
): void {
  const byName = new Map(drafts.map((draft) => [draft.name, draft]));
  let allOpen = false;
  const leaveOpen = (reason: string, service?: string): void => {
    // Once is enough: a file can hold as many tags as it has values.
    for (const draft of service !== undefined || allOpen ? [] : drafts) {
      draft.leaveOpen("*", reason);
    }
    allOpen ||= service === undefined;
    byName.get(service ?? "")?.leaveOpen("*", reason);
  };
  const included = layout.root.entries.get("include");
  if (included !== undefined && drafts.length > 0 && !layout.legacy) {
    problems.add("note", included.keyOffset, "include", MESSAGES.includeUnread());
    leaveOpen(REASONS.include);
  }
  if (yaml.secondDocument !== undefined) {
    problems.add("note", yaml.secondDocument, "", MESSAGES.moreDocuments());
    leaveOpen(REASONS.documents);
  }
  for (const { tag, offset, path } of mergeTags) {
    const [section, service] = layout.legacy ? ["services", ...path] : path;
    problems.add("note", offset, joinPath(path), MESSAGES.tagUnread(tag));
    leaveOpen(REASONS.tag(tag), section === "services" ? service : undefined);
  }
}
