import { createSocket } from "node:dgram";
import { connect, isIPv6 } from "node:net";
import { ATTEMPT_MS_MAX, type Destination } from "./destination.ts";

/** Where a syslog receiver listens. */
export type SyslogAddress =
  | { readonly kind: "udp" | "tcp"; readonly host: string; readonly port: number }
  | { readonly kind: "unix"; readonly path: string };

/** What every receiver has to take over UDP (RFC 5426, section 3.2, recommends 2048). */
const DATAGRAM_BYTES_MAX = 2048;

/** Reads `udp://HOST:PORT`, `tcp://HOST:PORT` or `unix:///PATH` (a stream socket); `undefined` for anything else. */
export function parseSyslogAddress(text: string): SyslogAddress | undefined {
  const path = /^unix:\/\/(\/.+)$/.exec(text)?.[1];
  if (path !== undefined) {
    return { kind: "unix", path };
  }
  const [, kind, host = "", port = ""] = /^(udp|tcp):\/\/(\[[0-9A-Fa-f:.]+\]|[^:/[\]]+):(\d{1,5})$/.exec(text) ?? [];
  const isPort = Number(port) >= 1 && Number(port) <= 65_535;
  return (kind === "udp" || kind === "tcp") && isPort
    ? { kind, host: host.replace(/^\[|\]$/g, ""), port: Number(port) }
    : undefined;
}

/**
 * Sends syslog messages: one datagram each over UDP (RFC 5426), cut where it would not fit; counted octets on a
 * connection each over TCP and unix sockets (RFC 6587, section 3.4.1).
 */
export function syslog(address: SyslogAddress, attemptMsMax = ATTEMPT_MS_MAX): Destination {
  switch (address.kind) {
    case "udp":
      return { name: `udp://${address.host}:${address.port}`, send: (message) => sendDatagram(address, message) };
    case "tcp":
      return {
        name: `tcp://${address.host}:${address.port}`,
        send: (message) => sendStream({ host: address.host, port: address.port }, message, attemptMsMax),
      };
    default:
      return {
        name: `unix://${address.path}`,
        send: (message) => sendStream({ path: address.path }, message, attemptMsMax),
      };
  }
}

function sendDatagram({ host, port }: { readonly host: string; readonly port: number }, message: string) {
  const socket = createSocket(isIPv6(host) ? "udp6" : "udp4");
  return new Promise<void>((resolve, reject) => {
    socket.once("error", reject);
    socket.send(cutUtf8(Buffer.from(message), DATAGRAM_BYTES_MAX), port, host, (error) =>
      error === null ? resolve() : reject(error),
    );
  }).finally(() => socket.close());
}

/** The beginning of UTF-8 text, not cut within a character. */
function cutUtf8(bytes: Buffer, bytesMax: number): Buffer {
  let end = Math.min(bytes.length, bytesMax);
  while (end > 0 && end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) {
    end -= 1;
  }
  return bytes.subarray(0, end);
}

function sendStream(
  to: { readonly host: string; readonly port: number } | { readonly path: string },
  message: string,
  attemptMsMax: number,
): Promise<void> {
  const bytes = Buffer.from(message);
  return new Promise<void>((resolve, reject) => {
    const socket = connect(to);
    socket.setTimeout(attemptMsMax, () => socket.destroy(new Error("the receiver does not answer")));
    socket.once("error", reject);
    // Taken once the other side has acknowledged the end of the stream.
    socket.once("close", (hadError) => (hadError ? undefined : resolve()));
    socket.resume();
    socket.end(Buffer.concat([Buffer.from(`${bytes.length} `), bytes]));
  });
}
