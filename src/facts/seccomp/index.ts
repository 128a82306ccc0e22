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
  | { readonly kind: "default"; readonly ioUring: Known }
  | { readonly kind: "custom"; readonly profile: CustomProfile }
  | { readonly kind: "unknown" };

export { UNSHARE_USER } from "./custom-profile.ts";

const IO_URING = new Set(["io_uring_setup", "io_uring_enter", "io_uring_register"]);

/**
 * The profile behind the text of a `seccomp=` option. The engine takes a profile as JSON (the CLI puts the file's
 * content there), `unconfined`, `builtin`, or nothing. A text that is none of these is refused by the engine and judged
 * as unknown; a path is Podman's form and cannot be read from here.
 */
export function parseSeccompOption(option: string | undefined, ioUring: Known): SeccompProfile {
  if (option === undefined || option === "" || option === "builtin") {
    return { kind: "default", ioUring };
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
      return IO_URING.has(syscall) ? profile.ioUring : defaultAllows(syscall, capabilities);
    default:
      return profile satisfies never;
  }
}

function defaultAllows(syscall: string, capabilities: CapabilitySet): Known {
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
  return DIFFERS_BY_ENGINE.has(syscall) ? "unknown" : "no";
}
