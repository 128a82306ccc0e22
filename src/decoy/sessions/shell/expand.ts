import type { Word, WordPart } from "./syntax.ts";
import { readWord } from "./word-reader.ts";

/** Most words that one word expands to. */
export const EXPANDED_WORDS_MAX = 256;

/** Most characters of one expanded word. */
export const EXPANDED_CHARACTERS_MAX = 1024 * 1024;

/** What an expansion needs from the shell that it happens in. */
export interface ExpansionScope {
  /** The value of a variable; `undefined` when it was never set. */
  readonly get: (name: string) => string | undefined;
  readonly set: (name: string, value: string) => void;
  /** What a command substitution prints, as far as that can be told without running it; else an empty text. */
  readonly substitute: (script: string) => string;
}

/** Expands a word as a shell does, into any number of words. */
export function expandWord(word: Word, scope: ExpansionScope): string[] {
  return bracesOf(word)
    .flatMap((each) => expandOne(each, scope))
    .slice(0, EXPANDED_WORDS_MAX);
}

/** Expands a word that stays one word: the value of an assignment, the target of a redirection. */
export function expandToOne(word: Word, scope: ExpansionScope): string {
  return word
    .map((part) => partText(part, scope))
    .join("")
    .slice(0, EXPANDED_CHARACTERS_MAX);
}

function expandOne(word: Word, scope: ExpansionScope): string[] {
  const words: string[] = [];
  let current: string | undefined;
  for (const part of word) {
    const value = partText(part, scope);
    if ((part.kind === "variable" || part.kind === "command") && !part.quoted) {
      const pieces = value.split(/[ \t\n]+/);
      for (const [index, piece] of pieces.entries()) {
        if (index > 0 && current !== undefined && current !== "") {
          words.push(current);
          current = undefined;
        }
        if (piece !== "") {
          current = (current ?? "") + piece;
        }
      }
    } else {
      current = (current ?? "") + value;
    }
    if (words.length > EXPANDED_WORDS_MAX) {
      break;
    }
  }
  if (current !== undefined) {
    words.push(current);
  }
  return words.map((each) => each.slice(0, EXPANDED_CHARACTERS_MAX));
}

function partText(part: WordPart, scope: ExpansionScope): string {
  switch (part.kind) {
    case "text":
      return part.text;
    case "arithmetic":
      return arithmetic(part.expression, scope);
    case "command":
      return scope.substitute(part.script).replace(/\n+$/, "");
    case "variable":
      return parameter(part.expression, scope);
  }
}

