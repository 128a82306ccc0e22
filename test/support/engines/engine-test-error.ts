/** What can go wrong with a test engine. */
export type EngineTestErrorCode =
  | "PREREQUISITE_MISSING"
  | "COMMAND_FAILED"
  | "COMMAND_TIMEOUT"
  | "ENGINE_START_FAILED"
  | "ENGINE_START_TIMEOUT"
  | "ENGINE_STOP_TIMEOUT"
  | "MOUNT_LEFT"
  | "PATH_TOO_LONG"
  | "TOO_MANY_ENGINES";

/** An error of the machine that a test engine runs on. The message says what, where and what to do next. */
export class EngineTestError extends Error {
  override readonly name = "EngineTestError";
  readonly code: EngineTestErrorCode;

  constructor(code: EngineTestErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
