import { type Anomaly, listAnomalies } from "../go-anomalies.ts";
import { decodeGo } from "../go-decode.ts";
import { parseGoJson } from "../go-json.ts";
import { JsonError } from "../go-json-error.ts";
import { decodeGoText } from "../go-json-text.ts";
import type { GoType } from "../go-type.ts";
import type { GoValue } from "../go-value.ts";
import type { Route } from "../routes/index.ts";
import type { DecodedHeaders } from "./headers.ts";
import { Refused } from "./refusal.ts";

/** Bodies nested deeper than this are refused: the deepest of the API has nine levels. */
export const BODY_DEPTH_MAX = 32;

/** A JSON body, understood. */
export interface DecodedBody {
  /** What the engine would hold. Absent: there is no body. */
  readonly value: GoValue | undefined;
  /** What an honest client never writes. The engine takes it; a strict policy does not. */
  readonly anomalies: readonly Anomaly[];
  /** There was a body where the route takes none; it is not forwarded. */
  readonly ignored: boolean;
}

const NONE: DecodedBody = { value: undefined, anomalies: [], ignored: false };

/** Understands a body. @throws {Refused} */
export function decodeBody(route: Route, headers: DecodedHeaders, bytes: Uint8Array | undefined): DecodedBody {
  const present = bytes !== undefined && bytes.length > 0;
  if (isForm(headers.mediaType) && (present || (headers.announcesBody && bytes === undefined))) {
    // The engine would take parameters out of a form, over those of the query.
    throw mediaType(headers.mediaType);
  }
  const { body } = route;
  switch (body.kind) {
    case "none":
      return present ? { ...NONE, ignored: true } : NONE;
    case "stream":
      return NONE;
    case "json":
      if (!present) {
        return body.optional ? NONE : missing();
      }
      if (headers.mediaType !== "application/json") {
        throw mediaType(headers.mediaType);
      }
      return decodeJson(body.type, bytes);
  }
}

const isForm = (type: string | undefined): boolean =>
  type === "application/x-www-form-urlencoded" || type?.startsWith("multipart/") === true;

function missing(): never {
  throw new Refused("body-missing", { en: "this request needs a JSON body", ja: "この要求には JSON の本文が必要です" });
}

const mediaType = (found: string | undefined): Refused =>
  new Refused(
    "media-type",
    {
      en: `the body must be application/json${found === undefined ? "" : ", and is of another type"}`,
      ja: "本文は application/json でなければなりません",
    },
    "content-type",
  );

function decodeJson(type: GoType, bytes: Uint8Array): DecodedBody {
  const text = utf8(bytes);
  const document = parse(text);
  if (document.root.kind === "null") {
    throw typeError("", type.kind);
  }
  const { value, errors } = decodeGo(type, document.root);
  const [error] = errors;
  if (error !== undefined) {
    throw typeError(error.field, error.expected);
  }
  return { value, anomalies: listAnomalies(document, type), ignored: false };
}

function utf8(bytes: Uint8Array): string {
  const { text, repaired } = decodeGoText(bytes);
  if (repaired) {
    throw new Refused("body-not-utf8", { en: "the body is not UTF-8", ja: "本文が UTF-8 ではありません" });
  }
  return text;
}

function parse(text: string) {
  try {
    if (depthOf(text) > BODY_DEPTH_MAX) {
      throw new Refused("body-syntax", { en: "the body is nested too deep", ja: "本文の入れ子が深すぎます" });
    }
    return parseGoJson(text, { trailing: "refuse" });
  } catch (error) {
    if (error instanceof JsonError) {
      throw new Refused("body-syntax", {
        en: `the body is no JSON value: ${error.message}`,
        ja: `本文が JSON の値ではありません: ${error.message}`,
      });
    }
    throw error;
  }
}

/** How deep brackets stand in each other, strings left out. A text that is no JSON gives some number. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x22) {
      for (index += 1; index < text.length && text.charCodeAt(index) !== 0x22; index += 1) {
        index += text.charCodeAt(index) === 0x5c ? 1 : 0;
      }
    } else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (code === 0x7d || code === 0x5d) {
      depth -= 1;
    }
  }
  return deepest;
}

const typeError = (field: string, expected: string): Refused =>
  new Refused(
    "body-type",
    {
      en: `${field === "" ? "the body" : field} has a value that the engine refuses: expected ${expected}`,
      ja: `${field === "" ? "本文" : field} の値はエンジンが受け取りません。必要な型: ${expected}`,
    },
    field,
  );
