/** What stands in the place of a secret. */
export const MASK = "***";

/** Keys, folded, whose texts are always secret, wherever they stand in a body. */
const SECRET_KEYS: ReadonlySet<string> = new Set([
  "password",
  "auth",
  "identitytoken",
  "registrytoken",
  "jointoken",
  "unlockkey",
  "signingcakey",
  "data", // of secrets and configs
]);

/** Keys, folded, whose items are NAME=VALUE. */
const ENVIRONMENT_KEYS: ReadonlySet<string> = new Set(["env", "args"]);

/** Query parameters with JSON in them whose values are secret. */
const SECRET_PARAMETERS: ReadonlySet<string> = new Set(["buildargs", "outputs"]);

/** A word that says that what follows it is secret: `--password=x`, `API_TOKEN: x`, `secret x`. */
const SECRET_WORD =
  /((?:pass(?:word|wd|phrase)?|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|credentials?)["']?\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s,;&"']+)/gi;

/** `https://user:password@host`. */
const USER_INFO = /(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@"']{1,1000}@/gi;

/** How deep a body is followed. Bodies of the API nest to ten. */
const DEPTH_MAX = 64;

/**
 * A body with its secrets masked: credentials, the values of environment variables, data of secrets and configs,
 * passwords in command lines, options and addresses. Names stay, so that a policy can be learnt from it.
 */
export function maskBody(value: unknown): unknown {
  return maskValue(value, "", 0);
}

function maskValue(value: unknown, key: string, depth: number): unknown {
  if (typeof value === "string") {
    return SECRET_KEYS.has(key) && value !== ""
      ? MASK
      : ENVIRONMENT_KEYS.has(key)
        ? maskVariable(value)
        : maskText(value);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  if (depth === DEPTH_MAX) {
    return MASK;
  }
  if (Array.isArray(value)) {
    return value.map((item) => maskValue(item, key, depth + 1));
  }
  const masked: Record<string, unknown> = Object.create(null);
  for (const [name, item] of Object.entries(value)) {
    const folded = name.toLowerCase();
    masked[name] =
      typeof item === "string" && saysSecret(name) && item !== "" ? MASK : maskValue(item, folded, depth + 1);
  }
  return masked;
}

const SECRET_NAME = /pass(word|wd|phrase)?$|secret$|token$|api[-_]?key$|access[-_]?key$|private[-_]?key$/i;

/** Whether a name of an option or label says that its value is secret. */
export const saysSecret = (name: string): boolean => SECRET_NAME.test(name);

/** `NAME=value` without the value; a plain name stays. */
function maskVariable(text: string): string {
  const equals = text.indexOf("=");
  return equals < 0 ? text : `${text.slice(0, equals)}=${MASK}`;
}

/** A text with what looks like a secret in it masked. */
export function maskText(text: string): string {
  return text.replace(SECRET_WORD, `$1${MASK}`).replace(USER_INFO, `$1${MASK}@`);
}

/** A request target with the secrets of its query masked. Names and order of the parameters stay. */
export function maskTarget(target: string): string {
  const question = target.indexOf("?");
  if (question < 0) {
    return target;
  }
  const parameters = target.slice(question + 1).split("&");
  return `${target.slice(0, question)}?${parameters.map(maskParameter).join("&")}`;
}

function maskParameter(parameter: string): string {
  const equals = parameter.indexOf("=");
  const name = equals < 0 ? parameter : parameter.slice(0, equals);
  if (equals < 0) {
    return parameter;
  }
  const value = decoded(parameter.slice(equals + 1));
  if (value === undefined) {
    return `${name}=${MASK}`;
  }
  const masked = SECRET_PARAMETERS.has(name) ? maskMap(value) : saysSecret(name) ? MASK : maskText(value);
  return masked === value ? parameter : `${name}=${encodeURIComponent(masked)}`;
}

/** A JSON object of texts with its values masked. */
function maskMap(json: string): string {
  try {
    const map: unknown = JSON.parse(json);
    if (typeof map === "object" && map !== null && !Array.isArray(map)) {
      return JSON.stringify(Object.fromEntries(Object.keys(map).map((name) => [name, MASK])));
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) {
      throw error;
    }
  }
  return MASK;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch (error) {
    if (error instanceof URIError) {
      return undefined;
    }
    throw error;
  }
}
