/**
 * Runs the tests with node's own runner. Arguments are files or folders; none means all of `src`, `test` and `scripts`.
 * With SEKISHO_REQUIRE=all a test that lacks an engine or another tool fails instead of being skipped.
 */
import { spawnSync } from "node:child_process";

const patterns = process.argv.slice(2);
const files = patterns.length > 0 ? patterns : ["src/**/*.test.ts", "test/**/*.test.ts", "scripts/**/*.test.ts"];
const result = spawnSync(process.execPath, ["--test", "--test-timeout=600000", ...files], { stdio: "inherit" });
process.exitCode = result.status ?? 1;
