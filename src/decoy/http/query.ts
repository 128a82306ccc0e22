import { badEscape, unescapeText, utf8 } from "./go-url.ts";

/** The values of a query or of a form body. The first value of a name counts, and names are case-sensitive. */
export class Query {
  readonly #values = new Map<string, string[]>();
  /** What Go's `url.ParseQuery` complains about; what could be read is there all the same. */
  error: string | undefined;

  constructor(...texts: readonly string[]) {
    for (const text of texts) {
      this.#read(text);
    }
  }

  get(name: string): string {
    return this.#values.get(name)?.[0] ?? "";
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  all(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  /** dockerd's `BoolValue`: everything is true but `""`, `0`, `no`, `false`, `none`, in any case and with spaces around. */
  bool(name: string): boolean {
    return !["", "0", "no", "false", "none"].includes(this.get(name).toLowerCase().trim());
  }

  #read(text: string): void {
    for (const pair of text === "" ? [] : text.split("&")) {
      if (pair === "") {
        continue;
      }
      if (pair.includes(";")) {
        this.error ??= "invalid semicolon separator in query";
        continue;
      }
      const equals = pair.indexOf("=");
      const name = unescapeText(equals < 0 ? pair : pair.slice(0, equals), true);
      const value = equals < 0 ? "" : unescapeText(pair.slice(equals + 1), true);
      if (name === undefined || value === undefined) {
        this.error ??= `invalid URL escape "${badEscape(name === undefined ? pair : pair.slice(equals + 1))}"`;
        continue;
      }
      const values = this.#values.get(utf8(name));
      if (values === undefined) {
        this.#values.set(utf8(name), [utf8(value)]);
      } else {
        values.push(utf8(value));
      }
    }
  }
}
