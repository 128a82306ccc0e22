import type { LocalizedText } from "../base/index.ts";

/** What can keep the gate from doing its work. None of them is a decision about a request. */
export type GateFaultCode =
  /** Nobody answers at the engine's address, or the gate may not open it. */
  | "upstream-unreachable"
  /** The engine took a connection and did not answer in time. */
  | "upstream-timeout"
  /** The engine's answer broke off, or is not what the API promises. */
  | "upstream-broken"
  /** The engine's answer is larger than the gate holds in memory. */
  | "upstream-too-large"
  /** The record of the decision could not be written. */
  | "log-unwritable"
  /** The gate is stopping. */
  | "stopping"
  /** A mistake of the gate itself. */
  | "internal";

/** A fault on the way, told apart from a refusal: the client sees 502 or 503, the log says `guard.request.faulted`. */
export class GateFault extends Error {
  override readonly name = "GateFault";
  readonly code: GateFaultCode;
  readonly text: LocalizedText;

  constructor(code: GateFaultCode, text: LocalizedText, options?: ErrorOptions) {
    super(text.en, options);
    this.code = code;
    this.text = text;
  }

  /** 502 when the engine is at fault, 503 when the gate is. */
  get status(): 502 | 503 {
    return this.code.startsWith("upstream-") ? 502 : 503;
  }
}

/** A setting of the gate that cannot be used: a wrong address, a missing file. Ends the start with exit status 2. */
export class GateConfigError extends Error {
  override readonly name = "GateConfigError";
  readonly text: LocalizedText;

  constructor(text: LocalizedText, options?: ErrorOptions) {
    super(text.en, options);
    this.text = text;
  }
}
