import { JsonError } from "./go-json-error.ts";
import type { JsonNode } from "./go-json-node.ts";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const MINUS = 0x2d;
const PLUS = 0x2b;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const LOWER_U = 0x75;
const ASCII_LAST = 0x7f;

/** What the two-character escapes stand for, by their second character (RFC 8259, section 7). */
const ESCAPES: ReadonlyMap<number, string> = new Map([
  [QUOTE, '"'],
  [BACKSLASH, "\\"],
  [0x2f, "/"],
  [0x62, "\b"],
  [0x66, "\f"],
  [0x6e, "\n"],
  [0x72, "\r"],
  [0x74, "\t"],
]);

/**
 * Reads the tokens of a JSON text with Go's exact grammar: the white space of RFC 8259 and no other, no byte order
 * mark, no comment, no raw control character in a string.
 */
export class JsonScanner {
  readonly text: string;
  /** The next character to read. */
  at = 0;
  /** The last string had half of a surrogate pair, which Go replaces by U+FFFD. */
  repaired = false;

  constructor(text: string) {
    this.text = text;
  }

  /** Skips white space and tells the next character; NaN at the end of the text. */
  peek(): number {
    const text = this.text;
    let at = this.at;
    let character = text.charCodeAt(at);
    while (character === SPACE || character === 0x0a || character === 0x0d || character === 0x09) {
      at += 1;
      character = text.charCodeAt(at);
    }
    this.at = at;
    return character;
  }

  /** A string, a number, `true`, `false` or `null`. */
  scalar(first: number): JsonNode {
    const start = this.at;
    switch (first) {
      case QUOTE: {
        const value = this.string();
        return { kind: "string", start, end: this.at, value, repaired: this.repaired };
      }
      case 0x74:
        this.#word("true");
        return { kind: "boolean", start, end: this.at, value: true };
      case 0x66:
        this.#word("false");
        return { kind: "boolean", start, end: this.at, value: false };
      case 0x6e:
        this.#word("null");
        return { kind: "null", start, end: this.at };
      default:
        if (first !== MINUS && !isDigit(first)) {
          throw this.unexpected("a value");
        }
        this.#number();
        return { kind: "number", start, end: this.at, text: this.text.slice(start, this.at) };
    }
  }

  /** A string from its opening quote, with escapes resolved and well-formed as UTF-16. */
  string(): string {
    const text = this.text;
    const start = this.at + 1;
    let seen = 0;
    let at = start;
    for (; ; at++) {
      const character = text.charCodeAt(at);
      if (character === QUOTE) {
        break;
      }
      if (character === BACKSLASH) {
        return this.#escapedString(start, at);
      }
      if (!(character >= SPACE)) {
        this.at = at;
        throw this.unexpected('the rest of a string, up to its closing "');
      }
      seen |= character;
    }
    this.at = at + 1;
    const value = text.slice(start, at);
    return this.#wellFormed(value, seen > ASCII_LAST);
  }

  /** What is wrong at the place that the scanner has come to. */
  unexpected(expected: string): JsonError {
    return new JsonError("BAD_JSON", this.text, this.at, expected);
  }

  #escapedString(start: number, firstEscape: number): string {
    const text = this.text;
    const parts: string[] = [];
    let from = start;
    let at = firstEscape;
    for (;;) {
      const character = text.charCodeAt(at);
      if (character === QUOTE) {
        break;
      }
      if (!(character >= SPACE)) {
        this.at = at;
        throw this.unexpected('the rest of a string, up to its closing "');
      }
      if (character !== BACKSLASH) {
        at += 1;
        continue;
      }
      parts.push(text.slice(from, at), this.#escape(at + 1));
      at = this.at;
      from = at;
    }
    parts.push(text.slice(from, at));
    this.at = at + 1;
    return this.#wellFormed(parts.join(""), true);
  }

  /** One escape from the character after its backslash; leaves the scanner behind it. */
  #escape(at: number): string {
    const letter = this.text.charCodeAt(at);
    const simple = ESCAPES.get(letter);
    if (simple !== undefined) {
      this.at = at + 1;
      return simple;
    }
    this.at = at;
    if (letter !== LOWER_U) {
      throw this.unexpected('one of " \\ / b f n r t u after a backslash');
    }
    let unit = 0;
    for (this.at = at + 1; this.at < at + 5; this.at++) {
      const digit = hexDigit(this.text.charCodeAt(this.at));
      if (digit < 0) {
        throw this.unexpected("four hexadecimal digits after \\u");
      }
      unit = unit * 16 + digit;
    }
    return String.fromCharCode(unit);
  }

  /**
   * Halves of a pair may come from two escapes, so they are judged on the whole string. A raw half and an escaped one
   * that meet would make a pair here; bytes from the wire never hold a raw half.
   */
  #wellFormed(value: string, mayBeIllFormed: boolean): string {
    this.repaired = mayBeIllFormed && !value.isWellFormed();
    return this.repaired ? value.toWellFormed() : value;
  }

  #word(word: string): void {
    for (let index = 1; index < word.length; index++) {
      this.at += 1;
      if (this.text.charCodeAt(this.at) !== word.charCodeAt(index)) {
        throw this.unexpected(`the rest of ${word}`);
      }
    }
    this.at += 1;
  }

  #number(): void {
    const text = this.text;
    if (text.charCodeAt(this.at) === MINUS) {
      this.at += 1;
    }
    if (text.charCodeAt(this.at) === ZERO) {
      this.at += 1;
    } else {
      this.#digits();
    }
    if (text.charCodeAt(this.at) === POINT) {
      this.at += 1;
      this.#digits();
    }
    if ((text.charCodeAt(this.at) | 0x20) === 0x65) {
      this.at += 1;
      const sign = text.charCodeAt(this.at);
      if (sign === PLUS || sign === MINUS) {
        this.at += 1;
      }
      this.#digits();
    }
  }

  #digits(): void {
    if (!isDigit(this.text.charCodeAt(this.at))) {
      throw this.unexpected("a digit");
    }
    while (isDigit(this.text.charCodeAt(this.at))) {
      this.at += 1;
    }
  }
}

function isDigit(character: number): boolean {
  return character >= ZERO && character <= NINE;
}

/** The value of a hexadecimal digit, or -1. */
function hexDigit(character: number): number {
  if (isDigit(character)) {
    return character - ZERO;
  }
  const letter = character | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
