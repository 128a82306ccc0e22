export type { CommandContext, FileWrite, Payload, ShellCommand, ShellReading } from "./command.ts";
export { findHidden, isGzip, isReadable, unpack } from "./decode.ts";
export { cronCommands, readCommand, readScript, type ScriptSurroundings } from "./read-script.ts";
export { SHELLS } from "./unwrap.ts";
