/**
 * Runs Biome. Its meta package names platforms that a registry may lack, and then `npm ci` fails; so the project lists
 * the platforms that it is developed on as optional dependencies and starts the program by itself.
 */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";

const platform = `@biomejs/cli-${process.platform}-${process.arch}`;
const binary = createRequire(import.meta.url).resolve(`${platform}/biome`);
const result = spawnSync(binary, process.argv.slice(2), { stdio: "inherit" });
process.exitCode = result.status ?? 1;
