import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { runCommand } from "./command.ts";
import { enginePath } from "./programs.ts";
import { writeRuntimeWrapper } from "./runtime-wrapper.ts";

const folder = mkdtempSync(join(tmpdir(), "wrapper-"));
after(() => rmSync(folder, { recursive: true }));

/** A runc that repeats its arguments, found before the real one. */
const programs = join(folder, "bin");
mkdirSync(programs);
writeFileSync(join(programs, "runc"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\nexit 7\n");
chmodSync(join(programs, "runc"), 0o755);

/** What the wrapper leaves of a bundle's configuration when two capabilities are missing. */
async function rewritten(config: object): Promise<unknown> {
  writeFileSync(join(folder, "config.json"), JSON.stringify(config));
  const result = await run("create", "--bundle", folder, "some-id");
  assert.equal(result.code, 7, result.stderr);
  return JSON.parse(readFileSync(join(folder, "config.json"), "utf8"));
}

function run(...args: string[]) {
  const wrapper = join(folder, "wrapper");
  writeRuntimeWrapper(wrapper, ["CAP_SYS_RESOURCE", "CAP_SYS_ADMIN"]);
  return runCommand(wrapper, args, { env: { PATH: `${programs}:${enginePath()}` } });
}

const process = (bounding: string[]) => ({ process: { capabilities: { bounding, effective: [...bounding] } } });

for (const [capabilities, left] of [
  [["CAP_SYS_RESOURCE", "CAP_CHOWN"], ["CAP_CHOWN"]],
  [["CAP_CHOWN", "CAP_SYS_RESOURCE"], ["CAP_CHOWN"]],
  [
    ["CAP_CHOWN", "CAP_SYS_RESOURCE", "CAP_KILL"],
    ["CAP_CHOWN", "CAP_KILL"],
  ],
  [["CAP_CHOWN", "CAP_SYS_RESOURCE", "CAP_SYS_ADMIN"], ["CAP_CHOWN"]],
  [["CAP_SYS_ADMIN", "CAP_SYS_RESOURCE"], []],
  [["CAP_SYS_RESOURCE"], []],
  [["CAP_CHOWN"], ["CAP_CHOWN"]],
  [[], []],
] as const) {
  test(`[${capabilities}] becomes [${left}], in every list`, async () => {
    assert.deepEqual(await rewritten(process([...capabilities])), process([...left]));
  });
}

for (const text of ["CAP_SYS_RESOURCE", '"CAP_SYS_RESOURCE"', '"capabilities":{"bounding":["CAP_SYS_RESOURCE"]}']) {
  test(`an argument ${text} stays`, async () => {
    const config = { process: { args: ["echo", text], env: [`A=${text}`], ...process(["CAP_CHOWN"]).process } };
    assert.deepEqual(await rewritten(config), config);
  });
}

test("the file of an exec is rewritten too, and runc gets every argument as it was", async () => {
  const file = join(folder, "process.json");
  writeFileSync(file, JSON.stringify(process(["CAP_SYS_ADMIN", "CAP_CHOWN"]).process));
  const args = ["--root", "/some where", "exec", "--process", file, "--detach", "some-id"];
  assert.deepEqual((await run(...args)).stdout.trimEnd().split("\n"), args);
  assert.deepEqual(JSON.parse(readFileSync(file, "utf8")), process(["CAP_CHOWN"]).process);
});

test("a command without a bundle goes straight to runc", async () => {
  assert.equal((await run("delete", "some-id")).stdout, "delete\nsome-id\n");
});
