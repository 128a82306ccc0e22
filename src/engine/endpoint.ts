import { readContext, readCurrentContext } from "./docker-context.ts";
import { DEFAULT_HOST, type EngineEndpoint, parseAddress } from "./endpoint-address.ts";
import { environmentTls, type FileReader } from "./endpoint-tls.ts";

/** What decides which engine is meant. */
export interface EndpointSources {
  /** The value of `--host`. */
  readonly host?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
  readonly readFile: FileReader;
}

/**
 * Finds the engine in the Docker CLI's order (docker/cli, cli/command/cli.go, resolveContextName): `--host`,
 * `DOCKER_HOST`, `DOCKER_CONTEXT`, the current context, the default socket. An empty variable counts as not set.
 */
export function resolveEndpoint(sources: EndpointSources): EngineEndpoint {
  const { environment, homeFolder, readFile } = sources;
  const configFolder = environment["DOCKER_CONFIG"] || `${homeFolder}/.docker`;
  const host = sources.host || environment["DOCKER_HOST"];
  if (host) {
    return parseAddress(host, () => environmentTls(environment, configFolder, readFile));
  }
  const contextName = environment["DOCKER_CONTEXT"] || readCurrentContext(configFolder, readFile);
  if (contextName === undefined || contextName === "default") {
    return parseAddress(DEFAULT_HOST, () => undefined);
  }
  const context = readContext(contextName, configFolder, readFile);
  return parseAddress(context.host, () => context.tls);
}
