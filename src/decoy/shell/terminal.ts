/** What the terminal does while a line is typed: it echoes, and a few keys edit. */
import type { Input } from "./input.ts";

/** Characters of one typed line. */
export const LINE_CHARACTERS_MAX = 16_384;

export type TypedLine =
  | { readonly kind: "line"; readonly text: string }
  | { readonly kind: "interrupted" }
  | { readonly kind: "end" };

const CTRL_C = 3;
const CTRL_D = 4;
const BACKSPACE = 8;
const LF = 10;
const CR = 13;
const CTRL_U = 21;
const ESCAPE = 27;
const DELETE = 127;

export class LineEditor {
  readonly #input: Input;
  readonly #show: (text: string) => void;
  #afterReturn = false;

  constructor(input: Input, show: (text: string) => void) {
    this.#input = input;
    this.#show = show;
  }

  /** Shows the prompt and takes a line. */
  async read(prompt: string): Promise<TypedLine> {
    this.#show(prompt);
    let typed: number[] = [];
    for (;;) {
      const byte = await this.#input.readByte();
      const second = byte === LF && this.#afterReturn;
      this.#afterReturn = byte === CR;
      if (byte === undefined || (byte === CTRL_D && typed.length === 0)) {
        return { kind: "end" };
      }
      if (second || byte === CTRL_D) {
        continue;
      }
      if (byte === CR || byte === LF) {
        this.#show("\n");
        return { kind: "line", text: Buffer.from(typed).toString() };
      }
      if (byte === CTRL_C) {
        this.#show("^C\n");
        return { kind: "interrupted" };
      }
      if (byte === ESCAPE) {
        await this.#skipSequence();
      } else if (byte === BACKSPACE || byte === DELETE) {
        if (typed.pop() !== undefined) {
          this.#show("\b\u001b[J");
        }
      } else if (byte === CTRL_U) {
        this.#show("\b \b".repeat(typed.length));
        typed = [];
      } else if ((byte >= 32 || byte === 9) && typed.length < LINE_CHARACTERS_MAX) {
        typed.push(byte);
        this.#show(String.fromCharCode(byte));
      }
    }
  }

  /** True when Ctrl-C is typed while a program runs. */
  async interruption(signal: AbortSignal): Promise<boolean> {
    const typed = await this.#input.until(CTRL_C, signal);
    if (typed) {
      this.#show("^C\n");
    }
    return typed;
  }

  async #skipSequence(): Promise<void> {
    const first = await this.#input.readByte();
    for (
      let next = first === 91 || first === 79 ? await this.#input.readByte() : undefined;
      next !== undefined && next < 64;
    ) {
      next = await this.#input.readByte();
    }
  }
}
