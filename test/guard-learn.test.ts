import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { analyse } from "../src/audit/index.ts";
import { type ContainerConfig, UNKNOWN_HOST } from "../src/facts/index.ts";
import { gainKind } from "../src/findings/index.ts";
import { createJudge } from "../src/guard/index.ts";
import { ModelEngine } from "../src/guard/model/model-engine.ts";
import { learn } from "../src/guard/recall/learn.ts";
import { create, readLog, received, shadowLog } from "../src/guard/recall/recorded.fixture.ts";
import { readPolicy, type WrittenPolicy } from "../src/policy/index.ts";
import { arbitraryConfig } from "./support/arbitrary-config.ts";
import { sekisho, testFolder } from "./support/cli.ts";
import { runCommand } from "./support/engines/command.ts";
import { fakeEngine } from "./support/fake-engine.ts";
import { runGate } from "./support/gate.ts";
import { workloadOf } from "./support/workload.ts";

const FOLDER = testFolder("guard-learn");

/** Logs of one property, and calls of one log. */
const RUNS = 60;
const CALLS = 12;

/** Most configurations that chance makes are dangerous: some of a kind that jobs use stand among them. */
const arbitraryCall: fc.Arbitrary<ContainerConfig> = fc.oneof(
  arbitraryConfig,
  fc.record({
    Config: fc.record({ Env: fc.constantFrom([], ["A=1"], ["B=2", "C=3"]), User: fc.constantFrom("", "1000") }),
    HostConfig: fc.record({
      Binds: fc.constantFrom([], ["/srv/a:/a"], ["/srv/a/b:/b:ro"], ["data:/d"]),
      CapAdd: fc.constantFrom([], ["NET_BIND_SERVICE"], ["SYS_NICE"]),
      RestartPolicy: fc.constantFrom({ Name: "" }, { Name: "always" }),
      Memory: fc.constantFrom(0, 64_000_000),
    }),
  }),
);

/** Ways to the host for certain, on a host of which nothing is known, that an empty container does not have. */
const certain = (config: ContainerConfig): readonly string[] =>
  [...analyse(workloadOf(config), UNKNOWN_HOST).reached.gains].flatMap(([gain, known]) =>
    known === "yes" && gainKind(gain).overHost && gainKind(gain).severity !== "low" ? [gain] : [],
  );
const USUAL = new Set(certain({ Config: {}, HostConfig: {} }));
const givesHost = (config: ContainerConfig): boolean => certain(config).some((gain) => !USUAL.has(gain));

function judgeOf(policy: WrittenPolicy) {
  const read = readPolicy(policy, () => undefined);
  assert.equal(read.kind, "policy", JSON.stringify(read));
  return createJudge({
    policy: read.kind === "policy" ? read.policy : { language: "en", clients: new Map() },
    lookup: new ModelEngine({ unknown: { kind: "plain", client: "ci" }, counts: false }).lookup(),
    now: () => 0,
  });
}

test("whatever was learnt is allowed by the policy, and nothing that surely gives the host away is", async () => {
  let dangerous = 0;
  let allowed = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(arbitraryCall, { maxLength: CALLS }), async (configs) => {
      const requests = configs.map(({ Config, HostConfig }) => create({ ...Config, HostConfig }));
      const { calls } = await readLog(await shadowLog(requests));
      const { policy, learnt } = await learn(calls, { language: "en", refused: false, hostLayers: [] });
      if (learnt.length === 0) {
        return;
      }
      const judge = judgeOf(policy);
      for (const { request } of learnt) {
        const { decision, reasons } = await judge.judge(request, { client: "ci" });
        assert.notEqual(decision, "deny", JSON.stringify([String(request.body), reasons]));
        allowed += 1;
      }
      for (const [index, config] of configs.entries()) {
        if (givesHost(config)) {
          dangerous += 1;
          const request = received(requests[index] ?? create({}));
          const { decision } = await judge.judge(request, { client: "ci" });
          assert.equal(decision, "deny", String(request.body));
        }
      }
    }),
    { numRuns: RUNS },
  );
  assert.ok(dangerous > 5 && allowed > 5, `${dangerous} dangerous, ${allowed} allowed`);
});

