import { readFileSync } from "node:fs";
import type * as http from "node:http";
import type * as https from "node:https";
import type { AddressInfo, Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { GateConfigError } from "../gate-error.ts";
import type { Peer, PlaneContext } from "../plane/context.ts";
import { createPlaneServer } from "../plane/server.ts";
import { isLoopback, type ListenAddress } from "./address.ts";
import type { ListenerConfig } from "./listener.ts";
import { clientOf, tlsOptions } from "./tls-identity.ts";
import { listenOnSocket } from "./unix-socket.ts";

/** A listener that takes connections. */
export interface OpenListener {
  /** With the port that the kernel chose, where it was asked to. */
  readonly uri: string;
  readonly server: http.Server;
  readonly cutAll: () => void;
  /** Reads certificates and keys again. Connections stay; new ones meet the new certificate. */
  reloadCertificates(): void;
}

/** Opens a listener. @throws {GateConfigError} when the address cannot or must not be listened on. */
export async function openListener(config: ListenerConfig, context: PlaneContext): Promise<OpenListener> {
  const { address, tls } = config;
  refuseCareless(config);
  const pem = (path: string) => readFileSync(path, "utf8");
  let uri = address.uri;
  const identify = (socket: Socket): Peer | undefined => {
    const client = tls === undefined ? config.client : clientOf(socket as TLSSocket, tls.rules, new Date());
    return client === undefined ? undefined : { client, listener: uri };
  };
  const { server, cutAll } = createPlaneServer({
    identify,
    context,
    ...(tls !== undefined && { tls: tlsOptions(tls, pem) }),
  });
  if (address.kind === "unix") {
    await listenOnSocket(server, address.path, config.socket ?? {});
  } else {
    uri = await listenOnPort(server, address);
  }
  return {
    uri,
    server,
    cutAll,
    reloadCertificates: () => {
      if (tls !== undefined) {
        (server as https.Server).setSecureContext(tlsOptions(tls, pem));
      }
    },
  };
}

/** Plain TCP that others reach is a way in for everybody: it must be meant. */
function refuseCareless({ address, tls, plainAddress, client }: ListenerConfig): void {
  if (tls === undefined && client === undefined) {
    throw new GateConfigError({
      en: `nobody is named who comes in by ${address.uri}: name the client of the listener`,
      ja: `${address.uri} から来るクライアントが指定されていません。リスナーのクライアントを指定してください。`,
    });
  }
  if (address.kind === "tcp" && tls === undefined && !isLoopback(address.host) && plainAddress !== address.uri) {
    throw new GateConfigError({
      en: `${address.uri} is reached from other machines, by anybody, unread and unchanged by nobody: use TLS with client certificates, listen on 127.0.0.1, or spell the address out twice (--plain-tcp ${address.uri})`,
      ja: `${address.uri} は他のマシンから誰でも接続でき、通信も保護されません。クライアント証明書つきの TLS を使うか、127.0.0.1 で待ち受けてください。それでも必要な場合は、同じアドレスを --plain-tcp ${address.uri} としてもう一度書いてください。`,
    });
  }
}

export async function listenOnPort(
  server: http.Server,
  address: ListenAddress & { readonly kind: "tcp" },
): Promise<string> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(address.port, address.host, () => {
        server.off("error", reject);
        resolve();
      });
    });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new GateConfigError(
      { en: `cannot listen on ${address.uri}: ${why}`, ja: `${address.uri} で待ち受けできません: ${why}` },
      { cause },
    );
  }
  const { port } = server.address() as AddressInfo;
  return address.uri.replace(/:\d+$/, `:${port}`);
}
