import { decodeBase64, decodeHex, isGzip, unpack } from "./decode.ts";
import { unescapeAnsi } from "./word-reader.ts";

/** What a command prints, and by which decoding: told from its arguments and input alone. */
export interface Output {
  readonly data: Buffer;
  /** The decoding that the command did, for example `base64`. */
  readonly layer?: string;
}

/** What the pure commands need to know besides their arguments. */
export interface OutputInput {
  readonly argv: readonly string[];
  readonly name: string;
  readonly stdin: Buffer | undefined;
  /** The content of a file that the script wrote before. */
  readonly fileOf: (path: string) => Buffer | undefined;
}

/** What a command prints when that is a matter of text only; `undefined` when it would have to run. */
export function outputOf(input: OutputInput): Output | undefined {
  const plain = PLAIN[input.name];
  return plain === undefined ? undefined : plain(input);
}

const say = (text: string): Output => ({ data: Buffer.from(text) });

const PLAIN: Readonly<Record<string, (input: OutputInput) => Output | undefined>> = {
  echo: ({ argv }) => say(echo(argv.slice(1))),
  printf: ({ argv }) => ({
    data: printf(argv.slice(1)),
    ...(/\\x|\\[0-7]{3}/.test(argv[1] ?? "") && { layer: "hex" }),
  }),
  cat: (input) => given(input),
  tee: ({ stdin }) => stdin && { data: stdin },
  base64: (input) =>
    base64(
      input,
      input.argv.some((word) => /^(?:-[a-zA-Z]*[dD][a-zA-Z]*|--decode)$/.test(word)),
    ),
  openssl: (input) => openssl(input),
  xxd: (input) =>
    hex(
      input,
      input.argv.some((word) => /^-[a-z]*r/.test(word)),
    ),
  rev: (input) =>
    mapped(
      input,
      (text) =>
        text
          .split("\n")
          .map((line) => [...line].reverse().join(""))
          .join("\n"),
      "reversed",
    ),
  tac: (input) => mapped(input, (text) => text.split("\n").reverse().join("\n")),
  tr: (input) => translate(input),
  sed: (input) => substitute(input),
  gunzip: (input) => unzip(input),
  zcat: (input) => unzip(input),
  gzip: (input) => (input.argv.some((word) => /^-[a-z]*d|^--decompress/.test(word)) ? unzip(input) : undefined),
  head: (input) => mapped(input, (text) => text),
  sort: (input) => mapped(input, (text) => text),
  uname: ({ argv }) => say(argv.includes("-m") ? "x86_64" : "Linux"),
  whoami: () => say("root"),
  which: ({ argv }) => say(`/usr/bin/${argv.at(-1) ?? ""}`),
};

function echo(words: readonly string[]): string {
  let [escapes, newline, first] = [false, true, 0];
  for (const word of words) {
    if (!/^-[neE]+$/.test(word)) {
      break;
    }
    escapes ||= word.includes("e");
    newline &&= !word.includes("n");
    first += 1;
  }
  const text = words.slice(first).join(" ");
  return (escapes ? unescapeAnsi(text) : text) + (newline ? "\n" : "");
}

function printf(words: readonly string[]): Buffer {
  const [first, ...rest] = words[0] === "--" ? words.slice(1) : words;
  const format = first ?? "";
  const queue = rest.slice(0, 1_000);
  const pieces: string[] = [];
  do {
    const before = queue.length;
    pieces.push(
      format.replace(/\\(?:x[0-9a-fA-F]{1,2}|0?[0-7]{1,3}|.)|%%|%[-0-9.]*[sbdiuxXc]/g, (found) => {
        if (found.startsWith("\\")) {
          return unescapeAnsi(found);
        }
        if (found === "%%") {
          return "%";
        }
        const value = queue.shift() ?? "";
        return found.endsWith("b") ? unescapeAnsi(value) : found.endsWith("x") ? Number(value).toString(16) : value;
      }),
    );
    if (queue.length === before) {
      break;
    }
  } while (queue.length > 0);
  const text = pieces.join("");
  return Buffer.from(text, /[^\0-\xff]/.test(text) ? "utf8" : "latin1");
}

/** What a filter reads: the files that it names, else its standard input. */
function given({ argv, stdin, fileOf }: OutputInput): Output | undefined {
  const files = argv.slice(1).filter((word) => !word.startsWith("-"));
  if (files.length === 0) {
    return stdin && { data: stdin };
  }
  const contents = files.map(fileOf);
  return contents.some((content) => content === undefined)
    ? undefined
    : { data: Buffer.concat(contents.filter((content) => content !== undefined)) };
}

