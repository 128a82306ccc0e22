import { hash } from "node:crypto";

/** What the first record of a chain follows. */
export const CHAIN_START = "0".repeat(64);

/** Where a chain stands: the next record's number, and the hash that it must carry on. */
export interface ChainEnd {
  readonly nextSequence: number;
  readonly lastHash: string;
}

export const EMPTY_CHAIN: ChainEnd = { nextSequence: 0, lastHash: CHAIN_START };

/** `,"hash":"…"}` at the end of a record: everything before it is what was hashed. */
const SEAL = /,"hash":"([0-9a-f]{64})"\}$/;

/** A record as it stands in the log. */
export interface SealedRecord {
  /** One line, without its line feed. */
  readonly line: string;
  readonly end: ChainEnd;
}

/** Numbers a record, lets it carry the hash of the one before, and seals it with the SHA-256 of its own bytes. */
export function seal(event: object, { nextSequence, lastHash }: ChainEnd): SealedRecord {
  const text = JSON.stringify({ ...event, seq: nextSequence, prev: lastHash });
  const sealed = text.slice(0, -1);
  const own = sha256(sealed);
  return { line: `${sealed},"hash":"${own}"}`, end: { nextSequence: nextSequence + 1, lastHash: own } };
}

/** A line of a log whose own seal holds. */
export interface OpenedRecord {
  readonly id: string;
  readonly sequence: number;
  readonly previousHash: string;
  readonly hash: string;
  readonly event: Readonly<Record<string, unknown>>;
}

/** Opens one line. `undefined`: it is no sealed record, or a byte of it was changed. */
export function unseal(line: string): OpenedRecord | undefined {
  const found = SEAL.exec(line);
  if (found === null || sha256(line.slice(0, found.index)) !== found[1]) {
    return undefined;
  }
  const event = parseObject(line);
  const { id, seq, prev } = event ?? {};
  if (event === undefined || typeof id !== "string" || typeof seq !== "number" || typeof prev !== "string") {
    return undefined;
  }
  return { id, sequence: seq, previousHash: prev, hash: found[1] as string, event };
}

export const sha256 = (text: string | Uint8Array): string => hash("sha256", text, "hex");

function parseObject(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}
