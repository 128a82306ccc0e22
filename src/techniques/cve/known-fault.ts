import type { LocalizedText } from "../../base/index.ts";
import type { Expression } from "../../facts/index.ts";
import type { Severity } from "../../findings/index.ts";
import type { AffectedRange } from "./affected.ts";

/** What can have a fault. */
export type Component =
  | "runc"
  | "containerd"
  | "docker-engine"
  | "kernel"
  | "buildkit"
  | "nvidia-container-toolkit"
  | "docker-desktop"
  | "cri-o"
  | "kubernetes";

/** One entry of the table: a published fault of the engine, a runtime or the kernel that lets containers out. */
export interface KnownFault extends AffectedRange {
  /** `CVE-2024-21626`. */
  readonly id: string;
  readonly component: Component;
  readonly severity: Severity;
  /** ATT&CK v17 ids. */
  readonly attack: readonly string[];
  readonly title: LocalizedText;
  /** What a container has to be or to have besides the faulty release. Absent: nothing stops it. */
  readonly needs?: Expression;
  /** What it leads to. */
  readonly gain: LocalizedText;
  /** Whose range this is. */
  readonly source: string;
}
