/** Engines beyond one test run: those that somebody asked to keep, and those that a killed test run left behind. */
import { type EngineState, isOrphan, isOwned, listEngines } from "./engine-folder.ts";
import type { EngineKind } from "./kinds.ts";
import { answersPing } from "./ping.ts";
import { RECIPES } from "./recipes.ts";
import { type RunningEngine, start } from "./start.ts";
import { removeEngine } from "./stop.ts";

/** Starts an engine that stays until it is taken down, or returns the one of that kind that already does. */
export async function up(kind: EngineKind): Promise<RunningEngine> {
  for (const { folder, owner, endpoint } of listEngines().filter((state) => state.kind === kind)) {
    if (owner === undefined && endpoint !== undefined && (await answersPing(endpoint.socketPath))) {
      return { kind, folder, endpoint };
    }
  }
  // What is left of the kind does not answer: somebody killed it, or the machine was started anew.
  await down([kind]);
  return start(RECIPES[kind], "kept");
}

/** Removes the engines of some kinds, except those of a test run that still goes on. Returns what it removed. */
export async function down(kinds: readonly EngineKind[]): Promise<EngineState[]> {
  return removeEach(listEngines().filter((state) => kinds.includes(state.kind) && !isOwned(state)));
}

/** Removes the engines whose test run was killed. */
export async function removeOrphans(): Promise<EngineState[]> {
  return removeEach(listEngines().filter(isOrphan));
}

async function removeEach(states: EngineState[]): Promise<EngineState[]> {
  for (const state of states) {
    await removeEngine(state.folder);
  }
  return states;
}
