import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { PRESETS, VERBS } from "../src/policy/index.ts";
import { sekisho } from "./support/cli.ts";

/** The page, with the padding of its tables taken out. */
const PAGE = readFileSync(new URL("../docs/guard/policy.md", import.meta.url), "utf8").replace(/ +\|/g, " |");

test("the page of policies tells every verb as it is", () => {
  for (const { id, class: kind, title } of VERBS) {
    assert.ok(PAGE.includes(`| \`${id}\` | ${kind} | ${title.en} |`), id);
  }
});

test("the page of policies tells what each preset can and cannot do", () => {
  for (const { id, can, cannot } of PRESETS) {
    for (const { en } of [...can, ...cannot]) {
      assert.ok(PAGE.includes(`- ${en}`), `${id}: ${en}`);
    }
  }
});

const decide = async (policy: string, requests: readonly object[]) => {
  const input = requests.map((request) => `${JSON.stringify(request)}\n`).join("");
  const { status, stdout, stderr } = await sekisho(["guard", "decide", "--policy", policy], { input });
  assert.equal(status, 0, stderr);
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { id: string; decision: string });
};

const create = (id: string, hostConfig: object) => ({
  id,
  method: "POST",
  path: "/v1.41/containers/create",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ Image: "bb:test", Cmd: ["sleep", "1"], HostConfig: hostConfig }),
});

test("the example policy lets an ordinary container through and refuses its dangerous neighbours", async () => {
  const decided = await decide("examples/policies/host-policy.yaml", [
    create("plain", {}),
    create("workspace", { Binds: ["/srv/work:/w"] }),
    create("privileged", { Privileged: true }),
    create("root", { Binds: ["/:/mnt:ro"] }),
    create("out of the workspace", { Binds: ["/srv/../etc:/w"] }),
    create("host processes", { PidMode: "host" }),
  ]);
  const refused = decided.filter(({ decision }) => decision === "deny").map(({ id }) => id);
  assert.deepEqual(refused, ["privileged", "root", "out of the workspace", "host processes"]);
});

for (const { id } of PRESETS) {
  test(`the preset ${id} is shown as a policy that refuses a privileged container`, async () => {
    const shown = await sekisho(["guard", "policy", "show", id]);
    assert.equal(shown.status, 0, shown.stderr);
    const [answer] = await decide(id, [create("privileged", { Privileged: true })]);
    assert.equal(answer?.decision, "deny");
  });
}
