import type { CaptureSink } from "../capture/index.ts";
import type { Request, Response } from "../http/index.ts";
import { type Listener, listen } from "./listen.ts";

export interface DecoyOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly sink: CaptureSink;
  /** A fault of ours, for the operator. */
  fault(error: unknown): void;
}

export interface Decoy {
  /** `tcp://HOST:PORT`. */
  readonly address: string;
  close(): Promise<void>;
}

/** Starts the imitated engine. */
export async function startDecoy(options: DecoyOptions): Promise<Decoy> {
  const listener: Listener = await listen({
    host: options.host,
    port: options.port,
    sink: options.sink,
    dialect: "go1.19",
    emptyLengthIsWrong: false,
    tls: undefined,
    handle,
    fault: options.fault,
  });
  return { address: `tcp://${listener.host}:${listener.port}`, close: listener.close };
}

function handle(_request: Request, response: Response): void {
  response.header("Content-Type", "application/json");
  response.writeHead(404);
  response.write('{"message":"page not found"}\n');
}
