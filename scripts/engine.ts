/**
 * Private engines by hand.
 *
 *     npm run engine -- up KIND      start one, or find the one that runs, and print what to paste into a shell
 *     npm run engine -- down KIND    remove those of a kind
 *     npm run engine -- down all     remove all, also what a killed test run left behind
 *     npm run engine -- status       say which there are
 *
 * Engines of a test run that still goes on are shown and left alone. Exit status: 2 wrong usage, 3 the engine cannot run.
 */
import { dockerEnvironment } from "../test/support/engines/docker-cli.ts";
import { type EngineState, isOwned, listEngines } from "../test/support/engines/engine-folder.ts";
import { EngineTestError } from "../test/support/engines/engine-test-error.ts";
import { ENGINE_KINDS, isEngineKind } from "../test/support/engines/kinds.ts";
import { down, up } from "../test/support/engines/lasting.ts";

const USAGE = `usage: npm run engine -- up KIND | down KIND | down all | status
kinds: ${ENGINE_KINDS.join(", ")}`;

const EXIT_WRONG_USAGE = 2;
const EXIT_NO_ENGINE = 3;

async function main([verb, which, ...rest]: readonly string[]): Promise<void> {
  if (verb === "status" && which === undefined) {
    return printStatus(listEngines());
  }
  if (verb === "up" && which !== undefined && isEngineKind(which) && rest.length === 0) {
    return printExports(dockerEnvironment((await up(which)).endpoint));
  }
  if (verb === "down" && which !== undefined && (which === "all" || isEngineKind(which)) && rest.length === 0) {
    return printRemoved(await down(which === "all" ? ENGINE_KINDS : [which]));
  }
  console.error(USAGE);
  process.exitCode = EXIT_WRONG_USAGE;
}

function printStatus(states: readonly EngineState[]): void {
  for (const state of states) {
    const reason = state.owner === undefined ? "kept" : isOwned(state) ? `test run ${state.owner.pid}` : "left behind";
    console.log([state.kind, state.endpoint?.host ?? "not ready", reason, state.folder].join("\t"));
  }
}

function printExports(variables: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(variables)) {
    console.log(`export ${name}='${value.replaceAll("'", "'\\''")}'`);
  }
}

function printRemoved(states: readonly EngineState[]): void {
  for (const state of states) {
    console.log(`removed ${state.kind} ${state.folder}`);
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof EngineTestError)) {
    throw error;
  }
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = EXIT_NO_ENGINE;
}
