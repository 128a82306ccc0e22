import { type Environment, type EnvironmentValue, interpolate } from "./environment.ts";

/** One variable of a file of variables. */
export interface EnvEntry {
  readonly key: string;
  /** `undefined`: the name stands alone and takes the value of whoever runs Compose. */
  readonly value: EnvironmentValue | undefined;
  /** Where its name begins, in UTF-16 code units. */
  readonly offset: number;
}

/** A file of variables, taken apart. */
export interface EnvFile {
  readonly entries: readonly EnvEntry[];
  /** Where a line stands that Compose refuses. */
  readonly faults: readonly number[];
}

const NAME = /[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*([=:]?)[ \t]*/y;
const BLANK = /[ \t]*(?:#[^\n]*)?(?:\r?\n|$)/y;
const SINGLE_QUOTED = /'((?:[^'\\]|\\.)*)'/sy;
const DOUBLE_QUOTED = /"((?:[^"\\]|\\.)*)"/sy;
const REST_OF_LINE = /[^\r\n]*/y;

/**
 * Takes a file of variables apart as compose-go does (dotenv): comments, `export`, quotes, and variables in values that
 * are not in single quotes. A value may name variables of the lines above it.
 */
export function parseEnvFile(text: string, environment: Environment): EnvFile {
  const entries: EnvEntry[] = [];
  const faults: number[] = [];
  const values = new Map(environment.values);
  const known: Environment = { values, closed: environment.closed };
  let position = text.startsWith("\uFEFF") ? 1 : 0;
  while (position < text.length) {
    const blank = match(BLANK, text, position);
    if (blank !== undefined) {
      position += blank[0].length;
      continue;
    }
    const name = match(NAME, text, position);
    if (name === undefined) {
      faults.push(position);
      position = lineEnd(text, position) + 1;
      continue;
    }
    const [whole, key = "", separator] = name;
    const offset = position + whole.indexOf(key);
    position += whole.length;
    const read = separator === "" ? { value: undefined, end: lineEnd(text, position) } : valueAt(text, position, known);
    entries.push({ key, value: read.value, offset });
    // The environment of the caller stands above the file's own lines.
    if (read.value !== undefined && !environment.values.has(key)) {
      values.set(key, read.value);
    }
    position = read.end + 1;
  }
  return { entries, faults };
}

/** A file in Docker's own format (`format: raw`): each line as it stands. */
export function parseRawEnvFile(text: string): EnvFile {
  const entries: EnvEntry[] = [];
  let offset = 0;
  for (const line of text.split("\n")) {
    const content = line.replace(/\r$/, "").trimStart();
    const start = offset + line.indexOf(content);
    const equals = content.indexOf("=");
    if (content !== "" && !content.startsWith("#")) {
      entries.push({
        key: equals === -1 ? content.trimEnd() : content.slice(0, equals),
        value: equals === -1 ? undefined : { text: content.slice(equals + 1) },
        offset: start,
      });
    }
    offset += line.length + 1;
  }
  return { entries, faults: [] };
}

function match(pattern: RegExp, text: string, position: number): RegExpExecArray | undefined {
  pattern.lastIndex = position;
  return pattern.exec(text) ?? undefined;
}

/** Index of the line's end. */
function lineEnd(text: string, position: number): number {
  const end = text.indexOf("\n", position);
  return end === -1 ? text.length : end;
}

function valueAt(text: string, position: number, known: Environment): { value: EnvironmentValue; end: number } {
  const single = match(SINGLE_QUOTED, text, position);
  if (single !== undefined) {
    const end = lineEnd(text, position + single[0].length);
    return { value: { text: (single[1] ?? "").replaceAll("\\'", "'") }, end };
  }
  const double = match(DOUBLE_QUOTED, text, position);
  if (double !== undefined) {
    return {
      value: filled(unescaped(double[1] ?? ""), known),
      end: lineEnd(text, position + double[0].length),
    };
  }
  const rest = match(REST_OF_LINE, text, position)?.[0] ?? "";
  const value = /^#/.test(rest) ? "" : rest.replace(/\s+#.*$/, "").trim();
  return { value: filled(value, known), end: lineEnd(text, position) };
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\", $: "$$" };

const unescaped = (text: string): string =>
  text.replace(/\\([nrt"\\$])/g, (_, letter: string) => ESCAPES[letter] ?? letter);

/** A dollar sign that begins no variable stays one, as in a shell. */
function filled(text: string, known: Environment): EnvironmentValue {
  const { text: value, unknown, fault } = interpolate(text, known);
  return unknown.length > 0 && fault === undefined ? { unknown } : { text: fault === undefined ? value : text };
}
