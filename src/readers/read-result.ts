import type { LocalizedText } from "../base/index.ts";
import type { DescribedImage, Dockerfile, Place, Workload } from "../facts/index.ts";

/** Why an input, or a part of it, could not be read. */
export type ReadErrorCode =
  /** The text breaks the grammar of its language. */
  | "BAD_SYNTAX"
  /** A field holds a value that its engine would refuse. */
  | "WRONG_TYPE"
  /** The input, or what it describes, is past a named limit. */
  | "TOO_LARGE"
  /** The text is well formed and something else than this reader reads. */
  | "NOT_THIS_INPUT";

/**
 * Nothing at all of an input can be read. What concerns one workload or one field of an input that can be read is a
 * {@link ReadProblem} instead.
 */
export class ReadError extends Error {
  override readonly name = "ReadError";
  readonly code: ReadErrorCode;
  readonly text: LocalizedText;
  readonly place: Place;

  constructor(code: ReadErrorCode, text: LocalizedText, place: Place, options?: ErrorOptions) {
    super(`${nameOf(place)}: ${text.en}`, options);
    this.code = code;
    this.text = text;
    this.place = place;
  }
}

/** What a reader has to say of an input besides its workloads. */
export interface ReadProblem {
  /** `error`: something of the input is not examined, so the audit is incomplete. `note`: the user should know. */
  readonly severity: "error" | "note";
  readonly message: LocalizedText;
  readonly place: Place;
}

/** What every reader returns. */
export interface ReadResult {
  readonly workloads: readonly Workload[];
  readonly problems: readonly ReadProblem[];
  /** Dockerfiles, which are no workloads: they say how an image is built, not how it runs. */
  readonly dockerfiles?: readonly Dockerfile[];
  /** Configurations of images, which are no workloads either. */
  readonly images?: readonly DescribedImage[];
}

/** An error as an entry in a list of problems, for a caller that goes on with its other inputs. */
export function problemOf(error: ReadError): ReadProblem {
  return { severity: "error", message: error.text, place: error.place };
}

/** `file:line:column`, as compilers write it, so that editors and terminals can jump there. */
function nameOf(place: Place): string {
  const line = place.line === undefined ? "" : `:${place.line}`;
  const column = place.line === undefined || place.column === undefined ? "" : `:${place.column}`;
  return `${place.uri}${line}${column}`;
}
