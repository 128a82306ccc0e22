import assert from "node:assert/strict";
import { test } from "node:test";
import type { HostConfig, ImageConfig } from "../../facts/index.ts";
import { readCreateRequest } from "../index.ts";

const read = (text: string) => readCreateRequest({ text, uri: "body.json" });

function onlyWorkload(text: string) {
  const { workloads } = read(text);
  assert.equal(workloads.length, 1, text);
  return workloads[0] as (typeof workloads)[number];
}

const EVERY_CONFIG_FIELD: Required<ImageConfig> = {
  Image: "nginx",
  User: "1000:1000",
  Env: ["A=1"],
  Cmd: ["sleep", "1"],
  Entrypoint: ["/init"],
  Volumes: ["/data"],
  Labels: { a: "b" },
  ExposedPorts: ["80/tcp"],
  Tty: true,
  Healthcheck: { Test: ["NONE"] },
};

const EVERY_HOST_CONFIG_FIELD: Required<HostConfig> = {
  Privileged: true,
  CapAdd: ["SYS_ADMIN"],
  CapDrop: ["ALL"],
  Binds: ["/a:/a"],
  Mounts: [
    {
      Type: "bind",
      Source: "/",
      Target: "/mnt",
      ReadOnly: true,
      BindOptions: {
        Propagation: "rshared",
        NonRecursive: true,
        ReadOnlyNonRecursive: true,
        ReadOnlyForceRecursive: true,
      },
      VolumeOptions: { DriverConfig: { Name: "local", Options: { device: "/" } } },
    },
  ],
  Tmpfs: { "/run": "rw" },
  VolumesFrom: ["db:ro"],
  VolumeDriver: "local",
  Devices: [{ PathOnHost: "/dev/sda", PathInContainer: "/dev/sda", CgroupPermissions: "r" }],
  DeviceCgroupRules: ["a *:* rwm"],
  DeviceRequests: [{ Driver: "nvidia", Count: -1, DeviceIDs: ["0"], Capabilities: [["gpu"]] }],
  SecurityOpt: ["seccomp=unconfined"],
  MaskedPaths: [],
  ReadonlyPaths: ["/proc/sys"],
  PidMode: "host",
  IpcMode: "host",
  NetworkMode: "host",
  UTSMode: "host",
  UsernsMode: "host",
  CgroupnsMode: "host",
  GroupAdd: ["docker"],
  ReadonlyRootfs: true,
  Runtime: "runc",
  CgroupParent: "/",
  Sysctls: { "net.ipv4.ip_forward": "1" },
  PortBindings: { "80/tcp": [{ HostIp: "127.0.0.1", HostPort: "80" }] },
  PublishAllPorts: true,
  Memory: 1024,
  NanoCpus: 1,
  CpuShares: 2,
  CpuQuota: 3,
  PidsLimit: 4,
  OomKillDisable: true,
  OomScoreAdj: -1000,
  Ulimits: [{ Name: "nofile", Soft: 1, Hard: 2 }],
  RestartPolicy: { Name: "always", MaximumRetryCount: 3 },
  LogConfig: { Type: "syslog", Config: { a: "b" } },
  StorageOpt: { size: "1G" },
};

const API_CONFIG = { ...EVERY_CONFIG_FIELD, Volumes: { "/data": {} }, ExposedPorts: { "80/tcp": {} } };

test("every field of ContainerConfig is read from the body of a request", () => {
  const { config } = onlyWorkload(JSON.stringify({ ...API_CONFIG, HostConfig: EVERY_HOST_CONFIG_FIELD }));
  assert.deepEqual(config, { Config: EVERY_CONFIG_FIELD, HostConfig: EVERY_HOST_CONFIG_FIELD });
});

test("every field of ContainerConfig is read from a split body", () => {
  const { config } = onlyWorkload(JSON.stringify({ Config: API_CONFIG, HostConfig: EVERY_HOST_CONFIG_FIELD }));
  assert.deepEqual(config, { Config: EVERY_CONFIG_FIELD, HostConfig: EVERY_HOST_CONFIG_FIELD });
});

const FLAT_OBEYED = /^outside of HostConfig: (.*)\. Docker Engine up to 26 obeys/;

