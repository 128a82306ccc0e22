import type { Known } from "./known.ts";
import type { Place } from "./place.ts";

/**
 * What is known of the host and its engine. A key that is absent is unknown. The same keys are accepted by
 * `--host-facts FILE`; `docs/host-facts.md` is the page for users.
 */
export interface HostValues {
  readonly engineKind?: "docker" | "podman";
  /** Version of the engine, for example `28.5.1`. */
  readonly engine?: string;
  /** The engine is older than 25, whatever its exact version. */
  readonly oldEngine?: boolean;
  /** API version of the create call, for example `1.51`: below 1.44 a read-only bind is not recursive. */
  readonly createApi?: string;
  readonly runc?: string;
  readonly containerd?: string;
  /** `uname -r`, or only its version. */
  readonly kernel?: string;
  /** Main cgroup version; 1 covers hybrid hosts, whose controllers are on version 1. */
  readonly cgroup?: 1 | 2;
  /** The cgroup v2 tree is mounted with `nsdelegate`. */
  readonly nsdelegate?: boolean;
  /** AppArmor is active and the engine applies `docker-default`. */
  readonly apparmor?: boolean;
  /** SELinux is enforcing. */
  readonly selinux?: boolean;
  /** The engine labels its containers (Docker: `selinux-enabled`). */
  readonly engineSelinux?: boolean;
  /** AppArmor mediates D-Bus on this kernel. */
  readonly dbusMediation?: boolean;
  /** Read-only binds are recursive. */
  readonly rro?: boolean;
  readonly rootless?: boolean;
  readonly usernsRemap?: boolean;
  /** First host id that container id 0 is mapped to under remapping. */
  readonly subuid?: number;
  readonly subgid?: number;
  /** Volumes are mounted with id mapping, so that root inside is root on the volume. */
  readonly idmapMounts?: boolean;
  /** The kernel can load modules. */
  readonly modules?: boolean;
  readonly moduleSigEnforced?: boolean;
  /** Kernel options that are set, without `CONFIG_`. An option not in the list is off. */
  readonly kconfig?: readonly string[];
  readonly lockdown?: "none" | "integrity" | "confidentiality";
  /** `kernel.yama.ptrace_scope`; 0 where Yama is absent. */
  readonly yama?: number;
  /** Ordinary users may create user namespaces. */
  readonly usernsUnpriv?: boolean;
  readonly dmesgRestrict?: boolean;
  /** Docker: the engine filters system calls at all. Kubernetes: the kubelet's `seccompDefault`. */
  readonly seccomp?: boolean;
  readonly seccompDefault?: boolean;
  /** Numeric group of the engine's socket, and its mode as an octal string (`0660`). */
  readonly dockerGid?: number;
  readonly dockerSockMode?: string;
  /** Host paths at which the engine's socket is known to lie, besides the default. */
  readonly engineSockets?: readonly string[];
  /** The engine also listens on TCP without authentication. */
  readonly engineTcpOpen?: boolean;
  readonly engineTlsListener?: boolean;
  /** An account of the host with running processes, `uid:gid`. */
  readonly hostUser?: string;
  /** Account 1000 exists on the host and has a session. */
  readonly hostUser1000?: boolean;
  readonly userInDockerGroup?: boolean;
  readonly userSudo?: boolean;
  /** User names of the image and the ids they stand for, `uid` or `uid:gid`. */
  readonly nameMap?: Readonly<Record<string, string>>;
  /** A setuid-root file, or a file with capabilities, exists in the image. */
  readonly setuidInImage?: boolean;
  /** That file gives a root shell (sudo without password, a shell, su without password). */
  readonly setuidGivesRoot?: boolean;
  /** The root file system lies on a local block device that can be read as it is. */
  readonly rootOnLocalBlock?: boolean;
  /** The engine's data root is on the same file system as `/`. */
  readonly dataRootOnRootFs?: boolean;
  /** Other containers of the host: `plain`, or what the strongest has; or one entry each. */
  readonly peers?: string | readonly PeerFacts[];
  /** Default capability set of the engine, without `CAP_`. */
  readonly defaultCaps?: readonly string[];
  /** Last capability that the engine knows, as a number. */
  readonly lastCap?: number;
  readonly nvidiaToolkit?: string;
  readonly desktop?: string;
  /** Where the engine keeps its data. */
  readonly dataRoot?: string;
  readonly defaultRuntime?: string;
  /** Default of the engine where the container does not say: `host` or `private`. */
  readonly defaultCgroupns?: "host" | "private";
  readonly kubelet?: boolean;
  /** The pod around the container, where a Kubernetes tool made the request. */
  readonly k8s?: Readonly<Record<string, unknown>>;
  /** The Docker authorization plugin that decides requests, if one is enforced. */
  readonly authz?: boolean;
  /** Further facts by their name in the vocabulary, for example `host.cloud-imds`. */
  readonly facts?: Readonly<Record<string, Known>>;
}

/** One other container of the host. */
export interface PeerFacts {
  readonly name: string;
  /** The engine API that this container offers to others, for example `tcp/2375 scoped GET /containers`. */
  readonly engineApi?: string;
  readonly privileged?: boolean;
  readonly hostRoot?: boolean;
  /** `uid:gid` that its process runs as. */
  readonly user?: string;
}

/** {@link HostValues} and where each came from. */
export interface HostFacts {
  readonly values: HostValues;
  /** Place of a key; a key that is not known gives the place where it could be set. */
  readonly where: (key: keyof HostValues) => Place;
}

/** A host of which nothing is known. */
export const UNKNOWN_HOST: HostFacts = { values: {}, where: (key) => ({ uri: "host", field: `host.${key}` }) };
