import assert from "node:assert/strict";
import { test } from "node:test";
import { readPolicy, type WrittenClient } from "../../policy/index.ts";
import { createJudge } from "../judge/index.ts";
import { ModelEngine } from "../model/model-engine.ts";
import { type Learnt, learn } from "./learn.ts";
import { create, readLog, received, shadowLog, type Written } from "./recorded.fixture.ts";

const learnFrom = async (requests: readonly Written[]): Promise<Learnt> =>
  learn((await readLog(await shadowLog(requests))).calls, { language: "en", refused: false, hostLayers: [] });

/** What the learnt policy says of a request, which need not be in the log. */
async function decide({ policy }: Learnt, request: Written): Promise<string> {
  const read = readPolicy(policy, () => undefined);
  assert.equal(read.kind, "policy", JSON.stringify(read));
  const judge = createJudge({
    policy: read.kind === "policy" ? read.policy : { language: "en", clients: new Map() },
    lookup: new ModelEngine({ unknown: { kind: "plain", client: "ci" }, counts: false }).lookup(),
    now: () => 0,
  });
  return (await judge.judge(received(request), { client: "ci" })).decision;
}

const host = (HostConfig: object): Written => create({ HostConfig });
const post = (target: string, body?: object): Written => ({
  method: "POST",
  target,
  ...(body !== undefined && { body }),
});

// What was seen is let through; what was not, and differs from it in one thing, is not.
for (const [what, seen, allowed, refused] of [
  ["a verb", { target: "/containers/json" }, { target: "/containers/json?all=1" }, { target: "/images/json" }],
  ["an image", create({}), create({}), create({ Image: "alpine:3" })],
  ["a bind", host({ Binds: ["/srv/app:/a"] }), host({ Binds: ["/srv/app/sub:/b"] }), host({ Binds: ["/srv:/a"] })],
  [
    "a read-only bind",
    host({ Binds: ["/srv/app:/a:ro"] }),
    host({ Binds: ["/srv/app:/x:ro"] }),
    host({ Binds: ["/srv/app:/a"] }),
  ],
  ["a volume", host({ Binds: ["data:/a"] }), host({ Binds: ["data:/b"] }), host({ Binds: ["other:/a"] })],
  [
    "a capability",
    host({ CapAdd: ["NET_ADMIN"] }),
    host({ CapAdd: ["CAP_NET_ADMIN"] }),
    host({ CapAdd: ["SYS_NICE"] }),
  ],
  ["a variable", create({ Env: ["A=1"] }), create({ Env: ["A=2"] }), create({ Env: ["B=1"] })],
  ["a label", create({ Labels: { a: "1" } }), create({ Labels: { a: "2" } }), create({ Labels: { b: "1" } })],
  [
    "a restart policy",
    host({ RestartPolicy: { Name: "always" } }),
    host({ RestartPolicy: { Name: "always" } }),
    host({ CgroupParent: "/x" }),
  ],
  ["a container without one", host({}), host({}), host({ RestartPolicy: { Name: "always" } })],
  [
    "a published port",
    host({ PortBindings: { "80/tcp": [{ HostIp: "127.0.0.1", HostPort: "8080" }] } }),
    host({ PortBindings: { "81/tcp": [{ HostIp: "127.0.0.1", HostPort: "8080" }] } }),
    host({ PortBindings: { "80/tcp": [{ HostIp: "127.0.0.1", HostPort: "8081" }] } }),
  ],
  [
    "a port on loopback",
    host({ PortBindings: { "80/tcp": [{ HostIp: "127.0.0.1", HostPort: "8080" }] } }),
    host({ PortBindings: { "80/tcp": [{ HostIp: "127.0.0.1", HostPort: "" }] } }),
    host({ PortBindings: { "80/tcp": [{ HostIp: "", HostPort: "8080" }] } }),
  ],
  ["a memory limit", host({ Memory: 64e6 }), host({ Memory: 32e6 }), host({ Memory: 128e6 })],
  [
    "a pull",
    post("/images/create?fromImage=busybox&tag=1"),
    post("/images/create?fromImage=busybox&tag=1"),
    post("/images/create?fromImage=ghcr.io/x/y&tag=1"),
  ],
  [
    "a tag",
    post("/images/a/tag?repo=mine&tag=1"),
    post("/images/b/tag?repo=mine&tag=1"),
    post("/images/a/tag?repo=other&tag=1"),
  ],
  [
    "a build",
    { ...post("/build?t=mine"), streamed: true },
    { ...post("/build?t=mine"), streamed: true },
    { ...post("/build?t=theirs"), streamed: true },
  ],
  [
    "a network",
    post("/networks/create", { Name: "n" }),
    post("/networks/create", { Name: "m" }),
    post("/networks/create", { Name: "m", Driver: "macvlan" }),
  ],
  [
    "a volume with a directory",
    post("/volumes/create", { Name: "v", DriverOpts: { type: "none", o: "bind", device: "/srv/a" } }),
    post("/volumes/create", { Name: "v", DriverOpts: { type: "none", o: "bind", device: "/srv/a/b" } }),
    post("/volumes/create", { Name: "v", DriverOpts: { type: "none", o: "bind", device: "/srv/b" } }),
  ],
  [
    "an unknown key",
    create({ Unknown: 1 }),
    create({ Other: 1 }),
    create({ Unknown: 1, User: "0", HostConfig: { Privileged: true } }),
  ],
] as const satisfies readonly (readonly [string, Written, Written, Written])[]) {
  test(`${what} that was seen is learnt, and no more`, async () => {
    const learnt = await learnFrom([seen]);
    if (what !== "an unknown key") {
      assert.deepEqual(learnt.leftOut, []);
      assert.notEqual(await decide(learnt, allowed), "deny");
    }
    assert.equal(await decide(learnt, refused), "deny");
  });
}

