import { type Language, MIB } from "../../base/index.ts";
import { cleanPath, parseCapability } from "../../facts/index.ts";
import { type CompiledRule, compileRule } from "./expression.ts";
import { anyMatcher, type Matcher } from "./pattern.ts";
import type { WrittenClient } from "./schema.ts";
import { bytesOf } from "./size.ts";
import { expandVerb } from "./verbs.ts";

/** A list of patterns, ready to be asked and to be shown. */
export interface Names {
  readonly patterns: readonly string[];
  readonly match: Matcher;
}

export interface MountRule {
  /** Clean. */
  readonly path: string;
  readonly readOnly: boolean;
  readonly propagation: ReadonlySet<string>;
  readonly sockets: boolean;
  readonly forceReadOnly: boolean;
}

export interface DeviceRule {
  readonly path: string;
  readonly access: string;
}

export interface Listener {
  readonly address: string;
  readonly mode?: number;
  readonly owner?: string | number;
  readonly group?: string | number;
  readonly insecurePlainTcp: boolean;
}

export interface Limits {
  readonly memoryBytes?: number;
  readonly cpus?: number;
  readonly pids?: number;
  readonly shmBytes?: number;
  readonly containers?: number;
  readonly requestsPerSecond?: number;
  readonly requestBurst: number;
  readonly bodyBytes: number;
  readonly memoryRequired: boolean;
}

/** The rules of one client with every default filled in: a section that is missing allows the least that is useful. */
export interface ClientRules {
  readonly name: string;
  readonly language: Language;
  readonly mode: "enforce" | "shadow";
  readonly listen: readonly Listener[];
  readonly identity: NonNullable<WrittenClient["identity"]>;
  readonly tolerantJson: boolean;
  readonly verbs: ReadonlySet<string>;
  readonly ownOnly: boolean;
  readonly imageUse: Names;
  readonly imageWrite: Names;
  readonly registries: Names;
  readonly digestRequired: boolean;
  readonly mounts: readonly MountRule[];
  readonly volumeUse: Names;
  readonly volumeDrivers: ReadonlySet<string>;
  readonly capabilities: ReadonlySet<string>;
  readonly devices: readonly DeviceRule[];
  readonly deviceRequests: ReadonlySet<string>;
  readonly hostNamespaces: ReadonlySet<string>;
  readonly join: "none" | "own" | "any";
  readonly networkUse: Names;
  readonly networkDrivers: ReadonlySet<string>;
  readonly publish: "none" | "loopback" | "any";
  readonly portRange: readonly [number, number];
  readonly anySeccomp: boolean;
  readonly appArmor: ReadonlySet<string>;
  readonly selinuxTypes: ReadonlySet<string>;
  readonly anyMaskedPaths: boolean;
  readonly runtimes: ReadonlySet<string>;
  readonly cgroupParents: ReadonlySet<string>;
  readonly annotations: Names;
  readonly logDrivers: ReadonlySet<string>;
  readonly sysctls: Names;
  readonly restart: boolean;
  readonly limits: Limits;
  readonly defaults: {
    readonly noNewPrivileges: boolean;
    readonly capDrop: readonly string[];
    readonly memoryBytes?: number;
    readonly pids?: number;
    readonly readOnlyRootfs: boolean;
  };
  readonly environment: { readonly allow: Names; readonly deny: Names; readonly hide: boolean };
  readonly labels: { readonly allow: Names; readonly deny: Names };
  readonly buildRemote: Names;
  readonly buildNetworks: ReadonlySet<string>;
  readonly gains: ReadonlySet<string>;
  readonly rules: readonly CompiledRule[];
}

/** Largest body that is read whole and judged. An image pull's or create's is a few KiB; Engine 29's own limit for plugins is 4 MiB. */
export const JUDGED_BODY_BYTES_DEFAULT = 4 * MIB;

/** Requests that may come at once under a rate limit that names no burst. */
const BURST_DEFAULT = 20;

const ANYTHING: Names = { patterns: ["**"], match: () => true };

const names = (patterns: readonly string[] | undefined, otherwise: Names): Names =>
  patterns === undefined ? otherwise : { patterns, match: anyMatcher(patterns) };

const NOTHING: Names = { patterns: [], match: () => false };

