/** Longest pattern; longer ones match nothing. Patterns come from the project's own files. */
export const PATTERN_CHARACTERS_MAX = 500;

/**
 * Whether text matches a pattern as a whole: `*` stands for characters without `/`, `**` for any, `?` for one. Works in
 * time proportional to the product of the lengths: there is no backtracking to blow up.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  if (pattern.length > PATTERN_CHARACTERS_MAX) {
    return false;
  }
  const tokens = pattern.match(/\*\*\/|\*+|\?|[^*?]/g) ?? [];
  // reached[i]: the first i characters of the text are matched by the tokens so far.
  let reached: boolean[] = [true, ...new Array<boolean>(text.length).fill(false)];
  for (const token of tokens) {
    reached = advance(token, reached, text);
  }
  return reached[text.length] === true;
}

function advance(token: string, reached: readonly boolean[], text: string): boolean[] {
  const next = new Array<boolean>(reached.length).fill(false);
  for (let index = 0; index < reached.length; index += 1) {
    const before = text[index - 1];
    if (token === "**/") {
      // Nothing, or any number of whole folders.
      next[index] = reached[index] === true || (before === "/" && reached.slice(0, index).includes(true));
    } else if (token.startsWith("*")) {
      next[index] =
        reached[index] === true || (index > 0 && next[index - 1] === true && (token.length > 1 || before !== "/"));
    } else {
      next[index] = index > 0 && reached[index - 1] === true && (token === "?" ? before !== "/" : before === token);
    }
  }
  return next;
}
