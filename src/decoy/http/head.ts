/**
 * The head of a request as Go's net/http reads it: a line at a time, answered as soon as a line is wrong.
 *
 * Two dialects: Go 1.19 (Docker Engine 20.10) and Go from 1.20 on, where a bad header name is refused while it is read.
 */
import type { HeaderLine } from "../capture/index.ts";
import type { ByteInput } from "./byte-input.ts";
import { parseTarget, type Target } from "./go-url.ts";
import { HEAD_BYTES_MAX, HEAD_MS_MAX, IDLE_MS_MAX } from "./limits.ts";

/** A head that can be answered by a handler. */
export interface Head {
  readonly method: string;
  /** As it stood in the first line. */
  readonly target: string;
  readonly url: Target;
  readonly minor: 0 | 1;
  /** `HTTP/2.0` in the preface of HTTP/2. */
  readonly preface: boolean;
  readonly headers: readonly HeaderLine[];
  /** Values by canonical name; `Host` is not among them. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly host: string;
}

/** The bare answers of net/http itself. */
export type HeadFailure =
  | { readonly kind: "silent" }
  | {
      readonly kind: "refused";
      readonly status: string;
      readonly body: string;
      readonly firstLine: string;
      readonly headers: readonly HeaderLine[];
    };

export type HeadDialect = "go1.19" | "go1.20";

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const HOST = /^[A-Za-z0-9!$%&'()*+,\-.:;=[\]_~]*$/;
const LF = 10;

interface Reading {
  readonly input: ByteInput;
  left: number;
}

export async function readHead(input: ByteInput, dialect: HeadDialect): Promise<Head | HeadFailure> {
  const reading: Reading = { input, left: HEAD_BYTES_MAX };
  const first = await readLine(reading, true);
  if (typeof first !== "string") {
    return first === "too-large" ? tooLarge("") : { kind: "silent" };
  }
  const refuse = (status: string, headers: readonly HeaderLine[] = []): HeadFailure => ({
    kind: "refused",
    status,
    body: status,
    firstLine: first,
    headers,
  });
  const line = parseRequestLine(first);
  if (line === undefined) {
    return refuse(BAD_REQUEST);
  }
  const headers = await readHeaders(reading, dialect);
  if (!Array.isArray(headers)) {
    return headers === "too-large" ? tooLarge(first) : headers === "broken" ? { kind: "silent" } : refuse(BAD_REQUEST);
  }
  return checkHead(line, headers, dialect, refuse);
}

const BAD_REQUEST = "400 Bad Request";

function tooLarge(firstLine: string): HeadFailure {
  const status = "431 Request Header Fields Too Large";
  return { kind: "refused", status, body: status, firstLine, headers: [] };
}

interface RequestLine {
  readonly method: string;
  readonly target: string;
  readonly url: Target;
  readonly major: number;
  readonly minor: number;
}

function parseRequestLine(line: string): RequestLine | undefined {
  const firstSpace = line.indexOf(" ");
  const secondSpace = line.indexOf(" ", firstSpace + 1);
  if (firstSpace < 0 || secondSpace < 0) {
    return undefined;
  }
  const method = line.slice(0, firstSpace);
  const target = line.slice(firstSpace + 1, secondSpace);
  const version = /^HTTP\/(\d)\.(\d)$/.exec(line.slice(secondSpace + 1));
  if (!TOKEN.test(method) || version === null) {
    return undefined;
  }
  const url = parseTarget(target, method === "CONNECT");
  return url === undefined ? undefined : { method, target, url, major: Number(version[1]), minor: Number(version[2]) };
}

/** Reads header lines up to the empty one. */
async function readHeaders(
  reading: Reading,
  dialect: HeadDialect,
): Promise<HeaderLine[] | "too-large" | "broken" | "malformed"> {
  const headers: HeaderLine[] = [];
  for (;;) {
    const line = await readLine(reading, false);
    if (line === "too-large" || line === "broken") {
      return line;
    }
    if (line === undefined) {
      return "malformed"; // the visitor stopped sending inside the head
    }
    if (line.text === "") {
      return headers;
    }
    const text = line.text;
    if (text.startsWith(" ") || text.startsWith("\t")) {
      const last = headers.at(-1);
      if (last === undefined) {
        return "malformed";
      }
      headers[headers.length - 1] = [last[0], `${last[1]} ${trim(text)}`];
      continue;
    }
    const colon = text.indexOf(":");
    if (colon < 0) {
      return "malformed";
    }
    const name = text.slice(0, colon);
    if (dialect !== "go1.19" && !TOKEN.test(name)) {
      return "malformed";
    }
    if (name !== "") {
      headers.push([name, trim(text.slice(colon + 1))]);
    }
  }
}

function trim(text: string): string {
  return text.replace(/^[ \t]+/, "").replace(/[ \t]+$/, "");
}

type LineFailure = "too-large" | "broken" | undefined;

async function readLine(reading: Reading, first: true): Promise<string | LineFailure>;
async function readLine(reading: Reading, first: false): Promise<{ text: string } | LineFailure>;
async function readLine(reading: Reading, first: boolean): Promise<string | { text: string } | LineFailure> {
  const { input } = reading;
  let searched = 0;
  for (;;) {
    const end = input.indexOf(LF, searched);
    if (end >= 0 && end < reading.left) {
      reading.left -= end + 1;
      const bytes = input.take(end + 1);
      const text = bytes.toString(
        "latin1",
        0,
        bytes.length > 1 && bytes[bytes.length - 2] === 13 ? bytes.length - 2 : end,
      );
      return first ? text : { text };
    }
    if (input.length >= reading.left) {
      return "too-large";
    }
    searched = input.length;
    const waiting = input.more(first && searched === 0 ? IDLE_MS_MAX : HEAD_MS_MAX);
    if (!(typeof waiting === "boolean" ? waiting : await waiting)) {
      return input.ended === "end" && !(first && input.length === 0)
        ? first
          ? truncatedFirstLine(reading)
          : undefined
        : "broken";
    }
  }
}

/** A first line without an end is what came of it: net/http reads it as a line that is cut short, and refuses it. */
function truncatedFirstLine(reading: Reading): string | LineFailure {
  return reading.input.take(reading.left).toString("latin1");
}

function checkHead(
  line: RequestLine,
  headers: readonly HeaderLine[],
  dialect: HeadDialect,
  refuse: (status: string, headers?: readonly HeaderLine[]) => HeadFailure,
): Head | HeadFailure {
  const values = new Map<string, string[]>();
  for (const [name, value] of headers) {
    const key = canonicalName(name);
    const known = values.get(key);
    if (known === undefined) {
      values.set(key, [value]);
    } else {
      known.push(value);
    }
  }
  const hosts = values.get("Host") ?? [];
  if (dialect !== "go1.19" && hosts.length > 1) {
    return refuse(BAD_REQUEST, headers);
  }
  const preface = line.method === "PRI" && line.target === "*" && line.major === 2 && line.minor === 0;
  if (line.major !== 1 && !preface) {
    const status = "505 HTTP Version Not Supported: unsupported protocol version";
    return refuse(status, headers);
  }
  const absoluteHost = line.url.host;
  if (
    (line.minor >= 1 || preface) &&
    hosts.length === 0 &&
    !(preface && headers.length === 0) &&
    line.method !== "CONNECT"
  ) {
    return refuse("400 Bad Request: missing required Host header", headers);
  }
  if (hosts.length === 1 && !HOST.test(hosts[0] ?? "")) {
    return refuse("400 Bad Request: malformed Host header", headers);
  }
  for (const [name, value] of headers) {
    if (!TOKEN.test(name)) {
      return refuse("400 Bad Request: invalid header name", headers);
    }
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    if (/[\x00-\x08\x0a-\x1f\x7f]/.test(value)) {
      return refuse("400 Bad Request: invalid header value", headers);
    }
  }
  values.delete("Host");
  return {
    method: line.method,
    target: line.target,
    url: line.url,
    minor: line.minor >= 1 || preface ? 1 : 0,
    preface,
    headers,
    values,
    host: absoluteHost === "" ? (hosts[0] ?? "") : absoluteHost,
  };
}

const canonicalNames = new Map<string, string>();
const CANONICAL_NAMES_MAX = 256;

/** `content-type` as `Content-Type`; a name that is no token stays as it is. */
export function canonicalName(name: string): string {
  const known = canonicalNames.get(name);
  if (known !== undefined) {
    return known;
  }
  const canonical = TOKEN.test(name)
    ? name.toLowerCase().replaceAll(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase())
    : name;
  if (canonicalNames.size < CANONICAL_NAMES_MAX) {
    canonicalNames.set(name, canonical);
  }
  return canonical;
}

/** Whether a comma list among the values has the token, in any case. */
export function hasToken(values: readonly string[] | undefined, token: string): boolean {
  return (values ?? []).some((value) => value.split(",").some((part) => trim(part).toLowerCase() === token));
}