test("learn writes a policy file that can be used, with what it left out as comments", async () => {
  const log = join(FOLDER, "guard.jsonl");
  const output = join(FOLDER, "policy.yaml");
  const evil = `/containers/x/json?a=${encodeURIComponent("\n}")}`;
  const requests = [
    create({ HostConfig: { Binds: ["/srv/w:/w"] } }, "web"),
    create({ HostConfig: { Privileged: true } }),
    { target: evil },
  ];
  writeFileSync(log, await shadowLog(requests));
  const learnt = await sekisho(["guard", "learn", log, "-o", output]);
  assert.equal(learnt.status, 1, learnt.stderr);
  assert.match(learnt.stderr, /would give the host away/);
  const text = readFileSync(output, "utf8");
  assert.match(text, /^# .*containers\/create.*give the host away/m);
  assert.equal((await sekisho(["guard", "policy", "check", output])).status, 0);
  const again = await sekisho(["guard", "learn", log, "-o", output]);
  assert.equal(again.status, 2, "a file that is there stays");
  const japanese = await sekisho(["guard", "learn", log, "--lang", "ja"]);
  assert.match(japanese.stderr, /ホストを明け渡す/);
});

test("a log with a line that was edited is told so, and one that is not there too", async () => {
  const log = join(FOLDER, "edited.jsonl");
  writeFileSync(log, `${await shadowLog([create({})])}{"id":"guard.request.allowed"}\n`);
  assert.equal((await sekisho(["guard", "learn", log])).status, 3);
  const none = await sekisho(["guard", "learn", join(FOLDER, "none.jsonl")]);
  assert.equal(none.status, 2);
  assert.ok(!existsSync(join(FOLDER, "none.jsonl")));
});

const noDocker = !(process.env["PATH"] ?? "").split(":").some((folder) => existsSync(join(folder, "docker")));

test("a policy learnt from a gate that looked on lets the same docker commands through, and no others", {
  skip: noDocker && "no docker command",
}, async (context) => {
  const engine = await fakeEngine(FOLDER, { web: { Config: { Image: "i" }, HostConfig: {} } });
  context.after(engine.close);
  const docker = (uri: string, ...args: string[]) =>
    runCommand("docker", args, { env: { PATH: process.env["PATH"], HOME: FOLDER, DOCKER_HOST: uri } });
  const log = join(FOLDER, "live.jsonl");
  const policy = join(FOLDER, "live.yaml");
  const gateWith = (rules: string, socket: string, ...more: string[]) =>
    runGate(context, [
      ...["--policy", rules, "--listen", `unix://${join(FOLDER, socket)}`, "--upstream", engine.address],
      ...more,
    ]);
  const looking = await gateWith("traefik", "looking.sock", "--mode", "shadow", "--log", log);
  const uri = looking.uris[0] ?? "";
  const seen = [await docker(uri, "ps", "--format", "{{.Names}}"), await docker(uri, "volume", "ls", "-q")];
  assert.deepEqual(
    seen.map(({ code }) => code),
    [0, 0],
    JSON.stringify(seen),
  );
  await looking.stop();
  const learnt = await sekisho(["guard", "learn", log, "-o", policy]);
  assert.equal(learnt.status, 0, learnt.stderr);
  assert.equal((await sekisho(["guard", "replay", "--policy", policy, log])).status, 1, "volumes were refused before");
  assert.equal((await sekisho(["guard", "prove", "--policy", policy])).status, 0);
  const { uris } = await gateWith(policy, "learnt.sock", "--client", "traefik");
  const again = await docker(uris[0] ?? "", "ps", "--format", "{{.Names}}");
  assert.deepEqual([again.code, again.stdout], [0, seen[0]?.stdout]);
  assert.equal((await docker(uris[0] ?? "", "volume", "ls", "-q")).code, 0);
  assert.notEqual((await docker(uris[0] ?? "", "inspect", "web")).code, 0);
});
