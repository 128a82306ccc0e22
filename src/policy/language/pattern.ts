/** Characters of one pattern. Names of images, labels and variables are far shorter. */
export const PATTERN_CHARACTERS_MAX = 512;

/** Whether a text matches a pattern, in which `*` stands for any characters but a slash and `**` for any at all. */
export type Matcher = (text: string) => boolean;

/** Makes a matcher. It never backtracks over more than the last star, so no text is slow. */
export function patternMatcher(pattern: string): Matcher {
  if (!pattern.includes("*")) {
    return (text) => text === pattern;
  }
  if (pattern === "**" || pattern === "*") {
    return pattern === "**" ? () => true : (text) => !text.includes("/");
  }
  const tokens = tokensOf(pattern);
  return (text) => matches(tokens, text);
}

type Token = { readonly kind: "text"; readonly text: string } | { readonly kind: "star"; readonly slash: boolean };

function tokensOf(pattern: string): readonly Token[] {
  return pattern
    .split(/(\*+)/)
    .filter((part) => part !== "")
    .map(
      (part): Token => (part.startsWith("*") ? { kind: "star", slash: part.length > 1 } : { kind: "text", text: part }),
    );
}

/** Reachable positions after each token: at most tokens × characters steps, whatever the text. */
function matches(tokens: readonly Token[], text: string): boolean {
  let positions = new Set([0]);
  for (const token of tokens) {
    const next = new Set<number>();
    for (const position of positions) {
      if (token.kind === "text") {
        if (text.startsWith(token.text, position)) {
          next.add(position + token.text.length);
        }
        continue;
      }
      for (let end = position; end <= text.length && !next.has(end); end += 1) {
        next.add(end);
        if (!token.slash && text[end] === "/") {
          break;
        }
      }
    }
    if (next.size === 0) {
      return false;
    }
    positions = next;
  }
  return positions.has(text.length);
}

/** Whether any of several patterns matches. */
export function anyMatcher(patterns: readonly string[]): Matcher {
  const matchers = patterns.map(patternMatcher);
  return (text) => matchers.some((match) => match(text));
}
