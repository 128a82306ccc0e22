/**
 * What a plain scalar means to the parser behind kubectl and the API server (sigs.k8s.io/yaml on go-yaml 2, whose
 * resolve.go these tables follow): the words of YAML 1.1, octal numbers with a leading zero, `_` in numbers.
 */
export function resolvePlain(text: string): string | number | boolean | null {
  const word = WORDS.get(text);
  if (word !== undefined) {
    return word;
  }
  return /^[-+.\d]/.test(text) ? (numberOf(text) ?? text) : text;
}

const WORDS: ReadonlyMap<string, boolean | number | null> = new Map<string, boolean | number | null>([
  ...["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"].map((word) => [word, true] as const),
  ...["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"].map((word) => [word, false] as const),
  ...["", "~", "null", "Null", "NULL"].map((word) => [word, null] as const),
  ...[".nan", ".NaN", ".NAN"].map((word) => [word, Number.NaN] as const),
  ...[".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"].map((word) => [word, Number.POSITIVE_INFINITY] as const),
  ...["-.inf", "-.Inf", "-.INF"].map((word) => [word, Number.NEGATIVE_INFINITY] as const),
]);

function numberOf(written: string): number | undefined {
  const text = written.replaceAll("_", "");
  const [, sign = "", digits = ""] = /^([-+]?)(.*)$/.exec(text) ?? [];
  const factor = sign === "-" ? -1 : 1;
  if (/^0[xX][\da-fA-F]+$|^0[oO][0-7]+$|^0[bB][01]+$/.test(digits)) {
    return factor * Number(digits.toLowerCase());
  }
  if (/^0[0-7]+$/.test(digits)) {
    return factor * Number.parseInt(digits, 8);
  }
  return /^(\d+|\d*\.?\d+([eE][-+]?\d+)?|\d+\.([eE][-+]?\d+)?)$/.test(digits) ? factor * Number(digits) : undefined;
}
