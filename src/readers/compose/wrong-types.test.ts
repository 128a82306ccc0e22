import assert from "node:assert/strict";
import { test } from "node:test";
import { readOne } from "./one-service.fixture.ts";

/** What Compose refuses: the value, what was expected, and the field that stays unknown. */
const ROWS: readonly (readonly [string, string, string])[] = [
  ["privileged: maybe", "true or false", "HostConfig.Privileged"],
  ["privileged: 1", "true or false", "HostConfig.Privileged"],
  ["privileged: [true]", "true or false", "HostConfig.Privileged"],
  ["read_only: {}", "true or false", "HostConfig.ReadonlyRootfs"],
  ["tty: 5", "true or false", "Config.Tty"],
  ["cap_add: SYS_ADMIN", "a list", "HostConfig.CapAdd"],
  ["cap_add: {SYS_ADMIN: true}", "a list", "HostConfig.CapAdd"],
  ["cap_drop: [5]", "a string", "HostConfig.CapDrop"],
  ["cap_drop: [[ALL]]", "a string", "HostConfig.CapDrop"],
  ["security_opt: apparmor=unconfined", "a list", "HostConfig.SecurityOpt"],
  ["security_opt: [5]", "a string", "HostConfig.MaskedPaths"],
  ["pid: 5", "a string", "HostConfig.PidMode"],
  ["network_mode: [host]", "a string", "HostConfig.NetworkMode"],
  ["cgroup: shared", "host or private", "HostConfig.CgroupnsMode"],
  ["gpus: some", "all, or a list of mappings", "HostConfig.DeviceRequests"],
  ["user: 1000", "a string", "Config.User"],
  ["group_add: docker", "a list", "HostConfig.GroupAdd"],
  ["group_add: [true]", "a string or a number", "HostConfig.GroupAdd"],
  ["tmpfs: 5", "a string", "HostConfig.Tmpfs"],
  ["tmpfs: {a: b}", "a string", "HostConfig.Tmpfs"],
  ["volumes_from: web", "a list", "HostConfig.VolumesFrom"],
  ["sysctls: 5", "a mapping or a list of KEY=VALUE", "HostConfig.Sysctls"],
  ["environment: A=1", "a mapping or a list of KEY=VALUE", "Config.Env"],
  ["mem_limit: much", "a size such as 512m", "HostConfig.Memory"],
  ["mem_limit: .inf", "a size such as 512m", "HostConfig.Memory"],
  ["cpus: [1]", "a number", "HostConfig.NanoCpus"],
  ["cpus: 1e300", "a number", "HostConfig.NanoCpus"],
  ["pids_limit: 1.5", "a whole number", "HostConfig.PidsLimit"],
  ["oom_score_adj: 0x", "a whole number", "HostConfig.OomScoreAdj"],
  ["ulimits: 5", "a mapping", "HostConfig.Ulimits"],
  ["ulimits: {nofile: many}", "a whole number", "HostConfig.Ulimits[0].Soft"],
  ["logging: json-file", "a mapping", "HostConfig.LogConfig"],
  ["healthcheck: curl", "a mapping", "Config.Healthcheck"],
  ["deploy: 5", "a mapping", "HostConfig.DeviceRequests"],
  ["deploy: {resources: 5}", "a mapping", "HostConfig.DeviceRequests"],
  ["deploy: {resources: {reservations: {devices: gpu}}}", "a list", "HostConfig.DeviceRequests"],
  ["command: 5", "a string", "Config.Cmd"],
  ["command: [sleep, 5]", "a string", "Config.Cmd"],
  ["entrypoint: sh -c 'x", "a command whose quotes are closed", "Config.Entrypoint"],
  ["use_api_socket: 5", "true or false", "HostConfig.Binds[0]"],
];

