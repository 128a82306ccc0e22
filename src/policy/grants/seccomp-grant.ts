import {
  DOCKER_DEFAULT_CAPABILITIES,
  parseSeccompOption,
  type SeccompProfile,
  seccompAllows,
} from "../../facts/index.ts";
import type { Grant } from "./grant.ts";

/**
 * Calls that the engine's own profile keeps from a container without added capabilities and that open a way to the
 * kernel or the host. A profile of the client's that lets any of them through is weaker than the default.
 */
const KEPT_BY_DEFAULT = [
  "acct",
  "add_key",
  "bpf",
  "clock_settime",
  "delete_module",
  "fanotify_init",
  "finit_module",
  "fsopen",
  "fsmount",
  "init_module",
  "ioperm",
  "iopl",
  "kexec_file_load",
  "kexec_load",
  "keyctl",
  "mount",
  "move_mount",
  "open_by_handle_at",
  "open_tree",
  "perf_event_open",
  "pivot_root",
  "quotactl",
  "reboot",
  "request_key",
  "setns",
  "settimeofday",
  "swapoff",
  "swapon",
  "syslog",
  "umount2",
  "unshare",
  "unshare-user",
  "userfaultfd",
] as const;

/** What a `seccomp=` option takes away, if anything. */
export function seccompGrant(option: string | undefined, field: string): readonly Grant[] {
  if (option === undefined || option === "" || option === "builtin") {
    return [];
  }
  const profile = parseSeccompOption(option, { ioUring: "unknown", processVm: "unknown" });
  if (profile.kind === "default") {
    return [];
  }
  const detail = weaknessOf(profile);
  return detail === undefined ? [] : [{ kind: "confinement", field, layer: "seccomp", detail }];
}

function weaknessOf(profile: SeccompProfile): string | undefined {
  if (profile.kind === "off") {
    return "unconfined";
  }
  if (profile.kind === "unknown") {
    return "a profile that cannot be read";
  }
  return KEPT_BY_DEFAULT.find((call) => seccompAllows(profile, call, DOCKER_DEFAULT_CAPABILITIES) !== "no");
}
