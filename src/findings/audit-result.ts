import type { LocalizedText } from "../base/index.ts";
import type { HostFacts, Place, WorkloadKind } from "../facts/index.ts";
import type { FindingException } from "./exception.ts";
import type { EscapePath, Finding, Fix, Gain, RefusedFix } from "./finding.ts";
import type { HostControl } from "./host-control.ts";
import type { PodSecurity } from "./pod-security.ts";

/** A finding that an exception or the baseline put aside. */
export interface SuppressedFinding {
  readonly finding: Finding;
  readonly exception: FindingException;
  /** It stood in the baseline; nobody gave a reason. */
  readonly baseline?: true;
}

/** What an audit says of one workload: the data that every report is made from. */
export interface WorkloadResult {
  readonly id: string;
  readonly kind: WorkloadKind;
  readonly name: string;
  readonly source: Place;
  /** The worst first. */
  readonly gains: readonly Gain[];
  /** Proofs, by gain; the certain and short ones first. */
  readonly paths: readonly EscapePath[];
  readonly findings: readonly Finding[];
  /** Findings that were put aside. Absent: no exceptions were applied. */
  readonly suppressed?: readonly SuppressedFinding[];
  /** The gain that the fixes close; `undefined` when nothing is worth a fix. */
  readonly goal: string | undefined;
  readonly fixes: readonly Fix[];
  readonly refused: readonly RefusedFix[];
  /** The engine would not run this container as it is, and why. */
  readonly refusal: LocalizedText | undefined;
  /** The Pod Security Standards' verdict on the pod around the container; absent for everything else. */
  readonly podSecurity?: PodSecurity;
  /** Things that the input does not tell, by field. */
  readonly unresolved: ReadonlyMap<string, string>;
}

/** Something that could not be examined, or that is worth saying about the input. */
export interface AuditProblem {
  readonly severity: "error" | "note";
  readonly message: LocalizedText;
  readonly place: Place;
}

/** What an audit says of everything it was given. */
export interface AuditResult {
  /** False when something could not be examined: then no number in it is the last word. */
  readonly complete: boolean;
  readonly host: HostFacts;
  readonly hostFindings: readonly Finding[];
  /** Checks of the daemon and its host. Absent: no engine was asked. */
  readonly hostControls?: readonly HostControl[];
  /** Findings of the host that were put aside. */
  readonly hostSuppressed?: readonly SuppressedFinding[];
  readonly workloads: readonly WorkloadResult[];
  readonly problems: readonly AuditProblem[];
}
