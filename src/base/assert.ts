/** A broken promise of our own code. Never caught to go on: it ends the command with a bug report. */
export class InvariantError extends Error {
  override readonly name = "InvariantError";
}

/** States something that our own code guarantees. Throws {@link InvariantError} when it does not hold. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) {
    throw new InvariantError(message);
  }
}

/** Ends a `switch` that names every case: the compiler complains here when one is missing. */
export function assertNever(value: never): never {
  throw new InvariantError(`a case is missing for ${JSON.stringify(value)}`);
}
