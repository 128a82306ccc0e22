/** Writes `expected.yaml` of the cases in test/corpus/compose/merge that docker-compose 1.29.2 judges. Needs it installed. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { CASES_FOLDER, type ComposeCase, composeCases, PROJECT } from "../test/support/compose-case.ts";

const PROGRAM = "/usr/bin/docker-compose";
const only = process.argv.slice(2);
let failed = 0;

for (const entry of composeCases()) {
  if (entry.oracle === "docker-compose 1.29.2" && (only.length === 0 || only.includes(entry.name))) {
    const printed = ask(entry);
    if (printed === undefined) {
      failed += 1;
    } else {
      writeCase(entry, printed);
    }
  }
}
process.exitCode = failed === 0 ? 0 : 1;

function ask(entry: ComposeCase): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), "sekisho-compose-oracle-"));
  try {
    for (const [name, text] of entry.files) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    for (const name of entry.head.get("folders")?.split(" ") ?? []) {
      mkdirSync(join(folder, name), { recursive: true });
    }
    const files = entry.merged.flatMap(({ uri }) => ["-f", uri]);
    const envFiles = (entry.options.envFiles ?? []).flatMap((file) => ["--env-file", file]);
    const result = spawnSync(PROGRAM, [...files, ...envFiles, "config"], {
      cwd: folder,
      encoding: "utf8",
      env: { PATH: process.env["PATH"] ?? "", HOME: entry.options.home, ...entry.options.environment },
    });
    if (result.status !== 0) {
      process.stderr.write(`${entry.name}: ${result.stderr}\n`);
      return undefined;
    }
    return result.stdout.replaceAll(folder, PROJECT);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function writeCase(entry: ComposeCase, expected: string): void {
  const head = [...entry.head].filter(([key]) => key !== "").map(([key, value]) => `${key}: ${value}\n`);
  const files = [...entry.files]
    .filter(([name]) => name !== "expected.yaml")
    .map(([name, text]) => `-- ${name} --\n${text}`);
  writeFileSync(
    join(CASES_FOLDER, `${entry.name}.txt`),
    `${head.join("")}${files.join("")}-- expected.yaml --\n${expected}`,
  );
}
