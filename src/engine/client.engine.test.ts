import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { type TestContext, test } from "node:test";
import { BUSYBOX_IMAGE, type EngineKind, engineTestOptions, startEngine } from "../../test/support/engines/index.ts";
import { createEngineClient, resolveEndpoint } from "./index.ts";

const readFile = (path: string): string | undefined => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
};

async function connect(t: TestContext, kind: EngineKind) {
  const engine = await startEngine(kind);
  t.after(() => engine.stop());
  const environment = {
    DOCKER_HOST: engine.host,
    ...(engine.certPath === undefined ? {} : { DOCKER_CERT_PATH: engine.certPath, DOCKER_TLS_VERIFY: "1" }),
  };
  const client = createEngineClient(resolveEndpoint({ environment, homeFolder: "/nowhere", readFile }));
  t.after(() => client.close());
  return { engine, client };
}

for (const [kind, product] of [
  ["rootful", "docker"],
  ["tls", "docker"],
  ["podman", "podman"],
] as const) {
  test(`every method reads from a ${kind} engine`, engineTestOptions(kind), async (t) => {
    const { engine, client } = await connect(t, kind);
    await engine.docker("volume", "create", "sekisho-data");
    const created = await engine.docker(
      "create",
      "--name",
      "sekisho-web",
      "--network",
      "none",
      BUSYBOX_IMAGE,
      "sleep",
      "300",
    );
    assert.equal(created.code, 0, created.stderr);

    assert.equal((await client.ping()).kind, product);
    assert.equal(typeof (await client.version()).value["ApiVersion"], "string");
    assert.equal(typeof (await client.info()).value["ServerVersion"], "string");
    const [listed] = await client.containers();
    assert.deepEqual(listed?.Names, ["/sekisho-web"]);
    const inspected = await client.inspectContainer("sekisho-web");
    assert.equal(inspected.value["Id"], listed?.Id);
    assert.equal(typeof (await client.inspectImage(String(inspected.value["Image"]))).value["Id"], "string");
    assert.ok((await client.volumes()).some((volume) => volume.Name === "sekisho-data" && volume.Driver === "local"));
    await assert.rejects(client.inspectContainer("sekisho-none"), {
      code: "NOT_FOUND",
      message: /no such container|No such container|no container/i,
    });
  });
}

test("an engine that asks for a certificate turns a client without one away", engineTestOptions("tls"), async (t) => {
  const { engine } = await connect(t, "tls");
  const ca = readFile(`${engine.certPath}/ca.pem`);
  const files: Record<string, string | undefined> = { "/ca-only/ca.pem": ca };
  const environment = { DOCKER_HOST: engine.host, DOCKER_CERT_PATH: "/ca-only", DOCKER_TLS_VERIFY: "1" };
  const endpoint = resolveEndpoint({ environment, homeFolder: "/nowhere", readFile: (path) => files[path] });
  await assert.rejects(createEngineClient(endpoint).ping(), { code: "TLS_FAILED" });
});
