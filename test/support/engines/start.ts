/** Starts an engine: folder, private namespaces, first answer, image. */
import { join } from "node:path";
import { BUSYBOX_IMAGE, writeBusyboxTar } from "./busybox-image.ts";
import { runDocker } from "./docker-cli.ts";
import { currentProcess, type EngineState, makeEngineFolder, writeState } from "./engine-folder.ts";
import { EngineTestError } from "./engine-test-error.ts";
import { launch, logTail } from "./launch.ts";
import { ENGINE_START_MS_MAX } from "./limits.ts";
import { answersPing } from "./ping.ts";
import { missingPrerequisites } from "./prerequisites.ts";
import { startTicksOf } from "./processes.ts";
import type { EngineExtras, EnginePlan, EngineRecipe } from "./recipe.ts";
import { removeEngine } from "./stop.ts";
import { waitUntil } from "./wait-until.ts";

/** An engine that answers and has the image of the tests. */
export type RunningEngine = Required<Pick<EngineState, "kind" | "folder" | "endpoint">>;

/** Whether an engine belongs to the process that starts it, or stays until it is taken down. */
export type Lifetime = "test-run" | "kept";

/** Starts an engine. Until it is ready it belongs to this process, so that nothing stays if we are killed meanwhile. */
export async function start(
  recipe: EngineRecipe,
  lifetime: Lifetime,
  extras: EngineExtras = {},
): Promise<RunningEngine> {
  const missing = missingPrerequisites(recipe);
  if (missing.length > 0) {
    throw new EngineTestError(
      "PREREQUISITE_MISSING",
      `the ${recipe.kind} engine needs ${missing.join(", ")}: see scripts/install-test-packages.sh`,
    );
  }
  const state = makeEngineFolder(recipe.kind, currentProcess());
  try {
    const engine = await bringUp(recipe, state, extras);
    writeState(lifetime === "kept" ? engine : { ...state, ...engine });
    return engine;
  } catch (error) {
    await removeEngine(state.folder);
    throw error;
  }
}

async function bringUp(recipe: EngineRecipe, state: EngineState, extras: EngineExtras): Promise<RunningEngine> {
  const planned = await recipe.plan(state.folder);
  const plan: EnginePlan = {
    ...planned,
    command: [...planned.command, ...(extras.arguments ?? [])],
    privateCopies: [...planned.privateCopies, ...((await extras.privateCopies?.(state.folder)) ?? [])],
  };
  const enginePid = launchEngine(state.folder, plan);
  const tar = await writeBusyboxTar(state.folder);
  await waitForAnswer(state, plan, enginePid);
  const endpoint = (await plan.open?.(enginePid)) ?? {
    socketPath: plan.socketPath,
    host: `unix://${plan.socketPath}`,
  };
  const engine = { kind: state.kind, folder: state.folder, endpoint };
  const imported = await runDocker(engine, ["import", tar, BUSYBOX_IMAGE]);
  if (imported.code !== 0) {
    throw new EngineTestError(
      "ENGINE_START_FAILED",
      `the ${state.kind} engine does not take ${BUSYBOX_IMAGE}: ${imported.stderr}${logTail(state.folder)}`,
    );
  }
  return engine;
}

/** Starts the engine itself, in the private view of the host that private-host.sh makes. */
function launchEngine(folder: string, plan: EnginePlan): number {
  const view = join(import.meta.dirname, "private-host.sh");
  const copies = plan.privateCopies.flatMap(({ copy, original }) => [copy, original]);
  const command = ["--mount", "--net", "--propagation", "slave", "sh", view, ...copies, "--", ...plan.command];
  return launch(folder, "unshare", command, plan.env);
}

async function waitForAnswer(state: EngineState, plan: EnginePlan, enginePid: number): Promise<void> {
  const outcome = await waitUntil(async () => {
    if (await answersPing(plan.socketPath)) {
      return "answers";
    }
    return startTicksOf(enginePid) === undefined ? "ended" : undefined;
  }, ENGINE_START_MS_MAX);
  if (outcome === "ended") {
    throw new EngineTestError(
      "ENGINE_START_FAILED",
      `the ${state.kind} engine ended at its start${logTail(state.folder)}`,
    );
  }
  if (outcome === undefined) {
    throw new EngineTestError(
      "ENGINE_START_TIMEOUT",
      `the ${state.kind} engine did not answer within ${ENGINE_START_MS_MAX} ms${logTail(state.folder)}`,
    );
  }
}
