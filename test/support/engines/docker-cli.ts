/** Runs the real Docker CLI against an engine of ours. */
import { join } from "node:path";
import { type CommandResult, runCommand } from "./command.ts";
import { enginePath } from "./programs.ts";
import type { Endpoint } from "./recipe.ts";

/** The environment that makes the Docker CLI talk to an engine. */
export function dockerEnvironment(endpoint: Endpoint): Record<string, string> {
  return {
    DOCKER_HOST: endpoint.host,
    ...(endpoint.certPath === undefined ? {} : { DOCKER_CERT_PATH: endpoint.certPath, DOCKER_TLS_VERIFY: "1" }),
  };
}

/** Runs `docker ARGUMENTS` with nothing of the user's own configuration: no context, no credentials, no proxy. */
export function runDocker(
  engine: { readonly folder: string; readonly endpoint: Endpoint },
  args: readonly string[],
): Promise<CommandResult> {
  return runCommand("docker", args, {
    env: {
      PATH: enginePath(),
      HOME: engine.folder,
      DOCKER_CONFIG: join(engine.folder, "docker-cli"),
      ...dockerEnvironment(engine.endpoint),
    },
  });
}
