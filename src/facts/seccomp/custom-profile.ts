import type { Capability, CapabilitySet } from "../capability.ts";
import { and, type Known, or } from "../known.ts";
import { type ArgumentCondition, conditionsMatch, type KnownArgument } from "./argument.ts";

/** A profile in the form that the engine takes (moby profiles/seccomp/seccomp.go), with what does not decide left out. */
export interface CustomProfile {
  /** What happens to a call that no rule names. `unknown`: a supervisor is asked. */
  readonly defaultAllows: Known;
  readonly rulesByName: ReadonlyMap<string, readonly ProfileRule[]>;
}

/** One entry of `syscalls`. */
export interface ProfileRule {
  readonly allows: Known;
  /** Empty: the rule looks at no arguments and decides every call. */
  readonly conditions: readonly ArgumentCondition[];
  /** Whether the rule is used on ordinary servers; `unknown` when x86_64 and arm64 differ, or the kernel decides. */
  readonly used: Known;
  /** The engine asks for every one of these; `undefined` stands for a name that no container holds. */
  readonly needs: readonly (Capability | undefined)[];
  /** The engine leaves the rule out when the container holds any of these. */
  readonly without: readonly (Capability | undefined)[];
}

/** Creating a user namespace, by whichever call. */
export const UNSHARE_USER = "unshare-user";

/** CLONE_NEWUSER of include/uapi/linux/sched.h. */
const CLONE_NEWUSER = 0x10000000n;

/** Words of ours for a call with a certain argument: any of these ways will do. clone3 hides its flags in memory. */
const CALLS_WITH_ARGUMENTS: ReadonlyMap<string, readonly Call[]> = new Map([
  [
    UNSHARE_USER,
    [
      { name: "unshare", argument: { index: 0, kind: "has-bits", value: CLONE_NEWUSER } },
      { name: "clone", argument: { index: 0, kind: "has-bits", value: CLONE_NEWUSER } },
      { name: "clone3" },
    ],
  ],
  // Address families of include/linux/socket.h.
  ["socket-alg", [{ name: "socket", argument: { index: 0, kind: "is", value: 38n } }]],
  ["socket-vsock", [{ name: "socket", argument: { index: 0, kind: "is", value: 40n } }]],
]);

/**
 * Calls that open a way to the kernel or the host, each of which the default profile refuses a container without added
 * capabilities, or did once. A profile that refuses none of them is no filter.
 */
const WORTH_REFUSING = [
  "acct",
  "add_key",
  "bpf",
  "clock_settime",
  "fanotify_init",
  "finit_module",
  "fsopen",
  "init_module",
  "io_uring_setup",
  "ioperm",
  "iopl",
  "kexec_file_load",
  "kexec_load",
  "keyctl",
  "mount",
  "open_by_handle_at",
  "perf_event_open",
  "pidfd_getfd",
  "process_vm_writev",
  "ptrace",
  "quotactl",
  "reboot",
  "setns",
  "swapon",
  "syslog",
  "umount2",
  "unshare",
  UNSHARE_USER,
  "userfaultfd",
] as const;

interface Call {
  readonly name: string;
  readonly argument?: KnownArgument;
}

/** Whether a custom profile lets a call through; `unknown` when that depends on arguments, machine or a supervisor. */
export function customAllows(profile: CustomProfile, syscall: string, capabilities: CapabilitySet): Known {
  const ways = CALLS_WITH_ARGUMENTS.get(syscall) ?? [{ name: syscall }];
  return ways.map((call) => decide(profile, call, capabilities)).reduce(or);
}

/** Whether a profile refuses nothing that matters, so that it is no filter. `/proc` shows such a container as filtered. */
export function isEffectivelyOff(profile: CustomProfile): boolean {
  return (
    profile.defaultAllows === "yes" &&
    WORTH_REFUSING.every((syscall) => customAllows(profile, syscall, new Set()) === "yes")
  );
}

/**
 * Rules that certainly match decide; without one the default does. A rule that may match leaves the answer open, unless
 * it says the same. So do two rules that contradict each other: libseccomp refuses some such pairs and orders others.
 */
function decide(profile: CustomProfile, call: Call, capabilities: CapabilitySet): Known {
  const certain: Known[] = [];
  const possible: Known[] = [];
  for (const rule of profile.rulesByName.get(call.name) ?? []) {
    const matches = and(applies(rule, capabilities), conditionsMatch(rule.conditions, call.argument));
    if (matches !== "no") {
      (matches === "yes" ? certain : possible).push(rule.allows);
    }
  }
  const decided = certain.length > 0 ? certain : [profile.defaultAllows];
  return [...decided, ...possible].reduce((left, right) => (left === right ? left : "unknown"));
}

/** moby profiles/seccomp/seccomp_linux.go, setupSeccomp: every capability under includes, none under excludes. */
function applies(rule: ProfileRule, capabilities: CapabilitySet): Known {
  const holds = (name: Capability | undefined) => name !== undefined && capabilities.has(name);
  return rule.needs.every(holds) && !rule.without.some(holds) ? rule.used : "no";
}
