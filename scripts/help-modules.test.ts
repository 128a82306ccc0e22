import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const ROOT = join(import.meta.dirname, "..");

/** Everything that may be loaded before a command is chosen. */
const LOADED = [
  "node_modules/commander/index.js",
  "node_modules/commander/lib/argument.js",
  "node_modules/commander/lib/command.js",
  "node_modules/commander/lib/error.js",
  "node_modules/commander/lib/help.js",
  "node_modules/commander/lib/option.js",
  "node_modules/commander/lib/suggestSimilar.js",
  "src/cli/decoy-commands.ts",
  "src/cli/exit-status.ts",
  "src/cli/guard-commands.ts",
  "src/cli/main.ts",
  "src/cli/version.ts",
];

/** Writes the address of every module that is loaded, one a line, to the third output. */
const RECORDER = `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from "node:fs";
  import { registerHooks } from "node:module";
  registerHooks({
    load(url, context, nextLoad) {
      writeSync(3, url + "\\n");
      return nextLoad(url, context);
    },
  });
`)}`;

test("--help loads a fixed short list of modules", () => {
  const run = spawnSync(process.execPath, ["--import", RECORDER, join("src", "cli", "main.ts"), "--help"], {
    cwd: ROOT,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  assert.equal(run.status, 0, run.stderr);
  assert.match(run.stdout, /^Usage: sekisho/);
  const root = `${pathToFileURL(ROOT).href}/`;
  const loaded = String(run.output[3])
    .split("\n")
    .filter((url) => url.startsWith(root))
    .map((url) => url.slice(root.length));
  assert.deepEqual([...new Set(loaded)].sort(), LOADED);
});
