import assert from "node:assert/strict";
import { test } from "node:test";
import { readCompose } from "./index.ts";
import { say } from "./one-service.fixture.ts";

test("every service is a workload, whatever its profile, under its file and name", () => {
  const text =
    "name: shop\nservices:\n  web:\n    image: nginx\n  debug:\n    profiles: [debug]\n    privileged: true\n";
  const { workloads, problems } = readCompose(text, "deploy/compose.yaml");
  assert.deepEqual(
    workloads.map(({ id, kind, name, source }) => [id, kind, name, source.line, source.column]),
    [
      ["deploy/compose.yaml#web", "service", "web", 3, 3],
      ["deploy/compose.yaml#debug", "service", "debug", 5, 3],
    ],
  );
  assert.deepEqual(problems, []);
});

/** A field, and the line and column where it was written. */
const PLACES = `x-caps: &caps [SYS_ADMIN]
services:
  web:
    cap_add: *caps
    cap_drop:
      - ALL
      - NET_RAW
    volumes:
      - /etc:/h
      - type: bind
        source: /srv
        target: /s
        bind:
          propagation: rshared
      - data:/d
    sysctls:
      net.core.somaxconn: 5
    security_opt: [systempaths=unconfined, label=disable]
    deploy:
      resources: {limits: {memory: 1g}}
volumes:
  data:
    external: true
`;

for (const [field, line, column] of [
  ["HostConfig.CapAdd", 1, 15],
  ["HostConfig.CapAdd[0]", 1, 16],
  ["HostConfig.CapDrop", 5, 5],
  ["HostConfig.CapDrop[1]", 7, 9],
  ["HostConfig.Binds[0]", 9, 9],
  ["HostConfig.Binds[7]", 8, 5],
  ["HostConfig.Mounts[0]", 10, 9],
  ["HostConfig.Mounts[0].Source", 11, 17],
  ["HostConfig.Mounts[0].Target", 12, 17],
  ["HostConfig.Mounts[0].ReadOnly", 10, 9],
  ["HostConfig.Mounts[0].BindOptions.Propagation", 14, 24],
  ["HostConfig.Mounts[1].Source", 15, 9],
  ["HostConfig.Sysctls.net.core.somaxconn", 17, 27],
  ["HostConfig.Sysctls.net.other", 16, 5],
  ["HostConfig.SecurityOpt[0]", 18, 44],
  ["HostConfig.MaskedPaths", 18, 20],
  ["HostConfig.Memory", 20, 36],
  ["volumes.data", 22, 3],
  // Not written: where the service begins.
  ["HostConfig.Privileged", 3, 3],
  ["Config.User", 3, 3],
  ["", 3, 3],
  ["nonsense[[[..", 3, 3],
] as const) {
  test(`where(${field}) is ${line}:${column}`, () => {
    const [workload] = readCompose(PLACES, "c.yaml").workloads;
    assert.deepEqual(workload?.where(field), { uri: "c.yaml", line, column, field });
  });
}

for (const text of ["services:\n", "services: {}\n", "version: '3'\nservices: null\n"]) {
  test(`${JSON.stringify(text)} has no service`, () => {
    const { workloads, problems } = readCompose(text, "c.yaml");
    assert.deepEqual(
      [workloads, problems.map(({ severity, message }) => [severity, message.en])],
      [[], [["note", "there is no service in this file"]]],
    );
  });
}

test("a service that is no mapping is an error, and the others are read", () => {
  const { workloads, problems } = readCompose("services:\n  a:\n  b: nginx\n  c: {}\n  x-d: 5\n", "c.yaml");
  assert.deepEqual(
    workloads.map(({ name }) => name),
    ["c"],
  );
  assert.deepEqual(problems.map(say), [
    "error 2:3 services.a expected a mapping",
    "error 3:6 services.b expected a mapping",
  ]);
});

test("a service of a provider has no container", () => {
  const { workloads, problems } = readCompose("services: {db: {provider: {type: aws}}, web: {}}", "c.yaml");
  assert.deepEqual(
    workloads.map(({ name }) => name),
    ["web"],
  );
  assert.equal(problems[0]?.severity, "note");
});

test("a key at the top that nobody knows is noted, an extension is not", () => {
  assert.deepEqual(readCompose("services: {web: {}}\nx-a: 1\nvolume: {}\n", "c.yaml").problems.map(say), [
    "note 3:1 volume the key volume is not known to Sekisho and is not examined",
  ]);
});

test("a version 1 file is read, with a note", () => {
  const text =
    "web:\n  image: nginx\n  net: host\n  volumes: ['data:/d']\n  volumes_from: [db, other]\n  log_driver: syslog\n  log_opt: {a: b}\n  dockerfile: D\ndb:\n  build: .\n  net: 'container:web'\n";
  const { workloads, problems } = readCompose(text, "fig.yml");
  assert.deepEqual(problems.map(say), [
    "note 1:1  a version 1 file, without services; current Compose does not read it",
  ]);
  assert.deepEqual(
    workloads.map(({ id, config }) => [id, config.HostConfig]),
    [
      [
        "fig.yml#web",
        {
          NetworkMode: "host",
          VolumesFrom: ["db", "other"],
          LogConfig: { Type: "syslog", Config: { a: "b" } },
          Mounts: [{ Type: "volume", Source: "data", Target: "/d" }],
        },
      ],
      ["fig.yml#db", { NetworkMode: "container:web" }],
    ],
  );
  assert.deepEqual(Array.from(workloads[0]?.unresolved.keys() ?? []), ["HostConfig.VolumesFrom[1]"]);
});

test("net is no key of a file with services", () => {
  const { workloads, problems } = readCompose("services: {web: {net: host}}", "c.yaml");
  assert.equal(workloads[0]?.config.HostConfig.NetworkMode, "project_default");
  assert.equal(problems.length, 1);
});

test("problems stand in the order of the file", () => {
  const text = "services:\n  b: {volumes: 5, cap_add: 5}\n  a: {tty: 5}\nvolumes: 5\n";
  const lines = readCompose(text, "c.yaml").problems.map(({ place }) => [place.line, place.column]);
  assert.deepEqual(lines, [
    [2, 16],
    [2, 28],
    [3, 12],
    [4, 10],
  ]);
});
