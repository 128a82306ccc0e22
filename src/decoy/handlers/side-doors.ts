/** Connections that become something else: a WebSocket to a container, BuildKit's sessions. */

import { hasToken } from "../http/index.ts";
import type { OutputListener } from "../state/engine.ts";
import { EngineFault } from "../state/fault.ts";
import { hijack } from "../streams/hijack.ts";
import { serveGrpc, serveSession } from "../streams/http2.ts";
import { acceptKey, binaryFrame, FrameReader } from "../streams/websocket.ts";
import { namedContainer } from "./containers.ts";
import { type Context, parseForm } from "./context.ts";

/** `GET /containers/{name}/attach/ws`. */
export async function websocketHandler(context: Context): Promise<void> {
  parseForm(context);
  const { engine, query, request, response } = context;
  const container = namedContainer(context);
  const { values } = request.head;
  const key = values.get("Sec-Websocket-Key")?.[0] ?? "";
  if (!hasToken(values.get("Upgrade"), "websocket") || !hasToken(values.get("Connection"), "upgrade") || key === "") {
    const refused = hijack(request, response, "HTTP/1.1 400 Bad Request\r\n\r\nnot websocket protocol", 400, false);
    refused.close();
    return;
  }
  const head = `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${acceptKey(key)}\r\n\r\n`;
  const stream = hijack(request, response, head, 101, false);
  engine.events.ofContainer(container, "attach");
  if (query.bool("logs")) {
    for (const entry of container.logs) {
      stream.raw(binaryFrame(entry.text));
    }
  }
  if (!query.bool("stream")) {
    stream.close();
    return;
  }
  const running = engine.running(container);
  const reader = new FrameReader();
  await new Promise<void>((resolve) => {
    const listener: OutputListener = {
      output: (from, bytes) => {
        if (from === 1 ? query.bool("stdout") : query.bool("stderr")) {
          stream.raw(binaryFrame(bytes));
        }
      },
      ended: () => resolve(),
    };
    running.listeners.add(listener);
    running.removals.add(() => resolve());
    const finish = (): void => {
      running.listeners.delete(listener);
      resolve();
    };
    void stream.gone.then(finish);
    void stream
      .read((bytes) => {
        for (const payload of reader.take(bytes)) {
          if (query.bool("stdin")) {
            running.process?.write(payload);
          }
        }
        if (reader.closed) {
          finish();
        }
      })
      .then(finish);
  });
  stream.close();
}

/** `POST /grpc` and `POST /session`. */
export function buildkitHandler(kind: "grpc" | "session"): (context: Context) => Promise<void> {
  return async (context) => {
    const { request, response, engine } = context;
    const protocol = request.head.values.get("Upgrade")?.[0] ?? "";
    if (protocol === "") {
      throw new EngineFault(kind === "session" || engine.api >= 42 ? 400 : 500, "no upgrade proto in request");
    }
    if (protocol !== "h2c") {
      throw new EngineFault(kind === "session" || engine.api >= 42 ? 400 : 500, `protocol ${protocol} not supported`);
    }
    const head = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n";
    const stream = hijack(request, response, head, 101, false);
    await (kind === "grpc" ? serveGrpc(stream) : serveSession(stream));
  };
}
