import type { PortBindingConfig } from "../../facts/index.ts";
import { put, type ServiceDraft } from "./draft.ts";
import { noteUnknownKeys } from "./known-keys.ts";
import { SERVICE_PORTS_MAX } from "./limits.ts";
import { MESSAGES, REASONS } from "./messages.ts";
import { type PortText, type PublishedPort, parsePortText, parseRange, portsOf } from "./port-text.ts";
import { childOf, itemsOf, type Written } from "./tree.ts";
import { listOf, textOrNumberOf } from "./values.ts";
import type { ReadText } from "./variables.ts";

const BINDINGS = "HostConfig.PortBindings";
const EXPOSED = "Config.ExposedPorts";
const LONG_KEYS = new Set(["name", "mode", "host_ip", "target", "published", "protocol", "app_protocol"]);

/** `ports`: short and long, ranges written out. */
export function readPorts(draft: ServiceDraft, written: Written): void {
  draft.at(BINDINGS, written.node);
  const list = listOf(draft, written, BINDINGS);
  const bindings = new Map<string, PortBindingConfig[]>();
  let left = SERVICE_PORTS_MAX;
  for (const item of list === undefined ? [] : itemsOf(list, written.path)) {
    for (const { port, binding } of portsOfEntry(draft, item)) {
      left -= 1;
      if (left < 0) {
        draft.file.problems.error(item, MESSAGES.tooManyPorts(SERVICE_PORTS_MAX));
        draft.leaveOpen(BINDINGS, MESSAGES.tooManyPorts(SERVICE_PORTS_MAX).en);
        break;
      }
      const same = bindings.get(port);
      draft.at(`${BINDINGS}.${port}`, item.node);
      if (same === undefined) {
        bindings.set(port, [binding]);
      } else {
        same.push(binding);
      }
    }
    if (left < 0) {
      break;
    }
  }
  if (bindings.size > 0) {
    draft.host.PortBindings = Object.fromEntries(bindings);
    draft.image.ExposedPorts = uniq([...(draft.image.ExposedPorts ?? []), ...bindings.keys()]);
  }
}

const uniq = (texts: readonly string[]): string[] => Array.from(new Set(texts));

function portsOfEntry(draft: ServiceDraft, item: Written): Iterable<PublishedPort> {
  const port = item.node.kind === "map" ? longPort(draft, item) : shortPort(draft, item);
  if (port === undefined) {
    draft.leaveOpen(BINDINGS, REASONS.wrongType("port"));
    return [];
  }
  if (port === "open") {
    return [];
  }
  return portsOf(port);
}

/** `"open"`: it holds a variable, which was noted. */
function shortPort(draft: ServiceDraft, written: Written): PortText | "open" | undefined {
  const read = textOrNumberOf(draft.file.problems, written);
  if (read?.reason !== undefined) {
    draft.leaveOpen(BINDINGS, read.reason);
    return "open";
  }
  return read === undefined ? undefined : (parsePortText(read.text) ?? refusePort(draft, written));
}

function longPort(draft: ServiceDraft, written: Written): PortText | "open" | undefined {
  noteUnknownKeys(draft.file.problems, written, LONG_KEYS);
  let reason: string | undefined;
  const part = (key: string): ReadText | undefined => {
    const child = written.node.kind === "map" ? childOf(written.node, written.path, key) : undefined;
    const read = child === undefined ? undefined : textOrNumberOf(draft.file.problems, child);
    reason ??= child !== undefined && read === undefined ? REASONS.wrongType("port") : read?.reason;
    return read;
  };
  const [target, published, hostIp, protocol] = [part("target"), part("published"), part("host_ip"), part("protocol")];
  if (reason !== undefined) {
    draft.leaveOpen(BINDINGS, reason);
    return "open";
  }
  const container = parseRange(target?.text ?? "");
  const host = published === undefined || published.text === "" ? undefined : parseRange(published.text);
  if (container === undefined || (host === undefined && published !== undefined && published.text !== "")) {
    return refusePort(draft, written);
  }
  return { hostIp: hostIp?.text ?? "", host, container, protocol: protocol?.text ?? "tcp" };
}

function refusePort(draft: ServiceDraft, written: Written): undefined {
  draft.file.problems.error(written, MESSAGES.wrongType("port"));
  return undefined;
}

/** `expose`: ports of the container, open to its networks only. */
export function readExposed(draft: ServiceDraft, written: Written): void {
  draft.at(EXPOSED, written.node);
  const list = listOf(draft, written, EXPOSED);
  const ports: string[] = [];
  for (const item of list === undefined ? [] : itemsOf(list, written.path)) {
    const read = textOrNumberOf(draft.file.problems, item);
    if (read === undefined || read.reason !== undefined) {
      draft.leaveOpen(EXPOSED, read?.reason ?? REASONS.wrongType("port"));
    }
    if (read !== undefined) {
      ports.push(read.reason !== undefined || read.text.includes("/") ? read.text : `${read.text}/tcp`);
    }
  }
  put(draft.image, "ExposedPorts", list === undefined ? undefined : uniq(ports));
}
