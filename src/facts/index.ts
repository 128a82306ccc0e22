export {
  CAPABILITIES,
  type Capability,
  type CapabilitySet,
  DOCKER_DEFAULT_CAPABILITIES,
  formatCapabilityMask,
  PODMAN_DEFAULT_CAPABILITIES,
  parseCapability,
  parseCapabilityMask,
} from "./capability.ts";
export { type Compiled, compiled, evaluate, gainNumber, knownIn, levelOf, type Witness } from "./compiled.ts";
export type {
  ContainerConfig,
  DeviceConfig,
  DeviceRequestConfig,
  HostConfig,
  ImageConfig,
  MountConfig,
  PortBindingConfig,
} from "./config.ts";
export {
  boundingHas,
  type ContainerFacts,
  DEFAULT_MASKED_PATHS,
  DEFAULT_READ_ONLY_PATHS,
  defaultCapabilities,
  deriveContainerFacts,
} from "./container.ts";
export type { DaemonFacts, FileOwner, Told } from "./daemon.ts";
export type { DeviceKind } from "./devices.ts";
export type { Dockerfile, DockerfileInstruction, DockerfileStage, ShellCommand } from "./dockerfile.ts";
export {
  all,
  any,
  type Expression,
  type Fact,
  formatExpression,
  gained,
  gainsOf,
  type Leaf,
  not,
} from "./expression.ts";
export { fieldIn, fieldsOf, mainField, placeOf } from "./fields.ts";
export { type HostFacts, type HostValues, type PeerFacts, UNKNOWN_HOST } from "./host.ts";
export { type Identity, mayBeHostAccount } from "./identity.ts";
export type { DescribedImage } from "./image.ts";
export { and, type Known, knownBoolean, mayHold, not as notKnown, or, surelyHolds } from "./known.ts";
export { type LsmOperation, lsmAllows } from "./lsm.ts";
export { type GainState, knownOf, LEVEL, type Memo, NEGATION, NO_GAINS, newGainState } from "./memo.ts";
export { type EffectiveMount, recursiveReadOnly, shows, showsWritable, splitBind } from "./mounts.ts";
export { canonicalPath, cleanPath, isAtOrBelow } from "./paths.ts";
export type { Place } from "./place.ts";
export {
  type ContainerSecurityContext,
  containersOf,
  type PlacedContainer,
  type Pod,
  type PodContainer,
  type PodContainerList,
  type PodMembership,
  type PodPath,
  type PodProbe,
  type PodProfile,
  type PodResources,
  type PodSecurityContext,
  type PodSeLinuxOptions,
  type PodSpec,
  type PodVolume,
  type PodVolumeMount,
} from "./pod.ts";
export { type HostSwitch, hostSwitch, kernelOption, PRESUMPTIONS, type Presumption } from "./presumptions.ts";
export { Remembered } from "./remembered.ts";
export { parseSeccompOption, type SeccompProfile, seccompAllows } from "./seccomp/index.ts";
export { parseSecurityOptions, type SecurityOptions } from "./security-options.ts";
export { compareVersions, isOlder } from "./version.ts";
export { type View, viewOf } from "./view.ts";
export {
  cap,
  capBounding,
  cgroup,
  config,
  device,
  deviceRequest,
  diskRule,
  group,
  hardening,
  hostuid0,
  imageDeviceNodes,
  kernel,
  kubernetes,
  lsm,
  matchesHostUser,
  modules,
  mount,
  noNewPrivileges,
  ns,
  onHost,
  peer,
  privileged,
  proc,
  reaches,
  rootless,
  rootOn,
  type SocketName,
  seccomp,
  setuidGives,
  sharing,
  sock,
  sys,
  told,
  uid0,
  userDeclaredNonRoot,
  userns,
  usernsUnprivileged,
  visibleSockets,
} from "./vocabulary/index.ts";
export { addFirstWitness, witnesses } from "./witness.ts";
export type {
  BuildFacts,
  ImageFacts,
  ResolvedMount,
  Surroundings,
  VolumeFacts,
  Workload,
  WorkloadKind,
} from "./workload.ts";
export { isWritten } from "./written.ts";
