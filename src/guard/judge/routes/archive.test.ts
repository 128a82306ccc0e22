import assert from "node:assert/strict";
import { test } from "node:test";
import { readPolicy, type WrittenClient } from "../../../policy/index.ts";
import { ModelEngine } from "../../model/model-engine.ts";
import { received } from "../../recall/recorded.fixture.ts";
import { createJudge } from "../index.ts";

const CLIENT: WrittenClient = {
  own: "any",
  allow: ["@read", "@read-inside", "@write"],
  mounts: [{ path: "/srv", access: "read-write" }],
  images: { write: ["**"] },
};

/** Makes a container, then asks to copy into it; whether that is let through. */
async function isLetThrough(hostConfig: object, path: string): Promise<boolean> {
  const read = readPolicy({ version: 1, clients: { ci: CLIENT } }, () => undefined);
  assert.ok(read.kind === "policy");
  const engine = new ModelEngine({ unknown: { kind: "absent" }, counts: true });
  const judge = createJudge({ policy: read.policy, lookup: engine.lookup(), now: () => 0 });
  const created = await judge.judge(
    received({ method: "POST", target: "/containers/create?name=x", body: { Image: "i", HostConfig: hostConfig } }),
    { client: "ci" },
  );
  assert.ok(created.forward !== undefined, "the container itself is allowed");
  engine.applyForwarded(created.forward);
  const target = `/containers/x/archive?path=${encodeURIComponent(path)}`;
  const { forward } = await judge.judge(received({ method: "PUT", target }), { client: "ci" });
  return forward !== undefined;
}

const BIND = { Binds: ["/srv/data:/h"] };

const CASES: readonly (readonly [what: string, hostConfig: object, path: string, letThrough: boolean])[] = [
  ["the container's own files", {}, "/etc", true],
  ["beside a mount of the host", BIND, "/etc", true],
  ["a name that only begins like a mount's", BIND, "/host", true],
  ["a mount of the host", BIND, "/h", false],
  ["below it", BIND, "/h/a/b", false],
  ["above it, for the archive may hold the way down", BIND, "/", false],
  ["a mount under another spelling", BIND, "/etc/../h/.", false],
  ["a read-only mount, which the engine refuses by itself", { Binds: ["/srv/data:/h:ro"] }, "/h", true],
  ["a volume", { Binds: ["data:/h"] }, "/h", true],
];

for (const [what, hostConfig, path, letThrough] of CASES) {
  test(`copying into ${what}: ${letThrough ? "let through" : "refused"}`, async () => {
    assert.equal(await isLetThrough(hostConfig, path), letThrough);
  });
}
