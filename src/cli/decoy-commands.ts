import type { Command } from "commander";

/** Adds the commands that read what a decoy recorded. */
export function addDecoyCommands(decoy: Command): void {
  decoy
    .command("report")
    .description("tell what visitors did: story, ATT&CK techniques, indicators")
    .argument("[session]", "one session, by the beginning of its id; none: all")
    .requiredOption("--dir <folder>", "folder of the decoy")
    .option("-f, --format <format>", "text, json, html, stix, misp or csv", "text")
    .option("--verdict <verdict>", "only malicious, recon or benign sessions")
    .option("--session-idle <milliseconds>", "silence after which a session is over; default: 600000")
    .option("--lang <language>", "en or ja; default: from LANG")
    .action(async (session: string | undefined, options) => {
      const { runDecoyReport } = await import("./commands/decoy-report.ts");
      process.exitCode = await runDecoyReport(session, options);
    });
  decoy
    .command("sessions")
    .description("list the visits, one line each")
    .requiredOption("--dir <folder>", "folder of the decoy")
    .option("--follow", "go on and tell each session when it is over")
    .option("-f, --format <format>", "text or json (one JSON document a line)", "text")
    .option("--session-idle <milliseconds>", "silence after which a session is over; default: 600000")
    .option("--lang <language>", "en or ja; default: from LANG")
    .action(async (options) => {
      const { runDecoySessions } = await import("./commands/decoy-sessions.ts");
      process.exitCode = await runDecoySessions(options);
    });
  decoy
    .command("canary")
    .description("list the credentials that this decoy planted, to search for elsewhere")
    .requiredOption("--dir <folder>", "folder of the decoy")
    .option("-f, --format <format>", "text, json or csv", "text")
    .option("--lang <language>", "en or ja; default: from LANG")
    .action(async (options) => {
      const { runDecoyCanary } = await import("./commands/decoy-canary.ts");
      process.exitCode = await runDecoyCanary(options);
    });
  decoy
    .command("forward")
    .description("tell other systems of each session when it is over; reads the record, in a process of its own")
    .requiredOption("--dir <folder>", "folder of the decoy")
    .option(
      "--syslog <address>",
      "udp://HOST:PORT, tcp://HOST:PORT or unix:///PATH, RFC 5424; repeatable",
      repeated,
      [],
    )
    .option("--cef", "send CEF records as the text of the syslog messages")
    .option("--webhook <url>", "POST each session as JSON; repeatable", repeated, [])
    .option("--slack <url>", "POST each session in the form of Slack's incoming webhooks; repeatable", repeated, [])
    .option("--verdict <verdict>", "only malicious, recon or benign sessions")
    .option("--follow", "go on, and try until it is taken")
    .option("--session-idle <milliseconds>", "silence after which a session is over; default: 600000")
    .option("--lang <language>", "en or ja; default: from LANG")
    .action(async (options) => {
      const { runDecoyForward } = await import("./commands/decoy-forward.ts");
      process.exitCode = await runDecoyForward(options);
    });
  decoy
    .command("replay")
    .description("what a captured session would have done to a real host, and a test of the gate made from it")
    .argument("<file>", "a journal of the record (record/*.jsonl), or JSON with requests")
    .option("--session <id>", "one session of a journal, by the beginning of its id")
    .option("-f, --format <format>", "text, json (the audit), or requests (lines for sekisho guard decide)", "text")
    .option("--host-facts <file>", "JSON with what you know of the host")
    .option("--session-idle <milliseconds>", "silence after which a session is over; default: 600000")
    .option("--lang <language>", "en or ja; default: from LANG")
    .action(async (file: string, options) => {
      const { runDecoyReplay } = await import("./commands/decoy-replay.ts");
      process.exitCode = await runDecoyReplay(file, options);
    });
}

const repeated = (value: string, earlier: readonly string[]): readonly string[] => [...earlier, value];
