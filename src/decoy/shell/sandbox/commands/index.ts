import type { Commands } from "./command.ts";
import { FILE_COMMANDS } from "./files.ts";
import { HOST_COMMANDS } from "./host-work.ts";
import { MACHINE_COMMANDS } from "./machine.ts";
import { OUTSIDE_COMMANDS } from "./outside.ts";

export { type Answer, type Call, quoted, type Tools } from "./command.ts";

/** All commands of ours, by name. */
export const OWN_COMMANDS: Commands = { ...MACHINE_COMMANDS, ...HOST_COMMANDS, ...OUTSIDE_COMMANDS, ...FILE_COMMANDS };
