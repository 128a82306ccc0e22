import { KIB, MIB } from "../base/index.ts";

/** Largest request body that is read whole and judged; a bigger one is refused. A create body of a large stack is 40 KB. */
export const INSPECTED_BODY_BYTES_MAX = 4 * MIB;

/** How long a client may take to send a body that is judged whole. */
export const INSPECTED_BODY_MS_MAX = 30_000;

/** Largest stream that a client may send through (build context, image archive, files), unless the policy says otherwise. */
export const STREAMED_BODY_BYTES_MAX = 16 * 1024 * MIB;

/** Silence in a stream that a client sends, after which it is given up. */
export const UPLOAD_STALL_MS_MAX = 10 * 60_000;

/** Bytes that are still read of a body that was refused, so that the client gets to read the answer. */
export const REFUSED_BODY_BYTES_MAX = 64 * MIB;

/** How long a refused body is still read. */
export const REFUSED_BODY_MS_MAX = 5_000;

/** Request line and headers. Registry credentials are sent in a header; for thirty registries they were 12 KB. */
export const REQUEST_HEAD_BYTES_MAX = 64 * KIB;

/** How long a client may take to send request line and headers, a new connection's silence included. */
export const REQUEST_HEAD_MS_MAX = 20_000;

/** How often slow clients are looked for. */
export const SLOW_CLIENT_CHECK_MS = 2_000;

/** Silence on a kept connection between two requests, after which it is closed. */
export const KEPT_CONNECTION_IDLE_MS_MAX = 15 * 60_000;

/** Connections of one listener at once. */
export const CONNECTIONS_MAX = 8_192;

/** Requests that wait on one connection for the one before them. Clients that send ahead send two. */
export const PIPELINED_REQUESTS_MAX = 64;

/** Time for a connection to the engine. */
export const UPSTREAM_CONNECT_MS_MAX = 5_000;

/** Connections to the engine at once: one for each request and each stream that is running. */
export const UPSTREAM_SOCKETS_MAX = 8_192;

/** Connections to the engine that are kept for the next request. */
export const UPSTREAM_FREE_SOCKETS_MAX = 64;

/** Time for an answer that a decision needs, such as an inspect. */
export const LOOKUP_MS_MAX = 10_000;

/** Size of an answer that a decision needs. */
export const LOOKUP_BYTES_MAX = 16 * MIB;

/** Largest answer that is held in memory to be filtered. */
export const FILTERED_ANSWER_BYTES_MAX = 64 * MIB;

/** Longest line of a stream that is filtered line by line. */
export const FILTERED_LINE_BYTES_MAX = MIB;

/** How long requests that are running may take to end after a stop was asked for. */
export const STOP_MS_MAX = 3_000;

/** How often a client that has ended its direction of a stream is asked whether it still listens. */
export const HALF_OPEN_PROBE_MS = 5_000;

/** Silence on a TCP connection before the kernel asks the other side whether it is still there. */
export const TCP_KEEP_ALIVE_MS = 60_000;

/** Time that records are gathered before they are written, unless somebody waits for them. */
export const LOG_GATHER_MS_MAX = 20;

/** Records that wait to be written. A disk that is slower than this is treated as full. */
export const LOG_PENDING_BYTES_MAX = 8 * MIB;

/** How long a log that could not be written is left alone before the next try. */
export const LOG_RETRY_MS = 1_000;

/** Longest line that a log is read by; a record is kept far below it. */
export const LOG_LINE_BYTES_MAX = MIB;

/** Largest body that a record holds; of a larger one only its hash is recorded. */
export const RECORDED_BODY_BYTES_MAX = 32 * KIB;

/** Characters of a request target that a record holds. */
export const RECORDED_TARGET_CHARACTERS_MAX = 8 * KIB;
