import type { Command } from "commander";

/** Adds `sekisho guard` and its sub-commands. Each loads its own code when it is run. */
export function addGuardCommands(root: Command): void {
  const guard = root
    .command("guard")
    .description("stand before a Docker Engine and refuse what would give the host away")
    .enablePositionalOptions();
  guard
    .command("verify-log")
    .description("say whether records of a log were edited, cut out or moved")
    .argument("<files...>", "the log, or its rotated files from the oldest to the newest; - : standard input")
    .option("--expect-last <hash>", "hash that the last record must have, kept elsewhere")
    .option("--format <format>", "text or json", "text")
    .option("--lang <language>", "en or ja; default: from LANG")
    .action(async (files: string[], options) => {
      const { runVerifyLog } = await import("./commands/guard-verify-log.ts");
      process.exitCode = await runVerifyLog(files, options);
    });
}
