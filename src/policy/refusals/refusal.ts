import type { LocalizedText } from "../../base/index.ts";

/** Rules of a policy that refuse something, by the section that would have to change. */
export type RuleName =
  | "allow"
  | "json"
  | "own"
  | "labels"
  | "environment"
  | "images"
  | "mounts"
  | "volumes"
  | "capabilities"
  | "devices"
  | "deviceRequests"
  | "namespaces"
  | "networks"
  | "ports"
  | "confinement"
  | "privileged"
  | "runtimes"
  | "cgroupParents"
  | "annotations"
  | "logDrivers"
  | "sysctls"
  | "storage"
  | "restart"
  | "limits"
  | "build"
  | "swarm"
  | "gains"
  | "rules"
  | "engine";

/** One thing that is refused: what, why, and what to change. */
export interface Refusal {
  readonly rule: RuleName;
  /** Name of the rule in CEL, or the gain, where {@link rule} is one of those sections. */
  readonly detail?: string;
  readonly field: string;
  /** Gain and technique that the refusal closes; empty where it is a matter of policy only. */
  readonly gain: string;
  readonly technique: string;
  /** What is refused. */
  readonly what: LocalizedText;
  /** What would make the request pass. */
  readonly change: LocalizedText;
}
