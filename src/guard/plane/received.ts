import type { IncomingMessage } from "node:http";

/** A header as it was sent. */
export type HeaderLine = readonly [name: string, value: string];

/** Request line and headers, before anything of the body is known. */
export interface RequestHead {
  readonly method: string;
  /** The request target exactly as it was sent: path and query, undecoded. */
  readonly target: string;
  readonly headers: readonly HeaderLine[];
}

/** Takes the head out of what Node's parser made of a request. */
export function headOf(message: IncomingMessage): RequestHead {
  const raw = message.rawHeaders;
  const headers: HeaderLine[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    headers.push([raw[index] as string, raw[index + 1] as string]);
  }
  return { method: message.method ?? "", target: message.url ?? "", headers };
}
