import type { PortBindingConfig } from "../../facts/index.ts";
import type { Draft } from "./draft.ts";
import type { FlagUse } from "./flag.ts";
import { cut } from "./go-values.ts";
import { PUBLISHED_PORTS_MAX } from "./limits.ts";
import { message, refusedBecause } from "./messages.ts";
import { addEntry, putInMap } from "./simple-effects.ts";

const PORT_MAX = 65_535;
const PROTOCOLS: ReadonlySet<string> = new Set(["tcp", "udp", "sctp"]);

/** A container port and where it appears on the host. */
export interface PublishedPort {
  readonly port: string;
  readonly binding: PortBindingConfig;
}

type Range = readonly [first: number, last: number];

/** `[[address:]host:]container[/protocol]` or `published=…,target=…` (docker/go-connections v0.5). `undefined`: refused. */
export function parsePublished(written: string): readonly PublishedPort[] | undefined {
  const spec = written.includes("=") ? shortForm(written) : written;
  const parts = spec?.split(":") ?? [];
  const [containerText = "", protocolText = ""] = cut(parts.at(-1) ?? "", "/");
  const protocol = (protocolText === "" ? "tcp" : protocolText).toLowerCase();
  const hostText = parts.at(-2) ?? "";
  const address = addressOf(parts.slice(0, -2).join(":"));
  const container = parseRange(containerText);
  const host = hostText === "" ? undefined : parseRange(hostText);
  if (
    address === undefined ||
    container === undefined ||
    !PROTOCOLS.has(protocol) ||
    (hostText !== "" && host === undefined)
  ) {
    return undefined;
  }
  const count = container[1] - container[0] + 1;
  const hostCount = host === undefined ? count : host[1] - host[0] + 1;
  if (hostCount !== count && count !== 1) {
    return undefined;
  }
  return Array.from({ length: count }, (_, index) => ({
    port: `${container[0] + index}/${protocol}`,
    binding: {
      ...(address === "" ? {} : { HostIp: address }),
      // One container port and a range of host ports: the engine picks one.
      ...(host === undefined ? {} : { HostPort: hostCount === count ? `${host[0] + index}` : `${host[0]}-${host[1]}` }),
    },
  }));
}

/** `published=8080,target=80,protocol=udp` in the short form. */
function shortForm(written: string): string | undefined {
  const values = new Map<string, string>([["protocol", "tcp"]]);
  for (const field of written.split(",")) {
    const [key, value] = field.split("=");
    if (value === undefined) {
      return undefined;
    }
    values.set(key ?? "", value);
  }
  return `${values.get("published") ?? ""}:${values.get("target") ?? ""}/${values.get("protocol") ?? ""}`;
}

function addressOf(written: string): string | undefined {
  const address = /^\[(.*)\]$/.exec(written)?.[1] ?? written;
  const isAddress = /^(\d{1,3}(\.\d{1,3}){3})?$/.test(address) || /^[0-9a-fA-F:]*:[0-9a-fA-F:.]*$/.test(address);
  return isAddress ? address : undefined;
}

function parseRange(text: string): Range | undefined {
  const match = /^([0-9]{1,5})(?:-([0-9]{1,5}))?$/.exec(text);
  if (match === null) {
    return undefined;
  }
  const first = Number(match[1]);
  const last = Number(match[2] ?? match[1]);
  return first > last || last > PORT_MAX ? undefined : [first, last];
}

/** All `--publish` and `--expose` flags. */
export function assemblePorts(draft: Draft): void {
  const bindings = new Map<string, PortBindingConfig[]>();
  const exposed = new Set<string>();
  let count = 0;
  for (const use of [...draft.usesOf("publish"), ...draft.usesOf("expose")]) {
    const isPublished = use.flag.name === "publish";
    if (use.value !== undefined && use.value.unknown.length > 0) {
      draft.put(isPublished ? "HostConfig.PortBindings" : "Config.ExposedPorts", use);
      continue;
    }
    const text = use.value?.text ?? "";
    const ports = isPublished || !text.includes(":") ? parsePublished(text) : undefined;
    if (ports === undefined) {
      draft.refuse(use, refusedBecause.badPort);
      continue;
    }
    count += ports.length;
    if (count > PUBLISHED_PORTS_MAX) {
      draft.problems.push({
        severity: "error",
        offset: use.offset,
        message: message.tooManyPorts(PUBLISHED_PORTS_MAX),
      });
      return;
    }
    addPorts(draft, use, ports, isPublished, bindings, exposed);
  }
}

function addPorts(
  draft: Draft,
  use: FlagUse,
  ports: readonly PublishedPort[],
  isPublished: boolean,
  bindings: Map<string, PortBindingConfig[]>,
  exposed: Set<string>,
): void {
  for (const { port, binding } of ports) {
    if (!exposed.has(port)) {
      exposed.add(port);
      addEntry(draft, use, "Config", "ExposedPorts", port, false);
    }
    if (!isPublished) {
      continue;
    }
    const list = bindings.get(port);
    if (list === undefined) {
      const first = [binding];
      bindings.set(port, first);
      putInMap(draft, use, "HostConfig", "PortBindings", port, first);
    } else {
      list.push(binding);
    }
  }
}
