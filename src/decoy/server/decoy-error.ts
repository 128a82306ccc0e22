export type DecoyErrorCode = "LISTEN_FAILED" | "REAL_ENGINE_REACHABLE" | "STATE_UNREADABLE" | "UNKNOWN_PERSONA";

/** Why the decoy cannot start. */
export class DecoyError extends Error {
  readonly code: DecoyErrorCode;

  constructor(code: DecoyErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "DecoyError";
    this.code = code;
  }
}
