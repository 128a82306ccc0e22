import { Composer, type CST, type Document, Lexer, Parser } from "yaml";
import type { LocalizedText } from "../../base/index.ts";
import { ReadError, type ReadErrorCode } from "../read-result.ts";
import { COMPOSE_BYTES_MAX, COMPOSE_DEPTH_MAX, COMPOSE_DOCUMENTS_MAX } from "./limits.ts";
import type { Source } from "./lines.ts";
import { MESSAGES } from "./messages.ts";

/** Throws the error that ends the reading of this file. */
export type Refuse = (code: ReadErrorCode, text: LocalizedText, offset: number) => never;

/** What YAML 1.2 does not allow in a file, and go-yaml refuses: a binary file has some of these within a few bytes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const CONTROL_CHARACTER = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/**
 * Parses a text within the limits of this folder: its documents as the parser gives them, aliases and merge keys still
 * standing; at least one. Throws {@link ReadError}, and nothing else.
 */
export function parseYaml(text: string, source: Source): readonly Document.Parsed[] {
  const refuse: Refuse = (code, message, offset) => {
    throw new ReadError(code, message, source.placeOf(source.base + offset));
  };
  if (Buffer.byteLength(text) > COMPOSE_BYTES_MAX) {
    refuse("TOO_LARGE", MESSAGES.tooLarge(COMPOSE_BYTES_MAX), 0);
  }
  const control = text.search(CONTROL_CHARACTER);
  if (control !== -1) {
    refuse("BAD_SYNTAX", MESSAGES.notText(), 0);
  }
  const documents = composeAll(text, source.lineStarts, refuse);
  for (const { errors } of documents) {
    const [error] = errors;
    if (error !== undefined) {
      refuse("BAD_SYNTAX", MESSAGES.badYaml(error.message), error.pos[0]);
    }
  }
  return documents;
}

function composeAll(text: string, lineStarts: number[], refuse: Refuse): Document.Parsed[] {
  const composer = new Composer({
    // Compared pairwise by the parser, which takes hours for a large mapping; resolve.ts does it.
    uniqueKeys: false,
    // A %YAML 1.1 directive would switch these on, and yes, 017 and 1:30 would change their meaning. Compose's parser
    // (go-yaml) knows one schema only.
    schema: "core",
    merge: false,
    resolveKnownTags: false,
    prettyErrors: false,
  });
  const documents: Document.Parsed[] = [];
  // With `forceDoc` the composer always gives one; an empty file gives an empty document.
  for (const composed of composer.compose(tokensOf(text, lineStarts, refuse), true, text.length)) {
    documents.push(composed);
    if (documents.length > COMPOSE_DOCUMENTS_MAX) {
      refuse("TOO_LARGE", MESSAGES.tooManyDocuments(COMPOSE_DOCUMENTS_MAX), composed.range[0]);
    }
  }
  return documents;
}

/** The parser's tokens, one document at a time. Stops before the nesting gets too deep for the composer's recursion. */
function* tokensOf(text: string, lineStarts: number[], refuse: Refuse): Generator<CST.Token, void> {
  const parser = new Parser((offset) => {
    if (offset > 0) {
      lineStarts.push(offset);
    }
  });
  for (const lexeme of new Lexer().lex(text)) {
    yield* checked(parser.next(lexeme), refuse);
    // The stack also holds the document and the scalar that is being read.
    if (parser.stack.length > COMPOSE_DEPTH_MAX + 2) {
      refuse("TOO_LARGE", MESSAGES.tooDeep(COMPOSE_DEPTH_MAX), parser.offset);
    }
  }
  yield* checked(parser.end(), refuse);
}

/** Lets tokens pass up to the first error: a broken file can have one error for every character. */
function* checked(tokens: Iterable<CST.Token>, refuse: Refuse): Generator<CST.Token, void> {
  for (const token of tokens) {
    if (token.type === "error") {
      refuse("BAD_SYNTAX", MESSAGES.badYaml(token.message), token.offset);
    }
    yield token;
  }
}
