import { createHash } from "node:crypto";
import { quoteUntrusted } from "../base/index.ts";
import { type EngineTls, type FileReader, readPemFiles } from "./endpoint-tls.ts";
import { EngineError } from "./engine-error.ts";

/** The engine of a Docker context. */
export interface DockerContext {
  readonly host: string;
  readonly tls: EngineTls | undefined;
}

/** Characters of a context's name that are repeated in a message. */
const CONTEXT_NAME_CHARACTERS_MAX = 100;

/** `currentContext` of the CLI's configuration file. */
export function readCurrentContext(configFolder: string, readFile: FileReader): string | undefined {
  const path = `${configFolder}/config.json`;
  const text = readFile(path);
  const name = text === undefined ? undefined : member(parse(path, text), "currentContext");
  return typeof name === "string" && name !== "" ? name : undefined;
}

/**
 * The address and certificates of a context. The store's layout is the CLI's (docker/cli, context/store): folders are
 * named by the SHA-256 of the context's name.
 */
export function readContext(name: string, configFolder: string, readFile: FileReader): DockerContext {
  const folder = createHash("sha256").update(name).digest("hex");
  const metaPath = `${configFolder}/contexts/meta/${folder}/meta.json`;
  const meta = readFile(metaPath);
  if (meta === undefined) {
    throw new EngineError(
      "BAD_CONTEXT",
      `there is no Docker context ${quoted(name)} under ${configFolder}: see \`docker context ls\`, or name the engine with --host`,
    );
  }
  const docker = member(member(parse(metaPath, meta), "Endpoints"), "docker");
  const host = member(docker, "Host");
  if (typeof host !== "string" || host === "") {
    throw new EngineError(
      "BAD_CONTEXT",
      `the Docker context ${quoted(name)} has no address of an engine (Endpoints.docker.Host in ${metaPath}): name the engine with --host`,
    );
  }
  const skipVerify = member(docker, "SkipTLSVerify") === true;
  return { host, tls: readTls(`${configFolder}/contexts/tls/${folder}/docker`, skipVerify, readFile) };
}

/** A context speaks TLS when it has certificates or says that it does not check the engine's. */
function readTls(folder: string, skipVerify: boolean, readFile: FileReader): EngineTls | undefined {
  const files = readPemFiles(folder, readFile);
  return Object.keys(files).length === 0 && !skipVerify ? undefined : { ...files, verify: !skipVerify };
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new EngineError("BAD_CONTEXT", `${path} is not JSON: mend it, or name the engine with --host`, { cause });
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

const quoted = (name: string): string => JSON.stringify(quoteUntrusted(name, CONTEXT_NAME_CHARACTERS_MAX));
