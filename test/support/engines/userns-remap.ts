/** dockerd as root with `--userns-remap`: root in a container is an ordinary user of the host. */
import { dockerdCommand, dockerdSocketPath } from "./dockerd.ts";
import type { EngineRecipe } from "./recipe.ts";
import { addPrivateUser, USER_TABLES } from "./users.ts";

/** Ids far above those that distributions and their useradd give out. */
const REMAP_USER = {
  name: "sekisho-remap",
  id: 1_900_000_000,
  home: "/nonexistent",
  firstSubordinateId: 1_900_000_000,
  subordinateIds: 65_536,
} as const;

export const usernsRemap: EngineRecipe = {
  kind: "userns-remap",
  prerequisites: { programs: ["dockerd", "containerd", "runc"], files: [...USER_TABLES] },
  plan: async (folder) => ({
    socketPath: dockerdSocketPath(folder),
    command: await dockerdCommand(folder, [`--userns-remap=${REMAP_USER.name}`]),
    env: {},
    privateCopies: addPrivateUser(folder, REMAP_USER),
  }),
};
