import { gunzipSync, inflateRawSync, inflateSync } from "node:zlib";

/** Most bytes that a packed payload may unfold to. */
export const UNPACKED_BYTES_MAX = 4 * 1024 * 1024;

/** Shortest text that is tried as base64 where nothing says that it is. */
const HIDDEN_BASE64_CHARACTERS_MIN = 24;

/** Decodes base64 as `base64 -d` and its relatives do, and more leniently: with or without padding, in lines, URL-safe. */
export function decodeBase64(text: string): Buffer | undefined {
  const packed = text.replace(/[\s"']+/g, "");
  if (packed === "" || !/^[A-Za-z0-9+/_-]+={0,3}$/.test(packed)) {
    // `base64 -di` skips what is no base64.
    const kept = packed.replace(/[^A-Za-z0-9+/_=-]/g, "");
    return kept.length > 8 && kept.length > packed.length * 0.9 ? Buffer.from(kept, "base64") : undefined;
  }
  return Buffer.from(packed, "base64");
}

/** Decodes hexadecimal digits as `xxd -r -p` does; `\x41` and `0x41` too. */
export function decodeHex(text: string): Buffer | undefined {
  const digits = text.replace(/\\x|0x|[\s,:]/g, "");
  return digits.length >= 2 && /^[0-9a-fA-F]+$/.test(digits)
    ? Buffer.from(digits.slice(0, digits.length - (digits.length % 2)), "hex")
    : undefined;
}

/** Unpacks gzip or zlib data, or raw deflate; `undefined` when it is none or too large. */
export function unpack(data: Buffer): Buffer | undefined {
  const limits = { maxOutputLength: UNPACKED_BYTES_MAX };
  for (const attempt of isGzip(data) ? [gunzipSync] : [inflateSync, inflateRawSync]) {
    try {
      return attempt(data, limits);
    } catch (error) {
      // Not this format, cut, or larger than we unpack: all of them are answers of zlib with a code.
      if (!(error instanceof Error && "code" in error)) {
        throw error;
      }
    }
  }
  return undefined;
}

/** Data that begins like a gzip file. */
export const isGzip = (data: Buffer): boolean => data.length > 4 && data[0] === 0x1f && data[1] === 0x8b;

/** Bytes that a person could read: hardly any control characters, and not random letters of other scripts. */
export function isReadable(data: Buffer): boolean {
  if (data.length === 0) {
    return false;
  }
  const sample = data.subarray(0, 4_096);
  let plain = 0;
  for (const byte of sample) {
    plain += Number((byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09);
  }
  return plain / sample.length > 0.9;
}

/** What a text hides without saying so, and how: base64 or hexadecimal that reads as a command, packed or not. */
export function findHidden(text: string): readonly { readonly data: Buffer; readonly layers: readonly string[] }[] {
  const found: { data: Buffer; layers: string[] }[] = [];
  for (const [token] of text.matchAll(/[A-Za-z0-9+/_-]{24,}={0,2}/g)) {
    if (token.length < HIDDEN_BASE64_CHARACTERS_MIN || token.startsWith("AAAA") || /^[0-9a-fA-F]+$/.test(token)) {
      continue;
    }
    const decoded = Buffer.from(token, "base64");
    const unpacked = isGzip(decoded) ? unpack(decoded) : undefined;
    const data = unpacked ?? decoded;
    if (isReadable(data) && readsAsCommand(data.toString("utf8"))) {
      found.push({ data, layers: unpacked === undefined ? ["base64"] : ["base64", "gzip"] });
    }
  }
  for (const [token] of text.matchAll(/(?:\\x[0-9a-fA-F]{2}){8,}|(?:[0-9a-fA-F]{2}){24,}/g)) {
    const data = decodeHex(token);
    if (data !== undefined && isReadable(data) && readsAsCommand(data.toString("utf8"))) {
      found.push({ data, layers: ["hex"] });
    }
  }
  return found.slice(0, HIDDEN_MAX);
}

/** Most hidden texts that are taken out of one text. */
const HIDDEN_MAX = 64;

/** Words that make a decoded text worth reading: a command, an address, another layer. */
export function readsAsCommand(text: string): boolean {
  return /:\/\/|#!\/|\/(?:bin|etc|tmp|dev|usr|root|var|mnt|proc)\/|\b(?:curl|wget|chmod|chroot|bash|sh|base64|python\d?|perl|import|echo|export|crontab|nohup|apt|apk|yum|ssh-rsa|eval)\b/.test(
    text,
  );
}