for (const [what, danger, harmless] of [
  ["a privileged container", host({ Privileged: true }), host({ Privileged: false })],
  ["the host's root", host({ Binds: ["/:/mnt"] }), host({ Binds: ["/srv:/mnt"] })],
  ["the engine's socket", host({ Binds: ["/var/run/docker.sock:/s"] }), host({ Binds: ["/srv/some:/s"] })],
  ["CAP_SYS_ADMIN", host({ CapAdd: ["SYS_ADMIN"] }), host({ CapAdd: ["SYS_NICE"] })],
  ["the host's processes", host({ PidMode: "host", CapAdd: ["SYS_PTRACE"] }), host({ CapAdd: ["SYS_PTRACE"] })],
  [
    "a disk",
    host({ Devices: [{ PathOnHost: "/dev/sda", PathInContainer: "/d", CgroupPermissions: "rwm" }] }),
    host({ Devices: [{ PathOnHost: "/dev/null", PathInContainer: "/d", CgroupPermissions: "r" }] }),
  ],
  ["any device", host({ DeviceCgroupRules: ["a *:* rwm"] }), host({})],
  [
    "a volume of the host's root",
    post("/volumes/create", { Name: "v", DriverOpts: { type: "none", o: "bind", device: "/" } }),
    post("/volumes/create", { Name: "v" }),
  ],
  [
    "a volume of a disk",
    post("/volumes/create", { Name: "v", DriverOpts: { type: "ext4", device: "/dev/sda1" } }),
    post("/volumes/create", { Name: "v", DriverOpts: { type: "tmpfs", device: "tmpfs" } }),
  ],
  [
    "a privileged exec",
    post("/containers/c/exec", { Cmd: ["id"], Privileged: true }),
    post("/containers/c/exec", { Cmd: ["id"] }),
  ],
  ["a plugin", post("/plugins/x/enable"), { target: "/plugins" }],
  [
    "a network on the host's segment",
    post("/networks/create", { Name: "n", Driver: "macvlan" }),
    post("/networks/create", { Name: "n" }),
  ],
  ["a tunnel", { ...post("/session"), upgrade: "h2c" }, { target: "/_ping" }],
] as const satisfies readonly (readonly [string, Written, Written])[]) {
  test(`${what} is left out and listed, its neighbour is learnt`, async () => {
    const learnt = await learnFrom([danger, harmless]);
    assert.deepEqual(
      learnt.leftOut.map(({ why }) => why),
      [learnt.leftOut[0]?.why],
    );
    assert.equal(learnt.leftOut[0]?.why, "host-gain", JSON.stringify(learnt));
    assert.equal(await decide(learnt, danger), "deny");
    assert.notEqual(await decide(learnt, harmless), "deny");
  });
}

test("a client that makes things and names only its own sees only its own", async () => {
  const own = await learnFrom([create({}, "mine"), { target: "/containers/mine/json" }]);
  const foreign = await learnFrom([create({}, "mine"), { target: "/containers/theirs/json" }]);
  const looking = await learnFrom([{ target: "/containers/json" }]);
  assert.deepEqual(
    [own, foreign, looking].map(({ policy }) => policy.clients["ci"]?.own),
    ["only", "any", "any"],
  );
});

test("a name with a star is no pattern", async () => {
  const learnt = await learnFrom([create({ Env: ["*=1"] }), create({ Labels: { "a*": "1" } }), create({})]);
  assert.deepEqual(
    learnt.leftOut.map(({ why }) => why),
    ["not-expressible", "not-expressible"],
  );
  assert.equal(await decide(learnt, create({ Env: ["ANY=1"] })), "deny");
  assert.equal(await decide(learnt, create({ Labels: { ab: "1" } })), "deny");
});

test("limits that some containers do without are not learnt", async () => {
  const learnt = await learnFrom([host({ Memory: 64e6, PidsLimit: 10 }), host({ PidsLimit: 20 })]);
  assert.deepEqual(learnt.policy.clients["ci"]?.limits, { pids: 20 });
});

test("what a gate refused is learnt only when asked for", async () => {
  const text = (await shadowLog([create({})])).replaceAll('"enforced":false', '"enforced":true');
  const { calls, broken } = await readLog(text);
  assert.deepEqual([calls.length, broken], [0, 1], "an edited record is no record");
  const call = (await readLog(await shadowLog([create({})]))).calls.map((one) => ({ ...one, forwarded: false }));
  const options = { language: "en", hostLayers: [] } as const;
  assert.deepEqual((await learn(call, { ...options, refused: false })).policy.clients, {});
  assert.equal((await learn(call, { ...options, refused: true })).learnt.length, 1);
});

test("more names than a list holds leave the list open, more paths are not learnt", async () => {
  const many = Array.from({ length: 300 }, (_, index) => index);
  const variables = await learnFrom([create({ Env: many.map((index) => `V${index}=1`) })]);
  assert.equal((variables.policy.clients["ci"] as WrittenClient).environment?.allow, undefined);
  assert.equal(variables.leftOut.length, 0);
  const paths = await learnFrom(many.map((index) => host({ Binds: [`/srv/${index}:/a`] })));
  assert.equal(paths.leftOut.length, 300 - 256);
  assert.equal(paths.learnt.length, 256);
});
