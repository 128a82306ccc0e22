import type { LocalizedText } from "../../base/index.ts";
import type { Dockerfile, Place } from "../../facts/index.ts";
import type { Certainty, Severity } from "../../findings/index.ts";

/** Where a check found what it looks for. */
export interface DockerfileMatch {
  readonly place: Place;
  /** `possible`: an unknown value, or an image that is not looked into, decides. Absent: certain. */
  readonly certainty?: Certainty;
}

/**
 * The text of the instruction at a match, from its keyword to its end, as it should be; `""` takes it out, `undefined`:
 * not this one. `end-with-user`: the last stage gets a USER that is not root.
 */
export type DockerfileFix = "end-with-user" | ((instruction: string) => string | undefined);

/** A rule about how an image is built. A Dockerfile gives nobody the host by itself, so none is critical. */
export interface DockerfileCheck {
  /** Never renamed or reused once released. Also the file's name. */
  readonly id: string;
  readonly severity: Exclude<Severity, "critical">;
  readonly title: LocalizedText;
  /** Why it matters, and what to do instead. */
  readonly explanation: LocalizedText;
  /** Numbers of the same thing elsewhere, by catalogue. Only the numbers; the words are ours. */
  readonly aliases: Readonly<Record<string, readonly string[]>>;
  readonly find: (file: Dockerfile) => readonly DockerfileMatch[];
  /** How a match is mended without another choice of its author's. Absent: it is theirs to choose. */
  readonly fix?: DockerfileFix;
  /** Whole Dockerfiles. */
  readonly examples: { readonly flagged: readonly string[]; readonly clean: readonly string[] };
}

/** Declares a check of Dockerfiles. */
export const dockerfileCheck = (definition: DockerfileCheck): DockerfileCheck => definition;
