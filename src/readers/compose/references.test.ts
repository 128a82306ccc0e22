import assert from "node:assert/strict";
import { test } from "node:test";
import { readCompose } from "./index.ts";
import { say } from "./one-service.fixture.ts";

function read(web: string, rest = "  db: {pid: host, volumes: ['/:/h']}\n  named: {container_name: outer}") {
  const { workloads, problems } = readCompose(`services:\n  web: {${web}}\n${rest}\n`, "c.yaml");
  const [workload] = workloads;
  assert.ok(workload !== undefined);
  return { workload, said: problems.map(say) };
}

for (const [yaml, mode] of [
  ["pid: host", "host"],
  ["pid: 'service:db'", "container:db"],
  // A container of this file is found by the service that makes it.
  ["pid: 'container:outer'", "container:named"],
] as const) {
  test(`${yaml} is ${mode}`, () => {
    const { workload, said } = read(yaml);
    assert.deepEqual([workload.config.HostConfig.PidMode, said, workload.unresolved.size], [mode, [], 0]);
  });
}

for (const key of ["pid", "ipc", "network_mode"]) {
  test(`${key}: service:X leads to the workload of X`, () => {
    const { workload } = read(`${key}: 'service:db'`);
    const { PidMode, IpcMode, NetworkMode } = workload.config.HostConfig;
    const mode = { pid: PidMode, ipc: IpcMode, network_mode: NetworkMode }[key];
    assert.equal(mode, "container:db");
    assert.equal(workload.surroundings.containers?.get("db")?.config.HostConfig.PidMode, "host");
  });
}

test("a container of somebody else is unknown, even where a service has its name", () => {
  for (const name of ["else", "db"]) {
    const { workload, said } = read(`pid: 'container:${name}'`);
    assert.equal(workload.config.HostConfig.PidMode, `container:${name}`);
    assert.deepEqual(said, []);
    assert.deepEqual(Array.from(workload.unresolved), [
      ["HostConfig.PidMode", `the container ${name} is not made by this file`],
    ]);
  }
});

test("a service that is not there is an error, and unknown", () => {
  const { workload, said } = read("pid: 'service:gone'");
  assert.deepEqual(said, ["error 2:14 services.web.pid there is no service gone in this file"]);
  assert.deepEqual(Array.from(workload.unresolved.keys()), ["HostConfig.PidMode"]);
});

for (const [entry, donor, open] of [
  ["db", "db", false],
  ["'db:ro'", "db:ro", false],
  ["'service:db:ro'", "db:ro", false],
  ["'container:outer:ro'", "named:ro", false],
  ["'container:else'", "else", true],
] as const) {
  test(`volumes_from ${entry} takes from ${donor}`, () => {
    const { workload, said } = read(`volumes_from: [${entry}]`);
    assert.deepEqual([workload.config.HostConfig.VolumesFrom, said], [[donor], []]);
    assert.equal(workload.unresolved.has("HostConfig.VolumesFrom[0]"), open);
  });
}

test("volumes_from a service that is not there is an error", () => {
  assert.deepEqual(read("volumes_from: [gone]").said, [
    "error 2:23 services.web.volumes_from there is no service gone in this file",
  ]);
});

test("the name of a container finds its workload, and never hides a service of that name", () => {
  const { workload } = read("pid: host", "  db: {container_name: web}\n  x: {container_name: y}");
  assert.equal(workload.surroundings.containers?.get("y")?.name, "x");
  assert.equal(workload.surroundings.containers?.get("web")?.name, "web");
});
