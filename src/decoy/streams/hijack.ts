/** Connections that a handler takes over: attach and exec. Bytes in, bytes or frames out, until both sides have ended. */
import { KIB, MIB } from "../../base/index.ts";
import type { Request, Response } from "../http/index.ts";
import { frame } from "./frames.ts";

/** Bytes that wait to be sent to a visitor who does not read; then he is cut off. */
export const HIJACK_OUTPUT_BYTES_MAX = 4 * MIB;

const PIECE_BYTES_MAX = 64 * KIB;

export interface HijackedStream {
  /** Sends output: raw with a terminal, framed without. */
  output(stream: 1 | 2, bytes: Uint8Array): void;
  /** Sends bytes as they are. */
  raw(bytes: Uint8Array): void;
  /** Ends the output; the visitor may still send. */
  close(): void;
  /** Reads what the visitor sends until he ends. Never rejects. */
  read(take: (bytes: Buffer) => void): Promise<void>;
  /** Fulfilled when the connection is gone. */
  readonly gone: Promise<void>;
}

/** Writes the head of the answer and takes the connection over. */
export function hijack(
  request: Request,
  response: Response,
  head: string,
  status: number,
  framed: boolean,
): HijackedStream {
  const socket = response.hijack(status);
  socket.write(head, "latin1");
  let closed = false;
  const gone = new Promise<void>((resolve) => {
    if (socket.destroyed) {
      resolve();
    } else {
      socket.once("close", () => resolve());
    }
  });
  const send = (bytes: Uint8Array): void => {
    if (closed || socket.destroyed) {
      return;
    }
    request.captureStream("to-visitor", bytes);
    response.bodyBytes += bytes.length;
    socket.write(bytes);
    if (socket.writableLength > HIJACK_OUTPUT_BYTES_MAX) {
      socket.destroy();
    }
  };
  return {
    output: (stream, bytes) => send(framed ? frame(stream, bytes) : bytes),
    raw: send,
    close: () => {
      closed = true;
      socket.end();
    },
    read: async (take) => {
      const { input } = request;
      for (;;) {
        while (input.length > 0) {
          const bytes = input.takePiece(PIECE_BYTES_MAX);
          request.captureStream("from-visitor", bytes);
          take(bytes);
        }
        if (!(await input.more(HIJACK_SILENCE_MS_MAX))) {
          return;
        }
      }
    },
    gone,
  };
}

/** Silence of a visitor after which his input counts as ended, milliseconds. */
export const HIJACK_SILENCE_MS_MAX = 24 * 3_600_000;
