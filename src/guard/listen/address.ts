import { quoteUntrusted } from "../../base/index.ts";
import { GateConfigError } from "../gate-error.ts";

/** Where a gate listens. */
export type ListenAddress =
  | { readonly kind: "unix"; readonly uri: string; readonly path: string }
  | { readonly kind: "tcp"; readonly uri: string; readonly host: string; readonly port: number };

/** Bytes of a unix socket's path (sun_path of unix(7), one of them for the end). */
export const SOCKET_PATH_BYTES_MAX = 107;

/** Characters of an address that are repeated in a message. */
const ADDRESS_CHARACTERS_MAX = 200;

/**
 * Reads `unix:///PATH` or `tcp://HOST:PORT`; port 0 lets the kernel choose.
 *
 * @throws {GateConfigError}
 */
export function parseListenAddress(text: string): ListenAddress {
  const unix = /^unix:\/\/(\/.*)$/s.exec(text)?.[1];
  if (unix !== undefined) {
    if (Buffer.byteLength(unix) > SOCKET_PATH_BYTES_MAX || unix.includes("\0")) {
      throw badAddress(text, {
        en: `the path of a socket has at most ${SOCKET_PATH_BYTES_MAX} bytes`,
        ja: `ソケットのパスは ${SOCKET_PATH_BYTES_MAX} バイトまでです`,
      });
    }
    return { kind: "unix", uri: `unix://${unix}`, path: unix };
  }
  const [, bracketed, plain, portText] =
    /^tcp:\/\/(?:\[([0-9a-f:.%]+)\]|([^\s:/?#@[\]]+)):(\d{1,5})\/?$/i.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = Number(portText);
  if (host === undefined || port > 65_535) {
    throw badAddress(text, {
      en: "known forms are unix:///PATH and tcp://HOST:PORT",
      ja: "unix:///PATH または tcp://HOST:PORT の形で指定してください",
    });
  }
  return { kind: "tcp", uri: `tcp://${bracketed === undefined ? host : `[${host}]`}:${port}`, host, port };
}

/** Whether only this machine reaches an address. A name other than `localhost` could mean anything. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(?:\.\d{1,3}){3}$/.test(host);
}

function badAddress(text: string, why: { readonly en: string; readonly ja: string }): GateConfigError {
  const quoted = JSON.stringify(quoteUntrusted(text, ADDRESS_CHARACTERS_MAX));
  return new GateConfigError({
    en: `${quoted} is no address to listen on: ${why.en}`,
    ja: `${quoted} は待ち受けアドレスとして使えません。${why.ja}。`,
  });
}
