import { buildPrivileged } from "./build-privileged.ts";
import { capabilitiesAdded } from "./capabilities-added.ts";
import { capabilitiesKept } from "./capabilities-kept.ts";
import { capabilityNearRoot } from "./capability-near-root.ts";
import { cgroupParentSet } from "./cgroup-parent-set.ts";
import type { Check } from "./check.ts";
import { cpuUnlimited } from "./cpu-unlimited.ts";
import { devicesMapped } from "./devices-mapped.ts";
import { engineSocketMounted } from "./engine-socket-mounted.ts";
import { healthcheckMissing } from "./healthcheck-missing.ts";
import { hostCgroupNamespace } from "./host-cgroup-namespace.ts";
import { hostDirectoryMounted } from "./host-directory-mounted.ts";
import { hostIpcNamespace } from "./host-ipc-namespace.ts";
import { hostNetworkNamespace } from "./host-network-namespace.ts";
import { hostPidNamespace } from "./host-pid-namespace.ts";
import { hostUserNamespace } from "./host-user-namespace.ts";
import { hostUtsNamespace } from "./host-uts-namespace.ts";
import { imageLatest } from "./image-latest.ts";
import { networkDefault } from "./network-default.ts";
import { newPrivilegesAllowed } from "./new-privileges-allowed.ts";
import { noMandatoryAccessControl } from "./no-mandatory-access-control.ts";
import { portOnEveryAddress } from "./port-on-every-address.ts";
import { portsPrivileged } from "./ports-privileged.ts";
import { publishAllPorts } from "./publish-all-ports.ts";
import { restartUnbounded } from "./restart-unbounded.ts";
import { rootFilesystemWritable } from "./root-filesystem-writable.ts";
import { runsAsRoot } from "./runs-as-root.ts";
import { seccompOff } from "./seccomp-off.ts";
import { securityOptionsNone } from "./security-options-none.ts";
import { sharedPropagation } from "./shared-propagation.ts";
import { slavePropagation } from "./slave-propagation.ts";
import { sshPort } from "./ssh-port.ts";
import { ulimitsDefault } from "./ulimits-default.ts";
import { volumeShared } from "./volume-shared.ts";

/** Every check, by id. */
export const CHECKS: readonly Check[] = [
  buildPrivileged,
  capabilitiesAdded,
  capabilitiesKept,
  capabilityNearRoot,
  cgroupParentSet,
  cpuUnlimited,
  devicesMapped,
  engineSocketMounted,
  healthcheckMissing,
  hostCgroupNamespace,
  hostDirectoryMounted,
  hostIpcNamespace,
  hostNetworkNamespace,
  hostPidNamespace,
  hostUserNamespace,
  hostUtsNamespace,
  imageLatest,
  networkDefault,
  newPrivilegesAllowed,
  noMandatoryAccessControl,
  portOnEveryAddress,
  portsPrivileged,
  publishAllPorts,
  restartUnbounded,
  rootFilesystemWritable,
  runsAsRoot,
  seccompOff,
  securityOptionsNone,
  sharedPropagation,
  slavePropagation,
  sshPort,
  ulimitsDefault,
  volumeShared,
];
