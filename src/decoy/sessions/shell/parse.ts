import type { CommandSyntax, PipelineSyntax, RedirectSyntax, ScriptSyntax, Word, WordPart } from "./syntax.ts";
import { matching, readQuoted, readWord } from "./word-reader.ts";

/** Most characters of one script that are read. */
export const SCRIPT_CHARACTERS_MAX = 1024 * 1024;

/** Most commands of one script that are read. */
export const SCRIPT_COMMANDS_MAX = 4_000;

/** Words that stand before a command and are none. */
const KEYWORDS = new Set([
  "if",
  "then",
  "elif",
  "else",
  "fi",
  "while",
  "until",
  "do",
  "done",
  "esac",
  "!",
  "{",
  "}",
  "time",
  "select",
  "function",
]);

const REDIRECT = /^(?:[0-9]*|&)(?:<<<|<<-?|>>|>\||<>|>&|<&|>|<)/;

/**
 * Reads a shell script as far as it can be read. Nothing is refused: what visitors send is cut, mistyped, and meant for
 * shells of many kinds. The result says which commands stand in it, not in which order they would run.
 */
export function parseScript(text: string): ScriptSyntax {
  return new Parser(text.slice(0, SCRIPT_CHARACTERS_MAX)).script();
}

class Parser {
  readonly #text: string;
  readonly #pipelines: CommandSyntax[][] = [];
  readonly #comments: string[] = [];
  #at = 0;
  #words: Word[] = [];
  #redirects: RedirectSyntax[] = [];
  #pipeline: CommandSyntax[] = [];
  #commandStart = 0;
  #commands = 0;
  /** Here-documents whose text begins on the next line. */
  #waiting: {
    readonly end: string;
    readonly strip: boolean;
    readonly quoted: boolean;
    readonly redirect: { body?: RedirectSyntax["body"] };
  }[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  script(): ScriptSyntax {
    while (this.#at < this.#text.length && this.#commands < SCRIPT_COMMANDS_MAX) {
      this.#step();
    }
    this.#endPipeline();
    return { pipelines: this.#pipelines as readonly PipelineSyntax[], comments: this.#comments };
  }

  #step(): void {
    const text = this.#text;
    const sign = text.charAt(this.#at);
    if (sign === "\n") {
      this.#endPipeline();
      this.#at += 1;
      this.#readHereDocuments();
    } else if (sign === " " || sign === "\t" || sign === "\r") {
      this.#at += 1;
    } else if (sign === "\\" && text.charAt(this.#at + 1) === "\n") {
      this.#at += 2;
    } else if (sign === "#") {
      this.#comment();
    } else if (
      REDIRECT.test(text.slice(this.#at, this.#at + 12)) &&
      !/^[<>]\(/.test(text.slice(this.#at, this.#at + 2))
    ) {
      this.#redirect();
    } else if (/[;&|()]/.test(sign)) {
      this.#separator(sign);
    } else {
      this.#word();
    }
  }

  #separator(sign: string): void {
    const text = this.#text;
    if (sign === "|" && text.charAt(this.#at + 1) !== "|") {
      this.#at += text.charAt(this.#at + 1) === "&" ? 2 : 1;
      this.#endCommand();
      return;
    }
    // `name()` opens a function: the name is no command.
    if (sign === "(" && this.#words.length === 1 && /^\(\s*\)/.test(text.slice(this.#at, this.#at + 16))) {
      this.#words = [];
    }
    // A group that is piped on: what is in it stays in the pipeline.
    if (sign === ")" && /^\)\s*\|(?!\|)/.test(text.slice(this.#at, this.#at + 16))) {
      this.#at += 1;
      return;
    }
    this.#at += 1;
    this.#endPipeline();
  }

  #comment(): void {
    const end = this.#text.indexOf("\n", this.#at);
    const stop = end < 0 ? this.#text.length : end;
    this.#comments.push(this.#text.slice(this.#at + 1, stop).trim());
    this.#at = stop;
  }

  #word(): void {
    const text = this.#text;
    if (this.#words.length === 0 && this.#redirects.length === 0) {
      this.#commandStart = this.#at;
    }
    const process = /^[<>]\(/.test(text.slice(this.#at, this.#at + 2));
    if (process) {
      const end = matching(text, this.#at + 2, "(", ")");
      this.#words.push([{ kind: "command", script: text.slice(this.#at + 2, end), quoted: true }]);
      this.#at = end + 1;
      return;
    }
    const { word, end } = readWord(text, this.#at);
    this.#at = Math.max(end, this.#at + 1);
    const only = word.length === 1 ? word[0] : undefined;
    const bare = only?.kind === "text" && !only.quoted ? only.text : undefined;
    if (this.#words.length === 0 && bare !== undefined && KEYWORDS.has(bare)) {
      // `} | sh`: the group before feeds the pipe.
      return;
    }
    this.#words.push(word);
  }

  #redirect(): void {
    const text = this.#text;
    if (this.#words.length === 0 && this.#redirects.length === 0) {
      this.#commandStart = this.#at;
    }
    const operator = (REDIRECT.exec(text.slice(this.#at, this.#at + 12))?.[0] ?? ">").replace(/^[0-9&]+(?=[<>])/, "");
    this.#at += REDIRECT.exec(text.slice(this.#at, this.#at + 12))?.[0].length ?? 1;
    while (/[ \t]/.test(text.charAt(this.#at))) {
      this.#at += 1;
    }
    if (/^[<>]\(/.test(text.slice(this.#at, this.#at + 2))) {
      const end = matching(text, this.#at + 2, "(", ")");
      this.#redirects.push({
        operator,
        target: [{ kind: "command", script: text.slice(this.#at + 2, end), quoted: true }],
      });
      this.#at = end + 1;
      return;
    }
    const { word, end } = readWord(text, this.#at);
    this.#at = end;
    const redirect: { operator: string; target: Word; body?: NonNullable<RedirectSyntax["body"]> } = {
      operator,
      target: word,
    };
    this.#redirects.push(redirect);
    if (operator.startsWith("<<") && operator !== "<<<") {
      const quoted = word.some((part) => part.kind === "text" && part.quoted);
      const name = word.map((part) => (part.kind === "text" ? part.text : "")).join("");
      this.#waiting.push({
        end: name,
        strip: operator === "<<-",
        quoted,
        redirect: redirect as { body?: RedirectSyntax["body"] },
      });
    }
  }

  #readHereDocuments(): void {
    for (const { end, strip, quoted, redirect } of this.#waiting) {
      const lines: string[] = [];
      while (this.#at < this.#text.length) {
        const stop = this.#text.indexOf("\n", this.#at);
        const line = this.#text.slice(this.#at, stop < 0 ? this.#text.length : stop);
        this.#at = stop < 0 ? this.#text.length : stop + 1;
        const cleaned = strip ? line.replace(/^\t+/, "") : line;
        if (cleaned.trimEnd() === end) {
          break;
        }
        lines.push(cleaned);
      }
      redirect.body = { text: `${lines.join("\n")}\n`, quoted };
    }
    this.#waiting = [];
  }

  #endCommand(): void {
    if (this.#words.length > 0 || this.#redirects.length > 0) {
      this.#pipeline.push({
        words: this.#words,
        redirects: this.#redirects,
        source: this.#text.slice(this.#commandStart, this.#at).replace(/[\s;&|()]+$/, ""),
      });
      this.#commands += 1;
    }
    this.#words = [];
    this.#redirects = [];
  }

  #endPipeline(): void {
    this.#endCommand();
    if (this.#pipeline.length > 0) {
      this.#pipelines.push(this.#pipeline);
    }
    this.#pipeline = [];
  }
}

/** The text of a here-document as a word, so that what is in it can be expanded. */
export function hereDocumentWord(text: string): Word {
  const parts: WordPart[] = [];
  readQuoted(text, 0, "\0", parts);
  return parts;
}
