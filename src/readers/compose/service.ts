import type { ContainerConfig, Place, Surroundings, Workload } from "../../facts/index.ts";
import { type FileContext, ServiceDraft } from "./draft.ts";
import { noteUnknownKeys } from "./known-keys.ts";
import type { Lines } from "./lines.ts";
import { MESSAGES } from "./messages.ts";
import { joinDefaultNetwork } from "./references.ts";
import { EXAMINED_KEYS, LEGACY_KEYS, UNEXAMINED_KEYS } from "./service-keys.ts";
import { childOf, type MapNode } from "./tree.ts";

/** A service as it stands in the file. */
export interface WrittenService {
  readonly name: string;
  readonly map: MapNode;
  readonly keyOffset: number;
  /** `services.web`, or `web` in a version 1 file. */
  readonly path: string;
}

const KNOWN_KEYS: ReadonlySet<string> = new Set([...EXAMINED_KEYS.keys(), ...UNEXAMINED_KEYS]);
const KNOWN_LEGACY_KEYS: ReadonlySet<string> = new Set([...KNOWN_KEYS, ...LEGACY_KEYS.keys(), "dockerfile"]);

/** Reads one service. `undefined`: Compose makes no container for it. */
export function readService(file: FileContext, service: WrittenService): ServiceDraft | undefined {
  const { name, map, path } = service;
  const provider = childOf(map, path, "provider");
  if (provider !== undefined) {
    file.problems.note(provider, MESSAGES.provider());
    return undefined;
  }
  const draft = new ServiceDraft(file, name, map, path);
  for (const readers of file.legacy ? [EXAMINED_KEYS, LEGACY_KEYS] : [EXAMINED_KEYS]) {
    for (const [key, read] of readers) {
      const written = childOf(map, path, key);
      if (written !== undefined) {
        read(draft, written);
      }
    }
  }
  if (childOf(map, path, "network_mode") === undefined && childOf(map, path, "networks") === undefined) {
    joinDefaultNetwork(draft);
  }
  noteUnknownKeys(file.problems, { node: map, path }, file.legacy ? KNOWN_LEGACY_KEYS : KNOWN_KEYS);
  return draft;
}

/** The finished workload of a draft. */
export function workloadOf(
  draft: ServiceDraft,
  service: WrittenService,
  uri: string,
  lines: Lines,
  surroundings: Surroundings,
): Workload {
  const source = lines.placeOf(service.keyOffset);
  return {
    id: `${uri}#${draft.name}`,
    kind: "service",
    name: draft.name,
    source,
    config: configOf(draft),
    where: placesOf(draft, source, lines),
    unresolved: draft.unresolved,
    surroundings: draft.build === undefined ? surroundings : { ...surroundings, build: draft.build },
  };
}

function configOf({ image, host, binds, mounts, deviceRequests }: ServiceDraft): ContainerConfig {
  return {
    Config: image,
    HostConfig: {
      ...host,
      ...(binds.length > 0 ? { Binds: binds } : {}),
      ...(mounts.length > 0 ? { Mounts: mounts } : {}),
      ...(deviceRequests.length > 0 ? { DeviceRequests: deviceRequests } : {}),
    },
  };
}

/** A field that is not written takes the place of what holds it: an option of a bind that of the bind. */
function placesOf(draft: ServiceDraft, source: Place, lines: Lines): (field: string) => Place {
  const { offsets } = draft;
  return (field) => {
    let name = field;
    while (name !== "") {
      const offset = offsets.get(name);
      if (offset !== undefined) {
        return lines.placeOf(offset, field);
      }
      const end = Math.max(name.lastIndexOf("."), name.lastIndexOf("["));
      name = end === -1 ? "" : name.slice(0, end);
    }
    return { ...source, field };
  };
}
