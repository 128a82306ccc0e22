/**
 * Bundles the command line into `dist/`: `sekisho.js` and one chunk for each command, which is loaded when the command
 * is run. Dependencies are bundled too, so the published package needs nothing but Node.
 */
import { chmodSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const ROOT = join(import.meta.dirname, "..");
const DIST = join(ROOT, "dist");

/** Packages in CommonJS call `require` for Node's own modules; an ES module has to be given one. */
const REQUIRE =
  'import { createRequire as sekishoCreateRequire } from "node:module"; const require = sekishoCreateRequire(import.meta.url);';

rmSync(DIST, { recursive: true, force: true });
await build({
  absWorkingDir: ROOT,
  entryPoints: { sekisho: "src/cli/main.ts", "shell-worker": "src/decoy/shell/sandbox/worker.ts" },
  // Loaded by commands of the interpreter that the decoy never registers, or compiled for one machine.
  external: ["sql.js", "quickjs-emscripten", "@mongodb-js/zstd", "node-liblzma"],
  outdir: DIST,
  chunkNames: "chunks/[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node22",
  minify: false,
  legalComments: "inline",
  banner: { js: REQUIRE },
  logLevel: "warning",
});
chmodSync(join(DIST, "sekisho.js"), 0o755);
