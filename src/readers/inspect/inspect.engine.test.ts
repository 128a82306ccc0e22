import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { test } from "node:test";
import { BUSYBOX_IMAGE, engineTestOptions, startEngine } from "../../../test/support/engines/index.ts";
import { createEngineClient } from "../../engine/index.ts";
import type { ContainerConfig } from "../../facts/index.ts";
import { readCreateRequest, readInspect } from "../index.ts";

/** Fields that Engine 20.10.24 stores as they were sent. It completes or rewrites the others. */
const STORED_AS_SENT = [
  "Privileged",
  "Binds",
  "Mounts",
  "Tmpfs",
  "VolumesFrom",
  "Devices",
  "DeviceCgroupRules",
  "DeviceRequests",
  "PidMode",
  "UTSMode",
  "UsernsMode",
  "GroupAdd",
  "ReadonlyRootfs",
  "CgroupParent",
  "Sysctls",
  "Memory",
  "OomScoreAdj",
] as const;

/** Sends a body to an engine exactly as it is. A container is made and never started. */
function create(socketPath: string, body: Buffer): Promise<{ status: number; id: string }> {
  return new Promise((resolve, reject) => {
    const headers = { host: "docker", "content-type": "application/json", "content-length": body.length };
    const sent = request({ socketPath, method: "POST", path: "/v1.41/containers/create", headers }, (response) => {
      response.setEncoding("utf8");
      let text = "";
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, id: response.statusCode === 201 ? JSON.parse(text).Id : "" }),
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Null, the zero value and a field that is not written are the same to the engine. */
function withoutZeros(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.length === 0 ? undefined : value.map(withoutZeros);
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, entry]) => [key, withoutZeros(entry)] as const);
    const written = entries.filter(([, entry]) => entry !== undefined);
    return written.length === 0 ? undefined : Object.fromEntries(written);
  }
  return value === "" || value === 0 || value === false || value === null ? undefined : value;
}

const storedFields = (config: ContainerConfig) =>
  Object.fromEntries(STORED_AS_SENT.map((name) => [name, withoutZeros(config.HostConfig[name])]));

test("what we read from a request is what the engine then says it made", engineTestOptions("rootful"), async (t) => {
  const engine = await startEngine("rootful");
  t.after(() => engine.stop());
  const client = createEngineClient({ kind: "unix", uri: "unix://test", socketPath: engine.socketPath });
  t.after(() => client.close());
  const rows = readFileSync(new URL("../../../test/corpus/engine-requests/create.jsonl", import.meta.url), "utf8");
  let compared = 0;
  for (const row of rows
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line))) {
    const body = row.body === undefined ? Buffer.from(row.bodyBase64, "base64") : Buffer.from(row.body);
    const { status, id } = await create(engine.socketPath, body);
    if (status !== 201) {
      continue;
    }
    const { text } = await client.inspectContainer(id);
    const made = readInspect({ text, uri: "engine", hasLines: false }).workloads[0];
    const asked = readCreateRequest({ text: body.toString("utf8"), uri: row.id }).workloads[0];
    assert.ok(made !== undefined && asked !== undefined, row.id);
    assert.deepEqual(storedFields(asked.config), storedFields(made.config), `${row.id} (${row.technique})`);
    compared += 1;
  }
  assert.ok(compared > 80, `only ${compared} of the requests were taken by this engine`);
});

test(
  "a container of Podman is read without a problem, under Docker's names",
  engineTestOptions("podman"),
  async (t) => {
    const engine = await startEngine("podman");
    t.after(() => engine.stop());
    const options = ["--cap-add", "SYS_ADMIN", "--pid", "host", "--network", "none", "-v", "/etc:/mnt:ro"];
    const created = await engine.docker("create", "--name", "sekisho-web", ...options, BUSYBOX_IMAGE, "sleep", "300");
    assert.equal(created.code, 0, created.stderr);
    const client = createEngineClient({ kind: "unix", uri: "unix://test", socketPath: engine.socketPath });
    t.after(() => client.close());
    const text = JSON.stringify(await client.get("/containers/sekisho-web/json"));
    const { workloads, problems } = readInspect({ text, uri: "engine", hasLines: false });
    assert.deepEqual(problems, []);
    assert.equal(workloads[0]?.name, "sekisho-web");
    assert.equal(workloads[0].observed.engineKind, "podman");
    assert.equal(workloads[0].config.HostConfig.PidMode, "host");
    assert.deepEqual(
      workloads[0].config.HostConfig.CapAdd?.map((name) => name.replace(/^CAP_/, "")),
      ["SYS_ADMIN"],
    );
    assert.deepEqual(
      workloads[0].surroundings.resolvedMounts?.map(({ source, readWrite }) => [source, readWrite]),
      [["/etc", false]],
    );
  },
);
