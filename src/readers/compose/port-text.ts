import type { PortBindingConfig } from "../../facts/index.ts";
import { parseInteger } from "./numbers.ts";

/** First and last port, both included. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** `[[IP:]HOST:]CONTAINER[/PROTOCOL]`, taken apart. */
export interface PortText {
  /** Empty: every address. */
  readonly hostIp: string;
  /** Absent: a free port of the engine's choice. */
  readonly host: PortRange | undefined;
  readonly container: PortRange;
  readonly protocol: string;
}

/** One port as the engine publishes it. */
export interface PublishedPort {
  /** `80/tcp`. */
  readonly port: string;
  readonly binding: PortBindingConfig;
}

const PORT_MAX = 65_535;

/** A short port. `undefined`: Compose refuses it (docker/go-connections, nat.ParsePortSpec). */
export function parsePortText(text: string): PortText | undefined {
  const slash = text.lastIndexOf("/");
  const protocol = slash === -1 ? "tcp" : text.slice(slash + 1).toLowerCase();
  const ports = slash === -1 ? text : text.slice(0, slash);
  // The address may be IPv6, in brackets or not: the last two colons separate.
  const lastColon = ports.lastIndexOf(":");
  const container = parseRange(ports.slice(lastColon + 1));
  const before = lastColon === -1 ? "" : ports.slice(0, lastColon);
  const hostColon = before.endsWith("]") ? -1 : before.lastIndexOf(":");
  const hostText = before.slice(hostColon + 1);
  const hostIp = hostColon === -1 ? "" : before.slice(0, hostColon).replace(/^\[(.*)\]$/, "$1");
  const host = hostText === "" ? undefined : parseRange(hostText);
  const bad = container === undefined || (hostText !== "" && host === undefined) || !/^(tcp|udp|sctp)$/.test(protocol);
  if (bad || (lengthOf(container) > 1 && host !== undefined && lengthOf(host) !== lengthOf(container))) {
    return undefined;
  }
  return { hostIp, host, container, protocol };
}

/** `80` or `80-90`. */
export function parseRange(text: string): PortRange | undefined {
  const [first, last, ...more] = text.split("-").map((part) => parseInteger(part) ?? -1);
  if (first === undefined || more.length > 0) {
    return undefined;
  }
  const range = { first, last: last ?? first };
  return range.first >= 0 && range.first <= range.last && range.last <= PORT_MAX ? range : undefined;
}

const lengthOf = (range: PortRange): number => range.last - range.first + 1;

/** Every port of an entry. A range of the host for one container port stays a range: the engine picks from it. */
export function* portsOf({ hostIp, host, container, protocol }: PortText): Generator<PublishedPort, void> {
  const together = host !== undefined && lengthOf(container) === lengthOf(host);
  for (let index = 0; index < lengthOf(container); index += 1) {
    const hostPort = host === undefined ? "" : together ? `${host.first + index}` : textOfRange(host);
    yield {
      port: `${container.first + index}/${protocol}`,
      binding: { ...(hostIp === "" ? {} : { HostIp: hostIp }), ...(hostPort === "" ? {} : { HostPort: hostPort }) },
    };
  }
}

const textOfRange = ({ first, last }: PortRange): string => (first === last ? `${first}` : `${first}-${last}`);
