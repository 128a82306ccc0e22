import type { LocalizedText } from "../../base/index.ts";
import type { HostFacts, Place } from "../../facts/index.ts";
import type { Change } from "../../findings/index.ts";
import type { Texts } from "../../patch/index.ts";
import type { InputKind } from "../inputs/detect.ts";
import type { ProjectOptions } from "./fix-project.ts";

/** What the command line asks to mend. */
export interface FixRequest extends ProjectOptions {
  readonly targets: readonly string[];
  /** Words after `--`: a run line that the shell has split already. */
  readonly runLine: readonly string[];
  readonly merge: boolean;
  readonly host: HostFacts;
  /** The number of the fix in the report, from 1; `undefined`: the cheapest that closes. */
  readonly number: number | undefined;
  /** Only what these rules find; none: the worst gain of each workload, and all that Dockerfiles can be mended of. */
  readonly rules: readonly string[];
  readonly skipped: readonly string[];
}

/** What became of one workload, or of one finding. */
export interface WorkloadOutcome {
  readonly id: string;
  /** The gain, or the rule, that the fix closes. */
  readonly goal: string;
  readonly summary: LocalizedText | undefined;
  /** `written`: into the files. `host`: it is a change of the host. `kept`: the files cannot carry it. `none`: no fix closes. */
  readonly state: "written" | "host" | "kept" | "none";
  /** Changes that are left to the user. */
  readonly left: readonly Change[];
}

/** A project, mended. */
export interface ProjectOutcome {
  readonly kind: InputKind;
  readonly before: Texts;
  readonly after: Texts;
  readonly workloads: readonly WorkloadOutcome[];
  /** Where the run lines stand that were mended, in `after`. */
  readonly lines: readonly Place[];
}
