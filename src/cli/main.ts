#!/usr/bin/env node
import { Command, CommanderError, Option } from "commander";
import { addDecoyCommands } from "./decoy-commands.ts";
import { EXIT } from "./exit-status.ts";
import { addGuardCommands } from "./guard-commands.ts";
import { VERSION } from "./version.ts";

/** Gathers the values of an option that may be given again and again. */
const listed = (value: string, earlier: readonly string[] | undefined): readonly string[] => [
  ...(earlier ?? []),
  value,
];

/** Builds the command line. Each command loads its own code when it is run, so that `--help` stays quick. */
function program(runLine: readonly string[]): Command {
  const root = new Command("sekisho")
    .description("Which of our containers could take over the host, and what is the least we must change?")
    .version(VERSION)
    .exitOverride()
    // Options behind a command of a command belong to the inner one.
    .enablePositionalOptions()
    .showHelpAfterError("(--help shows the options)");
  root
    .command("audit")
    .description("say what each container could do to its host, by which path, and the least to change")
    .argument("[targets...]", "files, directories or - ; none: the engine. After -- : a docker run line")
    .option("--as <kind>", "read inputs as inspect, create-request, docker-run, compose, dockerfile or kubernetes")
    .option(
      "--host <address>",
      "engine to examine (unix://, tcp://); default: DOCKER_HOST, the docker context, the local socket",
    )
    .option("--host-facts <file>", "JSON with what you know of the host (docs/host-facts.md)")
    .option(
      "-f, --format <format>",
      "table, json, sarif, junit, html, markdown, gitlab or csv; FORMAT=FILE writes a file; repeatable",
      listed,
    )
    .option("--merge", "the targets are Compose files of one project, merged as by docker compose -f A -f B")
    .option("--env-file <file>", "variables for Compose files, in place of .env; repeatable", listed)
    .option("--use-env", "take variables from this environment too; what is set nowhere is not set")
    .option(
      "--fix",
      "write the cheapest fix into Compose files, manifests and Dockerfiles; of run lines show the new one; --fix=N: another",
    )
    .addOption(new Option("--fix-number <n>").hideHelp())
    .option("--dry-run", "with --fix: only show the diff")
    .option("--compat", "say what rootless engines, userns-remap, Sysbox, gVisor and Kata would make of each container")
    .option("--lang <language>", "en or ja; default: from LANG")
    .option("--fail-on <severity>", "exit 1 from this severity on: critical, high (default), medium, low, info, never")
    .option("--severity <severity>", "show findings of this severity and above only")
    .option("--profile <name>", "escape, cis-docker-1.6.0, pss-baseline or pss-restricted")
    .option("--pod-security-version <version>", "of the Pod Security Standards: latest (default) or v1.0 and later")
    .option("--rule <rule>", "only this rule: an id, an alias, a pattern with *; repeatable", listed)
    .option("--skip-rule <rule>", "without this rule; repeatable", listed)
    .option("--config <file>", "configuration; default: sekisho.yaml of this directory")
    .option("--ignore-file <file>", "exceptions; default: .sekishoignore of this directory")
    .option("--no-inline-ignores", "comments in files make no exceptions")
    .option("--baseline <file>", "only what is new since then counts")
    .option("--write-baseline <file>", "write the findings of now")
    .option("--all", "every path, fix and finding")
    .option("--no-fixes", "do not search for fixes")
    .action(async (targets: string[], options) => {
      const { runAudit } = await import("./commands/audit.ts");
      // commander leaves the words after -- among the targets.
      process.exitCode = await runAudit(targets.slice(0, targets.length - runLine.length), runLine, options);
    });
  root
    .command("explain")
    .description("the isolation of one container on one screen, or the page of a technique")
    .argument("<subject>", "a container's name or id, a file, or a technique's id")
    .option("--as <kind>", "read the file as inspect, create-request, docker-run, compose or kubernetes")
    .option("--host <address>", "engine to ask")
    .option("--host-facts <file>", "JSON with what you know of the host")
    .option("--lang <language>", "en or ja; default: from LANG")
    .action(async (subject: string, options) => {
      const { runExplain } = await import("./commands/explain.ts");
      process.exitCode = await runExplain(subject, options);
    });
  root
    .command("rules")
    .description("list every rule that a finding may name, with its numbers in other catalogues")
    .option("-f, --format <format>", "text or json", "text")
    .option("--lang <language>", "en or ja; default: from LANG")
    .action(async (options) => {
      const { runRules } = await import("./commands/rules.ts");
      process.exitCode = await runRules(options);
    });
  root
    .command("techniques")
    .description("list the escape techniques that are known")
    .option("--format <format>", "text or json", "text")
    .option("--lang <language>", "en or ja; default: from LANG")
    .action(async (options) => {
      const { runTechniques } = await import("./commands/techniques.ts");
      process.exitCode = await runTechniques(options);
    });
  root
    .command("demo")
    .description("the attack that this project was born from, step by step, without Docker")
    .option("--lang <language>", "en or ja; default: from LANG")
    .action(async (options) => {
      const { runDemo } = await import("./commands/demo.ts");
      process.exitCode = await runDemo(options);
    });
  addGuardCommands(root);
  const decoy = root
    .command("decoy")
    .enablePositionalOptions()
    .description("imitate a Docker Engine for attackers: it runs nothing and records everything")
    .option("--listen <address>", "tcp://HOST:PORT; port 0 takes any free one", "tcp://127.0.0.1:2375")
    .option("--tls", "listen with TLS, under a certificate of its own")
    .option("--persona <name>", "version of the engine to imitate: debian-20.10, ce-24.0, ce-28.2")
    .option("--dir <folder>", "keep the installation and its record here")
    .option("--session-idle <ms>", "silence after which a visitor's session ends, in milliseconds")
    .option("--no-delay", "answer at once instead of taking the time of the real engine")
    .option("--no-registry", "seem to be cut off from the public registries")
    .option("--force", "start although a real engine is within reach of this user")
    .option("--lang <language>", "en or ja; default: from LANG")
    .action(async (options) => {
      const { runDecoy } = await import("./commands/decoy.ts");
      process.exitCode = await runDecoy(options);
    });
  addDecoyCommands(decoy);
  root
    .command("schema")
    .description("print the JSON Schema of a document that sekisho writes or reads")
    .argument("<name>", "audit, policy or sessions")
    .action(async (name: string) => {
      const { runSchema } = await import("./commands/schema.ts");
      process.exitCode = await runSchema(name);
    });
  return root;
}

/** `--fix` takes its number with `=` only: in `--fix compose.yaml` the next word is a target. */
function withFixNumber(argv: readonly string[]): string[] {
  return argv.flatMap((word) =>
    word.startsWith("--fix=") ? ["--fix", "--fix-number", word.slice("--fix=".length)] : [word],
  );
}

async function main(argv: readonly string[]): Promise<void> {
  const separator = argv.indexOf("--");
  const runLine = separator < 0 ? [] : argv.slice(separator + 1);
  try {
    await program(runLine).parseAsync(withFixNumber(argv), { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      throw error;
    }
    process.exitCode = error.exitCode === 0 ? EXIT.clean : EXIT.usage;
  }
}

// A reader that closes the pipe early (head) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") {
    throw error;
  }
});

await main(process.argv.slice(2));
