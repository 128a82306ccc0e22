/** A JSON body as a visitor sent it; `undefined` when it is no JSON. */
export function parseLoose(body: Buffer | string | undefined): unknown {
  if (body === undefined || body.length === 0) {
    return undefined;
  }
  try {
    return JSON.parse(body.toString());
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}

/** A member of an object by its name without regard to case, as Go reads it. */
export function memberOf(value: unknown, ...path: readonly string[]): unknown {
  let current = value;
  for (const name of path) {
    if (typeof current !== "object" || current === null) {
      return undefined;
    }
    const folded = name.toLowerCase();
    current = Object.entries(current).findLast(([key]) => key.toLowerCase() === folded)?.[1];
  }
  return current;
}

/** A member that is a text. */
export function textOf(value: unknown, ...path: readonly string[]): string | undefined {
  const found = memberOf(value, ...path);
  return typeof found === "string" ? found : undefined;
}

/** A member that is a list of texts, or one text (`Cmd` takes both). */
export function wordsOf(value: unknown, ...path: readonly string[]): readonly string[] {
  const found = memberOf(value, ...path);
  if (typeof found === "string") {
    return [found];
  }
  return Array.isArray(found) ? found.filter((word) => typeof word === "string") : [];
}
