import { ADDRESS_ECHO, installerHosts, METADATA_ADDRESS, PUBLIC_RESOLVER, SHARED_HOST } from "../known-hosts.ts";
import { isPrivate } from "../signs/index.ts";

/** Something on the network that a text names. */
export interface NetworkFind {
  readonly type: "url" | "domain" | "ipv4" | "ipv6";
  readonly value: string;
  readonly strength: "strong" | "context";
}

/** Most characters of one text that are searched. */
export const SEARCHED_CHARACTERS_MAX = 256 * 1024;

/** Longest address that is kept whole. */
const URL_CHARACTERS_MAX = 2_048;

const URL_PATTERN =
  /\b(?:https?|ftps?|tftp|sftp|git|ssh|socks[45]h?|wss?|tcp|udp|dns|stratum\d?(?:\+(?:tcp|ssl|tls|udp|http))?):\/\/[^\s"'`<>|;\\^(){}]+/gi;

/** Top-level domains that stand behind names in plain text. Those that are also endings of files (sh, py, pl, rs, so, md, zip) count in addresses only. */
const TOP_LEVEL = new Set(
  "com net org info biz xyz top ru cn io me cc tk ml ga cf gq pw su ua de fr nl uk jp kr br eu us ca au tw hk sg vn ir es ch se no fi cz ro bg gr tr il za mx ar cl onion club site online store shop icu space fun live tech cloud host pro mobi link click vip lol wtf moe dev app ws tv gg ly kz by be dk hu pt nz asia art one bond cyou sbs ltd win bid download stream men loan monster rest quest agency digital email network systems solutions world today life center zone".split(
    " ",
  ),
);

/** Endings of file names: what has one of them is no host, unless a scheme or a port says so. */
const FILE_ENDING =
  /\.(?:sh|py|pl|rs|so|md|zip|tar|tgz|gz|xz|bz2|bin|exe|elf|txt|log|conf|cfg|ini|json|ya?ml|toml|xml|html?|php\d?|jsp?|tsx?|css|png|jpe?g|gif|svg|ico|pem|key|crt|service|timer|socket|sock|list|sources|deb|rpm|apk|lock|bak|tmp|swp|pid|db|sql|csv|dat|out|in|ko|o|a|c|h|cpp|go|rb|lua|env|example|local|internal|lan|test|d)$/i;

/** Everything on the network that a text names; `own` are the decoy's own addresses. */
export function findNetwork(raw: string, own: ReadonlySet<string>): readonly NetworkFind[] {
  const text = raw.slice(0, SEARCHED_CHARACTERS_MAX);
  const finds: NetworkFind[] = [];
  let rest = text;
  for (const [found] of text.matchAll(URL_PATTERN)) {
    const url = found.replace(/(?:&&.*|[.,:!?\]*]+)$/s, "");
    rest = rest.replace(found, " ");
    finds.push(...fromUrl(url, own));
  }
  for (const token of rest.split(/[\s"'`<>|;,(){}=\\]+/)) {
    finds.push(...fromToken(token.replace(/^[@[]+|[\]:.!?]+$/g, ""), own));
  }
  return finds;
}

/** The host of an address, and the address itself when it has a path or says how to fetch. */
export function fromUrl(url: string, own: ReadonlySet<string>): readonly NetworkFind[] {
  const match = /^([a-z0-9+]+):\/\/(?:[^/@\s]*@)?(\[[0-9a-f:.]+\]|[^/:?#\s]*)(?::(\d{1,5}))?(.*)$/is.exec(url);
  const host = match?.[2]?.toLowerCase() ?? "";
  if (host === "" || /[$*%]/.test(host) || isLocal(host) || own.has(host)) {
    return [];
  }
  const metadata = METADATA_ADDRESS.test(host);
  if (!metadata && /^[\d.]+$/.test(host) && !isPublicAddress(host)) {
    return [];
  }
  if (
    !/^[\d.]+$/.test(host) &&
    !host.startsWith("[") &&
    !/^(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,24}$/.test(host)
  ) {
    return [];
  }
  const fetchable = /^(?:https?|ftps?|tftp|sftp|git)$/i.test(match?.[1] ?? "");
  const innocent = metadata || installerHosts.test(host) || ADDRESS_ECHO.test(host);
  const address: NetworkFind[] = fetchable
    ? [{ type: "url", value: url.slice(0, URL_CHARACTERS_MAX), strength: innocent ? "context" : "strong" }]
    : [];
  return [...address, ...hostFind(host)];
}

function fromToken(token: string, own: ReadonlySet<string>): readonly NetworkFind[] {
  if (token.length < 4 || token.length > 300) {
    return [];
  }
  const address = /^(?:[A-Za-z0-9_.-]+@)?((?:\d{1,3}\.){3}\d{1,3})(?::\d{1,5})?(?:\/(?!\d{1,2}$)\S*)?$/.exec(
    token,
  )?.[1];
  if (address !== undefined) {
    return own.has(address) ||
      !(isPublicAddress(address) || METADATA_ADDRESS.test(address)) ||
      PUBLIC_RESOLVER.test(address)
      ? []
      : hostFind(address);
  }
  if (/^\[?[0-9a-f:]+:[0-9a-f:.]*\]?(?::\d+)?$/i.test(token) && (token.match(/:/g)?.length ?? 0) >= 2) {
    const plain = token.replace(/^\[|\](?::\d+)?$/g, "");
    return isPublicV6(plain) ? hostFind(`[${plain}]`) : [];
  }
  const [, host = "", port, path] =
    /^((?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z]{2,24})(?::(\d{1,5}))?(\/\S*)?$/i.exec(token) ?? [];
  const lower = host.toLowerCase();
  const topLevel = lower.split(".").at(-1) ?? "";
  if (lower === "" || own.has(lower) || isLocal(lower)) {
    return [];
  }
  const named =
    port !== undefined
      ? !/^\d+$/.test(topLevel) && !/\.(?:sock|conf|json|ya?ml|txt|log)$/.test(lower)
      : TOP_LEVEL.has(topLevel) && !FILE_ENDING.test(lower) && (path === undefined || lower.split(".").length > 1);
  // docker.io is a package of Debian, too.
  if (lower === "docker.io") {
    return [];
  }
  // org.example.Class and com.docker.compose are names of code and labels.
  return named && !/^(?:com|org|net|io|dev|app)\.[a-z]/.test(lower) ? hostFind(lower) : [];
}

function hostFind(host: string): readonly NetworkFind[] {
  if (/^[\d.]+$/.test(host)) {
    return [{ type: "ipv4", value: host, strength: METADATA_ADDRESS.test(host) ? "context" : "strong" }];
  }
  if (host.startsWith("[")) {
    const plain = host.slice(1, -1);
    return isPublicV6(plain) ? [{ type: "ipv6", value: plain, strength: "strong" }] : [];
  }
  const shared =
    SHARED_HOST.test(host) || installerHosts.test(host) || ADDRESS_ECHO.test(host) || METADATA_ADDRESS.test(host);
  return [{ type: "domain", value: host, strength: shared ? "context" : "strong" }];
}

const isLocal = (host: string): boolean =>
  /^(?:localhost|.*\.(?:localhost|local|internal|lan|home|corp|svc|cluster\.local))$/.test(host) &&
  !/^metadata\./.test(host);

function isPublicAddress(address: string): boolean {
  const parts = address.split(".").map(Number);
  return parts.length === 4 && parts.every((part) => part <= 255) && !isPrivate(address);
}

function isPublicV6(address: string): boolean {
  if (/^(?:::1?|f[cd]|fe[89ab]|ff)/i.test(address) && !/^fd00:ec2::254$/i.test(address)) {
    return false;
  }
  try {
    return new URL(`http://[${address}]/`).hostname !== "";
  } catch (error) {
    if (error instanceof TypeError) {
      return false;
    }
    throw error;
  }
}
