import { put, type ServiceDraft } from "./draft.ts";
import { MESSAGES, REASONS } from "./messages.ts";
import { childOf, itemsOf, type Written } from "./tree.ts";
import { listOf, readText, readTexts, textOf } from "./values.ts";

type Mode = "PidMode" | "IpcMode" | "NetworkMode";

const NETWORK_MODE = "HostConfig.NetworkMode";

/**
 * A namespace that can be shared. `service:X` becomes `container:X`, where X is found among the workloads of this file
 * (`surroundings.containers`); Compose fills in the id of the container that it made for X.
 */
export function readJoinable(mode: Mode): (draft: ServiceDraft, written: Written) => void {
  const field = `HostConfig.${mode}`;
  return (draft, written) => {
    const text = readText(draft, written, field);
    if (text === undefined || draft.isOpen(field)) {
      put(draft.host, mode, text);
      return;
    }
    if (text.startsWith("service:")) {
      draft.host[mode] = `container:${knownService(draft, written, field, text.slice("service:".length))}`;
    } else if (text.startsWith("container:")) {
      draft.host[mode] = `container:${knownContainer(draft, field, text.slice("container:".length))}`;
    } else {
      draft.host[mode] = text;
    }
  };
}

/** `volumes_from`: `SERVICE[:ro]` or `container:NAME[:ro]`, to the engine's `NAME[:ro]`. */
export function readVolumesFrom(draft: ServiceDraft, written: Written): void {
  const texts = readTexts(draft, written, "HostConfig.VolumesFrom");
  const donors = texts?.map((text, index) => {
    const field = `HostConfig.VolumesFrom[${index}]`;
    if (draft.isOpen(field)) {
      return text;
    }
    // docker-compose 1.29 writes `service:NAME` when it prints a configuration.
    const [, prefix = "", rest = ""] = /^(container:|service:)?(.*)$/s.exec(text) ?? [];
    const [name = "", ...mode] = rest.split(":");
    const { legacy, services } = draft.file;
    // Version 1 takes the name of a service or of a container.
    const outside = prefix === "container:" || (legacy && !services.has(name));
    const donor = outside ? knownContainer(draft, field, name) : knownService(draft, written, field, name);
    return [donor, ...mode].join(":");
  });
  put(draft.host, "VolumesFrom", donors);
}

function knownService(draft: ServiceDraft, written: Written, field: string, name: string): string {
  if (!draft.file.services.has(name)) {
    draft.file.problems.error(written, MESSAGES.unknownService(name));
    draft.leaveOpen(field, REASONS.missingService(name));
  }
  return name;
}

/** A container by its name: one of this file's (`container_name`), or one that somebody else makes. */
function knownContainer(draft: ServiceDraft, field: string, name: string): string {
  const { containerNames, legacy, services } = draft.file;
  const service = containerNames.get(name) ?? (legacy && services.has(name) ? name : undefined);
  if (service !== undefined) {
    return service;
  }
  // A service of that name is another container: Compose names its own PROJECT-SERVICE-1.
  draft.leaveOpen(field, REASONS.outside(name));
  return name;
}

/**
 * `networks`: the network of the highest priority, then the first by name (compose-go, NetworksByPriority). The others
 * are only connected to it; none of them can be the host's.
 */
export function readNetworks(draft: ServiceDraft, written: Written): void {
  const { problems, declarations } = draft.file;
  if (childOf(draft.map, draft.path, "network_mode") !== undefined) {
    problems.error(written, MESSAGES.networkTwice());
    return;
  }
  draft.at(NETWORK_MODE, written.node);
  const keys = networkKeys(draft, written);
  for (const key of keys) {
    const known = key === "default" || declarations.networks.has(key) || draft.isOpen(NETWORK_MODE);
    if (!known) {
      problems.error(written, MESSAGES.undeclared("network", key));
    }
  }
  const [first] = keys;
  if (first === undefined || first === "default") {
    joinDefaultNetwork(draft);
    return;
  }
  const network = declarations.networks.get(first);
  if (network?.reason !== undefined) {
    draft.leaveOpen(NETWORK_MODE, network.reason);
  }
  draft.host.NetworkMode = network?.name ?? first;
}

function networkKeys(draft: ServiceDraft, written: Written): readonly string[] {
  if (written.node.kind === "map") {
    const keys = Array.from(written.node.entries, ([key, { value }]) => ({ key, priority: priorityOf(value) }));
    keys.sort((left, right) => right.priority - left.priority || (left.key < right.key ? -1 : 1));
    return keys.map(({ key }) => key);
  }
  const keys: string[] = [];
  const list = listOf(draft, written, NETWORK_MODE);
  for (const item of list === undefined ? [] : itemsOf(list, written.path)) {
    const read = textOf(draft.file.problems, item);
    if (read === undefined || read.reason !== undefined) {
      draft.leaveOpen(NETWORK_MODE, read?.reason ?? REASONS.wrongType("text"));
    }
    if (read !== undefined) {
      keys.push(read.text);
    }
  }
  return keys.sort();
}

function priorityOf(node: Written["node"]): number {
  const priority = node.kind === "map" ? childOf(node, "", "priority")?.node : undefined;
  return priority?.kind === "scalar" && typeof priority.value === "number" ? priority.value : 0;
}

/** The project's own network, for a service that names neither a mode nor a network. */
export function joinDefaultNetwork(draft: ServiceDraft): void {
  const network = draft.file.declarations.defaultNetwork;
  if (network === undefined) {
    return;
  }
  draft.host.NetworkMode = network.name;
  if (network.reason !== undefined) {
    draft.leaveOpen(NETWORK_MODE, network.reason);
  }
}