/** `${...}` with the operators of POSIX and the common ones of bash. */
function parameter(expression: string, scope: ExpansionScope): string {
  const length = /^#([A-Za-z_]\w*)$/.exec(expression);
  if (length !== null) {
    return String((scope.get(length[1] ?? "") ?? "").length);
  }
  const match = /^(!?)([A-Za-z_]\w*|[0-9]+|[@*#?$!-])([\s\S]*)$/.exec(expression);
  if (match === null) {
    return "";
  }
  const [, indirect, name = "", rest = ""] = match;
  const plain = scope.get(name);
  const value = indirect === "!" && plain !== undefined ? scope.get(plain) : plain;
  return rest === "" ? (value ?? "") : withOperator(name, value, rest, scope);
}

function withOperator(name: string, value: string | undefined, rest: string, scope: ExpansionScope): string {
  const word = (text: string) => expandToOne(readWord(text.replaceAll(" ", "\\ "), 0).word, scope);
  const fallback = /^(:?)([-=+?])([\s\S]*)$/.exec(rest);
  if (fallback !== null) {
    const [, colon, operator, text = ""] = fallback;
    const given = value !== undefined && (colon === "" || value !== "");
    if (operator === "+") {
      return given ? word(text) : "";
    }
    if (given) {
      return value;
    }
    if (operator === "=") {
      scope.set(name, word(text));
    }
    return operator === "?" ? "" : word(text);
  }
  const known = value ?? "";
  const slice = /^:\s*(-?\d+)(?::\s*(-?\d+))?$/.exec(rest);
  if (slice !== null) {
    const from = Number(slice[1]);
    const begin = from < 0 ? Math.max(known.length + from, 0) : from;
    const count = slice[2] === undefined ? known.length : Number(slice[2]);
    return count < 0 ? known.slice(begin, count) : known.slice(begin, begin + count);
  }
  const replace = /^(\/\/?)((?:\\.|[^/])*)(?:\/([\s\S]*))?$/.exec(rest);
  if (replace !== null) {
    const pattern = globOf(word(replace[2] ?? ""), replace[1] === "//" ? "g" : "");
    return pattern === undefined ? known : known.replace(pattern, () => word(replace[3] ?? ""));
  }
  return trimmed(known, rest, word);
}

function trimmed(known: string, rest: string, word: (text: string) => string): string {
  const trim = /^(##?|%%?)([\s\S]*)$/.exec(rest);
  if (trim === null) {
    const casing = { "^^": known.toUpperCase(), ",,": known.toLowerCase() }[rest];
    return casing ?? known;
  }
  const [, operator = "", text = ""] = trim;
  const pattern = globOf(word(text), "");
  if (pattern === undefined) {
    return known;
  }
  const whole = new RegExp(`^(?:${pattern.source})$`, "s");
  const fits = Array.from(
    { length: Math.min(known.length, PATTERN_SUBJECT_CHARACTERS_MAX) + 1 },
    (_, length) => length,
  ).filter((length) =>
    whole.test(operator.startsWith("#") ? known.slice(0, length) : known.slice(known.length - length)),
  );
  const length = (operator.length === 2 ? fits.at(-1) : fits[0]) ?? 0;
  return operator.startsWith("#") ? known.slice(length) : known.slice(0, known.length - length);
}

/** Longest text that patterns are tried on. */
const PATTERN_SUBJECT_CHARACTERS_MAX = 512;

/** A glob as an expression; `undefined` when it has more stars than can be tried quickly. */
function globOf(glob: string, flags: string): RegExp | undefined {
  if (glob.length > 128 || (glob.match(/\*/g)?.length ?? 0) > 2) {
    return undefined;
  }
  const source = glob
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return source === "" ? undefined : new RegExp(source, `${flags}s`);
}

function arithmetic(expression: string, scope: ExpansionScope): string {
  const filled = expression.replace(/\$?\{?([A-Za-z_]\w*)\}?/g, (_, name: string) => scope.get(name) ?? "0");
  const sum = /^\s*(-?\d+)\s*(?:([-+*/%])\s*(-?\d+)\s*)?$/.exec(filled);
  if (sum === null) {
    return "0";
  }
  const [, left, operator, right] = sum;
  const [a, b] = [Number(left), Number(right ?? 0)];
  const results: Record<string, number> = {
    "+": a + b,
    "-": a - b,
    "*": a * b,
    "/": b === 0 ? 0 : Math.trunc(a / b),
    "%": b === 0 ? 0 : a % b,
  };
  return String(operator === undefined ? a : results[operator]);
}

/** `{a,b}` outside of quotes: one word for each, as bash does; variables inside stay. One pair of braces a word. */
function bracesOf(word: Word): readonly Word[] {
  const pieces = word.flatMap(
    (part): Word =>
      part.kind === "text" && !part.quoted
        ? part.text
            .split(/([{},])/)
            .filter((text) => text !== "")
            .map((text) => ({ kind: "text", text, quoted: false }))
        : [part],
  );
  const signAt = (sign: string, from: number) =>
    pieces.findIndex((part, index) => index >= from && part.kind === "text" && !part.quoted && part.text === sign);
  const open = signAt("{", 0);
  const close = open < 0 ? -1 : signAt("}", open);
  const comma = open < 0 ? -1 : signAt(",", open);
  if (close < 0 || comma < 0 || comma > close) {
    return [word];
  }
  const choices: WordPart[][] = [[]];
  for (const part of pieces.slice(open + 1, close)) {
    const divides = part.kind === "text" && !part.quoted && part.text === ",";
    divides ? choices.push([]) : choices.at(-1)?.push(part);
  }
  return choices
    .slice(0, EXPANDED_WORDS_MAX)
    .map((choice): Word => [...pieces.slice(0, open), ...choice, ...pieces.slice(close + 1)]);
}
