// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables are those of Compose
import assert from "node:assert/strict";
import { test } from "node:test";
import { readOne } from "./one-service.fixture.ts";

const facts = (name: string, driver = "local", options: Record<string, string> = {}) => ({ name, driver, options });

/** The declaration of a volume `data`, and what is known of it. */
for (const [declaration, name, expected] of [
  ["", "data", facts("data")],
  ["{}", "data", facts("data")],
  ["{driver: nfs}", "data", facts("data", "nfs")],
  ["{name: other}", "other", facts("other")],
  ["{external: false}", "data", facts("data")],
  [
    "{driver_opts: {type: none, o: bind, device: /}}",
    "data",
    facts("data", "local", { type: "none", o: "bind", device: "/" }),
  ],
  [
    "{driver_opts: {type: none, o: 'bind,ro', device: ../..}}",
    "data",
    facts("data", "local", { type: "none", o: "bind,ro", device: "/" }),
  ],
  ["{driver_opts: {device: tmpfs, size: 5}}", "data", facts("data", "local", { device: "tmpfs", size: "5" })],
] as const) {
  test(`volumes: {data: ${declaration}} is known`, () => {
    const { workload, said } = readOne("volumes: ['data:/d']", `volumes: {data: ${declaration}}`);
    assert.equal(workload.config.HostConfig.Mounts?.[0]?.Source, name);
    assert.deepEqual(Array.from(workload.surroundings.volumes ?? []), [[name, expected]]);
    assert.deepEqual([said, workload.unresolved.size], [[], 0]);
  });
}

for (const [declaration, name, reason] of [
  ["{external: true}", "data", "the volume data is external: the file does not say what it holds"],
  ["{external: true, name: x}", "x", "the volume x is external: the file does not say what it holds"],
  ["{external: {name: x}}", "x", "the volume x is external: the file does not say what it holds"],
  ["{external: $X}", "data", "the volume data is external: the file does not say what it holds"],
  ["{name: '${N}'}", "${N}", "the value depends on the variable N"],
  ["{driver: $D}", "data", "the value depends on the variable D"],
  ["{driver_opts: {device: $D, o: bind}}", "data", "the value depends on the variable D"],
  ["5", "data", "the declaration of the volume data could not be read"],
  ["{driver_opts: [a]}", "data", "the declaration of the volume data could not be read"],
] as const) {
  test(`volumes: {data: ${declaration}} is unknown, not plain`, () => {
    const { workload } = readOne("volumes: ['data:/d']", `volumes: {data: ${declaration}}`);
    assert.equal(workload.config.HostConfig.Mounts?.[0]?.Source, name);
    assert.equal(workload.surroundings.volumes?.size, 0);
    assert.deepEqual(Array.from(workload.unresolved), [[`volumes.${name}`, reason]]);
    assert.equal(workload.where(`volumes.${name}`).line, 4);
  });
}

test("a volume that is not declared is an error", () => {
  assert.deepEqual(readOne("volumes: ['data:/d']").said, [
    "error 3:15 services.web.volumes[0] the volume data is not declared at the top of the file, and Compose refuses that",
  ]);
});

test("a volume cannot pass for another by taking its name", () => {
  const { workload } = readOne(
    "volumes: ['one:/a', 'two:/b']",
    "volumes: {one: {name: two, driver_opts: {o: bind, device: /}}, two: {}}",
  );
  assert.deepEqual(
    workload.config.HostConfig.Mounts?.map(({ Source }) => Source),
    ["two", "app_two"],
  );
  assert.deepEqual(workload.surroundings.volumes?.get("app_two")?.options, {});
});

/** Networks of the service, the top of the file, and the mode that the engine gets. */
for (const [networks, top, mode] of [
  ["networks: [front]", "networks: {front: {}}", "front"],
  ["networks: {front: , back: }", "networks: {front: , back: }", "back"],
  ["networks: {front: {priority: 5}, back: }", "networks: {front: , back: }", "front"],
  ["networks: [front, back]", "networks: {front: , back: }", "back"],
  ["networks: [front]", "networks: {front: {name: real}}", "real"],
  ["networks: [outer]", "networks: {outer: {external: true}}", "outer"],
  // The engine takes these words for something else than a network of that name.
  ["networks: [h]", "networks: {h: {external: true, name: host}}", "host"],
  ["networks: [h]", "networks: {h: {external: {name: host}}}", "host"],
  ["networks: [host]", "networks: {host: {external: true}}", "host"],
  ["networks: [host]", "networks: {host: {}}", "app_host"],
  ["networks: [none]", "name: shop\nnetworks: {none: {}}", "shop_none"],
  ["networks: [default]", "", "app_default"],
  ["networks: []", "", "app_default"],
  ["image: x", "", "app_default"],
  ["image: x", "name: shop", "shop_default"],
  ["image: x", "name: $NAME", "app_default"],
  ["image: x", "networks: {default: {name: host, external: true}}", "host"],
  ["network_mode: none", "networks: {default: {name: host, external: true}}", "none"],
] as const) {
  test(`${networks} with ${top || "nothing"} joins ${mode}`, () => {
    const { workload, said } = readOne(networks, top);
    assert.equal(workload.config.HostConfig.NetworkMode, mode);
    assert.deepEqual([said, workload.unresolved.size], [[], 0]);
  });
}

