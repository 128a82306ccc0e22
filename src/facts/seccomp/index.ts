import type { CapabilitySet } from "../capability.ts";
import type { Known } from "../known.ts";
import { type CustomProfile, customAllows, isEffectivelyOff, UNSHARE_USER } from "./custom-profile.ts";
import {
  ALLOWED_BY_CAPABILITY,
  ALLOWED_ON_COMMON_ARCHITECTURES,
  ALLOWED_WITH_ARGUMENTS,
  ALWAYS_ALLOWED,
  DIFFERS_BY_ENGINE,
} from "./default-profile.ts";
import { parseCustomProfile } from "./parse-profile.ts";

/** The system call filter of a container. */
export type SeccompProfile =
  | { readonly kind: "off" }
  | { readonly kind: "default"; readonly byEngine: CallsByEngine }
  | { readonly kind: "custom"; readonly profile: CustomProfile }
  | { readonly kind: "unknown" };

/** Calls on which the default profiles of engines differ. */
export interface CallsByEngine {
  /** io_uring: allowed before Engine 25. */
  readonly ioUring: Known;
  /** process_vm_readv and process_vm_writev: allowed without SYS_PTRACE from Engine 23 on (measured closed on 20.10.24). */
  readonly processVm: Known;
}

export { UNSHARE_USER } from "./custom-profile.ts";

const IO_URING = new Set(["io_uring_setup", "io_uring_enter", "io_uring_register"]);

/**
 * The profile behind the text of a `seccomp=` option. The engine takes a profile as JSON (the CLI puts the file's
 * content there), `unconfined`, `builtin`, or nothing. A text that is none of these is refused by the engine and judged
 * as unknown; a path is Podman's form and cannot be read from here.
 */
export function parseSeccompOption(option: string | undefined, byEngine: CallsByEngine): SeccompProfile {
  if (option === undefined || option === "" || option === "builtin") {
    return { kind: "default", byEngine };
  }
  if (option === "unconfined") {
    return { kind: "off" };
  }
  const profile = parseCustomProfile(option);
  if (profile === undefined) {
    return { kind: "unknown" };
  }
  return isEffectivelyOff(profile) ? { kind: "off" } : { kind: "custom", profile };
}

/**
 * Whether a filter lets a system call through. `capabilities` is the list that the container was created with: the
 * filter follows the list, not the user (measured: uid 1000 with SYS_ADMIN in the list could unshare).
 */
export function seccompAllows(profile: SeccompProfile, syscall: string, capabilities: CapabilitySet): Known {
  switch (profile.kind) {
    case "off":
      return "yes";
    case "unknown":
      return "unknown";
    case "custom":
      return customAllows(profile.profile, syscall, capabilities);
    case "default":
      return IO_URING.has(syscall) ? profile.byEngine.ioUring : defaultAllows(syscall, capabilities, profile.byEngine);
    default:
      return profile satisfies never;
  }
}

function defaultAllows(syscall: string, capabilities: CapabilitySet, byEngine: CallsByEngine): Known {
  if (syscall === UNSHARE_USER) {
    return capabilities.has("SYS_ADMIN") ? "yes" : "no";
  }
  if (
    ALWAYS_ALLOWED.has(syscall) ||
    ALLOWED_WITH_ARGUMENTS.has(syscall) ||
    ALLOWED_ON_COMMON_ARCHITECTURES.has(syscall)
  ) {
    return "yes";
  }
  if (ALLOWED_BY_CAPABILITY.get(syscall)?.some((name) => capabilities.has(name))) {
    return "yes";
  }
  if (syscall === "process_vm_readv" || syscall === "process_vm_writev") {
    return byEngine.processVm;
  }
  return DIFFERS_BY_ENGINE.has(syscall) ? "unknown" : "no";
}
