import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { BodyFailure } from "./body.ts";

/** A line of status and headers, as bytes for a connection that Node's server has let go of. */
export function headText(statusLine: string, headers: readonly string[]): string {
  let text = `${statusLine}\r\n`;
  for (let index = 0; index + 1 < headers.length; index += 2) {
    text += `${headers[index]}: ${headers[index + 1]}\r\n`;
  }
  return `${text}\r\n`;
}

export const reasonOf = (status: number): string => STATUS_CODES[status] ?? "Unknown";

/** How an upgrade request says where its body ends. Node's strict parser has refused both at once and odd lengths. */
export function bodyFraming(message: IncomingMessage): { readonly length: number } | "chunked" {
  if (message.headers["transfer-encoding"] !== undefined) {
    return "chunked";
  }
  const { "content-length": length = "0" } = message.headers;
  return { length: /^\d{1,15}$/.test(length) ? Number(length) : Number.POSITIVE_INFINITY };
}

export type ExactRead = { readonly body: Buffer; readonly rest: Buffer } | { readonly failure: BodyFailure };

/** Reads so many bytes off a connection and leaves it paused, with what came after them. */
export function readExactly(socket: Socket, early: Buffer, length: number, msMax: number): Promise<ExactRead> {
  if (early.length >= length) {
    return Promise.resolve({ body: early.subarray(0, length), rest: early.subarray(length) });
  }
  return new Promise((resolve) => {
    const chunks = [early];
    let bytes = early.length;
    const timer = setTimeout(() => finish({ failure: "too-slow" }), msMax);
    const take = (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= length) {
        const all = Buffer.concat(chunks, bytes);
        finish({ body: all.subarray(0, length), rest: all.subarray(length) });
      }
    };
    const broken = () => finish({ failure: "broken-off" });
    const finish = (result: ExactRead) => {
      clearTimeout(timer);
      socket.pause();
      socket.off("data", take).off("end", broken).off("close", broken);
      resolve(result);
    };
    socket.on("data", take).on("end", broken).on("close", broken);
    socket.resume();
  });
}
