import type { SessionsDocument } from "./sessions-schema.ts";

type Indicator = SessionsDocument["sessions"][number]["indicators"][number];

const quoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

/** The STIX pattern by which an indicator is found again; `undefined` for what STIX has no words for, and for secrets. */
export function stixPatternOf({ type, value }: Pick<Indicator, "type" | "value">): string | undefined {
  switch (type) {
    case "url":
      return `[url:value = ${quoted(uriOf(value))}]`;
    case "domain":
      return `[domain-name:value = ${quoted(value)}]`;
    case "ipv4":
      return `[ipv4-addr:value = ${quoted(value)}]`;
    case "ipv6":
      return `[ipv6-addr:value = ${quoted(value)}]`;
    case "sha256":
      return `[file:hashes.'SHA-256' = ${quoted(value)}]`;
    case "email":
      return `[email-addr:value = ${quoted(value)}]`;
    case "pool": {
      const [host = "", port = "0"] = value.split(/:(?=\d+$)/);
      return `[network-traffic:dst_ref.value = ${quoted(host)} AND network-traffic:dst_port = ${Number(port)}]`;
    }
    case "host-path":
      return `[file:name = ${quoted(baseName(value))} AND file:parent_directory_ref.path = ${quoted(directoryOf(value))}]`;
    case "user":
      return `[user-account:account_login = ${quoted(value)}]`;
    case "user-agent":
      return `[network-traffic:extensions.'http-request-ext'.request_header.'User-Agent' = ${quoted(value)}]`;
    case "image":
    case "container-name":
    case "ssh-key":
    case "wallet":
      return `[process:command_line LIKE ${quoted(`%${value}%`)}]`;
    case "credential":
      return undefined;
  }
}

/** What an indicator is among STIX's observables; `undefined` when it is none of them. */
export function stixObservableOf({
  type,
  value,
}: Pick<Indicator, "type" | "value">):
  | { readonly type: string; readonly properties: Readonly<Record<string, unknown>> }
  | undefined {
  switch (type) {
    case "url":
      return { type: "url", properties: { value: uriOf(value) } };
    case "domain":
      return { type: "domain-name", properties: { value } };
    case "ipv4":
      return { type: "ipv4-addr", properties: { value } };
    case "ipv6":
      return { type: "ipv6-addr", properties: { value } };
    case "sha256":
      return { type: "file", properties: { hashes: { "SHA-256": value } } };
    case "email":
      return { type: "email-addr", properties: { value } };
    case "host-path":
      return { type: "file", properties: { name: baseName(value) } };
    case "user":
      return { type: "user-account", properties: { account_login: value } };
    default:
      return undefined;
  }
}

const baseName = (path: string): string => path.split(/[\\/]/).at(-1) || path;

const directoryOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf("/"), 1));

/** An address with everything encoded that may not stand in a URI (RFC 3986). */
const uriOf = (value: string): string =>
  value
    .toWellFormed()
    .replace(/%(?![0-9a-f]{2})/gi, "%25")
    .replace(/[^\w\-.~:/?#@!$&'()*+,;=%]/g, (sign) => encodeURIComponent(sign))
    .replace(/(#[^#]*)#.*$/s, "$1");
