import { isAbsolute, resolve } from "node:path";
import { canonicalPath, isWritten, type Place, parseCapability, splitBind, type Workload } from "../../facts/index.ts";
import { readComposeProject } from "../../readers/compose/index.ts";
import { ReadError } from "../../readers/index.ts";
import { composeOptions } from "./compose-projects.ts";
import { readNamedFile } from "./files.ts";

/** Compose projects that labels of one audit are followed to. */
export const LABELLED_PROJECTS_MAX = 200;

/** Files of one project that are named by a label. */
const LABELLED_FILES_MAX = 20;

/** Containers with the places of their Compose files. */
export interface PlacedWorkloads<Kind extends Workload> {
  readonly workloads: readonly Kind[];
  /**
   * Files that labels led to, more of them as places are asked for. Whoever makes a container writes its labels: such a
   * file decides nothing.
   */
  readonly files: ReadonlySet<string>;
}

/**
 * Finds where containers were written: the labels of Compose name the files, the directory and the service. Places then
 * point to the line of the file that says what the container has; a value that is not in the file (it was changed since)
 * to the service. Files that cannot be read, or are no Compose files, leave the places as they are.
 */
export function withComposePlaces<Kind extends Workload>(workloads: readonly Kind[]): PlacedWorkloads<Kind> {
  const projects = new Map<string, ReadonlyMap<string, Workload>>();
  const files = new Set<string>();
  const placed = workloads.map((workload) => {
    const service = serviceOf(workload, projects);
    if (service === undefined) {
      return workload;
    }
    const where = (field: string): Place => placeIn(service, workload, field);
    files.add(service.source.uri);
    return { ...workload, where: (field: string) => noting(where(field)) };
  });
  return { workloads: placed, files };

  function noting(place: Place): Place {
    files.add(place.uri);
    return place;
  }
}

function serviceOf({ config }: Workload, projects: Map<string, ReadonlyMap<string, Workload>>): Workload | undefined {
  const label = (name: string): string => config.Config.Labels?.[`com.docker.compose.${name}`] ?? "";
  const directory = label("project.working_dir");
  const files = label("project.config_files");
  if (files === "" || label("service") === "" || (!isAbsolute(directory) && !isAbsolute(files))) {
    return undefined;
  }
  const key = `${directory}\n${files}`;
  let services = projects.get(key);
  if (services === undefined) {
    services = projects.size < LABELLED_PROJECTS_MAX ? readServices(directory, files.split(",")) : new Map();
    projects.set(key, services);
  }
  return services.get(label("service"));
}

function readServices(directory: string, names: readonly string[]): ReadonlyMap<string, Workload> {
  const files = names.slice(0, LABELLED_FILES_MAX).map((name) => {
    const uri = resolve(directory === "" ? "/" : directory, name);
    return { uri, text: readNamedFile(uri) };
  });
  const read = files.flatMap(({ uri, text }) => (text === undefined ? [] : [{ uri, text }]));
  if (read.length !== names.length) {
    return new Map();
  }
  try {
    const options = composeOptions(read[0]?.uri ?? "", {});
    const { workloads } = readComposeProject(read, { ...options, ...(directory !== "" && { directory }) });
    return new Map(workloads.map((workload) => [workload.name, workload]));
  } catch (error) {
    if (error instanceof ReadError) {
      return new Map(); // whatever it is, it is no Compose file
    }
    throw error;
  }
}

const LIST_FIELD = /^(?<root>HostConfig|Config)\.(?<key>\w+)\[(?<index>\d+)\](?<rest>.*)$/;

/** The place in a service of what a container has at a field. */
function placeIn(service: Workload, container: Workload, field: string): Place {
  const { root = "", key = "", index = "", rest = "" } = LIST_FIELD.exec(field)?.groups ?? {};
  if (root === "") {
    return isWritten(service, field) ? service.where(field) : service.where(field.replace(/\..*$/, ""));
  }
  const item = listOf(container, root, key)[Number(index)];
  const source = key === "Binds" || key === "Mounts" ? mountSource(item) : undefined;
  const lists = source === undefined ? [key] : ["Binds", "Mounts"];
  for (const list of lists) {
    const found = listOf(service, root, list).findIndex((entry) =>
      source === undefined ? sameEntry(entry, item) : canonicalPath(mountSource(entry)) === canonicalPath(source),
    );
    if (found >= 0) {
      return service.where(`${root}.${list}[${found}]${list === key ? rest : ""}`);
    }
  }
  return service.source;
}

function listOf({ config }: Workload, root: string, key: string): readonly unknown[] {
  const list = (config[root as "Config" | "HostConfig"] as Readonly<Record<string, unknown>>)[key];
  return Array.isArray(list) ? list : [];
}

function mountSource(entry: unknown): string {
  return typeof entry === "string"
    ? splitBind(entry).source
    : ((entry as { Source?: string } | undefined)?.Source ?? "");
}

function sameEntry(left: unknown, right: unknown): boolean {
  if (typeof left !== "string" || typeof right !== "string") {
    return (left as { PathOnHost?: string })?.PathOnHost === (right as { PathOnHost?: string })?.PathOnHost;
  }
  const spelled = (text: string) => parseCapability(text) ?? text.replace(/^([\w-]+):/, "$1=");
  return spelled(left) === spelled(right);
}
