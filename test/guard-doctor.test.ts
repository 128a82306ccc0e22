import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { sekisho, testFolder } from "./support/cli.ts";
import { fakeEngine } from "./support/fake-engine.ts";

const FOLDER = testFolder("guard-doctor");

test("the doctor finds a container with the engine's socket, in both languages and as JSON", async (context) => {
  const engine = await fakeEngine(FOLDER, {
    portainer: { Config: { Image: "i" }, HostConfig: { Binds: ["/var/run/docker.sock:/var/run/docker.sock"] } },
    web: { Config: { Image: "i" }, HostConfig: {} },
  });
  context.after(engine.close);
  const english = await sekisho(["guard", "doctor", "--upstream", engine.address]);
  assert.equal(english.status, 1, english.stderr);
  assert.match(english.stdout, /portainer: mounts \/run\/docker\.sock/);
  assert.doesNotMatch(english.stdout, /web:/);
  const japanese = await sekisho(["guard", "doctor", "--upstream", engine.address, "--lang", "ja"]);
  assert.match(japanese.stdout, /要対処: .*ソケット/);
  const json = await sekisho([
    "guard",
    "doctor",
    "--upstream",
    engine.address,
    "--gate",
    "portainer",
    "--format",
    "json",
  ]);
  const { results } = JSON.parse(json.stdout) as { results: { id: string; status: string }[] };
  assert.equal(results.find(({ id }) => id === "socket-in-container")?.status, "ok");
});

test("without an engine the examination is incomplete, or worse", async () => {
  const { status, stderr } = await sekisho(["guard", "doctor", "--upstream", `unix://${FOLDER}/none.sock`]);
  assert.ok(status === 3 || status === 1, `${status}`);
  assert.match(stderr, /cannot connect/);
  assert.equal((await sekisho(["guard", "doctor", "--format", "xml"])).status, 2);
});

for (const page of ["bypass.md", "bypass.ja.md"]) {
  test(`${page} tells every look of the doctor`, async () => {
    const text = readFileSync(new URL(`../docs/guard/${page}`, import.meta.url), "utf8");
    const { stdout } = await sekisho(["guard", "doctor", "--upstream", "unix:///nonexistent", "--format", "json"]);
    const { results } = JSON.parse(stdout) as { results: { id: string }[] };
    for (const { id } of results) {
      assert.ok(text.includes(`\`${id}\``), id);
    }
  });
}
