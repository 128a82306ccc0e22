import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { ReadError, readInspect } from "../index.ts";

const CORPUS = new URL("../../../test/corpus/docker-bench/", import.meta.url);
const FILES = readdirSync(CORPUS).filter((name) => name.endsWith(".json"));
const corpusText = (name: string) => readFileSync(new URL(name, CORPUS), "utf8");

const read = (value: unknown) => readInspect({ text: JSON.stringify(value), uri: "inspect.json" });

/** The least that an inspect document has. */
const container = (more: object = {}) => ({ Id: "c".repeat(64), Name: "/web", Config: {}, HostConfig: {}, ...more });

function onlyWorkload(value: unknown) {
  const { workloads } = read(value);
  assert.equal(workloads.length, 1);
  return workloads[0] as (typeof workloads)[number];
}

test("every recorded document of Engine 20.10.24 is read without a problem", () => {
  assert.equal(FILES.length, 27);
  for (const file of FILES) {
    const { workloads, problems } = readInspect({ text: corpusText(file), uri: file });
    assert.deepEqual(problems, [], file);
    assert.equal(workloads.length, 1, file);
  }
});

for (const [file, field, value] of [
  ["1plain.json", "Privileged", false],
  ["2priv.json", "Privileged", true],
  ["3pid.json", "PidMode", "host"],
  ["v-capall.json", "CapAdd", ["ALL"]],
  ["1plain.json", "CapAdd", undefined],
  ["2priv.json", "MaskedPaths", undefined], // null: a privileged container has no list
  ["v-sysp.json", "MaskedPaths", []],
  ["v-devrule.json", "DeviceCgroupRules", ["b *:* rwm"]],
] as const) {
  test(`${file} was started with ${field} ${JSON.stringify(value)}`, () => {
    const { workloads } = readInspect({ text: corpusText(file), uri: file });
    assert.deepEqual(workloads[0]?.config.HostConfig[field], value);
  });
}

test("a document gives the workload its name, its place and what the engine resolved", () => {
  const text = corpusText("v-etcro.json");
  const { workloads } = readInspect({ text, uri: "v-etcro.json" });
  const [workload] = workloads;
  assert.ok(workload !== undefined);
  assert.deepEqual([workload.id, workload.kind, workload.name], ["v-etcro.json#v-etcro", "container", "v-etcro"]);
  assert.deepEqual(workload.surroundings.resolvedMounts, [
    { type: "bind", source: "/etc", destination: "/h", readWrite: false, propagation: "rprivate" },
  ]);
  assert.equal(workload.surroundings.appArmorProfile, "");
  const { line } = workload.where("HostConfig.Binds[0]");
  assert.match(text.split("\n")[(line ?? 0) - 1] ?? "", /\/etc:/);
  assert.equal(workload.observed.engineKind, "docker");
  assert.equal(workload.observed.id, JSON.parse(text).Id);
  assert.equal(workload.observed.pid, JSON.parse(text).State.Pid);
});

for (const [name, more, image] of [
  ["an empty user is root, whatever the image says", { Config: { User: "" } }, { user: "" }],
  ["so is one that is left out, as newer engines do", { Config: {} }, { user: "" }],
  ["a user that is written is itself", { Config: { User: "1000" } }, undefined],
] as const) {
  test(name, () => {
    assert.deepEqual(onlyWorkload(container(more)).surroundings.image, image);
  });
}

for (const [name, mount, readWrite] of [
  ["read-only", { RW: false }, false],
  ["writable", { RW: true }, true],
  ["not said to be either: the worse case", {}, true],
] as const) {
  test(`a mount that is ${name}`, () => {
    const { surroundings } = onlyWorkload(
      container({ Mounts: [{ Type: "volume", Name: "v", Source: "/s", Destination: "/d", ...mount }] }),
    );
    assert.deepEqual(surroundings.resolvedMounts, [
      { type: "volume", name: "v", source: "/s", destination: "/d", readWrite, propagation: "" },
    ]);
  });
}

const PODMAN = container({
  Name: "web",
  Image: "0123",
  OCIRuntime: "crun",
  State: { Status: "exited", Running: false, Pid: 0, Health: 7 },
  EffectiveCaps: null,
  BoundingCaps: ["CAP_CHOWN", "CAP_SYS_ADMIN"],
  Config: { User: "1000", Entrypoint: "/bin/sh -c", StopSignal: 15 },
  HostConfig: {
    CapAdd: ["CAP_SYS_ADMIN"],
    CapDrop: [],
    CgroupMode: "host",
    Runtime: "oci",
    LogConfig: { Config: null },
  },
});