function mapped(input: OutputInput, change: (text: string) => string, layer?: string): Output | undefined {
  const data = input.stdin ?? given(input)?.data;
  return (
    data && { data: Buffer.from(change(data.toString("latin1")), "latin1"), ...(layer !== undefined && { layer }) }
  );
}

function base64(input: OutputInput, decode: boolean): Output | undefined {
  const data = given(input)?.data ?? input.stdin;
  if (data === undefined) {
    return undefined;
  }
  const decoded = decode ? decodeBase64(data.toString("latin1")) : Buffer.from(`${data.toString("base64")}\n`);
  return decoded && { data: decoded, ...(decode && { layer: "base64" }) };
}

function openssl(input: OutputInput): Output | undefined {
  const { argv } = input;
  const decodes = argv.includes("-d") && (argv[1] === "base64" || argv.includes("-base64") || argv.includes("-a"));
  const ciphers = argv.some((word) => /^-(?:aes|des|camellia|chacha|rc4|bf)/.test(word));
  return decodes && !ciphers ? base64({ ...input, argv: ["base64", "-d"] }, true) : undefined;
}

function hex(input: OutputInput, decode: boolean): Output | undefined {
  const data = input.stdin ?? given(input)?.data;
  const decoded = decode && data !== undefined ? decodeHex(data.toString("latin1")) : undefined;
  return decoded && { data: decoded, layer: "hex" };
}

function unzip(input: OutputInput): Output | undefined {
  const data = input.stdin ?? given(input)?.data;
  const unpacked = data !== undefined && isGzip(data) ? unpack(data) : undefined;
  return unpacked && { data: unpacked, layer: "gzip" };
}

/** `tr` with sets of letters and ranges: ROT13, changed case, signs taken out. */
function translate(input: OutputInput): Output | undefined {
  const words = input.argv.slice(1).filter((word) => !/^-[cds]+$/.test(word));
  const from = setOf(words[0] ?? "");
  const deletes = input.argv.some((word) => /^-[a-z]*d/.test(word));
  const to = setOf(words[1] ?? "");
  const change = (text: string) =>
    [...text]
      .map((sign) => {
        const at = from.indexOf(sign);
        return at < 0 ? sign : deletes ? "" : (to[Math.min(at, to.length - 1)] ?? sign);
      })
      .join("");
  const rot = /^N-ZA-Mn-za-m$|^n-za-mN-ZA-M$/.test(words[1] ?? "");
  return mapped(input, change, rot ? "rot13" : undefined);
}

function setOf(text: string): string[] {
  const signs: string[] = [];
  const classes: Record<string, string> = { "[:upper:]": "A-Z", "[:lower:]": "a-z", "[:digit:]": "0-9" };
  const plain = unescapeAnsi(text.replace(/\[:(?:upper|lower|digit):\]/g, (found) => classes[found] ?? ""));
  for (const [range] of plain.matchAll(/[\s\S]-[\s\S]|[\s\S]/g)) {
    if (range.length === 3 && range.charCodeAt(2) >= range.charCodeAt(0)) {
      for (let point = range.charCodeAt(0); point <= range.charCodeAt(2); point += 1) {
        signs.push(String.fromCharCode(point));
      }
    } else {
      signs.push(...range);
    }
  }
  return signs.slice(0, 1_024);
}

/** `sed 's/a/b/g'` where the pattern is plain text: the way in which addresses are put together or marks taken out. */
function substitute(input: OutputInput): Output | undefined {
  const rules = input.argv.slice(1).filter((word) => word !== "-e" && word !== "-r" && word !== "-E");
  const parsed = rules.map((rule) => /^s([/|#,@!])((?:\\.|(?!\1).)*)\1((?:\\.|(?!\1).)*)\1(g?)$/.exec(rule));
  if (parsed.length === 0 || parsed.some((match) => match === null || /[*+?[\](){}^$\\.]/.test(match[2] ?? ""))) {
    return undefined;
  }
  return mapped(input, (text) =>
    parsed.reduce((changed, match) => {
      const [from, to] = [match?.[2] ?? "", match?.[3] ?? ""];
      return from === ""
        ? changed
        : match?.[4] === "g"
          ? changed.replaceAll(from, () => to)
          : changed.replace(from, () => to);
    }, text),
  );
}
