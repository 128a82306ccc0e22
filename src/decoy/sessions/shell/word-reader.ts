import type { Word, WordPart } from "./syntax.ts";

/** Where a word ends when it is not quoted. */
const WORD_END = /[\s;&|()<>]/;

/** Escapes of `$'...'` and of `printf`. */
const ANSI_ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  a: "\u0007",
  b: "\b",
  e: "\u001b",
  f: "\f",
  v: "\v",
  "\\": "\\",
  "'": "'",
  '"': '"',
};

/** A word and the place behind it. */
export interface ReadWord {
  readonly word: Word;
  readonly end: number;
}

/** Reads one word of a shell script. Quotes that are never closed end with the text: hostile input is read, not refused. */
export function readWord(text: string, start: number): ReadWord {
  const parts: WordPart[] = [];
  let at = start;
  while (at < text.length && !WORD_END.test(text.charAt(at))) {
    at = readPart(text, at, parts);
  }
  return { word: parts, end: at };
}

/** Reads the inside of a double-quoted text or of a here-document: everything is text but `$` and backquotes. */
export function readQuoted(text: string, start: number, closing: string, parts: WordPart[]): number {
  let at = start;
  let plain = "";
  const flush = () => {
    if (plain !== "") {
      parts.push({ kind: "text", text: plain, quoted: true });
      plain = "";
    }
  };
  while (at < text.length) {
    const sign = text.charAt(at);
    if (sign === closing) {
      at += 1;
      break;
    }
    if (sign === "\\" && at + 1 < text.length) {
      const next = text.charAt(at + 1);
      plain += next === "\n" ? "" : '$`"\\'.includes(next) ? next : sign + next;
      at += 2;
    } else if (sign === "$" || sign === "`") {
      flush();
      at = readDollar(text, at, parts, true);
    } else {
      plain += sign;
      at += 1;
    }
  }
  flush();
  return at;
}

function readPart(text: string, at: number, parts: WordPart[]): number {
  const sign = text.charAt(at);
  if (sign === "'") {
    const end = endOf(text, text.indexOf("'", at + 1));
    parts.push({ kind: "text", text: text.slice(at + 1, end), quoted: true });
    return end + 1;
  }
  if (sign === '"') {
    const before = parts.length;
    const end = readQuoted(text, at + 1, '"', parts);
    if (parts.length === before) {
      parts.push({ kind: "text", text: "", quoted: true });
    }
    return end;
  }
  if (sign === "\\") {
    if (text.charAt(at + 1) !== "\n") {
      parts.push({ kind: "text", text: text.charAt(at + 1), quoted: true });
    }
    return at + 2;
  }
  if (sign === "$" || sign === "`") {
    return readDollar(text, at, parts, false);
  }
  const end = plainEnd(text, at);
  parts.push({ kind: "text", text: text.slice(at, end), quoted: false });
  return end;
}

function plainEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && !WORD_END.test(text.charAt(at)) && !"'\"\\$`".includes(text.charAt(at))) {
    at += 1;
  }
  return at;
}

function readDollar(text: string, at: number, parts: WordPart[], quoted: boolean): number {
  if (text.charAt(at) === "`") {
    const end = endOf(text, text.indexOf("`", at + 1));
    parts.push({ kind: "command", script: text.slice(at + 1, end).replaceAll("\\`", "`"), quoted });
    return end + 1;
  }
  if (text.startsWith("$((", at)) {
    const end = matching(text, at + 3, "(", ")");
    parts.push({ kind: "arithmetic", expression: text.slice(at + 3, end) });
    return text.charAt(end + 1) === ")" ? end + 2 : end + 1;
  }
  if (text.startsWith("$(", at)) {
    const end = matching(text, at + 2, "(", ")");
    parts.push({ kind: "command", script: text.slice(at + 2, end), quoted });
    return end + 1;
  }
  if (text.startsWith("${", at)) {
    const end = matching(text, at + 2, "{", "}");
    parts.push({ kind: "variable", expression: text.slice(at + 2, end), quoted });
    return end + 1;
  }
  if (text.startsWith("$'", at) && !quoted) {
    return readAnsi(text, at + 2, parts);
  }
  const name = /^(?:[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-])/.exec(text.slice(at + 1, at + 1 + 256))?.[0];
  if (name === undefined) {
    parts.push({ kind: "text", text: "$", quoted });
    return at + 1;
  }
  parts.push({ kind: "variable", expression: name, quoted });
  return at + 1 + name.length;
}

function readAnsi(text: string, start: number, parts: WordPart[]): number {
  let at = start;
  while (at < text.length && text.charAt(at) !== "'") {
    at += text.charAt(at) === "\\" ? 2 : 1;
  }
  parts.push({ kind: "text", text: unescapeAnsi(text.slice(start, at)), quoted: true });
  return at + 1;
}

/** The text with `\n`, `\x41`, `\101`, `\u0041` replaced by what they stand for, as `printf` and `$'...'` do. */
export function unescapeAnsi(text: string): string {
  return text.replace(
    /\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,6})|0?([0-7]{1,3})|([\s\S]))/g,
    (whole, hex?: string, short?: string, long?: string, octal?: string, other?: string) => {
      if (other !== undefined) {
        return ANSI_ESCAPES[other] ?? whole;
      }
      const point = octal === undefined ? Number.parseInt(hex ?? short ?? long ?? "0", 16) : Number.parseInt(octal, 8);
      return point <= 0x10ffff ? String.fromCodePoint(point) : "";
    },
  );
}

/** The place of the closing sign that belongs to an open one, quotes skipped; the end of the text when there is none. */
export function matching(text: string, start: number, open: string, close: string): number {
  let depth = 1;
  let at = start;
  while (at < text.length) {
    const sign = text.charAt(at);
    if (sign === "\\") {
      at += 1;
    } else if (sign === "'") {
      at = endOf(text, text.indexOf("'", at + 1));
    } else if (sign === open) {
      depth += 1;
    } else if (sign === close) {
      depth -= 1;
      if (depth === 0) {
        return at;
      }
    }
    at += 1;
  }
  return text.length;
}

const endOf = (text: string, found: number): number => (found < 0 ? text.length : found);
