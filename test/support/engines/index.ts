/**
 * Private engines for tests.
 *
 *     const engine = await startEngine("rootful");
 *     await engine.docker("run", "-d", "--network", "none", BUSYBOX_IMAGE, "sleep", "300");
 *     await engine.stop();
 *
 * Each engine has a folder, a unix socket, a network namespace and a mount namespace of its own, and touches nothing of
 * the host. A test run that is killed leaves its engines running; the next start of any engine removes them, and so does
 * `npm run engine -- down all`.
 */
import type { CommandResult } from "./command.ts";
import { runDocker } from "./docker-cli.ts";
import type { EngineKind } from "./kinds.ts";
import { removeOrphans } from "./lasting.ts";
import { missingPrerequisites } from "./prerequisites.ts";
import type { EngineExtras } from "./recipe.ts";
import { RECIPES } from "./recipes.ts";
import { start } from "./start.ts";
import { removeEngine } from "./stop.ts";

export { BUSYBOX_IMAGE } from "./busybox-image.ts";
export type { CommandResult } from "./command.ts";
export { EngineTestError } from "./engine-test-error.ts";
export { ENGINE_KINDS, type EngineKind } from "./kinds.ts";
export type { EngineExtras } from "./recipe.ts";

/** An engine that runs for a test. */
export interface TestEngine {
  readonly kind: EngineKind;
  /** Its folder; it goes with the engine. */
  readonly folder: string;
  /** Its unix socket. The TLS engine asks for no certificate there. */
  readonly socketPath: string;
  /** What belongs into DOCKER_HOST. */
  readonly host: string;
  /** What belongs into DOCKER_CERT_PATH: ca.pem, cert.pem and key.pem of a first client. TLS only. */
  readonly certPath?: string;
  /** The same for a second client, with another common name and organisation. TLS only. */
  readonly otherCertPath?: string;
  /** Runs the real Docker CLI against the engine. */
  docker(...args: string[]): Promise<CommandResult>;
  /** Ends it and removes everything it made. */
  stop(): Promise<void>;
}

/** Starts an engine for the process that runs now. */
export async function startEngine(kind: EngineKind, extras: EngineExtras = {}): Promise<TestEngine> {
  await removeOrphans();
  const engine = await start(RECIPES[kind], "test-run", extras);
  return {
    kind,
    folder: engine.folder,
    ...engine.endpoint,
    docker: (...args) => runDocker(engine, args),
    stop: () => removeEngine(engine.folder),
  };
}

/**
 * Options for a test or a suite that needs an engine: skipped, with what is missing, on a machine that cannot start it.
 * With SEKISHO_REQUIRE=all nothing is skipped, and the test fails with the same words.
 */
export function engineTestOptions(...kinds: EngineKind[]): { skip: string | false } {
  if (process.env["SEKISHO_REQUIRE"] === "all") {
    return { skip: false };
  }
  const reasons = kinds.flatMap((kind) => {
    const missing = missingPrerequisites(RECIPES[kind]);
    return missing.length === 0 ? [] : [`the ${kind} engine needs ${missing.join(", ")}`];
  });
  return { skip: reasons.length > 0 && reasons.join("; ") };
}
