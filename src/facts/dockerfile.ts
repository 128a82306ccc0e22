import type { Place } from "./place.ts";

/** One simple command of a shell text: its words with quotes taken off, and what joins it to the one before. */
export interface ShellCommand {
  readonly words: readonly string[];
  /** `""` for the first of a list. */
  readonly joinedBy: "" | "&&" | "||" | "|" | ";" | "&";
}

/** One instruction of a Dockerfile. */
export interface DockerfileInstruction {
  /** In capitals. For `ONBUILD RUN …` this is `RUN`. */
  readonly keyword: string;
  readonly onbuild: boolean;
  /** `--name=value`, in order; a flag may repeat. */
  readonly flags: readonly { readonly name: string; readonly value: string }[];
  /** Words after the flags, with variables as written; the items where the JSON form is used. */
  readonly words: readonly string[];
  /** The exec (JSON) form. */
  readonly json: boolean;
  /** Names and values of ENV, ARG and LABEL. `undefined`: an ARG without a default. */
  readonly pairs: readonly { readonly name: string; readonly value: string | undefined }[];
  /** What RUN, CMD, ENTRYPOINT and HEALTHCHECK hand to a shell, here-documents included. */
  readonly commands: readonly ShellCommand[];
  readonly place: Place;
}

/** One `FROM` and what follows it. */
export interface DockerfileStage {
  /** As written after AS, in small letters. */
  readonly name: string | undefined;
  /** The image as written, variables with known values filled in; `undefined` when one is not known. */
  readonly image: string | undefined;
  /** Number of the earlier stage that this one begins from. */
  readonly base: number | undefined;
  /** The FROM. */
  readonly from: DockerfileInstruction;
  readonly instructions: readonly DockerfileInstruction[];
  /** The last USER, variables filled in; `unknown`: one is not known; `undefined`: there is none in this stage. */
  readonly user: { readonly name: string | "unknown"; readonly place: Place } | undefined;
}

/** What a Dockerfile says. */
export interface Dockerfile {
  readonly uri: string;
  /** Value of `# syntax=`. */
  readonly syntax: string | undefined;
  /** ARGs before the first FROM. */
  readonly globalArgs: readonly DockerfileInstruction[];
  readonly stages: readonly DockerfileStage[];
}
