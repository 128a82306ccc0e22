/** A text whose variables were looked for. `reason`: why its value is not known; the text is then as it was written. */
export interface ReadText {
  readonly text: string;
  readonly reason?: string;
}

/** A text of a Compose file, looked through for variables. */
export interface Filled {
  /** The text with `$$` turned into `$`; as it was written when it holds a variable. */
  readonly text: string;
  /** Names of the variables that the value depends on, in order, each once. */
  readonly variables: readonly string[];
  /** A `$` begins nothing that Compose knows; it refuses the file. */
  readonly invalid: boolean;
}

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;

/**
 * Finds `$NAME`, `${NAME}` and `${NAME:-default}` (also `-`, `:?`, `?`, `:+`, `+`). They are not replaced: the
 * environment is not known here, and a default says only what holds where nobody set the variable.
 */
export function fill(written: string): Filled {
  if (!written.includes("$")) {
    return { text: written, variables: [], invalid: false };
  }
  const variables = new Set<string>();
  let literal = "";
  let position = 0;
  while (position < written.length) {
    const dollar = written.indexOf("$", position);
    const end = dollar === -1 ? written.length : dollar;
    literal += written.slice(position, end);
    if (dollar === -1) {
      break;
    }
    const found = variableAt(written, dollar);
    if (found === undefined) {
      // Nothing after it is looked at: a text of many unclosed braces would be read to its end for each of them.
      return { text: written, variables: Array.from(variables), invalid: true };
    }
    if (found.name === "") {
      literal += "$";
    } else {
      variables.add(found.name);
    }
    position = found.end;
  }
  return { text: variables.size === 0 ? literal : written, variables: Array.from(variables), invalid: false };
}

/** A variable in a text. */
export interface FoundVariable {
  /** Empty for `$$`. */
  readonly name: string;
  /** Index behind it. */
  readonly end: number;
  /** `:-`, `-`, `:?`, `?`, `:+` or `+`; empty when there is none. */
  readonly operator: string;
  /** What stands behind the operator, up to the closing brace. */
  readonly argument: string;
}

/** What begins at a `$`: a variable, or `$$` (no name), or nothing valid. */
export function variableAt(text: string, dollar: number): FoundVariable | undefined {
  const next = text[dollar + 1];
  if (next === "$") {
    return { name: "", end: dollar + 2, operator: "", argument: "" };
  }
  const braced = next === "{";
  NAME.lastIndex = dollar + (braced ? 2 : 1);
  const name = NAME.exec(text)?.[0];
  if (name === undefined) {
    return undefined;
  }
  const afterName = dollar + (braced ? 2 : 1) + name.length;
  if (!braced) {
    return { name, end: afterName, operator: "", argument: "" };
  }
  if (text[afterName] === "}") {
    return { name, end: afterName + 1, operator: "", argument: "" };
  }
  const operator = /^:?[-?+]/.exec(text.slice(afterName, afterName + 2))?.[0];
  const close = operator === undefined ? -1 : closingBrace(text, dollar);
  return operator === undefined || close === -1
    ? undefined
    : { name, end: close + 1, operator, argument: text.slice(afterName + operator.length, close) };
}

/** Index of the `}` that closes the `${` at `dollar`; defaults may hold variables of their own. -1: none. */
function closingBrace(text: string, dollar: number): number {
  let open = 0;
  for (let index = dollar; index < text.length; index += 1) {
    if (text.startsWith("${", index)) {
      open += 1;
      index += 1;
    } else if (text[index] === "}") {
      open -= 1;
      if (open === 0) {
        return index;
      }
    }
  }
  return -1;
}

/**
 * Splits a text at a character, but never inside `${…}`, where `:-` belongs to the variable. A text that Compose refuses
 * is split everywhere: to look for the end of every unclosed brace would take the square of its length.
 */
export function splitOutsideVariables(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let index = 0;
  while (index < text.length) {
    if (text[index] === "$") {
      const found = variableAt(text, index);
      if (found === undefined) {
        return text.split(separator);
      }
      index = found.end;
      continue;
    }
    if (text[index] === separator) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
    index += 1;
  }
  parts.push(text.slice(start));
  return parts;
}
