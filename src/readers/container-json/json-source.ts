import { MIB } from "../../base/index.ts";
import { type JsonDocument, JsonError, LineIndex, parseGoJson } from "../../engine/index.ts";
import type { Place } from "../../facts/index.ts";
import { ReadError } from "../read-result.ts";
import { syntaxText } from "./words.ts";

/**
 * Largest text that these readers take. `docker inspect` of ten thousand containers is 60 MB. The caller does not read
 * a larger file to begin with; here the same number is held against UTF-16 units, of which a text never has more than bytes.
 */
export const CONTAINER_JSON_BYTES_MAX = 64 * MIB;

/** A text to read, and what to call it. */
export interface JsonInput {
  readonly text: string;
  /** A path as given on the command line, `-`, `unix:///…` or `tcp://…`. */
  readonly uri: string;
  /** `false`: the text came from an engine, so that its lines mean nothing to a user. */
  readonly hasLines?: boolean;
}

/** A parsed text and the places in it. */
export interface JsonSource {
  readonly uri: string;
  readonly document: JsonDocument;
  readonly placeAt: (offset: number, field?: string) => Place;
}

/** Parses a text as an engine does. @throws {ReadError} when it is not JSON at all, or too large. */
export function openJsonSource(input: JsonInput): JsonSource {
  const { text, uri } = input;
  if (text.length > CONTAINER_JSON_BYTES_MAX) {
    throw new ReadError(
      "TOO_LARGE",
      {
        en: `larger than ${CONTAINER_JSON_BYTES_MAX / MIB} MiB: split it into several files`,
        ja: `${CONTAINER_JSON_BYTES_MAX / MIB} MiB を超えています。複数のファイルに分けてください`,
      },
      { uri },
    );
  }
  const lines = new LineIndex(text);
  const hasLines = input.hasLines ?? true;
  return {
    uri,
    document: parse(text, uri),
    placeAt: (offset, field) => ({
      uri,
      ...(hasLines ? lines.at(offset) : {}),
      ...(field === undefined ? {} : { field }),
    }),
  };
}

function parse(text: string, uri: string): JsonDocument {
  try {
    return parseGoJson(text, { trailing: "ignore" });
  } catch (error) {
    if (error instanceof JsonError) {
      throw new ReadError(
        "BAD_SYNTAX",
        syntaxText(error),
        { uri, line: error.line, column: error.column },
        { cause: error },
      );
    }
    throw error;
  }
}
