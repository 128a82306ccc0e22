import { connect } from "node:net";
import { bodyOf, type SampleRequest } from "./decoy-sessions.ts";

/** Longest wait for one answer, milliseconds. */
const ANSWER_MS_MAX = 30_000;

/** Sends the requests of a sample to a decoy, each over a connection of its own, with the ids that it was given before. */
export async function visitDecoy(
  port: number,
  requests: readonly SampleRequest[],
  localAddress: string,
): Promise<void> {
  const ids = { cid: [] as string[], eid: [] as string[], seed: [] as string[] };
  if (requests.some(({ path }) => path.includes("{{seed:"))) {
    const listed = await send(
      port,
      { method: "GET", path: "/containers/json", headers: requests[0]?.headers ?? {}, body: null },
      localAddress,
    );
    ids.seed.push(...[...listed.matchAll(/"Id":"([0-9a-f]{64})"/g)].map(([, id]) => id ?? ""));
  }
  for (const request of requests) {
    const path = request.path.replace(
      /\{\{(cid|eid|seed):(\d+)\}\}/g,
      (_, kind: "cid" | "eid" | "seed", number: string) => ids[kind][Number(number) - 1] ?? "missing",
    );
    let answer = await send(port, { ...request, path }, localAddress);
    if (/\/containers\/create/.test(path) && answer.includes(" 404 ")) {
      // As clients do: pull, then again.
      const image = String((request.body as { Image?: string }).Image);
      await send(
        port,
        {
          method: "POST",
          path: `/v1.24/images/create?fromImage=${encodeURIComponent(image)}&tag=latest`,
          headers: request.headers,
          body: null,
        },
        localAddress,
      );
      answer = await send(port, { ...request, path }, localAddress);
    }
    const id = /"Id":"([0-9a-f]{64})"/.exec(answer)?.[1];
    if (id !== undefined && /\/containers\/create/.test(path)) {
      ids.cid.push(id);
    } else if (id !== undefined && /\/exec$/.test(path)) {
      ids.eid.push(id);
    }
  }
}

/** Sends one request and reads until the answer ends, or for a moment where it does not. */
function send(port: number, request: SampleRequest, localAddress: string): Promise<string> {
  const body = bodyOf(request);
  const head = [
    `${request.method} ${request.path} HTTP/1.1`,
    ...Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`),
    ...(body === undefined ? [] : [`Content-Length: ${body.length}`]),
    "Connection: close",
  ];
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect({ port, host: "127.0.0.1", localAddress });
    const done = () => {
      socket.destroy();
      resolve(answer);
    };
    // Streams (events, waits, followed logs) end when the visitor has seen enough.
    const streams = /\/(?:events|wait|logs|stats|attach)(?:\?|$)/.test(request.path);
    socket.setTimeout(streams ? 300 : ANSWER_MS_MAX, done);
    socket.on("data", (bytes) => {
      answer += bytes.toString("latin1");
    });
    socket.on("end", done);
    socket.on("error", reject);
    socket.write(`${head.join("\r\n")}\r\n\r\n`);
    if (body !== undefined) {
      socket.write(body);
    }
  });
}
