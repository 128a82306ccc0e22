import type { VolumeFacts, Workload } from "../../facts/index.ts";
import { ReadError, type ReadResult } from "../read-result.ts";
import type { ComposeFile, ComposeOptions } from "./compose-options.ts";
import type { Declarations } from "./declarations.ts";
import type { FileContext } from "./draft.ts";
import { EnvFiles } from "./env-files.ts";
import { noteUnknownKeys } from "./known-keys.ts";
import { type LoadedProject, loadProject } from "./load-project.ts";
import { MESSAGES } from "./messages.ts";
import type { Problems } from "./problems.ts";
import { readDeclarations } from "./read-declarations.ts";
import { readService, type WrittenService, workloadOf } from "./service.ts";
import { childOf, isNull, type MapNode } from "./tree.ts";

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
 * Reads one Compose file with the files that it names: a workload for each service, whatever its profiles. Throws
 * {@link ReadError} when nothing of the text can be read as a Compose file; everything else that is wrong or not known
 * is a problem with its place.
 */
export function readCompose(text: string, uri: string, options: ComposeOptions = {}): ReadResult {
  return readComposeProject([{ uri, text }], options);
}

/**
 * Reads the files of one project, later ones merged over earlier ones as by `docker compose -f A -f B`. The paths of all
 * of them start at the directory of the first. Throws as {@link readCompose} does, also when a later file is unreadable.
 */
export function readComposeProject(files: readonly ComposeFile[], options: ComposeOptions = {}): ReadResult {
  const uri = files[0]?.uri ?? "";
  const project = loadProject(files, options);
  const { sources, problems } = project;
  const layout = layoutOf(project);
  const services = new Map(layout.services.map(({ name, map }) => [name, map]));
  const file: FileContext = {
    options,
    sources,
    environment: project.environment,
    envFiles: new EnvFiles(options, project.environment, sources, problems, project.uriOf),
    problems,
    declarations: readDeclarations(layout.root, options, sources, problems, layout.legacy),
    services,
    containerNames: containerNamesOf(services),
    legacy: layout.legacy,
  };
  const drafts = layout.services.flatMap((service) => {
    const draft = readService(file, service);
    return draft === undefined ? [] : [{ draft, service }];
  });
  for (const { draft } of drafts) {
    const reason = project.open.get(draft.name);
    if (reason !== undefined) {
      draft.leaveOpen("*", reason);
    }
  }
  const containers = new Map<string, Workload>();
  const surroundings = { volumes: volumesOf(file.declarations), containers };
  const workloads = drafts.map(({ draft, service }) => workloadOf(draft, service, uri, sources, surroundings));
  addContainers(containers, workloads, file.containerNames);
  return { workloads, problems: problems.list() };
}

/** Where the services of a file are. */
interface Layout {
  readonly root: MapNode;
  readonly services: readonly WrittenService[];
  readonly legacy: boolean;
}

function layoutOf({ root, sources, problems, legacy }: LoadedProject): Layout {
  if (root.kind !== "map") {
    throw new ReadError("NOT_THIS_INPUT", MESSAGES.notMapping(), sources.placeOf(root.offset));
  }
  const services = root.entries.get("services")?.value;
  if (services?.kind === "map") {
    if (legacy) {
      problems.add("note", root.offset, "", MESSAGES.legacy());
    } else {
      noteUnknownKeys(problems, { node: root, path: "" }, TOP_KEYS);
    }
    return { root, services: servicesIn(services, legacy ? "" : "services.", problems), legacy };
  }
  const included = root.entries.get("include");
  if (included !== undefined || (services !== undefined && isNull(services))) {
    problems.add("note", services?.offset ?? included?.keyOffset ?? root.offset, "services", MESSAGES.noServices());
    return { root, services: [], legacy: false };
  }
  throw new ReadError("NOT_THIS_INPUT", MESSAGES.notCompose(), sources.placeOf(services?.offset ?? root.offset));
}

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