for (const [name, text, config] of [
  ["an empty split body", '{"Config":{},"HostConfig":{}}', { Config: {}, HostConfig: {} }],
  ["form: HostConfig alone", '{"HostConfig":{}}', { Config: {}, HostConfig: {} }],
  ["form: Config alone is split", '{"Config":{"User":"1"}}', { Config: { User: "1" }, HostConfig: {} }],
  [
    "form: Config null is split",
    '{"Config":null,"HostConfig":{"PidMode":"host"}}',
    { Config: {}, HostConfig: { PidMode: "host" } },
  ],
  // An engine ignores a member Config of a body and takes the fields beside it.
  [
    "form: Config beside its fields is ignored",
    '{"Config":{"User":"1"},"Image":"i"}',
    { Config: { Image: "i" }, HostConfig: {} },
  ],
  [
    "form: also beside one in another case",
    '{"Config":{"User":"1"},"image":"i"}',
    { Config: { Image: "i" }, HostConfig: {} },
  ],
  [
    "null is absent for every kind of field",
    '{"HostConfig":{"Binds":null,"MaskedPaths":null,"PidMode":null,"Privileged":null,"PidsLimit":null,"Tmpfs":null}}',
    { Config: {}, HostConfig: {} },
  ],
  ["an empty list is not absent", '{"HostConfig":{"MaskedPaths":[]}}', { Config: {}, HostConfig: { MaskedPaths: [] } }],
  [
    "false, 0 and the empty string are not absent",
    '{"User":"","HostConfig":{"Privileged":false,"Memory":0}}',
    { Config: { User: "" }, HostConfig: { Privileged: false, Memory: 0 } },
  ],
  [
    "a mount of which little is said",
    '{"HostConfig":{"Mounts":[{}]}}',
    { Config: {}, HostConfig: { Mounts: [{ Type: "", Target: "" }] } },
  ],
  [
    "a key that JavaScript objects have",
    '{"Labels":{"__proto__":"x"}}',
    { Config: { Labels: JSON.parse('{"__proto__":"x"}') }, HostConfig: {} },
  ],
  [
    "flat fields without HostConfig count",
    '{"Image":"i","Privileged":true}',
    { Config: { Image: "i" }, HostConfig: { Privileged: true } },
  ],
  [
    "flat fields beside null count",
    '{"Image":"i","Privileged":true,"HostConfig":null}',
    { Config: { Image: "i" }, HostConfig: { Privileged: true } },
  ],
  [
    "flat fields beside HostConfig do not",
    '{"Image":"i","Privileged":true,"HostConfig":{}}',
    { Config: { Image: "i" }, HostConfig: {} },
  ],
  [
    "flat VolumeDriver counts beside HostConfig",
    '{"VolumeDriver":"x","HostConfig":{"VolumeDriver":""}}',
    { Config: {}, HostConfig: { VolumeDriver: "x" } },
  ],
  [
    "unless HostConfig has its own",
    '{"VolumeDriver":"x","HostConfig":{"VolumeDriver":"y"}}',
    { Config: {}, HostConfig: { VolumeDriver: "y" } },
  ],
] as const) {
  test(name, () => {
    assert.deepEqual(onlyWorkload(text).config, config);
  });
}

for (const [name, text, problems] of [
  ["an ordinary body", '{"Image":"i","HostConfig":{}}', []],
  ["flat fields that count", '{"Image":"i","Privileged":true}', [["note", FLAT_OBEYED, 1, 14]]],
  [
    "flat fields without effect",
    '{"Image":"i","Privileged":true,"HostConfig":{}}',
    [["note", /without effect.*: Privileged$/, 1, 14]],
  ],
  [
    "a flat field of a wrong type",
    '{"Image":"i","Privileged":1}',
    [["note", /Privileged: expected a boolean, found 1; Docker Engine up to 26 refuses/, 1, 27]],
  ],
  ["an unknown field", '{"Image":"i",\n"HostConfig":{"Future":1}}', [["note", /^"Future" is not a field/, 2, 15]]],
  [
    "an unknown field with a hidden name",
    '{"\\u202eImage":"i"}',
    [["note", /^"\\\\u\{202e\}Image" is not a field/, 1, 2]],
  ],
  ["a field twice", '{"Image":"i","image":"j"}', [["note", /^"image" is written more than once/, 1, 14]]],
  [
    "text after the body",
    '{"Image":"i"}\n{"Image":"j"}',
    [["error", /after the first JSON value is not examined/, 2, 1]],
  ],
] as const) {
  test(`problems of ${name}`, () => {
    const found = read(text).problems;
    assert.equal(found.length, problems.length, JSON.stringify(found));
    for (const [index, [severity, message, line, column]] of problems.entries()) {
      assert.equal(found[index]?.severity, severity);
      assert.match(found[index]?.message.en ?? "", message);
      assert.notEqual(found[index]?.message.ja, found[index]?.message.en);
      assert.deepEqual([found[index]?.place.line, found[index]?.place.column], [line, column]);
    }
  });
}

