import { KIB, MIB } from "../../base/index.ts";

/** Go's `DefaultMaxHeaderBytes` with the slack that net/http adds: one byte more is answered with 431. */
export const HEAD_BYTES_MAX = MIB + 4 * KIB;

/** Bytes of a body that a visitor may send before the connection is given up. Uploads are drained, not refused, up to here. */
export const BODY_BYTES_MAX = 1024 * MIB;

/** Bytes of a body that are kept in memory when the sink can put the whole of it on disk, or when memory is short. */
export const BODY_KEPT_BYTES_MAX = 256 * KIB;

/** Bytes of a body that a handler is given whole: a build context or an image archive of an ordinary attack fits. */
export const BODY_HANDLED_BYTES_MAX = 32 * MIB;

/** Bytes of all bodies in memory at one time, over all connections. A body beyond it is cut to {@link BODY_KEPT_BYTES_MAX}. */
export const BODIES_BYTES_MAX = 96 * MIB;

/** What net/http reads of a body that its handler left, before it closes the connection instead. */
export const UNREAD_BODY_BYTES_MAX = 256 * KIB;

/** Received bytes that wait to be read, of one connection; beyond it the socket is paused. */
export const INPUT_BYTES_MAX = 128 * KIB;

/** Bytes that wait to be sent, of one connection; beyond it a writer is asked to wait. */
export const OUTPUT_BYTES_MAX = 256 * KIB;

/** The longest line between chunks (bufio's default buffer in net/http's chunk reader). */
export const CHUNK_LINE_BYTES_MAX = 4 * KIB;

/** Time to send a whole head (dockerd's ReadHeaderTimeout), milliseconds. */
export const HEAD_MS_MAX = 5 * 60_000;

/** Silence between requests, or inside a body, after which a connection is closed, milliseconds. */
export const IDLE_MS_MAX = 10 * 60_000;

/** How long a closed connection may still send before it is cut (net/http's closeWriteAndWait sleeps 500 ms). */
export const LINGER_MS = 500;

/** Bytes that net/http gathers before it decides between Content-Length and chunks. */
export const WRITE_BUFFER_BYTES = 2 * KIB;

/** Bytes of each direction of an upgraded connection that are told to the sink. */
export const STREAM_CAPTURED_BYTES_MAX = 256 * KIB;
