import { quoteUntrusted } from "../base/index.ts";
import type { EngineTls } from "./endpoint-tls.ts";
import { EngineError } from "./engine-error.ts";

/** Where an engine listens. */
export type EngineEndpoint = UnixEndpoint | TcpEndpoint;

export interface UnixEndpoint {
  readonly kind: "unix";
  /** For messages and places: `unix:///var/run/docker.sock`. */
  readonly uri: string;
  readonly socketPath: string;
}

export interface TcpEndpoint {
  readonly kind: "tcp";
  /** For messages and places: `tcp://10.0.0.5:2376`. */
  readonly uri: string;
  readonly host: string;
  readonly port: number;
  /** Absent: plain HTTP. */
  readonly tls?: EngineTls;
}

/** The Docker CLI's default (docker/cli, opts/hosts_unix.go). */
export const DEFAULT_HOST = "unix:///var/run/docker.sock";

/** Ports that the Docker CLI adds to `tcp://host` (docker/cli, opts/hosts.go). */
const PLAIN_PORT = 2375;
const TLS_PORT = 2376;

/** Characters of an address that are repeated in a message. */
const ADDRESS_CHARACTERS_MAX = 200;

const UNSUPPORTED: Readonly<Record<string, string>> = {
  ssh: "ssh is not supported yet: forward the socket with `ssh -nNT -L /tmp/engine.sock:/var/run/docker.sock USER@HOST` and use unix:///tmp/engine.sock",
  npipe: "named pipes of Windows are not supported: run this where the engine has a unix socket, for example in WSL",
  fd: "fd:// is for the engine's own use: give the path of its socket as unix:///…",
};

/**
 * Reads an address as the Docker CLI does.
 *
 * @param host `unix:///PATH`, `tcp://HOST[:PORT]`, `http://…`, `https://…` or `HOST:PORT`
 * @param tls what TLS to use on TCP; a function, because a socket needs no certificate files
 */
export function parseAddress(host: string, tls: () => EngineTls | undefined): EngineEndpoint {
  const [, scheme = "tcp", rest = ""] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/is.exec(host) ?? [];
  switch (scheme) {
    case "unix":
      return unixEndpoint(host, rest);
    case "tcp":
    case "http":
      return tcpEndpoint(host, rest, scheme === "http" ? undefined : tls());
    case "https":
      return tcpEndpoint(host, rest, tls() ?? { verify: true });
    default:
      throw unsupported(host, scheme);
  }
}

function unixEndpoint(host: string, path: string): UnixEndpoint {
  if (!path.startsWith("/")) {
    throw badAddress(host, "a unix socket is written unix:///PATH, with an absolute path");
  }
  return { kind: "unix", uri: `unix://${path}`, socketPath: path };
}

function tcpEndpoint(host: string, rest: string, tls: EngineTls | undefined): TcpEndpoint {
  const [, bracketed, plain, portText] =
    /^(?:\[([0-9a-f:.%]+)\]|([^\s:/?#@[\]]+))(?::(\d{1,5}))?\/?$/i.exec(rest) ?? [];
  const name = bracketed ?? plain;
  if (name === undefined) {
    throw badAddress(host, "an address over TCP is written tcp://HOST:PORT, without a path");
  }
  const defaultPort = tls === undefined ? PLAIN_PORT : TLS_PORT;
  const port = portText === undefined ? defaultPort : Number(portText);
  if (port < 1 || port > 65_535) {
    throw badAddress(host, "a port is a number from 1 to 65535");
  }
  const uri = `tcp://${bracketed === undefined ? name : `[${bracketed}]`}:${port}`;
  return { kind: "tcp", uri, host: name, port, ...(tls === undefined ? {} : { tls }) };
}

function unsupported(host: string, scheme: string): EngineError {
  const advice = Object.hasOwn(UNSUPPORTED, scheme) ? UNSUPPORTED[scheme] : undefined;
  return advice === undefined
    ? badAddress(host, "known forms are unix:///PATH, tcp://HOST:PORT and https://HOST:PORT")
    : new EngineError("UNSUPPORTED_ENDPOINT", `cannot use the engine at ${quoted(host)}: ${advice}`);
}

function badAddress(host: string, advice: string): EngineError {
  return new EngineError("BAD_ENDPOINT", `${quoted(host)} is no address of an engine: ${advice}`);
}

const quoted = (host: string): string => JSON.stringify(quoteUntrusted(host, ADDRESS_CHARACTERS_MAX));
