import { EngineError } from "./engine-error.ts";

/** Reads a small file whole; `undefined`: there is none. Passed in, so that this folder opens no files by itself. */
export type FileReader = (path: string) => string | undefined;

/** PEM texts of a TLS connection. */
export interface EngineTls {
  /** Absent: the authorities that the system trusts. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  /** Whether the engine's certificate is checked. */
  readonly verify: boolean;
}

/** The files that a folder of certificates has, under the names that Docker gives them. */
export function readPemFiles(folder: string, readFile: FileReader): Omit<EngineTls, "verify"> {
  const ca = readFile(`${folder}/ca.pem`);
  const cert = readFile(`${folder}/cert.pem`);
  const key = readFile(`${folder}/key.pem`);
  if ((cert === undefined) !== (key === undefined)) {
    throw new EngineError(
      "TLS_FILE_MISSING",
      `${folder}/${cert === undefined ? "cert.pem" : "key.pem"} is missing: a client certificate and its key come together`,
    );
  }
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}

/**
 * TLS as the environment asks for it: `DOCKER_TLS_VERIFY` with any value checks the engine's certificate, `DOCKER_TLS`
 * encrypts without checking it. The files are in `DOCKER_CERT_PATH` or else in the configuration folder.
 */
export function environmentTls(
  environment: Readonly<Record<string, string | undefined>>,
  configFolder: string,
  readFile: FileReader,
): EngineTls | undefined {
  const verify = Boolean(environment["DOCKER_TLS_VERIFY"]);
  if (!verify && !environment["DOCKER_TLS"]) {
    return undefined;
  }
  const folder = environment["DOCKER_CERT_PATH"] || configFolder;
  const files = readPemFiles(folder, readFile);
  if (verify && files.ca === undefined) {
    throw new EngineError(
      "TLS_FILE_MISSING",
      `DOCKER_TLS_VERIFY is set and ${folder}/ca.pem is missing: put the authority's certificate there, or set DOCKER_CERT_PATH to its folder`,
    );
  }
  return { ...files, verify };
}
