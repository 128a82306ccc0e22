import { decodeBase64, decodeHex, unpack } from "./decode.ts";

/** What a one-liner of Python, Perl, PHP, Ruby or Node hides or hands to a shell. */
export interface ScriptPart {
  readonly text: string;
  readonly layers: readonly string[];
  readonly language: "shell" | "same";
}

/** Interpreters and the option that a program follows. */
const PROGRAM_OPTIONS: readonly (readonly [RegExp, RegExp, string])[] = [
  [/^python[\d.]*$/, /^-[a-zA-Z]*c$/, "python"],
  [/^perl[\d.]*$/, /^-[a-zA-Z]*[eE]$/, "perl"],
  [/^php[\d.]*$/, /^-r$/, "php"],
  [/^ruby[\d.]*$/, /^-e$/, "ruby"],
  [/^(?:node|nodejs|deno|bun)$/, /^(?:-e|--eval|-p|eval)$/, "javascript"],
  [/^lua[\d.]*$/, /^-e$/, "lua"],
];

/** The language of an interpreter; `undefined` when the name is none. */
export const languageOfInterpreter = (name: string): string | undefined =>
  PROGRAM_OPTIONS.find(([names]) => names.test(name))?.[2];

/** The program on the command line of an interpreter. */
export function programOf(name: string, argv: readonly string[]): string | undefined {
  const option = PROGRAM_OPTIONS.find(([names]) => names.test(name))?.[1];
  const at = option === undefined ? -1 : argv.findIndex((word) => option.test(word));
  return at < 0 ? undefined : argv[at + 1];
}

/** Functions that hand their text to a shell. */
const RUNS_SHELL =
  /(?:os\.system|os\.popen\w*|subprocess\.\w+|commands\.getoutput|check_output|Popen|shell_exec|passthru|proc_open|popen|system|exec|execSync|spawnSync|spawn|qx|os\.execute|io\.popen)\s*[({[]+\s*$/;

/** Functions that decode their text. */
const DECODERS: readonly (readonly [RegExp, string, (text: string) => Buffer | undefined])[] = [
  [
    /(?:b64decode|decodebytes|decodestring|decode_base64|base64_decode|Base64\.(?:strict_)?decode64|atob|unpack\s*\(\s*["']u["'],)\s*\(?\s*b?$/,
    "base64",
    decodeBase64,
  ],
  [/(?:fromhex|unhexlify|hex2bin|pack\s*\(?\s*["']H\*["'],)\s*\(?\s*b?$/, "hex", decodeHex],
  [/Buffer\.from\s*\(\s*$/, "base64", decodeBase64],
];

/** A text in quotes, or several joined by `+` or `.`; a trailing `[::-1]` turns it round. */
const LITERAL = /(?:b|r|f|u)?("""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*')/g;

/** Most literals that are looked at in one program. */
const LITERALS_MAX = 500;

/** Takes a program apart: texts that are decoded, texts that go to a shell. */
export function partsOfProgram(program: string): readonly ScriptPart[] {
  const parts: ScriptPart[] = [];
  for (const { text, before, after } of literalsOf(program)) {
    const value =
      /^\s*\[::-1\]/.test(after) || /(?:reverse|strrev)\s*\(\s*$/.test(before) ? [...text].reverse().join("") : text;
    const decoder = DECODERS.find(([pattern]) => pattern.test(before));
    const decoded = decoder?.[2](value);
    if (decoder !== undefined && decoded !== undefined) {
      const packed = /(?:zlib|gzip|gz\w*inflate|gzuncompress|gunzip|inflate)/i.test(program)
        ? unpack(decoded)
        : undefined;
      parts.push({
        text: (packed ?? decoded).toString("utf8"),
        layers: packed === undefined ? [decoder[1]] : [decoder[1], "gzip"],
        language: "same",
      });
    } else if (RUNS_SHELL.test(before)) {
      parts.push({ text: commandLine(value, after), layers: [], language: "shell" });
    }
  }
  for (const [, script] of program.matchAll(/`([^`]{2,})`/g)) {
    parts.push({ text: script ?? "", layers: [], language: "shell" });
  }
  return parts;
}

/** `["sh", "-c", "..."]` in an argument list: the words behind belong to the command. */
function commandLine(first: string, after: string): string {
  const rest = /^((?:\s*,\s*(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'))+)\s*[\])]/.exec(after.slice(0, 16_384));
  const words = rest === null ? [] : [...(rest[1] ?? "").matchAll(LITERAL)].map(([, quoted = ""]) => unquote(quoted));
  return words.length === 0 ? first : [first, ...words].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
}

interface Literal {
  readonly text: string;
  readonly before: string;
  readonly after: string;
}

function literalsOf(program: string): readonly Literal[] {
  const found: { text: string; start: number; end: number }[] = [];
  for (const match of program.matchAll(LITERAL)) {
    if (found.length >= LITERALS_MAX) {
      break;
    }
    const last = found.at(-1);
    const between = last === undefined ? undefined : program.slice(last.end, match.index);
    const text = unquote(match[1] ?? "");
    const end = match.index + match[0].length;
    if (last !== undefined && between !== undefined && /^\s*[+.]\s*$/.test(between)) {
      last.text += text;
      last.end = end;
    } else {
      found.push({ text, start: match.index, end });
    }
  }
  return found.map(({ text, start, end }) => ({
    text,
    before: program.slice(Math.max(start - 80, 0), start),
    after: program.slice(end, end + 16_384),
  }));
}

function unquote(literal: string): string {
  const marks = /^("""|'''|"|')/.exec(literal)?.[0].length ?? 0;
  return literal
    .slice(marks, literal.length - marks)
    .replace(/\\(?:x([0-9a-fA-F]{2})|([nt"'\\]))/g, (_, hex?: string, sign?: string) =>
      hex === undefined
        ? ({ n: "\n", t: "\t" }[sign ?? ""] ?? sign ?? "")
        : String.fromCharCode(Number.parseInt(hex, 16)),
    );
}