test("a document of Podman is read under Docker's names", () => {
  const { config, observed, where } = onlyWorkload(PODMAN);
  assert.deepEqual(config, {
    Config: { User: "1000", Entrypoint: ["/bin/sh -c"] },
    HostConfig: { CapAdd: ["CAP_SYS_ADMIN"], CapDrop: [], CgroupnsMode: "host", Runtime: "crun", LogConfig: {} },
  });
  assert.deepEqual(observed, {
    engineKind: "podman",
    id: "c".repeat(64),
    imageId: "0123",
    running: false,
    boundingCapabilities: ["CAP_CHOWN", "CAP_SYS_ADMIN"],
  });
  const text = JSON.stringify(PODMAN);
  assert.equal(where("HostConfig.CgroupnsMode").column, text.indexOf('"CgroupMode"') + 1);
});

const PODMAN_CORPUS = new URL("../../../test/corpus/podman-inspect/", import.meta.url);

test("every recorded document of Podman 4.3.1 is read without a problem", () => {
  const files = readdirSync(PODMAN_CORPUS).filter((name) => name.endsWith(".json"));
  assert.equal(files.length, 7);
  for (const file of files) {
    const { workloads, problems } = readInspect({
      text: readFileSync(new URL(file, PODMAN_CORPUS), "utf8"),
      uri: file,
    });
    assert.deepEqual(problems, [], file);
    assert.equal(workloads[0]?.observed.engineKind, "podman");
    assert.equal(workloads[0].config.Config.Entrypoint, undefined, file);
  }
});

for (const [file, field, value] of [
  ["plain.json", "PidMode", "private"],
  ["ns.json", "PidMode", "host"],
  ["ns.json", "UTSMode", "host"],
  ["ns.json", "CgroupnsMode", "host"],
  ["plain.json", "Privileged", false],
  ["priv.json", "Privileged", true],
  ["plain.json", "CapAdd", []],
  ["capadd.json", "CapAdd", ["CAP_SYS_ADMIN"]],
  ["capadd.json", "CapDrop", ["CAP_CHOWN"]],
  ["binds.json", "Devices", [{ PathOnHost: "/dev/null", PathInContainer: "/dev/xnull", CgroupPermissions: "" }]],
  ["user.json", "SecurityOpt", ["no-new-privileges", "seccomp=unconfined"]],
  ["user.json", "ReadonlyRootfs", true],
] as const) {
  test(`podman's ${file} was started with ${field} ${JSON.stringify(value)}`, () => {
    const { workloads } = readInspect({ text: readFileSync(new URL(file, PODMAN_CORPUS), "utf8"), uri: file });
    assert.deepEqual(workloads[0]?.config.HostConfig[field], value);
  });
}

for (const [name, more, isUnresolved] of [
  ["Podman 4, shareable", { StopSignal: 15, IpcMode: "shareable" }, true],
  ["Podman 4, joined to another container", { StopSignal: 15, IpcMode: "container:x" }, false],
  ["Podman 5, shareable", { StopSignal: "SIGTERM", IpcMode: "shareable" }, false],
] as const) {
  test(`the IPC namespace of a document of ${name} is ${isUnresolved ? "open" : "known"}`, () => {
    const { StopSignal, IpcMode } = more;
    const { unresolved } = onlyWorkload(
      container({ OCIRuntime: "runc", Config: { StopSignal }, HostConfig: { IpcMode } }),
    );
    assert.equal(unresolved.has("HostConfig.IpcMode"), isUnresolved);
  });
}

test("Podman's imitation of Docker's API is told by its runtime, which is left out", () => {
  const HostConfig = { Runtime: "oci", IpcMode: "shareable", CgroupnsMode: "" };
  const { config, observed, unresolved } = onlyWorkload(container({ Config: { StopSignal: "15" }, HostConfig }));
  assert.equal(observed.engineKind, "podman");
  assert.equal(config.HostConfig.Runtime, undefined);
  assert.deepEqual([...unresolved.keys()], ["HostConfig.IpcMode", "HostConfig.CgroupnsMode"]);
});

test("a container of Docker may be shareable and is known", () => {
  assert.equal(onlyWorkload(container({ HostConfig: { IpcMode: "shareable" } })).unresolved.size, 0);
});

