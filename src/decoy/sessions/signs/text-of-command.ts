import type { ShellCommand } from "../shell/index.ts";

/** Most characters of a command that rules look at. */
export const RULE_TEXT_CHARACTERS_MAX = 16_384;

/** The words of a command with spaces between. */
export const textOfCommand = ({ argv }: ShellCommand): string => argv.join(" ").slice(0, RULE_TEXT_CHARACTERS_MAX);
