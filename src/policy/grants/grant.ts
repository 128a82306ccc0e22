/**
 * One thing that a request would give to whoever sends it. The judgement is on these, not on fields: a bind of `/` is
 * the same grant in `Binds`, in `Mounts`, in the options of a volume, in a service, or inherited from a container.
 */
export type Grant = { readonly field: string } & (
  | HostPathGrant
  | { readonly kind: "volume"; readonly name: string; readonly driver: string }
  /** A volume whose driver options mount something that is no path of the host: NFS, CIFS, an unknown type. */
  | { readonly kind: "volume-device"; readonly device: string; readonly type: string }
  /** The mounts of another container, which nobody could look at. */
  | { readonly kind: "unknown-mounts"; readonly from: string }
  | { readonly kind: "privileged" }
  | { readonly kind: "capability"; readonly capability: string }
  | { readonly kind: "device"; readonly path: string; readonly permissions: string }
  | { readonly kind: "device-rule"; readonly rule: string }
  | { readonly kind: "device-request"; readonly driver: string }
  | { readonly kind: "host-namespace"; readonly namespace: HostNamespace }
  /** A namespace of another container; `resolved`: that container could be looked at and has no namespace of the host. */
  | {
      readonly kind: "joined-namespace";
      readonly namespace: HostNamespace;
      readonly container: string;
      readonly resolved: boolean;
    }
  | { readonly kind: "confinement"; readonly layer: ConfinementLayer; readonly detail: string }
  | { readonly kind: "cgroup-parent"; readonly path: string }
  | { readonly kind: "runtime"; readonly name: string }
  | { readonly kind: "annotation"; readonly name: string }
  | { readonly kind: "log-driver"; readonly driver: string; readonly option: string }
  | { readonly kind: "sysctl"; readonly name: string }
  | { readonly kind: "storage-option"; readonly name: string }
  | { readonly kind: "network"; readonly name: string }
  | { readonly kind: "network-driver"; readonly driver: string }
  | { readonly kind: "network-option"; readonly name: string }
  | { readonly kind: "published-port"; readonly address: string; readonly port: string; readonly container: string }
  | { readonly kind: "restart"; readonly policy: string }
  | { readonly kind: "oom"; readonly detail: string }
  | { readonly kind: "other"; readonly detail: string }
);

/** A path of the host that becomes visible inside. */
export interface HostPathGrant {
  readonly kind: "host-path";
  /** Clean, and with symbolic links followed where that was possible. */
  readonly path: string;
  /** As it was written, where links led elsewhere. */
  readonly written: string;
  readonly readOnly: boolean;
  readonly propagation: string;
  /** It came with the mounts of another container, so its own field cannot be changed. */
  readonly inherited: boolean;
  /** The path is a socket of the host; undefined: nobody looked. */
  readonly socket?: boolean;
  /** Where the path leads could not be followed for want of rights. */
  readonly hidden?: boolean;
}

export type HostNamespace = "pid" | "ipc" | "network" | "uts" | "user" | "cgroup";

/** A layer that holds a container besides its capabilities and namespaces. */
export type ConfinementLayer = "seccomp" | "apparmor" | "selinux" | "masked-paths" | "read-only-paths" | "cgroups";

/** Kinds that concern the isolation itself: what counts when an existing container is used rather than made. */
export const ISOLATION_GRANTS: ReadonlySet<Grant["kind"]> = new Set([
  "host-path",
  "volume-device",
  "unknown-mounts",
  "privileged",
  "capability",
  "device",
  "device-rule",
  "device-request",
  "host-namespace",
  "joined-namespace",
  "confinement",
  "cgroup-parent",
  "annotation",
]);
