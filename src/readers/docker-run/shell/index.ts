export { LOOKS_LIKE_RUN_LINE, readShellCommands } from "./commands.ts";
export { joinArguments, quoteWord } from "./quote.ts";
export {
  type KnownDirectories,
  offsetInWord,
  type Segment,
  type ShellCommand,
  type ShellProblem,
  type ShellWord,
  type UnknownKind,
  type UnknownPart,
} from "./types.ts";