for (const [text, en, ja, place] of [
  [
    '{"HostConfig":{\n  "Privileged": "true"}}',
    "HostConfig.Privileged: expected a boolean, found a string; an engine refuses this request",
    "HostConfig.Privileged: 真偽値が必要ですが、文字列が書かれています。エンジンはこの要求を拒否します",
    { uri: "body.json", line: 2, column: 17, field: "HostConfig.Privileged" },
  ],
  [
    '{"HostConfig":{"Memory":1e8}}',
    "HostConfig.Memory: expected a whole number, found 1e8; an engine refuses this request",
    "HostConfig.Memory: 整数が必要ですが、 1e8 が書かれています。エンジンはこの要求を拒否します",
    { uri: "body.json", line: 1, column: 25, field: "HostConfig.Memory" },
  ],
  [
    '{"Env":["A=1",{}]}',
    "Env[1]: expected a string, found an object; an engine refuses this request",
    "Env[1]: 文字列が必要ですが、オブジェクトが書かれています。エンジンはこの要求を拒否します",
    { uri: "body.json", line: 1, column: 15, field: "Env[1]" },
  ],
] as const) {
  test(`a body that an engine refuses makes no workload: ${en}`, () => {
    assert.deepEqual(read(text), { workloads: [], problems: [{ severity: "error", message: { en, ja }, place }] });
  });
}

for (const [name, text, code] of [
  ["no JSON", "docker run nginx", "BAD_SYNTAX"],
  ["null", "null", "NOT_THIS_INPUT"],
  ["a string", '"x"', "NOT_THIS_INPUT"],
  ["an inspect document", '{"Id":"x","Image":"sha256:1","Config":{},"HostConfig":{}}', "NOT_THIS_INPUT"],
] as const) {
  test(`${name} is not the body of a create request`, () => {
    assert.throws(() => read(text), { name: "ReadError", code });
  });
}

test("bodies in an array are read each by itself, and a bad one does not take the others with it", () => {
  const { workloads, problems } = read('[{"Image":"a"},null,{"Image":1},{"Image":"b"}]');
  assert.deepEqual(
    workloads.map(({ id, name, source }) => [id, name, source.column]),
    [
      ["body.json#0", "a", 2],
      ["body.json#3", "b", 33],
    ],
  );
  assert.deepEqual(
    problems.map(({ severity, place }) => [severity, place.column]),
    [
      ["error", 16],
      ["error", 30],
    ],
  );
});

test("a body without an image is known by the name of its input", () => {
  const { id, name, kind } = onlyWorkload("{}");
  assert.deepEqual([id, name, kind], ["body.json", "body.json", "create-request"]);
});

const PLACES = `{
  "User": "0",
  "HostConfig": {
    "Binds": ["/a:/a",
      "/b:/b"],
    "Mounts": [{ "Type": "bind", "Source": "/" }],
    "capadd": ["ALL"]
  }
}`;

for (const [field, line, column] of [
  ["Config.User", 2, 3],
  ["Config.Env[0]", 1, 1],
  ["HostConfig", 3, 3],
  ["HostConfig.Binds", 4, 5],
  ["HostConfig.Binds[1]", 5, 7],
  ["HostConfig.Binds[7]", 4, 5],
  ["HostConfig.Mounts[0].Source", 6, 34],
  ["HostConfig.Mounts[0].BindOptions.Propagation", 6, 16],
  ["HostConfig.CapAdd[0]", 7, 16],
  ["HostConfig.Privileged", 3, 3],
  ["", 1, 1],
  ["host.kernel", 1, 1],
] as const) {
  test(`${field || "the empty field"} is at line ${line}, column ${column}`, () => {
    assert.deepEqual(onlyWorkload(PLACES).where(field), { uri: "body.json", line, column, field });
  });
}

test("a field that a repeated list left standing is at the place where it was written", () => {
  const text = '{"HostConfig":{"Binds":["/:/mnt"],\n"Binds":[null]}}';
  const workload = onlyWorkload(text);
  assert.deepEqual(workload.config.HostConfig.Binds, ["/:/mnt"]);
  assert.equal(workload.where("HostConfig.Binds[0]").line, 1);
});

test("a field at the top of the body is at its place there", () => {
  const workload = onlyWorkload('{"Image":"i",\n"Privileged":true}');
  assert.deepEqual(workload.where("HostConfig.Privileged"), {
    uri: "body.json",
    line: 2,
    column: 1,
    field: "HostConfig.Privileged",
  });
});

test("an input without lines gives places without lines", () => {
  const { workloads } = readCreateRequest({ text: "{}", uri: "unix:///a.sock", hasLines: false });
  assert.deepEqual(workloads[0]?.where("Config.User"), { uri: "unix:///a.sock", field: "Config.User" });
});
