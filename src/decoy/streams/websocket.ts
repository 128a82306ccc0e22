/** The server side of a WebSocket (RFC 6455), as golang.org/x/net/websocket speaks it: frames of bytes, no extensions. */
import { createHash } from "node:crypto";

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** Payload of one frame; a larger one ends the connection. */
export const WEBSOCKET_FRAME_BYTES_MAX = 1024 * 1024;

export const acceptKey = (key: string): string =>
  createHash("sha1")
    .update(key + GUID)
    .digest("base64");

/** One frame of bytes to the visitor. */
export function binaryFrame(bytes: Uint8Array): Buffer {
  const { length } = bytes;
  const head =
    length < 126
      ? Buffer.from([0x82, length])
      : length < 65_536
        ? Buffer.from([0x82, 126, length >> 8, length & 0xff])
        : Buffer.from([
            0x82,
            127,
            0,
            0,
            0,
            0,
            (length >>> 24) & 0xff,
            (length >> 16) & 0xff,
            (length >> 8) & 0xff,
            length & 0xff,
          ]);
  return Buffer.concat([head, bytes]);
}

/** Takes frames apart as they come. */
export class FrameReader {
  #buffer: Buffer = Buffer.alloc(0);
  /** The visitor said goodbye, or broke the rules. */
  closed = false;

  /** Payloads that are complete with these bytes. */
  take(bytes: Uint8Array): Buffer[] {
    this.#buffer = Buffer.concat([this.#buffer, bytes]);
    const payloads: Buffer[] = [];
    while (!this.closed) {
      const frame = this.#next();
      if (frame === undefined) {
        break;
      }
      if (frame.opcode === 8) {
        this.closed = true;
      } else if (frame.opcode <= 2) {
        payloads.push(frame.payload);
      }
    }
    return payloads;
  }

  #next(): { opcode: number; payload: Buffer } | undefined {
    const buffer = this.#buffer;
    if (buffer.length < 2) {
      return undefined;
    }
    const short = (buffer[1] ?? 0) & 0x7f;
    const masked = ((buffer[1] ?? 0) & 0x80) !== 0;
    const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
    const start = 2 + lengthBytes + (masked ? 4 : 0);
    if (buffer.length < start) {
      return undefined;
    }
    const length = short === 126 ? buffer.readUInt16BE(2) : short === 127 ? Number(buffer.readBigUInt64BE(2)) : short;
    if (length > WEBSOCKET_FRAME_BYTES_MAX) {
      this.closed = true;
      return undefined;
    }
    if (buffer.length < start + length) {
      return undefined;
    }
    const payload = Buffer.from(buffer.subarray(start, start + length));
    if (masked) {
      for (let index = 0; index < payload.length; index += 1) {
        payload[index] = (payload[index] ?? 0) ^ (buffer[start - 4 + (index % 4)] ?? 0);
      }
    }
    this.#buffer = buffer.subarray(start + length);
    return { opcode: (buffer[0] ?? 0) & 0x0f, payload };
  }
}
