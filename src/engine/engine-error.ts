/** What can go wrong between us and an engine. */
export type EngineErrorCode =
  /** `--host`, `DOCKER_HOST` or a context names something that is no address. */
  | "BAD_ENDPOINT"
  /** A kind of address that we do not speak: ssh, npipe, fd. */
  | "UNSUPPORTED_ENDPOINT"
  /** The context is not in the Docker configuration folder, or its file cannot be understood. */
  | "BAD_CONTEXT"
  /** A certificate or key that TLS needs is missing. */
  | "TLS_FILE_MISSING"
  /** Nobody answers at the address, or this user may not open the socket. */
  | "UPSTREAM_UNREACHABLE"
  /** TLS failed: certificates do not fit, or the other side does not speak TLS. */
  | "TLS_FAILED"
  | "UPSTREAM_TIMEOUT"
  /** The connection ended before the answer did. */
  | "UPSTREAM_CLOSED"
  | "BODY_TOO_LARGE"
  /** The answer is not what the Engine API promises: not HTTP, not JSON, or of another shape. */
  | "BAD_ANSWER"
  /** The engine answered 404. */
  | "NOT_FOUND"
  /** The engine, or a gate before it, answered 401 or 403. */
  | "FORBIDDEN"
  /** Any other 4xx, such as an API version that it does not speak. */
  | "ENGINE_REFUSED"
  /** The engine answered 5xx. */
  | "ENGINE_FAILED";

/** An engine that cannot be found, reached or understood. The message says what, where, and what to do next. */
export class EngineError extends Error {
  override readonly name = "EngineError";
  readonly code: EngineErrorCode;

  constructor(code: EngineErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
