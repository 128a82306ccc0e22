import type { ListenAddress } from "./address.ts";
import type { TlsIdentityConfig } from "./tls-identity.ts";

/** A way in. */
export interface ListenerConfig {
  readonly address: ListenAddress;
  /** Whoever comes in by a unix socket, or by TCP without TLS, is this client. */
  readonly client?: string;
  /** Of a unix socket. */
  readonly socket?: SocketPermissions;
  /** TCP with certificates on both sides; says which of them is which client. */
  readonly tls?: TlsIdentityConfig;
  /** The same address once more: TCP without TLS that others than this machine reach. */
  readonly plainAddress?: string;
}

export interface SocketPermissions {
  /** Default 0600: only the user that the gate runs as. */
  readonly mode?: number;
  /** Numbers, or names of /etc/passwd and /etc/group. */
  readonly owner?: string;
  readonly group?: string;
}
