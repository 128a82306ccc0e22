/** `$NAME`, `${NAME}`, and `${NAME}` with `:-` or `:+`, as the Dockerfile reference has them. */
const VARIABLE = /\\(.)|\$(?:(\w+)|\{(\w+)(?:(:?[-+])([^{}]*))?\})/g;

/** Fills variables in. `undefined` when one is used whose value is not known. */
export function substitute(text: string, values: ReadonlyMap<string, string | undefined>): string | undefined {
  let known = true;
  const filled = text.replace(VARIABLE, (_, escaped: string | undefined, bare, braced, operator, word = "") => {
    if (escaped !== undefined) {
      return escaped;
    }
    const value = values.get(bare ?? braced);
    if (operator?.endsWith("+") === true) {
      return value === undefined || value === "" ? "" : word;
    }
    if (operator?.endsWith("-") === true && (value === undefined || value === "")) {
      return word;
    }
    known &&= value !== undefined;
    return value ?? "";
  });
  return known ? filled : undefined;
}
