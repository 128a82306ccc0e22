import type { LocalizedText } from "../../base/index.ts";
import type { WrittenClient } from "../language/schema.ts";

/** A policy for one kind of client, to start from. */
export interface Preset {
  readonly id: string;
  readonly title: LocalizedText;
  /** What the client can still do, in plain words, one sentence each. The page of the preset is made of them. */
  readonly can: readonly LocalizedText[];
  /** What it cannot do, and what an operator may have to add. */
  readonly cannot: readonly LocalizedText[];
  readonly client: WrittenClient;
}
