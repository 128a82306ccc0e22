import type { Draft } from "./draft.ts";
import type { FlagDeclaration, FlagUse } from "./flag.ts";

/** Applies one use of a flag. */
export type Effect = (draft: Draft, use: FlagUse) => void;

/** A flag and what it does to the container, as far as isolation depends on it. */
export interface Flag extends FlagDeclaration {
  readonly effect?: Effect;
}
