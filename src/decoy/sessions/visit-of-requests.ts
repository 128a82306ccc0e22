import { memberOf, textOf } from "./acts/index.ts";
import type { Visit, VisitRequest } from "./visit.ts";

/** Most requests of a document that are read. */
export const REQUESTS_READ_MAX = 5_000;

/**
 * A visit from plain requests, as people and other tools write them down: each with `method`, `path`, `headers` and `body`
 * (JSON or text) or `bodyBase64`. `undefined` when the value holds none.
 */
export function visitOfRequests(value: unknown, id: string): Visit | undefined {
  const list = Array.isArray(value) ? value : memberOf(value, "requests");
  if (!Array.isArray(list) || list.length === 0) {
    return undefined;
  }
  const requests = list.slice(0, REQUESTS_READ_MAX).flatMap((entry, index) => requestOf(entry, index + 1) ?? []);
  return requests.length === 0
    ? undefined
    : {
        id: textOf(value, "id") ?? id,
        started: requests[0]?.time ?? "",
        ended: requests.at(-1)?.time ?? "",
        address: textOf(value, "source", "address") ?? "",
        connections: 1,
        requests,
      };
}

function requestOf(entry: unknown, number: number): VisitRequest | undefined {
  const [method, target] = [textOf(entry, "method"), textOf(entry, "path") ?? textOf(entry, "target")];
  if (method === undefined || target === undefined) {
    return undefined;
  }
  const body = bodyOf(entry);
  return {
    number,
    time: textOf(entry, "time") ?? "1970-01-01T00:00:00.000Z",
    connection: "1",
    method,
    target,
    headers: Object.entries(memberOf(entry, "headers") ?? {}).map(([name, text]) => [name, String(text)] as const),
    body,
    bodyBytes: body?.length ?? 0,
  };
}

function bodyOf(entry: unknown): Buffer | undefined {
  const packed = textOf(entry, "bodyBase64");
  if (packed !== undefined) {
    return Buffer.from(packed, "base64");
  }
  const body = memberOf(entry, "body");
  return body === null || body === undefined
    ? undefined
    : Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
}
