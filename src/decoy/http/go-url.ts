/**
 * The target of a request as Go's `url.ParseRequestURI` reads it, and the path as gorilla/mux cleans it. Bytes are Latin-1
 * until the path is decoded.
 */

export interface Target {
  /** `http` of an absolute-form target; else empty. */
  readonly scheme: string;
  readonly host: string;
  /** What follows the scheme when no slash does: `foo:bar`. */
  readonly opaque: string;
  /** Percent-decoded, as text of bytes (Latin-1). */
  readonly path: string;
  readonly rawPath: string;
  readonly rawQuery: string;
  readonly forceQuery: boolean;
}

/** Reads a target. Undefined: Go refuses it. */
export function parseTarget(raw: string, connect: boolean): Target | undefined {
  if (raw === "" || hasControlByte(raw)) {
    return undefined;
  }
  if (connect && !raw.startsWith("/")) {
    const target = parse(`http://${raw}`);
    return target === undefined ? undefined : { ...target, scheme: "" };
  }
  return parse(raw);
}

const NOTHING = { scheme: "", host: "", opaque: "", path: "", rawPath: "", rawQuery: "", forceQuery: false };

function parse(raw: string): Target | undefined {
  if (raw === "*") {
    return { ...NOTHING, path: "*" };
  }
  const split = splitScheme(raw);
  if (split === undefined) {
    return undefined;
  }
  let { rest } = split;
  const mark = rest.indexOf("?");
  const forceQuery = mark >= 0 && mark === rest.length - 1;
  const rawQuery = mark < 0 ? "" : rest.slice(mark + 1);
  rest = mark < 0 ? rest : rest.slice(0, mark);
  const base = { ...NOTHING, scheme: split.scheme, rawQuery, forceQuery };
  if (!rest.startsWith("/")) {
    return split.scheme === "" ? undefined : { ...base, opaque: rest };
  }
  let host = "";
  if (split.scheme !== "" && rest.startsWith("//")) {
    const slash = rest.indexOf("/", 2);
    host = slash < 0 ? rest.slice(2) : rest.slice(2, slash);
    rest = slash < 0 ? "" : rest.slice(slash);
    const user = host.lastIndexOf("@");
    host = user < 0 ? host : host.slice(user + 1);
    if (!isHost(host)) {
      return undefined;
    }
  }
  const path = unescapeText(rest, false);
  return path === undefined ? undefined : { ...base, host, path, rawPath: rest };
}

function splitScheme(raw: string): { scheme: string; rest: string } | undefined {
  for (let index = 0; index < raw.length; index += 1) {
    const char = raw.charAt(index);
    if (/[A-Za-z]/.test(char)) {
      continue;
    }
    if (/[0-9+\-.]/.test(char)) {
      if (index === 0) {
        return { scheme: "", rest: raw };
      }
      continue;
    }
    if (char === ":") {
      return index === 0 ? undefined : { scheme: raw.slice(0, index).toLowerCase(), rest: raw.slice(index + 1) };
    }
    return { scheme: "", rest: raw };
  }
  return { scheme: "", rest: raw };
}

/** Go takes any byte of a host that is not a delimiter, and a port of digits. */
function isHost(host: string): boolean {
  const bracket = host.startsWith("[") ? host.lastIndexOf("]") : -1;
  if (host.startsWith("[") && bracket < 0) {
    return false;
  }
  const colon = host.indexOf(":", Math.max(bracket, 0));
  const port = bracket >= 0 ? host.slice(bracket + 1) : colon < 0 ? "" : host.slice(host.lastIndexOf(":"));
  return (
    (port === "" || /^:\d*$/.test(port)) && /^(?:[\w.~\-!$&'()*+,;=:[\]<>"\x80-\xff]|%[0-9A-Fa-f]{2})*$/.test(host)
  );
}

function hasControlByte(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || code === 0x7f) {
      return true;
    }
  }
  return false;
}

/** Decodes `%xx`, and `+` in a query. Undefined: an escape that is none. */
export function unescapeText(text: string, query: boolean): string | undefined {
  if (!text.includes("%")) {
    return query ? text.replaceAll("+", " ") : text;
  }
  if (/%(?![0-9A-Fa-f]{2})/.test(text)) {
    return undefined;
  }
  const spaced = query ? text.replaceAll("+", " ") : text;
  return spaced.replaceAll(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** The first bad escape of a text, as Go's error quotes it: at most three characters. */
export function badEscape(text: string): string {
  const index = text.search(/%(?![0-9A-Fa-f]{2})/);
  return text.slice(index, index + 3);
}

/** gorilla/mux `cleanPath`: where an unclean path is sent to. */
export function cleanPath(path: string): string {
  if (path === "") {
    return "/";
  }
  const rooted = path.startsWith("/") ? path : `/${path}`;
  const parts: string[] = [];
  for (const part of rooted.split("/")) {
    if (part === "..") {
      parts.pop();
    } else if (part !== "" && part !== ".") {
      parts.push(part);
    }
  }
  const clean = `/${parts.join("/")}`;
  return rooted.endsWith("/") && clean !== "/" ? `${clean}/` : clean;
}

/** `url.String()` of the target with another path: the Location of a redirect. */
export function withPath(target: Target, path: string): string {
  const query = target.forceQuery || target.rawQuery !== "" ? `?${target.rawQuery}` : "";
  if (target.opaque !== "") {
    return `${target.scheme}:${target.opaque}${query}`;
  }
  const escaped = path === "*" ? path : escapePath(path);
  const scheme = target.scheme === "" ? "" : `${target.scheme}:`;
  const authority = target.scheme !== "" || target.host !== "" ? `//${target.host}` : "";
  return `${scheme}${authority}${escaped}${query}`;
}

function escapePath(path: string): string {
  return path.replaceAll(
    /[^A-Za-z0-9\-_.~$&+,/:;=@]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}

/** A text of bytes (Latin-1) as UTF-8. */
export function utf8(latin1: string): string {
  return /[\x80-\xff]/.test(latin1) ? Buffer.from(latin1, "latin1").toString("utf8") : latin1;
}
