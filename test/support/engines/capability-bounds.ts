/** The capabilities that this machine can hand out at all. */
import { readFileSync } from "node:fs";

/** By bit, as include/uapi/linux/capability.h numbers them. */
const CAPABILITIES_BY_BIT = [
  "CAP_CHOWN",
  "CAP_DAC_OVERRIDE",
  "CAP_DAC_READ_SEARCH",
  "CAP_FOWNER",
  "CAP_FSETID",
  "CAP_KILL",
  "CAP_SETGID",
  "CAP_SETUID",
  "CAP_SETPCAP",
  "CAP_LINUX_IMMUTABLE",
  "CAP_NET_BIND_SERVICE",
  "CAP_NET_BROADCAST",
  "CAP_NET_ADMIN",
  "CAP_NET_RAW",
  "CAP_IPC_LOCK",
  "CAP_IPC_OWNER",
  "CAP_SYS_MODULE",
  "CAP_SYS_RAWIO",
  "CAP_SYS_CHROOT",
  "CAP_SYS_PTRACE",
  "CAP_SYS_PACCT",
  "CAP_SYS_ADMIN",
  "CAP_SYS_BOOT",
  "CAP_SYS_NICE",
  "CAP_SYS_RESOURCE",
  "CAP_SYS_TIME",
  "CAP_SYS_TTY_CONFIG",
  "CAP_MKNOD",
  "CAP_LEASE",
  "CAP_AUDIT_WRITE",
  "CAP_AUDIT_CONTROL",
  "CAP_SETFCAP",
  "CAP_MAC_OVERRIDE",
  "CAP_MAC_ADMIN",
  "CAP_SYSLOG",
  "CAP_WAKE_ALARM",
  "CAP_BLOCK_SUSPEND",
  "CAP_AUDIT_READ",
  "CAP_PERFMON",
  "CAP_BPF",
  "CAP_CHECKPOINT_RESTORE",
] as const;

/** The capabilities that the text of a `/proc/PID/status` lacks in its bounding set, up to the kernel's last one. */
export function capabilitiesMissingIn(status: string, lastCapability: number): string[] {
  const bounding = BigInt(`0x${/^CapBnd:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? "0"}`);
  return CAPABILITIES_BY_BIT.filter((_, bit) => bit <= lastCapability && ((bounding >> BigInt(bit)) & 1n) === 0n);
}

/** The capabilities that no process we start can have. Empty on a real host. */
export function capabilitiesMissingHere(): string[] {
  const lastCapability = Number(readFileSync("/proc/sys/kernel/cap_last_cap", "utf8"));
  return capabilitiesMissingIn(readFileSync("/proc/self/status", "utf8"), lastCapability);
}
