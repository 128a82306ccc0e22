import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { analyse } from "../src/audit/index.ts";
import { type ContainerConfig, UNKNOWN_HOST } from "../src/facts/index.ts";
import { GAINS, gainKind } from "../src/findings/index.ts";
import { createJudge } from "../src/guard/index.ts";
import { create, received } from "../src/guard/recall/recorded.fixture.ts";
import { PRESETS, presetPolicy, readPolicy, type WrittenClient } from "../src/policy/index.ts";
import { JUDGED_REQUESTS_DEFAULT, prove } from "../src/prove/index.ts";
import { mergeHostFacts } from "../src/readers/host-facts/index.ts";
import { arbitraryConfig } from "./support/arbitrary-config.ts";
import { sekisho, testFolder } from "./support/cli.ts";
import { workloadOf } from "./support/workload.ts";

const FOLDER = testFolder("guard-prove");

function policyOf(client: WrittenClient) {
  const read = readPolicy({ version: 1, clients: { ci: client } }, () => undefined);
  assert.ok(read.kind === "policy", JSON.stringify(read));
  return read.policy;
}

async function proved(client: WrittenClient, judgedMax = JUDGED_REQUESTS_DEFAULT) {
  const rules = policyOf(client).clients.get("ci");
  assert.ok(rules);
  return await prove({ rules, host: mergeHostFacts(), hostLayers: [], judgedMax });
}

for (const { id } of PRESETS) {
  test(`no way to the host is found under the preset ${id}`, async () => {
    const { ways, complete, judged } = await proved({ preset: id });
    assert.deepEqual(ways, []);
    assert.ok(complete && judged > 10);
  });
}

/** Enough for every case here. */
const REQUESTS = 6_000;

const ALL = GAINS.map(({ id }) => id);
const everything: WrittenClient = { preset: "ci", gains: { allow: ALL } };
const exception = (permit: string, ...waives: string[]): WrittenClient => ({
  preset: "ci",
  rules: [{ name: "exception", verbs: ["container.create", "container.start"], permit, waives }],
});
const started = 'request.route == "container.start" || ';

// In pairs: a policy that gives the host away, and its nearest neighbour that does not.
for (const [what, weak, harmless] of [
  [
    "mounts under / with every gain allowed",
    { ...everything, mounts: [{ path: "/", access: "read-write" }] },
    { preset: "ci", mounts: [{ path: "/", access: "read-write" }] },
  ],
  [
    "mounts of /etc with its gain allowed",
    { ...everything, mounts: [{ path: "/etc", access: "read-write" }] },
    { ...everything, mounts: [{ path: "/srv/work", access: "read-write" }] },
  ],
  [
    "CAP_SYS_ADMIN with its gains allowed",
    { ...everything, capabilities: ["SYS_ADMIN"], confinement: { seccomp: "any", appArmor: ["unconfined"] } },
    { preset: "ci", capabilities: ["SYS_ADMIN"] },
  ],
  [
    "an exception for a directory that forgets ReadOnly",
    exception(
      `${started}request.body.HostConfig.Mounts.all(m, m.Source == "/etc")`,
      "mounts",
      ...ALL.filter((gain) => gain !== "host-file-read(*)"),
    ),
    exception(`${started}request.body.HostConfig.Mounts.all(m, m.Source == "/srv/data" && m.ReadOnly)`, "mounts"),
  ],
  [
    "an exception for containers that say that they are trusted",
    exception(`${started}"trusted" in request.body.Labels`, "mounts", ...ALL),
    exception(`${started}"trusted" in request.body.Labels`, "restart"),
  ],
  [
    "an exception for two things that are harmless alone",
    {
      preset: "ci",
      rules: [
        {
          name: "both",
          verbs: ["container.create", "container.start"],
          permit: `${started}(request.body.HostConfig.PidMode == "host" && request.body.HostConfig.CapAdd == ["SYS_PTRACE"])`,
          waives: ["namespaces", "capabilities", ...ALL],
        },
      ],
    },
    {
      preset: "ci",
      rules: [
        {
          name: "both",
          verbs: ["container.create", "container.start"],
          permit: `${started}(request.body.HostConfig.PidMode == "host" && request.body.HostConfig.CapAdd == ["SYS_PTRACE"])`,
          waives: ["namespaces", "capabilities"],
        },
      ],
    },
  ],
  [
    "volumes with options of the driver",
    { ...everything, mounts: [{ path: "/", access: "read-write" }], deny: ["container.exec"] },
    { ...everything, mounts: [], deny: ["container.exec"] },
  ],
  [
    "exec into containers of others",
    {
      own: "any",
      allow: ["container.exec", "container.list"],
      mounts: [{ path: "/", access: "read-write" }],
      gains: { allow: ALL },
    },
    {
      own: "only",
      allow: ["container.exec", "container.list"],
      mounts: [{ path: "/", access: "read-write" }],
      gains: { allow: ALL },
    },
  ],
  [
    "files of a backup container of others",
    {
      own: "any",
      allow: ["container.archive-read"],
      mounts: [{ path: "/", access: "read-write" }],
      gains: { allow: ALL },
    },
    { own: "any", allow: ["container.archive-read"] },
  ],
  ["plugins", { allow: ["plugin.write"] }, { allow: ["plugin.read"] }],
  ["Podman's own API", { allow: ["libpod"] }, { allow: ["@read"] }],
  ["checkpoints", { own: "any", allow: ["container.checkpoint"] }, { own: "any", allow: ["container.commit"] }],
  ["images fetched by the engine", { allow: ["image.build"], build: { remote: ["**"] } }, { allow: ["image.build"] }],
  [
    "a network of the host with its gain allowed",
    {
      preset: "ci",
      namespaces: { host: ["network"] },
      gains: { allow: ALL },
    },
    { preset: "ci", namespaces: { host: ["network"] } },
  ],
] as const satisfies readonly (readonly [string, WrittenClient, WrittenClient])[]) {
  test(`${what}: found, and its harmless neighbour is not`, async () => {
    const found = await proved(weak, REQUESTS);
    assert.ok(found.ways.length > 0, `${found.judged} judged`);
    assert.ok(found.ways.every(({ steps }) => steps.length > 0));
    // With every gain allowed, what an unknown host decides is open; what is certain is not.
    const { ways } = await proved(harmless, REQUESTS);
    const isOpen = (harmless as WrittenClient).gains !== undefined;
    assert.deepEqual(isOpen ? ways.filter(({ certainty }) => certainty === "yes") : ways, []);
  });
}