for (const [yaml, expected, field] of ROWS) {
  test(`${yaml}: expected ${expected}; unknown, and the rest is read`, () => {
    const { workload, problems } = readOne(`${yaml}\nuts: host`);
    const [problem] = problems;
    assert.deepEqual(
      [problem?.severity, problem?.message.en, problem?.place.line],
      ["error", `expected ${expected}`, 3],
    );
    assert.ok(workload.unresolved.has(field), Array.from(workload.unresolved.keys()).join());
    assert.equal(workload.config.HostConfig.UTSMode, "host");
    assert.equal(workload.config.HostConfig.Privileged, undefined);
  });
}

test("the problem points at the value", () => {
  assert.deepEqual(readOne("cap_add: SYS_ADMIN\ncap_drop:\n- ALL\n- 5").said, [
    "error 3:14 services.web.cap_add expected a list",
    "error 6:7 services.web.cap_drop[1] expected a string",
  ]);
});

/** Words that Compose casts, in quotes or not, as docker-compose 1.29.2 and compose-go do. */
for (const [word, value] of [
  ["yes", true],
  ["'yes'", true],
  ["ON", true],
  ["y", true],
  ["no", false],
  ["off", false],
] as const) {
  test(`privileged: ${word} is ${value}, and a note says so`, () => {
    const { workload, problems } = readOne(`privileged: ${word}`);
    assert.equal(workload.config.HostConfig.Privileged, value);
    assert.deepEqual([problems.length, problems[0]?.severity], [1, "note"]);
  });
}

for (const [yaml, message] of [
  ["credential_spec: {file: x}", "credential_spec only matters to Windows containers and is ignored"],
] as const) {
  test(`${yaml} is noted`, () => {
    const { said, workload } = readOne(yaml);
    assert.equal(said.length, 1);
    assert.match(said[0] ?? "", new RegExp(`^note 3:\\d+ .* ${message}$`));
    assert.equal(workload.unresolved.size, 0);
  });
}

for (const [yaml, field, column] of [
  ["build: {context: ., privileged: true}", "build.privileged", 37],
  ["build: {context: ., entitlements: [security.insecure]}", "build.entitlements", 39],
  ["build: {context: ., network: host}", "build.network", 34],
  ["build: {context: ., privileged: $P}", "build.privileged", 37],
] as const) {
  test(`${yaml} asks for rights on the host that builds`, () => {
    const { said, workload } = readOne(yaml);
    assert.deepEqual([said, workload.surroundings.build], [[], { field }]);
    assert.equal(workload.where(field).column, column);
    assert.equal(workload.unresolved.has("build"), yaml.includes("$"));
  });
}

for (const yaml of [
  "build: .",
  "build: {context: ., network: none}",
  "build: {privileged: false}",
  "profiles: [dev]",
]) {
  test(`${yaml} needs no word`, () => {
    assert.deepEqual(readOne(yaml).said, []);
  });
}

for (const [yaml, field] of [
  ["env_file: .env", "Config.Env"],
  ["label_file: labels", "Config.Labels"],
  ["post_start: [{command: id, privileged: true}]", "HostConfig.Privileged"],
  ["pre_stop: [{command: id, privileged: $X}]", "HostConfig.Privileged"],
] as const) {
  test(`${yaml} leaves ${field} unknown`, () => {
    const { workload, problems } = readOne(yaml);
    assert.deepEqual(
      problems.map(({ severity }) => severity),
      ["note"],
    );
    assert.deepEqual(Array.from(workload.unresolved.keys()), [field]);
  });
}

test("a hook without privileges leaves nothing unknown", () => {
  const { workload, said } = readOne("post_start: [{command: id, user: root}]");
  assert.deepEqual([said, workload.unresolved.size], [[], 0]);
});

test("a hook of a privileged service adds nothing", () => {
  const { workload } = readOne("privileged: true\npost_start: [{command: id, privileged: true}]");
  assert.deepEqual([workload.config.HostConfig.Privileged, workload.unresolved.size], [true, 0]);
});
