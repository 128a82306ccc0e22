/** The two letters outside ASCII that Unicode folds onto an ASCII letter, and that letter (CaseFolding.txt, status C). */
const FOLDS_TO_ASCII: Readonly<Record<string, string>> = { "\u017F": "s", "\u212A": "k" };

/** Nothing but ASCII, where folding is lower case. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
const ASCII_ONLY = /^[\x00-\x7F]*$/;

/**
 * A key in the form in which Go compares the names of struct fields: `encoding/json` takes a key for a field when they
 * are equal under Unicode simple folding.
 *
 * Every name of the Engine API is ASCII, so only the letters that fold onto ASCII matter: the 26, U+017F (long s) and
 * U+212A (Kelvin). Dotless i, full-width and Cyrillic look-alikes stay what they are. Seen on Engine 20.10.24 and Go
 * 1.24.3 (knowledge/engine-api.md, section 4, row 1); see the "folding" rows of go-decode.test.ts.
 */
export function foldKey(key: string): string {
  if (ASCII_ONLY.test(key)) {
    return key.toLowerCase();
  }
  return key.replace(/[A-Z\u017F\u212A]/g, (letter) => FOLDS_TO_ASCII[letter] ?? letter.toLowerCase());
}
