/** Accepts connections and gives each to the imitated engine. It opens none itself. */
import { createServer, type Server, type Socket } from "node:net";
import { type SecureContext, TLSSocket } from "node:tls";
import type { CaptureSink } from "../capture/index.ts";
import { type HeadDialect, type Request, type Response, serveConnection } from "../http/index.ts";
import { DecoyError } from "./decoy-error.ts";
import { Sources } from "./sources.ts";

export interface ListenSettings {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly sink: CaptureSink;
  readonly dialect: HeadDialect;
  readonly emptyLengthIsWrong: boolean;
  readonly tls: SecureContext | undefined;
  handle(request: Request, response: Response): Promise<void> | void;
  fault(error: unknown): void;
}

export interface Listener {
  readonly host: string;
  readonly port: number;
  /** Stops accepting, closes what is open, and waits until the record has everything. */
  close(): Promise<void>;
}

/** TLS handshakes that a visitor does not finish are given up after this time, milliseconds. */
export const HANDSHAKE_MS_MAX = 10_000;

/** What Go says to a visitor that speaks HTTP to a port for TLS. */
const NOT_TLS = "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n";

export async function listen(settings: ListenSettings): Promise<Listener> {
  const sources = new Sources();
  const open = new Set<Promise<void>>();
  const sockets = new Set<Socket>();
  let connections = 0;
  let requests = 0;

  const serve = async (raw: Socket, socket: Socket): Promise<void> => {
    const address = plainAddress(raw.remoteAddress ?? "");
    connections += 1;
    const id = `c${connections}`;
    settings.sink.connectionOpened({
      id,
      time: Date.now(),
      remoteAddress: address,
      remotePort: raw.remotePort ?? 0,
      localPort: raw.localPort ?? 0,
      tls: socket !== raw,
    });
    const bytes = await serveConnection(socket, id, address, {
      sink: settings.sink,
      dialect: settings.dialect,
      emptyLengthIsWrong: settings.emptyLengthIsWrong,
      handle: settings.handle,
      fault: settings.fault,
      admit: () => sources.admit(address),
      nextRequestId: () => {
        requests += 1;
        return `r${requests}`;
      },
    });
    settings.sink.connectionClosed({ id, time: Date.now(), ...bytes });
  };

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (raw) => {
    const address = plainAddress(raw.remoteAddress ?? "");
    raw.on("error", () => raw.destroy());
    if (!sources.open(address)) {
      raw.destroy();
      return;
    }
    sockets.add(raw);
    raw.once("close", () => {
      sockets.delete(raw);
      sources.close(address);
    });
    const served = (settings.tls === undefined ? Promise.resolve(raw) : secure(raw, settings.tls)).then(
      (socket) => (socket === undefined ? undefined : serve(raw, socket)),
      settings.fault,
    );
    const tracked: Promise<void> = served.then(() => {
      open.delete(tracked);
    });
    open.add(tracked);
  });
  await bind(server, settings);
  const bound = server.address();
  return {
    host: settings.host,
    port: bound !== null && typeof bound === "object" ? bound.port : settings.port,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) {
        socket.destroy();
      }
      await closed;
      await Promise.all(open);
    },
  };
}

function bind(server: Server, settings: ListenSettings): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause) =>
      reject(
        new DecoyError("LISTEN_FAILED", `cannot listen on ${settings.host}:${settings.port}: ${cause.message}`, {
          cause,
        }),
      ),
    );
    server.listen({ host: settings.host, port: settings.port, backlog: 4096 }, resolve);
  });
}

/** Makes the connection one of TLS; undefined: the visitor did not. */
function secure(raw: Socket, secureContext: SecureContext): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => raw.destroy(), HANDSHAKE_MS_MAX);
    const finish = (socket: Socket | undefined) => {
      clearTimeout(timer);
      resolve(socket);
    };
    raw.once("close", () => finish(undefined));
    raw.once("data", (bytes: Buffer) => {
      raw.pause();
      if (bytes[0] !== TLS_HANDSHAKE) {
        raw.end(NOT_TLS);
        finish(undefined);
        return;
      }
      raw.unshift(bytes);
      const socket = new TLSSocket(raw, { isServer: true, secureContext, requestCert: false });
      socket.on("error", () => raw.destroy());
      socket.once("secure", () => finish(socket));
    });
  });
}

/** First byte of a TLS record that carries a handshake. */
const TLS_HANDSHAKE = 0x16;

/** `::ffff:192.0.2.1` as `192.0.2.1`. */
function plainAddress(address: string): string {
  return address.startsWith("::ffff:") && address.includes(".") ? address.slice(7) : address;
}
