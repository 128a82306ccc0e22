/**
 * The capabilities of Linux, sets of them, and the order in which an engine applies privileged, adds and drops.
 *
 * Names and bit numbers: include/uapi/linux/capability.h; meaning: capabilities(7).
 */

/** Every capability without `CAP_`; the index is the bit number. */
export const CAPABILITIES = [
  "CHOWN",
  "DAC_OVERRIDE",
  "DAC_READ_SEARCH",
  "FOWNER",
  "FSETID",
  "KILL",
  "SETGID",
  "SETUID",
  "SETPCAP",
  "LINUX_IMMUTABLE",
  "NET_BIND_SERVICE",
  "NET_BROADCAST",
  "NET_ADMIN",
  "NET_RAW",
  "IPC_LOCK",
  "IPC_OWNER",
  "SYS_MODULE",
  "SYS_RAWIO",
  "SYS_CHROOT",
  "SYS_PTRACE",
  "SYS_PACCT",
  "SYS_ADMIN",
  "SYS_BOOT",
  "SYS_NICE",
  "SYS_RESOURCE",
  "SYS_TIME",
  "SYS_TTY_CONFIG",
  "MKNOD",
  "LEASE",
  "AUDIT_WRITE",
  "AUDIT_CONTROL",
  "SETFCAP",
  "MAC_OVERRIDE",
  "MAC_ADMIN",
  "SYSLOG",
  "WAKE_ALARM",
  "BLOCK_SUSPEND",
  "AUDIT_READ",
  "PERFMON",
  "BPF",
  "CHECKPOINT_RESTORE",
] as const;

/** Name of a capability without `CAP_`. */
export type Capability = (typeof CAPABILITIES)[number];

/** A set of capabilities. */
export type CapabilitySet = ReadonlySet<Capability>;

const BIT_OF: ReadonlyMap<string, number> = new Map(CAPABILITIES.map((name, bit) => [name, bit]));

/** The set of nothing. */
export const NO_CAPABILITIES: CapabilitySet = new Set();

/** What a Docker container gets when nothing is said: 14, moby oci/caps/defaults.go. */
export const DOCKER_DEFAULT_CAPABILITIES: CapabilitySet = new Set<Capability>([
  "CHOWN",
  "DAC_OVERRIDE",
  "FSETID",
  "FOWNER",
  "MKNOD",
  "NET_RAW",
  "SETGID",
  "SETUID",
  "SETFCAP",
  "SETPCAP",
  "NET_BIND_SERVICE",
  "SYS_CHROOT",
  "KILL",
  "AUDIT_WRITE",
]);

/** What a Podman container gets: Docker's without MKNOD, NET_RAW and AUDIT_WRITE (containers/common, default.go). */
export const PODMAN_DEFAULT_CAPABILITIES: CapabilitySet = withoutCapabilities(
  DOCKER_DEFAULT_CAPABILITIES,
  new Set<Capability>(["MKNOD", "NET_RAW", "AUDIT_WRITE"]),
);

/** CHECKPOINT_RESTORE: the last capability of Linux 5.9 and later. */
export const LAST_CAPABILITY: number = CAPABILITIES.length - 1;

/** AUDIT_READ: the last one that Engine 20.10 knows (moby#41563; measured on 20.10.24: `--cap-add BPF` is refused). */
export const LAST_CAPABILITY_OF_ENGINE_20_10 = 37;

/** Every capability up to and including a bit number: what a kernel or an engine of a certain age knows. */
export function capabilitiesUpTo(lastBit: number): CapabilitySet {
  let known = knownUpTo.get(lastBit);
  if (known === undefined) {
    known = new Set(CAPABILITIES.slice(0, lastBit + 1));
    knownUpTo.set(lastBit, known);
  }
  return known;
}

/** One entry for each bit that was asked for. */
const knownUpTo = new Map<number, CapabilitySet>();

/** What is in the first set and not in the second. */
export function withoutCapabilities(set: CapabilitySet, drop: CapabilitySet): CapabilitySet {
  return drop.size === 0 ? set : new Set([...set].filter((name) => !drop.has(name)));
}

/** Whether both hold the same. */
export const equalCapabilities = (left: CapabilitySet, right: CapabilitySet): boolean =>
  left.size === right.size && isCapabilitySubset(left, right);

/** Whether everything in the first set is also in the second, as the kernel asks of the target of a ptrace. */
export function isCapabilitySubset(part: CapabilitySet, whole: CapabilitySet): boolean {
  for (const name of part) {
    if (!whole.has(name)) {
      return false;
    }
  }
  return true;
}