/** Makes the rules of a client out of what is written. @throws {ExpressionError} for an expression that is none. */
export function clientRules(name: string, written: WrittenClient, language: Language): ClientRules {
  const denied = new Set((written.deny ?? []).flatMap(expandVerb));
  return {
    name,
    language,
    mode: written.mode ?? "enforce",
    listen: (written.listen ?? []).map(listenerOf),
    identity: written.identity ?? {},
    tolerantJson: written.json === "tolerant",
    verbs: new Set(["system.ping", ...(written.allow ?? []).flatMap(expandVerb)].filter((verb) => !denied.has(verb))),
    ownOnly: written.own !== "any",
    ...imageRules(written),
    mounts: (written.mounts ?? []).map(mountRule),
    volumeUse: names(written.volumes?.use, ANYTHING),
    volumeDrivers: new Set(written.volumes?.drivers ?? ["local"]),
    ...isolationRules(written),
    networkUse: names(written.networks?.use, ANYTHING),
    networkDrivers: new Set(written.networks?.drivers ?? ["bridge"]),
    publish: written.ports?.publish ?? "none",
    portRange: rangeOf(written.ports?.range),
    restart: written.restart === true,
    limits: limitsOf(written),
    defaults: defaultsOf(written),
    environment: {
      allow: names(written.environment?.allow, ANYTHING),
      deny: names(written.environment?.deny, NOTHING),
      hide: written.environment?.hide ?? true,
    },
    labels: { allow: names(written.labels?.allow, ANYTHING), deny: names(written.labels?.deny, NOTHING) },
    buildRemote: names(written.build?.remote, NOTHING),
    buildNetworks: new Set(written.build?.network ?? ["default", "none", "bridge"]),
    gains: new Set(written.gains?.allow ?? []),
    rules: (written.rules ?? []).map(compileRule),
  };
}

function listenerOf(written: NonNullable<WrittenClient["listen"]>[number]): Listener {
  if (typeof written === "string") {
    return { address: written, insecurePlainTcp: false };
  }
  const { mode, insecurePlainTcp, ...rest } = written;
  return {
    address: rest.address,
    ...(rest.owner === undefined ? {} : { owner: rest.owner }),
    ...(rest.group === undefined ? {} : { group: rest.group }),
    ...(mode === undefined ? {} : { mode: Number.parseInt(mode, 8) }),
    insecurePlainTcp: insecurePlainTcp === true,
  };
}

function imageRules({ images }: WrittenClient) {
  return {
    imageUse: names(images?.use, ANYTHING),
    imageWrite: names(images?.write, NOTHING),
    registries: names(images?.registries, ANYTHING),
    digestRequired: images?.digest === "required",
  };
}

/** What a mount may propagate where the rule does not say: nothing towards the host, and nothing that comes later. */
const PROPAGATION_DEFAULT = ["private", "rprivate"] as const;

function mountRule(written: NonNullable<WrittenClient["mounts"]>[number]): MountRule {
  return {
    path: cleanPath(written.path),
    readOnly: written.access === "read-only",
    propagation: new Set(written.propagation ?? PROPAGATION_DEFAULT),
    sockets: written.sockets === true,
    forceReadOnly: written.forceReadOnly === true,
  };
}

function isolationRules(written: WrittenClient) {
  return {
    capabilities: new Set((written.capabilities ?? []).map((name) => parseCapability(name) ?? name)),
    devices: (written.devices ?? []).map(({ path, access }) => ({ path: cleanPath(path), access: access ?? "rw" })),
    deviceRequests: new Set(written.deviceRequests ?? []),
    hostNamespaces: new Set<string>(written.namespaces?.host ?? []),
    join: written.namespaces?.join ?? "own",
    anySeccomp: written.confinement?.seccomp === "any",
    appArmor: new Set(written.confinement?.appArmor ?? []),
    selinuxTypes: new Set(written.confinement?.selinuxTypes ?? []),
    anyMaskedPaths: written.confinement?.maskedPaths === "any",
    runtimes: new Set(written.runtimes ?? []),
    cgroupParents: new Set(written.cgroupParents ?? []),
    annotations: names(written.annotations, NOTHING),
    logDrivers: new Set(written.logDrivers ?? ["default", "json-file", "local", "none", "journald"]),
    sysctls: names(written.sysctls, NOTHING),
  };
}

function rangeOf(range: string | undefined): readonly [number, number] {
  const [low = 1, high = 65_535] = range?.split("-").map(Number) ?? [];
  return [low, high];
}

function limitsOf({ limits = {} }: WrittenClient): Limits {
  return {
    ...(limits.memory === undefined ? {} : { memoryBytes: bytesOf(limits.memory) }),
    ...(limits.cpus === undefined ? {} : { cpus: limits.cpus }),
    ...(limits.pids === undefined ? {} : { pids: limits.pids }),
    ...(limits.shm === undefined ? {} : { shmBytes: bytesOf(limits.shm) }),
    ...(limits.containers === undefined ? {} : { containers: limits.containers }),
    ...(limits.requestsPerSecond === undefined ? {} : { requestsPerSecond: limits.requestsPerSecond }),
    requestBurst: limits.requestBurst ?? BURST_DEFAULT,
    bodyBytes: limits.bodyBytes === undefined ? JUDGED_BODY_BYTES_DEFAULT : bytesOf(limits.bodyBytes),
    memoryRequired: limits.memoryRequired === true,
  };
}

function defaultsOf({ defaults = {} }: WrittenClient): ClientRules["defaults"] {
  return {
    noNewPrivileges: defaults.noNewPrivileges === true,
    capDrop: defaults.capDrop ?? [],
    ...(defaults.memory === undefined ? {} : { memoryBytes: bytesOf(defaults.memory) }),
    ...(defaults.pids === undefined ? {} : { pids: defaults.pids }),
    readOnlyRootfs: defaults.readOnlyRootfs === true,
  };
}
