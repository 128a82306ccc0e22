import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type CapabilitySet, parseCapabilityMask } from "../capability.ts";
import { type SeccompProfile, seccompAllows } from "./index.ts";

/**
 * What calls returned inside real containers of Engine 20.10.24, whose profile lets io_uring through. EPERM may come
 * from a capability that is missing, so without the filter's permission a call must have failed, and a call that got
 * through must be one that the filter is said to let through.
 */
interface Row {
  readonly name: string;
  readonly refused?: boolean;
  readonly capEff: string;
  readonly capBnd: string;
  readonly seccomp: "filter" | "off";
  readonly syscalls: Readonly<Record<string, string>>;
}

const { rows } = JSON.parse(
  readFileSync(new URL("../../../test/corpus/flag-effects.json", import.meta.url), "utf8"),
) as { rows: readonly Row[] };

/** A probe of the measurement and the call that it made. */
const CALL_OF_PROBE = {
  "mount.badfs": "mount",
  "fsopen.badfs": "fsopen",
  "umount.notmp": "umount2",
  "setns.badfd": "setns",
  "unshare.0": "unshare",
  "unshare.NEWNS": "unshare",
  "unshare.NEWUSER": "unshare-user",
  "clone3.bad": "clone3",
  "ptrace.attach.nopid": "ptrace",
  "process_vm_readv.nopid": "process_vm_readv",
  "pidfd_getfd.badfd": "pidfd_getfd",
  "pidfd_open.nopid": "pidfd_open",
  "kcmp.nopid": "kcmp",
  "finit_module.badfd": "finit_module",
  "bpf.badcmd": "bpf",
  "perf_event_open.null": "perf_event_open",
  "keyctl.badcmd": "keyctl",
  "add_key.null": "add_key",
  userfaultfd: "userfaultfd",
  "io_uring_setup.null": "io_uring_setup",
  "syslog.readall0": "syslog",
  "iopl.3": "iopl",
  "ioperm.80": "ioperm",
  "chroot.self": "chroot",
  "name_to_handle_at.shm": "name_to_handle_at",
  "open_by_handle_at.shm.dir": "open_by_handle_at",
  "socket.INET_RAW": "socket",
  "socket.AF_VSOCK": "socket-vsock",
  fanotify_init: "fanotify_init",
  "mknod.null": "mknod",
  "personality.bad": "personality",
  "sethostname.long": "sethostname",
  "setuid.same": "setuid",
} as const;

/** How a call that the filter refuses fails: EPERM, or ENOSYS where the profile says so to make libc fall back. */
const isRefusal = (call: string, result: string) => result === "EPERM" || (call === "clone3" && result === "ENOSYS");

/** Calls that also fail with EPERM without a capability, which the profile does not know of. */
const NEEDS_A_CAPABILITY = new Set([
  ...["bpf", "chroot", "fanotify_init", "fsopen", "mknod", "open_by_handle_at", "sethostname", "setns", "socket"],
  ...["syslog", "unshare", "userfaultfd", "mount", "umount2"],
]);

for (const row of rows.filter(({ refused }) => refused !== true)) {
  test(`measured calls agree with the filter: ${row.name}`, () => {
    const profile: SeccompProfile =
      row.seccomp === "off" ? { kind: "off" } : { kind: "default", byEngine: { ioUring: "yes", processVm: "unknown" } };
    for (const [probe, call] of Object.entries(CALL_OF_PROBE)) {
      const allows = seccompAllows(profile, call, capabilitiesOf(row.capBnd));
      const result = row.syscalls[probe] ?? "missing";
      assert.notEqual(result, "missing");
      if (!isRefusal(call, result)) {
        assert.notEqual(allows, "no", `${probe} got past the filter with ${result}`);
      } else if (!NEEDS_A_CAPABILITY.has(call)) {
        assert.notEqual(allows, "yes", `${probe} was refused with ${result}`);
      }
    }
  });
}

function capabilitiesOf(mask: string): CapabilitySet {
  const set = parseCapabilityMask(mask);
  assert.ok(set !== undefined);
  return set;
}

test("the rows that need no capability decide exactly: what the filter lets through happened", () => {
  const privileged = rows.find(({ name }) => name === "privileged");
  assert.ok(privileged !== undefined);
  for (const [probe, call] of Object.entries(CALL_OF_PROBE)) {
    assert.ok(!isRefusal(call, privileged.syscalls[probe] ?? "EPERM"), probe);
  }
});