/** Names in the order of the bits. */
export const capabilityNames = (set: CapabilitySet): readonly Capability[] =>
  CAPABILITIES.filter((name) => set.has(name));

/** Hexadecimal digits of a mask in /proc. */
const MASK_DIGITS = 16;

/**
 * Reads a mask as /proc/PID/status writes it: `00000000a80425fb`, with or without the word before it. Bits that have no
 * name (kernels before 3.8 set all 64) are left out. `undefined` when it is no mask.
 */
export function parseCapabilityMask(text: string): CapabilitySet | undefined {
  const digits = /^\s*(?:Cap[A-Z][a-z]{2}:\s*)?(?:0x)?([0-9a-fA-F]{1,16})\s*$/.exec(text)?.[1];
  if (digits === undefined) {
    return undefined;
  }
  const mask = BigInt(`0x${digits}`);
  return new Set(CAPABILITIES.filter((_, bit) => ((mask >> BigInt(bit)) & 1n) === 1n));
}

/** Writes a mask as /proc/PID/status does, 16 digits without a prefix. */
export function formatCapabilityMask(set: CapabilitySet): string {
  let mask = 0n;
  for (const name of set) {
    mask |= 1n << BigInt(BIT_OF.get(name) ?? 0);
  }
  return mask.toString(16).padStart(MASK_DIGITS, "0");
}

/**
 * One name as the engine reads it (moby oci/caps/utils.go, NormalizeLegacyCapabilities): upper-cased, `CAP_` optional.
 * `ALL` is the word for all of them, `CAP_ALL` is not. `undefined`: no capability has that name.
 */
export function parseCapability(written: string): Capability | "ALL" | undefined {
  const upper = upperCase(written);
  if (upper === "ALL") {
    return "ALL";
  }
  const name = upper.startsWith("CAP_") ? upper.slice("CAP_".length) : upper;
  return isCapability(name) ? name : undefined;
}

const isCapability = (name: string): name is Capability => BIT_OF.has(name);

/**
 * Go's strings.ToUpper, which maps one character to one (U+017F to `S`), where JavaScript also expands (U+FB06 to `ST`)
 * and would accept a name that the engine refuses.
 */
function upperCase(text: string): string {
  if (/^[A-Z_]*$/.test(text)) {
    return text;
  }
  return Array.from(text, (character) => {
    const upper = character.toUpperCase();
    return Array.from(upper).length === 1 ? upper : character;
  }).join("");
}

/** What decides the capabilities of a container. */
export interface CapabilityRequest {
  readonly privileged: boolean;
  readonly add: readonly string[];
  readonly drop: readonly string[];
  readonly defaults: CapabilitySet;
  /** Number of the last capability that the engine knows; {@link LAST_CAPABILITY} if absent. */
  readonly lastCapability?: number;
}

/** The bounding set of a container, and what the engine would not accept. */
export interface ResolvedCapabilities {
  readonly bounding: CapabilitySet;
  /** Names as written that make the engine refuse the whole container; {@link bounding} is computed without them. */
  readonly refused: readonly string[];
}

/**
 * Applies adds and drops in the engine's order (moby oci/caps/utils.go, TweakCapabilities): privileged is everything the
 * engine knows and ignores both lists; then ADD ALL minus drops; then DROP ALL leaves exactly the adds; else defaults
 * minus drops plus adds. An added capability therefore survives its own drop. Names are checked even when privileged.
 */
export function resolveCapabilities(request: CapabilityRequest): ResolvedCapabilities {
  const everything = capabilitiesUpTo(request.lastCapability ?? LAST_CAPABILITY);
  const add = readNames(request.add, everything);
  const drop = readNames(request.drop, everything);
  const refused = [...add.refused, ...drop.refused];
  if (request.privileged) {
    return { bounding: everything, refused };
  }
  if (add.all) {
    return { bounding: withoutCapabilities(everything, drop.names), refused };
  }
  const kept = drop.all ? NO_CAPABILITIES : withoutCapabilities(request.defaults, drop.names);
  return { bounding: add.names.size === 0 ? kept : new Set([...kept, ...add.names]), refused };
}

function readNames(written: readonly string[], everything: CapabilitySet) {
  const names = new Set<Capability>();
  const refused: string[] = [];
  let all = false;
  for (const text of written) {
    const name = parseCapability(text);
    if (name === "ALL") {
      all = true;
    } else if (name !== undefined && everything.has(name)) {
      names.add(name);
    } else {
      refused.push(text);
    }
  }
  return { names, all, refused };
}
