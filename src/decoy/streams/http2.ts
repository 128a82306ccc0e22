/**
 * BuildKit's side doors: `/grpc` speaks HTTP/2 as a server, `/session` as a client. Enough of it to be taken for one:
 * settings, pings, and a refusal of every call. What the visitor sends is on the record.
 */
import type { HijackedStream } from "./hijack.ts";

/** SETTINGS of Go's http2.Server as dockerd configures it (recorded, Engine 20.10.24). */
const SERVER_SETTINGS = Buffer.from(
  "00001e040000000000000500100000000300000" + "0fa000600100140000100001000000400100000",
  "hex",
);

/** What Go's http2.Transport sends first: the preface and empty SETTINGS. */
const CLIENT_HELLO = Buffer.concat([
  Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
  Buffer.from("000000040000000000", "hex"),
]);

const PREFACE_BYTES = 24;
const FRAME_HEAD_BYTES = 9;

/** Bytes of one frame that are waited for; a larger one ends the connection. */
const FRAME_BYTES_MAX = 0x10_0000;

const FRAME = { headers: 1, settings: 4, ping: 6, goaway: 7 } as const;

/** Speaks as the server of `/grpc` until the visitor ends. */
export async function serveGrpc(stream: HijackedStream): Promise<void> {
  stream.raw(SERVER_SETTINGS);
  let buffer: Buffer = Buffer.alloc(0);
  let skipped = false;
  let broken = false;
  await stream.read((bytes) => {
    if (broken) {
      return;
    }
    buffer = Buffer.concat([buffer, bytes]);
    if (!skipped && buffer.length >= PREFACE_BYTES) {
      buffer = buffer.subarray(PREFACE_BYTES);
      skipped = true;
    }
    while (skipped && buffer.length >= FRAME_HEAD_BYTES) {
      const length = buffer.readUIntBE(0, 3);
      if (length > FRAME_BYTES_MAX) {
        broken = true;
        return;
      }
      if (buffer.length < FRAME_HEAD_BYTES + length) {
        return;
      }
      answer(stream, buffer.subarray(0, FRAME_HEAD_BYTES + length));
      buffer = buffer.subarray(FRAME_HEAD_BYTES + length);
    }
  });
  stream.close();
}

/** Speaks as the client of `/session`: says hello and listens. */
export async function serveSession(stream: HijackedStream): Promise<void> {
  stream.raw(CLIENT_HELLO);
  await stream.read(() => {});
  stream.close();
}

function answer(stream: HijackedStream, frame: Buffer): void {
  const type = frame[3];
  const flags = frame[4] ?? 0;
  const id = frame.readUInt32BE(5) & 0x7fff_ffff;
  if (type === FRAME.settings && (flags & 1) === 0) {
    stream.raw(Buffer.from("000000040100000000", "hex"));
  } else if (type === FRAME.ping && (flags & 1) === 0) {
    const pong = Buffer.from(frame);
    pong[4] = 1;
    stream.raw(pong);
  } else if (type === FRAME.headers) {
    stream.raw(refusal(id));
  }
}

/** HEADERS that are the whole answer: status 200, and gRPC's "unimplemented". */
function refusal(id: number): Buffer {
  const literal = (name: string, value: string): Buffer =>
    Buffer.concat([Buffer.from([0, name.length]), Buffer.from(name), Buffer.from([value.length]), Buffer.from(value)]);
  const block = Buffer.concat([
    Buffer.from([0x88]),
    literal("content-type", "application/grpc"),
    literal("grpc-status", "12"),
    literal("grpc-message", "unknown service moby.buildkit.v1.Control"),
  ]);
  const head = Buffer.alloc(FRAME_HEAD_BYTES);
  head.writeUIntBE(block.length, 0, 3);
  head[3] = FRAME.headers;
  head[4] = 0x05; // END_STREAM and END_HEADERS
  head.writeUInt32BE(id, 5);
  return Buffer.concat([head, block]);
}
