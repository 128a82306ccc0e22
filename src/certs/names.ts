import { isIP } from "node:net";
import { quoteUntrusted } from "../base/index.ts";
import { CertError } from "./cert-error.ts";
import { NAMES_MAX } from "./limits.ts";

/** A name of a server, as it stands among the alternative names of its certificate. */
export interface HostName {
  readonly type: "dns" | "ip";
  readonly value: string;
}

/** Characters of a name that a message repeats. */
const SHOWN_CHARACTERS_MAX = 100;

/** A label of a host name (RFC 1123). */
const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

/** A host name, of which the first label may be a star (RFC 6125). */
const DNS_NAME = new RegExp(`^(?:\\*\\.)?${LABEL}(?:\\.${LABEL})*$`, "i");

/** Bytes of a host name (RFC 1035). */
const DNS_CHARACTERS_MAX = 253;

/** A client's name: a folder's name, and a common name, of which X.520 allows 64 characters. */
const CLIENT_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

/** Reads the names of a server. @throws {CertError} */
export function hostNames(texts: readonly string[]): readonly HostName[] {
  checkCount(texts);
  return [...new Set(texts)].map((text) => {
    if (isIP(text) !== 0) {
      return { type: "ip", value: text };
    }
    // What looks like an address and is none would be believed by nobody.
    if (text.length <= DNS_CHARACTERS_MAX && DNS_NAME.test(text) && !/^[\d.]+$/.test(text)) {
      return { type: "dns", value: text.toLowerCase() };
    }
    const quoted = JSON.stringify(quoteUntrusted(text, SHOWN_CHARACTERS_MAX));
    throw new CertError({
      en: `${quoted} is neither a host name nor an address: give names without scheme and port, in ASCII`,
      ja: `${quoted} はホスト名でもアドレスでもありません。スキームとポートを付けず、ASCII で指定してください`,
    });
  });
}

/** Checks the names of clients. @throws {CertError} */
export function clientNames(texts: readonly string[]): readonly string[] {
  checkCount(texts);
  for (const text of texts) {
    if (!CLIENT_NAME.test(text)) {
      const quoted = JSON.stringify(quoteUntrusted(text, SHOWN_CHARACTERS_MAX));
      throw new CertError({
        en: `${quoted} cannot be a client's name: letters, digits, . _ and -, at most 63, beginning with a letter or digit`,
        ja: `${quoted} はクライアント名に使えません。英数字・「.」「_」「-」で 63 文字以内、先頭は英数字にしてください`,
      });
    }
  }
  return [...new Set(texts)];
}

function checkCount(texts: readonly string[]): void {
  if (texts.length > NAMES_MAX) {
    throw new CertError({
      en: `${texts.length} names in one call; at most ${NAMES_MAX}`,
      ja: `一度に指定できる名前は ${NAMES_MAX} 個までです（${texts.length} 個指定されました）`,
    });
  }
}