test("a volume that is made first and mounted then is a way of its own", async () => {
  // The exception is for volumes only: containers with a bind are refused.
  const { ways } = await proved(
    {
      preset: "ci",
      rules: [
        { name: "v", verbs: ["volume.create"], permit: "true", waives: ["mounts", "volumes"] },
        {
          name: "m",
          verbs: ["container.create", "container.start"],
          permit: `${started}(size(request.body.HostConfig.Binds) == 1 && !request.body.HostConfig.Binds[0].startsWith("/"))`,
          waives: ["mounts", "volumes", ...ALL],
        },
      ],
    },
    REQUESTS,
  );
  assert.ok(ways.length > 0);
  assert.ok(ways[0]?.steps[0]?.target === "/volumes/create" && ways[0].steps.length === 3, JSON.stringify(ways[0]));
});

test("a search that reaches its bound says so", async () => {
  assert.equal((await proved({ preset: "ci" }, 20)).complete, false);
  const { judged } = await proved({ preset: "observer" });
  assert.equal((await proved({ preset: "observer" }, judged)).complete, true);
  assert.equal((await proved({ preset: "observer" }, judged - 1)).complete, false);
});

test("the command shows a way as requests, in both languages, and its exit status tells", async () => {
  const file = join(FOLDER, "weak.yaml");
  const clients = { ci: { ...everything, mounts: [{ path: "/etc", access: "read-write" }] } };
  writeFileSync(file, JSON.stringify({ version: 1, clients }));
  const weak = await sekisho(["guard", "prove", "--policy", file]);
  assert.equal(weak.status, 1, weak.stderr);
  assert.match(weak.stdout, /1\. POST \/containers\/create .*\/etc/);
  assert.match(weak.stdout, /2\. POST \/containers\/[0-9a-f]{64}\/start/);
  assert.match((await sekisho(["guard", "prove", "--policy", file, "--lang", "ja"])).stdout, /到達できます/);
  const json = await sekisho(["guard", "prove", "--policy", file, "--format", "json"]);
  assert.equal((JSON.parse(json.stdout) as { clients: { ways: object[] }[] }).clients[0]?.ways.length !== 0, true);
  const strict = await sekisho(["guard", "prove", "--policy", "observer"]);
  assert.equal(strict.status, 0);
  assert.match(strict.stdout, /no way to the host was found; \d+ requests judged/);
  assert.equal((await sekisho(["guard", "prove", "--policy", "ci", "--requests", "10"])).status, 3);
  assert.equal((await sekisho(["guard", "prove", "--policy", join(FOLDER, "none")])).status, 2);
});

/** Generated create requests: those with a certain gain must not pass. */
const RUNS = 2_000;

test("no generated create request with a certain host gain passes the strict policy", async () => {
  const certain = (config: ContainerConfig): readonly string[] =>
    [...analyse(workloadOf(config), UNKNOWN_HOST).reached.gains].flatMap(([gain, known]) =>
      known === "yes" && gainKind(gain).overHost && gainKind(gain).severity !== "low" ? [gain] : [],
    );
  const usual = new Set(certain({ Config: {}, HostConfig: {} }));
  const policy = presetPolicy("ci", "en");
  assert.ok(policy);
  const judge = createJudge({ policy, now: () => 0 });
  let dangerous = 0;
  await fc.assert(
    fc.asyncProperty(arbitraryConfig, async (config) => {
      if (certain(config).every((gain) => usual.has(gain))) {
        return;
      }
      dangerous += 1;
      const request = received(create({ ...config.Config, HostConfig: config.HostConfig }));
      const { decision } = await judge.judge(request, { client: "ci" });
      assert.equal(decision, "deny", String(request.body));
    }),
    { numRuns: RUNS },
  );
  assert.ok(dangerous > RUNS / 20, `${dangerous}`);
});