for (const [networks, top, said] of [
  [
    "networks: [front]",
    "",
    [
      "error 3:15 services.web.networks the network front is not declared at the top of the file, and Compose refuses that",
    ],
  ],
  ["networks: front", "networks: {front: }", ["error 3:15 services.web.networks expected a list"]],
  ["networks: [5]", "", ["error 3:16 services.web.networks[0] expected a string"]],
  ["networks: [$N]", "", []],
  ["networks: [front]", "networks: {front: {name: $N}}", []],
] as const) {
  test(`${networks} with ${top || "nothing"} leaves the network unknown or says why`, () => {
    const { workload, said: actual } = readOne(networks, top);
    assert.deepEqual(actual, said);
    assert.ok(said.length > 0 || workload.unresolved.has("HostConfig.NetworkMode"));
  });
}

test("network_mode beside networks is an error, and the mode is examined", () => {
  const { workload, said } = readOne("network_mode: host\nnetworks: [a]", "networks: {a: }");
  assert.equal(workload.config.HostConfig.NetworkMode, "host");
  assert.equal(said.length, 1);
});

/** Secrets and configs of the service, the top of the file, and the mounts. */
const mount = (Source: string, Target: string) => ({ Type: "bind", Source, Target, ReadOnly: true });

for (const [lines, top, mounts] of [
  ["secrets: [s]", "secrets: {s: {file: ./s.txt}}", [mount("/srv/app/s.txt", "/run/secrets/s")]],
  ["secrets: [{source: s, target: t}]", "secrets: {s: {file: /etc/shadow}}", [mount("/etc/shadow", "/run/secrets/t")]],
  ["secrets: [{source: s, target: /abs}]", "secrets: {s: {file: ~/k}}", [mount("/home/u/k", "/abs")]],
  ["configs: [c]", "configs: {c: {file: ./c.conf}}", [mount("/srv/app/c.conf", "/c")]],
  ["configs: [{source: c, target: /etc/c, mode: 0444}]", "configs: {c: {file: /c}}", [mount("/c", "/etc/c")]],
  ["secrets: [s]", "secrets: {s: {environment: S}}", undefined],
  ["configs: [c]", "configs: {c: {content: text}}", undefined],
] as const) {
  test(`${lines} with ${top}`, () => {
    const { workload, said } = readOne(lines, top);
    assert.deepEqual(workload.config.HostConfig.Mounts, mounts);
    assert.deepEqual([said, workload.unresolved.size], [[], 0]);
  });
}

test("a volume of the same target stands before a secret", () => {
  const { workload } = readOne("volumes: ['/x:/run/secrets/s/']\nsecrets: [s]", "secrets: {s: {file: /s}}");
  assert.deepEqual(
    [workload.config.HostConfig.Binds, workload.config.HostConfig.Mounts],
    [["/x:/run/secrets/s:rw"], undefined],
  );
});

test("a secret whose file holds a variable is mounted, and its source is unknown", () => {
  const { workload } = readOne("secrets: [s]", "secrets: {s: {file: '${DIR}/s'}}");
  assert.deepEqual(workload.config.HostConfig.Mounts, [mount("${DIR}/s", "/run/secrets/s")]);
  assert.deepEqual(Array.from(workload.unresolved), [
    ["HostConfig.Mounts[0].Source", "the value depends on the variable DIR"],
  ]);
});

for (const [lines, top, severity, message] of [
  ["secrets: [s]", "", "error", "the secret s is not declared at the top of the file, and Compose refuses that"],
  [
    "configs: [c]",
    "configs: {c: {external: true}}",
    "note",
    "the config c is external; Compose refuses it outside Swarm",
  ],
  ["secrets: [5]", "", "error", "expected a string or a mapping"],
  ["secrets: s", "", "error", "expected a list"],
  ["secrets: [s]", "secrets: {s: 5}", "error", "expected a mapping"],
] as const) {
  test(`${lines} with ${top || "nothing"}: ${message}`, () => {
    const [problem] = readOne(lines, top).problems;
    assert.deepEqual([problem?.severity, problem?.message.en], [severity, message]);
  });
}

for (const top of ["volumes: []", "networks: x", "secrets: 5", "configs: [a]"]) {
  test(`${top} at the top is an error`, () => {
    const [problem] = readOne("image: x", top).problems;
    assert.deepEqual([problem?.severity, problem?.message.en], ["error", "expected a mapping"]);
  });
}
