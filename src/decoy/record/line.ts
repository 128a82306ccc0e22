import type { ExecutionObservation, HeaderLine } from "../capture/index.ts";

/** A body in the journal: written out, the same as one before in this file, a file of its own, or only counted. */
export interface BodyLine {
  readonly bytes: number;
  readonly sha256: string;
  /** The visitor went away in the middle. */
  readonly cut?: true;
  readonly text?: string;
  readonly base64?: string;
  /** It stands with an earlier request of the same journal file. */
  readonly same?: true;
  /** It is the file `bodies/` + the first two digits + `/` + the hash. */
  readonly file?: true;
  /** Only so many bytes were kept. */
  readonly kept?: number;
}

interface Head {
  /** RFC 3339, UTC. */
  readonly time: string;
  /** Name of the run of the decoy: connection and request numbers are unique within it. */
  readonly run: string;
  readonly connection: string;
}

export interface ConnectionOpenedLine extends Head {
  readonly id: "decoy.connection.opened";
  readonly address: string;
  readonly port: number;
  readonly localPort: number;
  readonly tls: boolean;
}

export interface RequestReceivedLine extends Head {
  readonly id: "decoy.request.received";
  readonly request: string;
  readonly address: string;
  readonly method: string;
  readonly target: string;
  readonly httpVersion: string;
  readonly malformed?: string;
  readonly headers: readonly HeaderLine[];
  readonly body: BodyLine;
  /** Somebody's account stands in it (a registry login): handle as a secret. */
  readonly secret?: true;
}

export interface ResponseSentLine extends Head {
  readonly id: "decoy.response.sent";
  readonly request: string;
  readonly status: number;
  readonly bytes: number;
  readonly created: { readonly containerId?: string; readonly execId?: string; readonly imageId?: string };
  readonly named: { readonly containerId?: string; readonly execId?: string };
}

export interface StreamDataLine extends Head {
  readonly id: "decoy.stream.data";
  readonly request: string;
  readonly direction: "from-visitor" | "to-visitor";
  readonly base64: string;
  readonly last: boolean;
}

export interface ExecutionLine extends Head {
  readonly id: "decoy.execution.ended";
  readonly request: string;
  readonly kind: "container" | "exec" | "build";
  readonly containerId: string;
  readonly execId?: string;
  readonly image: string;
  readonly argv: readonly string[];
  readonly user: string;
  readonly input: string;
  readonly output: string;
  readonly exitCode?: number;
  readonly observations?: readonly ExecutionObservation[];
}

export interface ConnectionClosedLine extends Head {
  readonly id: "decoy.connection.closed";
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** One line of the journal. */
export type RecordLine =
  | ConnectionOpenedLine
  | RequestReceivedLine
  | ResponseSentLine
  | StreamDataLine
  | ExecutionLine
  | ConnectionClosedLine;

/** Ids of lines, as they stand in the catalogue of events. */
export const RECORD_LINE_IDS = [
  "decoy.connection.opened",
  "decoy.request.received",
  "decoy.response.sent",
  "decoy.stream.data",
  "decoy.execution.ended",
  "decoy.connection.closed",
] as const satisfies readonly RecordLine["id"][];
