export { SandboxedShell } from "./sandboxed-shell.ts";
export {
  type FileChange,
  IMAGE_FAMILIES,
  type ImageFamily,
  type ImageLayer,
  type PathStat,
  type Shell,
  type ShellBind,
  type ShellCommand,
  type ShellMachine,
  type ShellPlace,
  type ShellProcess,
  type ShellSession,
  type StartRefusal,
  type WriteOutcome,
} from "./shell.ts";
export { readTar, type TarEntry, writeTar } from "./tar.ts";
