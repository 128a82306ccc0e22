/** Values as the Go packages behind the command line read them. `undefined`: refused. */

/** strconv.ParseBool. */
export function parseGoBoolean(text: string): boolean | undefined {
  if (/^(1|t|T|TRUE|true|True)$/.test(text)) {
    return true;
  }
  return /^(0|f|F|FALSE|false|False)$/.test(text) ? false : undefined;
}

const INTEGER = /^([+-]?)(0x[0-9a-f_]+|0b[01_]+|0o[0-7_]+|0[0-7_]*|[1-9][0-9_]*)$/i;
/** Sixty-four binary digits with a sign, a prefix and underscores between them. */
const INTEGER_CHARACTERS_MAX = 132;
const INT64_MAX = 2n ** 63n - 1n;

/**
 * strconv.ParseInt with base 0 and 64 bits: `0x10`, `0o17` and `010` are numbers too. Past 2^53 the result is the
 * nearest number that JavaScript has.
 */
export function parseGoInteger(text: string): number | undefined {
  const match = text.length > INTEGER_CHARACTERS_MAX ? null : INTEGER.exec(text);
  if (match === null || /__|_$|^[+-]?_/.test(text)) {
    return undefined;
  }
  const [, sign = "", written = ""] = match;
  const digits = written.replaceAll("_", "").replace(/^0(?=[0-7]+$)/, "0o");
  const value = sign === "-" ? -BigInt(digits) : BigInt(digits);
  return value > INT64_MAX || value < -INT64_MAX - 1n ? undefined : Number(value);
}

/** strconv.Atoi. */
export function parseGoDecimalInteger(text: string): number | undefined {
  return /^[+-]?[0-9]{1,15}$/.test(text) ? Number(text) : undefined;
}

const UNITS = "kmgtp";
const FLOAT = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,4})?$/i;

/** RAMInBytes of docker/go-units v0.5.0: binary units whatever their spelling, `1.5g`, `64 MiB`. */
export function parseSize(text: string): number | undefined {
  const match = /^(.*?[0-9.]) ?([^0-9. ]*)$/s.exec(text);
  const [, number = "", suffix = ""] = match ?? [];
  const size = FLOAT.test(number) ? Number(number) : Number.NaN;
  const unit = /^(?:([kmgtp])(?:i?b)?|b)?$/i.exec(suffix);
  if (Number.isNaN(size) || size < 0 || unit === null) {
    return undefined;
  }
  const power = unit[1] === undefined ? 0 : UNITS.indexOf(unit[1].toLowerCase()) + 1;
  return Math.trunc(size * 1024 ** power);
}

const RATIONAL = /^([+-]?)(\d{1,18})(?:\.(\d{0,18}))?(?:e([+-]?\d{1,2}))?$/i;
const NANO_DIGITS = 9;

/** ParseCPUs of docker/cli: a rational number times 10^9, which must come out whole. */
export function parseNanoCpus(text: string): number | undefined {
  const fraction = /^([+-]?\d{1,18})\/(\d{1,18})$/.exec(text);
  if (fraction !== null) {
    return wholeQuotient(
      BigInt(fraction[1]?.replace("+", "") ?? 0) * 10n ** BigInt(NANO_DIGITS),
      BigInt(fraction[2] ?? 0),
    );
  }
  const match = RATIONAL.exec(text.startsWith(".") ? `0${text}` : text);
  if (match === null) {
    return undefined;
  }
  const [, sign, whole = "0", decimals = "", exponent = "0"] = match;
  const digits = BigInt(`${sign === "-" ? "-" : ""}${whole}${decimals}`);
  const power = NANO_DIGITS - decimals.length + Number(exponent);
  return power >= 0 ? Number(digits * 10n ** BigInt(power)) : wholeQuotient(digits, 10n ** BigInt(-power));
}

function wholeQuotient(dividend: bigint, divisor: bigint): number | undefined {
  return divisor === 0n || dividend % divisor !== 0n ? undefined : Number(dividend / divisor);
}

/** The first record of encoding/csv with its default settings: a quote is only allowed around a whole field. */
export function parseCsvRecord(text: string): readonly string[] | undefined {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    const quoted = /"((?:[^"]|"")*)"(?=,|\r?\n|$)/y;
    const bare = /[^",\r\n]*(?=,|\r?\n|$)/y;
    const sticky = text[at] === '"' ? quoted : bare;
    sticky.lastIndex = at;
    const match = sticky.exec(text);
    if (match === null) {
      return undefined;
    }
    fields.push(match[1] === undefined ? match[0] : match[1].replaceAll('""', '"'));
    at += match[0].length;
    if (text[at] !== ",") {
      return fields.length === 1 && fields[0] === "" && text[0] !== '"' ? undefined : fields;
    }
    at += 1;
  }
}

/** strings.Cut at the first separator. */
export function cut(text: string, separator: string): readonly [before: string, after: string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}
