/** Names of images, as docker's `distribution/reference` reads and normalizes them. */

export interface Reference {
  /** `docker.io`, `127.0.0.1:5000`. */
  readonly domain: string;
  /** `library/alpine`. */
  readonly path: string;
  /** Empty: none was written. */
  readonly tag: string;
  /** `sha256:…`; empty: none was written. */
  readonly digest: string;
  /** As users write it: `alpine`, `127.0.0.1:5000/x`. */
  readonly familiar: string;
}

const PART = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const DOMAIN_PART = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
const DOMAIN = `(?:${DOMAIN_PART}(?:\\.${DOMAIN_PART})*(?::[0-9]+)?)`;
const REFERENCE = new RegExp(
  `^(?:(${DOMAIN})/)?(${PART}(?:/${PART})*)(?::([\\w][\\w.-]{0,127}))?(?:@([A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?$`,
);

/** Longest name without tag and digest. */
export const NAME_CHARACTERS_MAX = 255;

/** Reads a name; a text is docker's reason why it is none. */
export function parseReference(text: string): Reference | string {
  if (/^[0-9a-f]{64}$/.test(text)) {
    return `invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`;
  }
  const { domain, rest } = splitDomain(text);
  const remote = rest.split(":")[0] ?? "";
  const lower = remote.split("@")[0] ?? "";
  if (lower !== lower.toLowerCase()) {
    return "invalid reference format: repository name must be lowercase";
  }
  const match = REFERENCE.exec(`${domain}/${rest}`);
  if (match === null) {
    return "invalid reference format";
  }
  const path = match[2] ?? "";
  if (`${domain}/${path}`.length > NAME_CHARACTERS_MAX) {
    return `repository name must not be more than ${NAME_CHARACTERS_MAX} characters`;
  }
  return {
    domain,
    path,
    tag: match[3] ?? "",
    digest: match[4] ?? "",
    familiar: domain === "docker.io" ? path.replace(/^library\/([^/]+)$/, "$1") : `${domain}/${path}`,
  };
}

function splitDomain(text: string): { domain: string; rest: string } {
  const slash = text.indexOf("/");
  const first = slash < 0 ? "" : text.slice(0, slash);
  const isDomain = slash >= 0 && (/[.:]/.test(first) || first === "localhost" || first !== first.toLowerCase());
  const domain = isDomain ? (first === "index.docker.io" ? "docker.io" : first) : "docker.io";
  const rest = isDomain ? text.slice(slash + 1) : text;
  return { domain, rest: domain === "docker.io" && !rest.includes("/") ? `library/${rest}` : rest };
}

/** With `latest` where neither tag nor digest was written. */
export function tagOf(reference: Reference): string {
  return reference.tag === "" && reference.digest === "" ? "latest" : reference.tag;
}
