/** Control characters, marks that reorder or hide text, line separators and halves of surrogate pairs. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * Text that somebody else chose, made safe for a terminal or a message: control and direction characters are shown as
 * `\u{…}` and the whole is cut at `charactersMax` code points.
 */
export function quoteUntrusted(text: string, charactersMax: number): string {
  const characters = text.length > charactersMax ? Array.from(text.slice(0, 2 * charactersMax + 2)) : undefined;
  const cut =
    characters !== undefined && characters.length > charactersMax
      ? `${characters.slice(0, charactersMax).join("")}…`
      : text;
  return cut.replace(UNSAFE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
