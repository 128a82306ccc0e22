import assert from "node:assert/strict";
import { test } from "node:test";
import { readPolicy, type WrittenClient } from "../../policy/index.ts";
import { ModelEngine } from "../model/model-engine.ts";
import { received, type Written } from "../recall/recorded.fixture.ts";
import { createJudge } from "./index.ts";

const post = (target: string, body: object): Written => ({ method: "POST", target, body });

const REQUESTS = [
  ["a container", post("/containers/create", { Image: "i", HostConfig: { Binds: ["/srv/x:/x"] } })],
  ["a volume", post("/volumes/create", { Name: "v", DriverOpts: { type: "none", o: "bind", device: "/srv/x" } })],
  ["a network", post("/networks/create", { Name: "n", Driver: "macvlan" })],
] as const;

async function forwardedBody(client: WrittenClient, request: Written): Promise<string> {
  const read = readPolicy({ version: 1, clients: { ci: { preset: "ci", ...client } } }, () => undefined);
  assert.ok(read.kind === "policy");
  const engine = new ModelEngine({ unknown: { kind: "absent" }, counts: true });
  const judge = createJudge({ policy: read.policy, lookup: engine.lookup(), now: () => 0 });
  const { forward } = await judge.judge(received(request), { client: "ci" });
  return Buffer.from(forward?.body ?? []).toString("utf8");
}

for (const [what, request] of REQUESTS) {
  const permit: WrittenClient = { rules: [{ name: "all", permit: "true", waives: ["mounts", "networks"] }] };
  for (const [how, client] of [
    ["a rule lifts the refusal", permit],
    ["the gate only looks on", { mode: "shadow" }],
  ] as const satisfies readonly (readonly [string, WrittenClient])[]) {
    test(`${what} that goes on because ${how} carries its owner's label`, async () => {
      assert.match(await forwardedBody(client, request), /"sekisho.client":"ci"/);
    });
  }
}

test("a container that goes on because a rule lifts the refusal has the policy's defaults", async () => {
  const rules = [{ name: "all", permit: "true", waives: ["mounts"] }];
  const body = await forwardedBody({ rules, defaults: { noNewPrivileges: true } }, REQUESTS[0][1]);
  assert.match(body, /no-new-privileges/);
  assert.match(body, /"PidsLimit":4096/);
});
