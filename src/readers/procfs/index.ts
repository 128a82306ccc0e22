export { ABSENT, type Absent, type FileStatus, type HostSource } from "./host-source.ts";
export { findContainer } from "./inside-container.ts";
export { type MountInfo, type MountPropagation, mountOf, parseMountInfo } from "./mount-info.ts";
export { NODE_SOURCE } from "./node-source.ts";
export type { HostProbeOptions } from "./probe.ts";
export { probeHost } from "./probe-host.ts";
export {
  type IdRange,
  type Ids,
  NAMESPACE_KINDS,
  type NamespaceKind,
  type ProcessCapabilities,
  type ProcessFacts,
  readProcess,
} from "./process.ts";
export { type ProcessLabel, parseLabel } from "./process-label.ts";
