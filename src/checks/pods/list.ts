import { podCapabilitiesAdded } from "./pod-capabilities-added.ts";
import { podCapabilitiesKept } from "./pod-capabilities-kept.ts";
import { podCapabilitySysAdmin } from "./pod-capability-sys-admin.ts";
import { podClusterAdminProgram } from "./pod-cluster-admin-program.ts";
import { podCpuLimitMissing } from "./pod-cpu-limit-missing.ts";
import { podCpuRequestMissing } from "./pod-cpu-request-missing.ts";
import { podDefaultNamespace } from "./pod-default-namespace.ts";
import { podDefaultServiceAccount } from "./pod-default-service-account.ts";
import { podGitRepoVolume } from "./pod-git-repo-volume.ts";
import { podGitSyncCommand } from "./pod-git-sync-command.ts";
import { podHostAliases } from "./pod-host-aliases.ts";
import { podImageDigestMissing } from "./pod-image-digest-missing.ts";
import { podImageLatest } from "./pod-image-latest.ts";
import { podImagePullPolicy } from "./pod-image-pull-policy.ts";
import { podLiteralSecret } from "./pod-literal-secret.ts";
import { podLivenessProbeMissing } from "./pod-liveness-probe-missing.ts";
import { podLowGroup } from "./pod-low-group.ts";
import { podLowUser } from "./pod-low-user.ts";
import { podMemoryRequestMissing } from "./pod-memory-request-missing.ts";
import { podNetRawKept } from "./pod-net-raw-kept.ts";
import { podReadinessProbeMissing } from "./pod-readiness-probe-missing.ts";
import { podRootFilesystemWritable } from "./pod-root-filesystem-writable.ts";
import type { PodRule } from "./pod-rule.ts";
import { podRunsAsRoot } from "./pod-runs-as-root.ts";
import { podRuntimeSocket } from "./pod-runtime-socket.ts";
import { podSecretInEnvironment } from "./pod-secret-in-environment.ts";
import { podSecurityContextMissing } from "./pod-security-context-missing.ts";
import { podSystemNamespace } from "./pod-system-namespace.ts";

/** Every rule about pods, by id. */
export const POD_RULES: readonly PodRule[] = [
  podCapabilitiesAdded,
  podCapabilitiesKept,
  podCapabilitySysAdmin,
  podClusterAdminProgram,
  podCpuLimitMissing,
  podCpuRequestMissing,
  podDefaultNamespace,
  podDefaultServiceAccount,
  podGitRepoVolume,
  podGitSyncCommand,
  podHostAliases,
  podImageDigestMissing,
  podImageLatest,
  podImagePullPolicy,
  podLiteralSecret,
  podLivenessProbeMissing,
  podLowGroup,
  podLowUser,
  podMemoryRequestMissing,
  podNetRawKept,
  podReadinessProbeMissing,
  podRootFilesystemWritable,
  podRunsAsRoot,
  podRuntimeSocket,
  podSecretInEnvironment,
  podSecurityContextMissing,
  podSystemNamespace,
];
