/** Docker as most machines have it: dockerd as root, containers in the host's user namespace. */
import { dockerdCommand, dockerdSocketPath } from "./dockerd.ts";
import type { EngineRecipe } from "./recipe.ts";

export const rootful: EngineRecipe = {
  kind: "rootful",
  prerequisites: { programs: ["dockerd", "containerd", "runc"], files: [] },
  plan: async (folder) => ({
    socketPath: dockerdSocketPath(folder),
    command: await dockerdCommand(folder),
    env: {},
    privateCopies: [],
  }),
};
