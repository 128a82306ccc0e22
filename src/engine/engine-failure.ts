import type { EngineEndpoint } from "./endpoint-address.ts";
import { EngineError } from "./engine-error.ts";

/** Node's codes for a connection that was never made. */
const UNREACHABLE = new Set([
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EHOSTDOWN",
  "EADDRNOTAVAIL",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENOTSOCK",
]);

/** How the codes of OpenSSL, of Node's TLS and of X.509 verification begin (nodejs.org/api/tls.html, X509 error codes). */
const TLS_CODE =
  /^(ERR_TLS_|ERR_SSL_|ERR_OSSL_|CERT_|CRL_|EPROTO$|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|HOSTNAME_MISMATCH|ERROR_IN_CERT)/;

/** Names a failure of Node's http client. */
export function failureAt(endpoint: EngineEndpoint, cause: unknown): EngineError {
  if (cause instanceof EngineError) {
    return cause;
  }
  const { uri } = endpoint;
  const code = codeOf(cause);
  if (code === "ENOENT" || UNREACHABLE.has(code)) {
    return new EngineError(
      "UPSTREAM_UNREACHABLE",
      `cannot connect to the engine at ${uri} (${code}): is it running there? Name another one with --host or DOCKER_HOST`,
      { cause },
    );
  }
  if (code === "EACCES" || code === "EPERM") {
    return new EngineError(
      "UPSTREAM_UNREACHABLE",
      `may not open the engine's socket at ${uri} (${code}): run this as a user who may, such as a member of the socket's group`,
      { cause },
    );
  }
  if (TLS_CODE.test(code)) {
    return new EngineError(
      "TLS_FAILED",
      `TLS with the engine at ${uri} failed (${code}): check the certificates (DOCKER_TLS_VERIFY, DOCKER_CERT_PATH or the context's), and that the engine speaks TLS on this port`,
      { cause },
    );
  }
  if (code.startsWith("HPE_")) {
    return new EngineError(
      "BAD_ANSWER",
      `what listens at ${uri} does not answer in HTTP (${code}): is it an engine, and should it be spoken to with TLS?`,
      { cause },
    );
  }
  return new EngineError(
    "UPSTREAM_CLOSED",
    `the engine at ${uri} closed the connection before its answer was complete (${code}): did it restart? Try again`,
    { cause },
  );
}

export function codeOf(cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  return typeof code === "string" ? code : "no code";
}