test("containers of one text are known to each other by id, by short id and by name", () => {
  const ids = ["a".repeat(64), "b".repeat(64)];
  const { workloads } = read([container({ Id: ids[0], Name: "/a" }), container({ Id: ids[1], Name: "/b" })]);
  const known = workloads[0]?.surroundings.containers;
  for (const key of [ids[1], "b".repeat(12), "b"]) {
    assert.equal(known?.get(key ?? ""), workloads[1], key);
  }
  assert.equal(known?.get("c"), undefined);
});

test("a container that is called like the id of another does not pass for it", () => {
  const id = "b".repeat(64);
  const { workloads } = read([container({ Id: "a".repeat(64), Name: `/${id}` }), container({ Id: id, Name: "/b" })]);
  assert.equal(workloads[0]?.surroundings.containers?.get(id), workloads[1]);
});

test("workloads of the same name have ids of their own", () => {
  const ids = read([container(), container(), container()]).workloads.map(({ id }) => id);
  assert.deepEqual(ids, ["inspect.json#web", "inspect.json#web~2", "inspect.json#web~3"]);
});

test("a container without a name goes by the beginning of its id", () => {
  assert.equal(onlyWorkload(container({ Name: "" })).name, "c".repeat(12));
});

const IMAGE = { Id: "sha256:1", RootFS: {}, Architecture: "amd64", Config: { User: "1" } };

test("an image among containers is read as an image", () => {
  const { workloads, images, problems } = read([IMAGE, container(), IMAGE]);
  assert.equal(workloads.length, 1);
  assert.deepEqual(
    images.map(({ id, name, user }) => [id, name, user]),
    [
      ["inspect.json#1", "1", "1"],
      ["inspect.json#1~3", "1", "1"],
    ],
  );
  assert.deepEqual(problems, []);
});

test("a network among containers is an error: it is not examined", () => {
  assert.deepEqual(
    read([container(), { Name: "net", Id: "1", Driver: "bridge" }]).problems.map(({ severity }) => severity),
    ["error"],
  );
});

for (const [name, value] of [
  ["a network", { Name: "net", Driver: "bridge" }],
  ["an array of names", ["web"]],
  ["a number", 1],
] as const) {
  test(`${name} alone is not this input`, () => {
    assert.throws(() => read(value), { name: "ReadError", code: "NOT_THIS_INPUT" });
  });
}

test("an empty array has no containers and no problem", () => {
  assert.deepEqual(read([]), { workloads: [], images: [], problems: [] });
});

for (const [name, more, keys] of [
  ["a field", { HostConfig: { Privileged: "yes" } }, ["HostConfig.Privileged"]],
  ["an item of a list", { HostConfig: { Binds: [1] } }, ["HostConfig.Binds[0]", "HostConfig.Binds"]],
  ["a deep field", { HostConfig: { Mounts: [{ Source: 1 }] } }, ["HostConfig.Mounts[0].Source", "HostConfig.Mounts"]],
  ["a whole list", { HostConfig: { Binds: "/:/mnt" } }, ["HostConfig.Binds", "*"]],
  ["the whole HostConfig", { HostConfig: [] }, ["HostConfig", "*"]],
  ["something beside the configuration", { Mounts: [{ RW: 1 }] }, ["Mounts[0].RW"]],
] as const) {
  test(`${name} of a wrong type is an error, and unresolved as ${keys.join(" and ")}`, () => {
    const { workloads, problems } = read(container(more));
    assert.deepEqual([...(workloads[0]?.unresolved.keys() ?? [])], keys);
    assert.deepEqual(
      problems.map(({ severity, place }) => [severity, place.field]),
      [["error", keys[0]]],
    );
  });
}

test("a field that is not read may hold anything", () => {
  assert.deepEqual(
    read(container({ NetworkSettings: 1, HostConfig: { ShmSize: "64m" }, Config: { StopSignal: 15 } })).problems,
    [],
  );
});

test("whatever the bytes, reading ends with a result or a ReadError", () => {
  const texts = FILES.map(corpusText);
  const mutation = fc.record({
    row: fc.nat(texts.length - 1),
    at: fc.nat(),
    drop: fc.nat(40),
    insert: fc.string({ maxLength: 4 }),
  });
  fc.assert(
    fc.property(mutation, ({ row, at, drop, insert }) => {
      const valid = texts[row] ?? "";
      const place = at % valid.length;
      try {
        const text = valid.slice(0, place) + insert + valid.slice(place + drop);
        for (const workload of readInspect({ text, uri: "x" }).workloads) {
          assert.equal(workload.where("HostConfig.Devices[0].PathOnHost").uri, "x");
        }
      } catch (error) {
        assert.ok(error instanceof ReadError, String(error));
      }
    }),
    { numRuns: 1500 },
  );
});
