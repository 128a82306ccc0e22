import type { Command } from "commander";

/** Adds `sekisho guard` and its sub-commands. Each loads its own code when it is run. */
export function addGuardCommands(root: Command): void {
  const guard = root
    .command("guard")
    .description("stand before a Docker Engine and refuse what would give the host away")
    .option("--policy <file>", "a policy file, or a preset: see sekisho guard policy list")
    .option("--listen <address...>", "unix:///PATH or tcp://HOST:PORT; none: what the policy says")
    .option("--client <name>", "client of the policy that --listen is for; default: the only one")
    .option("--upstream <address>", "the engine; default: as the docker command finds it")
    .option("--mode <mode>", "enforce, or shadow: let through and log what would be refused")
    .option("--log <file>", "write decisions as chained JSON lines; - : standard output")
    .option("--durable", "forward a request only when its record is on the disk")
    .option("--metrics <address>", "listen for /metrics and /healthz here")
    .option("--tls-cert <file>", "certificate of TCP listeners (PEM)")
    .option("--tls-key <file>", "its key (PEM)")
    .option("--tls-ca <file>", "authority that signs the clients' certificates (PEM)")
    .option("--insecure-plain-tcp <address>", "the same address once more: TCP without TLS off loopback")
    .option("--socket-mode <octal>", "mode of the sockets of --listen, such as 0660; default: 0600")
    .option("--socket-group <group>", "group of the sockets of --listen")
    .option("--host-facts <file>", "JSON with what you know of the engine's host")
    .option("--lang <language>", "en or ja; default: from LANG")
    .enablePositionalOptions()
    .action(async (options) => {
      const { runGuard } = await import("./commands/guard.ts");
      process.exitCode = await runGuard(options);
    });
  guard
    .command("decide")
    .description("decide requests, one JSON object a line on standard input, without forwarding any")
    .requiredOption("--policy <file>", "a policy file, or a preset")
    .option("--client <name>", "who asks; default: the only client of the policy")
    .option("--upstream <address>", "an engine that is asked about objects; default: none, and no object exists")
    .option("--host-facts <file>", "JSON with what you know of the engine's host")
    .option("--lang <language>", "en or ja; default: from LANG")
    .action(async (options) => {
      const { runGuardDecide } = await import("./commands/guard-decide.ts");
      process.exitCode = await runGuardDecide(options);
    });
  const policy = guard.command("policy").description("presets, and checks of policy files").enablePositionalOptions();
  policy
    .command("list")
    .description("list the presets")
    .option("--lang <language>", "en or ja; default: from LANG")
    .action(async (options) => {
      const { runPolicyList } = await import("./commands/guard-policy.ts");
      process.exitCode = await runPolicyList(options);
    });
  policy
    .command("show")
    .description("show a preset as a policy file: what its client can do and cannot do")
    .argument("<preset>", "its name")
    .option("-f, --format <format>", "yaml or json", "yaml")
    .option("--lang <language>", "en or ja; default: from LANG")
    .action(async (preset: string, options) => {
      const { runPolicyShow } = await import("./commands/guard-policy.ts");
      process.exitCode = await runPolicyShow(preset, options);
    });
  policy
    .command("check")
    .description("say whether a policy file can be used, with the line of each mistake")
    .argument("<file>", "the policy")
    .option("--lang <language>", "en or ja; default: from LANG")
    .action(async (file: string, options) => {
      const { runPolicyCheck } = await import("./commands/guard-policy.ts");
      process.exitCode = await runPolicyCheck(file, options);
    });
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
  guard
    .command("cert")
    .description("make a small authority, and certificates for the gate and its clients")
    .requiredOption("--dir <folder>", "where they are, or will be; clients/NAME is for DOCKER_CERT_PATH")
    .option("--host <name...>", "names and addresses of the gate; default at first: localhost, 127.0.0.1, ::1")
    .option("--client <name...>", "clients; later ones are added to the authority that is there")
    .option("--days <n>", "days until server and clients end; default: 365")
    .option("--force", "replace the server's and the named clients' certificates; never the authority")
    .option("--lang <language>", "en or ja; default: from LANG")
    .action(async (options) => {
      const { runGuardCert } = await import("./commands/guard-cert.ts");
      process.exitCode = await runGuardCert(options);
    });
  guard
    .command("learn")
    .description("write the smallest policy that allows what a log shows, without what would give the host away")
    .argument("<logs...>", "logs of the gate, the oldest first; - : standard input")
    .option("-o, --output <file>", "where the policy goes; default: standard output. A file that is there stays")
    .option("--own <word>", "only or any: whether clients see what they did not make; default: as the log suggests")
    .option("--refused", "learn what was refused and did not go on, too")
    .option("--host-facts <file>", "JSON with what you know of the engine's host")
    .option("--lang <language>", "en or ja; default: from LANG")
    .action(async (logs: string[], options) => {
      const { runGuardLearn } = await import("./commands/guard-learn.ts");
      process.exitCode = await runGuardLearn(logs, options);
    });
  guard
    .command("replay")
    .description("say which calls of a log another policy would decide otherwise")
    .argument("<logs...>", "logs of the gate, the oldest first; - : standard input")
    .requiredOption("--policy <file>", "the other policy, or a preset")
    .option("--format <format>", "text or json", "text")
    .option("--host-facts <file>", "JSON with what you know of the engine's host")
    .option("--lang <language>", "en or ja; default: from LANG")
    .action(async (logs: string[], options) => {
      const { runGuardReplay } = await import("./commands/guard-replay.ts");
      process.exitCode = await runGuardReplay(logs, options);
    });
  guard
    .command("prove")
    .description("search for a way to the host under a policy, and show it as requests, or how far was searched")
    .requiredOption("--policy <file>", "the policy, or a preset")
    .option("--client <name>", "only this client of the policy")
    .option("--requests <n>", "requests that are judged at most for each client; default: 40000")
    .option("--format <format>", "text or json", "text")
    .option("--host-facts <file>", "JSON with what you know of the engine's host")
    .option("--lang <language>", "en or ja; default: from LANG")
    .action(async (options) => {
      const { runGuardProve } = await import("./commands/guard-prove.ts");
      process.exitCode = await runGuardProve(options);
    });
  guard
    .command("doctor")
    .description("look on this host for ways past the gate: raw sockets, open ports, loose modes. Reads only")
    .option("--upstream <address>", "the engine; default: as the docker command finds it")
    .option("--policy <file>", "the gate's policy: its listeners are looked at, too")
    .option("--gate <container...>", "names of the gate's own containers, which may have the engine's socket")
    .option("--format <format>", "text or json", "text")
    .option("--lang <language>", "en or ja; default: from LANG")
    .action(async (options) => {
      const { runGuardDoctor } = await import("./commands/guard-doctor.ts");
      process.exitCode = await runGuardDoctor(options);
    });
}
