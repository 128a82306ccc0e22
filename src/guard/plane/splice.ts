import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { HALF_OPEN_PROBE_MS } from "../limits.ts";

const NOTHING = Buffer.alloc(0);

/**
 * Joins two connections byte by byte until both directions have ended. A direction that ends is ended on the other
 * side, too, and the other direction goes on: `docker attach` closes its input and still reads. Whichever side breaks
 * takes the other one with it. Backpressure is that of the sockets, so a slow reader holds the writer, not our memory.
 *
 * @param early bytes that the client sent before the connection was taken over
 */
export function splice(client: Socket, engine: Duplex, early: Buffer): void {
  let probe: NodeJS.Timeout | undefined;
  const bind = (from: Duplex, to: Duplex) => {
    from.on("error", () => to.destroy());
    from.on("close", () => {
      // Closed without an end of its own: the other side must not wait for more.
      if (!from.readableEnded || from.errored !== null) {
        to.destroy();
      }
    });
    from.pipe(to);
  };
  if (early.length > 0) {
    engine.write(early);
  }
  client.once("close", () => clearInterval(probe));
  client.once("end", () => {
    probe = setInterval(() => probeGone(client), HALF_OPEN_PROBE_MS);
    probe.unref();
  });
  bind(client, engine);
  bind(engine, client);
  if (client.destroyed) {
    engine.destroy();
  }
}

/**
 * A client that has ended its direction may still listen, or may be gone; both look the same to a reader. On Linux a
 * write of no bytes to a unix socket whose other end is closed fails with EPIPE (net/unix/af_unix.c,
 * unix_stream_sendmsg), which destroys the socket. On TCP keep-alive probes find out.
 */
function probeGone(client: Socket): void {
  if (!client.destroyed && client.writable && client.writableLength === 0) {
    client.write(NOTHING);
  }
}
