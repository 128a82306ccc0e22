import type { Route } from "../routes/index.ts";
import type { ReceivedRequest } from "./received-request.ts";
import { Refused } from "./refusal.ts";

/** Longest value of a header that is passed on. */
export const HEADER_CHARACTERS_MAX = 64 * 1024;

/** Headers that carry meaning for the engine and may be passed on, in the spelling that is written. */
const PASSED_ON = new Map([
  ["user-agent", "User-Agent"],
  ["accept", "Accept"],
  ["x-registry-auth", "X-Registry-Auth"],
  ["x-registry-config", "X-Registry-Config"],
]);

/** Headers whose second occurrence two readers could understand in two ways. */
const SINGLE = new Set([
  "host",
  "content-length",
  "content-type",
  "transfer-encoding",
  "upgrade",
  "expect",
  "x-registry-auth",
  "x-registry-config",
]);

/** What the headers say. */
export interface DecodedHeaders {
  /** To be passed on, in the order of the wire. */
  readonly passedOn: readonly (readonly [name: string, value: string])[];
  /** The media type, in small letters and without parameters. */
  readonly mediaType: string | undefined;
  readonly wantsUpgrade: boolean;
  /** What it asks to upgrade to: `tcp`, `websocket`, `h2c`. */
  readonly upgrade: string | undefined;
  /** The request announces a body. */
  readonly announcesBody: boolean;
}

/** Understands the headers. @throws {Refused} */
export function decodeHeaders({ headers }: ReceivedRequest, route: Route): DecodedHeaders {
  const values = new Map<string, string>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name) || /[\r\n\0]/.test(value)) {
      throw new Refused("header-malformed", {
        en: "a header is not well formed",
        ja: "ヘッダの形式が正しくありません",
      });
    }
    if (SINGLE.has(key) && values.has(key)) {
      throw framing(key);
    }
    values.set(key, value);
  }
  checkFraming(values);
  const wantsUpgrade = checkUpgrade(values, route);
  return {
    passedOn: headers.flatMap(([name, value]) => {
      const spelling = PASSED_ON.get(name.toLowerCase());
      return spelling !== undefined && isPlain(value) ? [[spelling, value] as const] : [];
    }),
    mediaType: values.get("content-type")?.split(";")[0]?.trim().toLowerCase(),
    wantsUpgrade,
    upgrade: wantsUpgrade ? values.get("upgrade")?.trim().toLowerCase() : undefined,
    announcesBody: values.has("transfer-encoding") || Number(values.get("content-length") ?? 0) > 0,
  };
}

const isPlain = (value: string): boolean => value.length <= HEADER_CHARACTERS_MAX && /^[\t\x20-\x7e]*$/.test(value);

function checkFraming(values: ReadonlyMap<string, string>): void {
  const length = values.get("content-length");
  const coding = values.get("transfer-encoding");
  if (length !== undefined && !/^\d{1,15}$/.test(length)) {
    throw framing("content-length");
  }
  if (coding !== undefined && (coding.toLowerCase() !== "chunked" || length !== undefined)) {
    throw framing("transfer-encoding");
  }
  const encoding = values.get("content-encoding")?.trim().toLowerCase();
  if (encoding !== undefined && encoding !== "" && encoding !== "identity") {
    throw framing("content-encoding");
  }
  const expect = values.get("expect")?.trim().toLowerCase();
  if (expect !== undefined && expect !== "100-continue") {
    throw framing("expect");
  }
}

const framing = (field: string): Refused =>
  new Refused(
    "framing",
    { en: `the header ${field} can be understood in two ways`, ja: `ヘッダ ${field} が二通りに読めます` },
    field,
  );

/**
 * Whether the request asks for the connection. Elsewhere the engine would ignore the wish and read the body, so it must
 * not slip past a reader that believes it (knowledge of Node's `upgrade` event, measured).
 */
function checkUpgrade(values: ReadonlyMap<string, string>, route: Route): boolean {
  const tokens = (values.get("connection") ?? "").split(",").map((token) => token.trim().toLowerCase());
  const asks = values.has("upgrade") || tokens.includes("upgrade");
  if (asks && route.hijack === "never") {
    throw new Refused(
      "upgrade-not-here",
      { en: "this route does not take the connection over", ja: "この経路は接続を引き継ぎません" },
      "upgrade",
    );
  }
  return asks;
}
