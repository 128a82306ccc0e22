// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables are those of Compose
import assert from "node:assert/strict";
import { test } from "node:test";
import { readOne } from "./one-service.fixture.ts";
import { fill, splitOutsideVariables } from "./variables.ts";

/** A text, and its literal value; `undefined` where it depends on the variables. */
for (const [written, text, variables] of [
  ["plain", "plain", []],
  ["a$$b", "a$b", []],
  ["$$$$", "$$", []],
  ["$${A}", "${A}", []],
  ["$$A", "$A", []],
  ["$A", undefined, ["A"]],
  ["${A}", undefined, ["A"]],
  ["${A:-x}", undefined, ["A"]],
  ["${A-x}", undefined, ["A"]],
  ["${A:?say}", undefined, ["A"]],
  ["${A:+x}", undefined, ["A"]],
  ["${A:-${B:-c}}/$C", undefined, ["A", "C"]],
  ["$A$A", undefined, ["A"]],
  ["$$$A", undefined, ["A"]],
  ["$_x1-y", undefined, ["_x1"]],
] as const) {
  test(`${written} is ${text ?? `open: ${variables}`}`, () => {
    assert.deepEqual(fill(written), { text: text ?? written, variables, invalid: false });
  });
}

for (const written of ["$", "$1", "a$ b", "${", "${}", "${A", "${1}", "${A B}", "${A:-${B}", "$A $"]) {
  test(`${written} is no variable`, () => {
    assert.deepEqual([fill(written).invalid, fill(written).text], [true, written]);
  });
}

for (const [text, parts] of [
  ["a:b", ["a", "b"]],
  ["${A:-x}:b", ["${A:-x}", "b"]],
  ["${A:-${B:-y}}:b:c", ["${A:-${B:-y}}", "b", "c"]],
  ["$$a:b", ["$$a", "b"]],
  ["${A:b", ["${A", "b"]],
  ["", [""]],
] as const) {
  test(`${text} splits into ${parts.length}`, () => {
    assert.deepEqual(splitOutsideVariables(text, ":"), parts);
  });
}

test("many unclosed braces are looked at once, not once for each", () => {
  const text = "${A:".repeat(400_000);
  const start = performance.now();
  assert.equal(fill(text).invalid, true);
  assert.equal(splitOutsideVariables(text, ":").length, 400_001);
  assert.ok(performance.now() - start < 5_000);
});

/** A service with a variable: the field that is unresolved, and what the configuration holds of it. */
for (const [yaml, fields, config] of [
  ["privileged: $P", ["HostConfig.Privileged"], {}],
  ["read_only: ${RO:-true}", ["HostConfig.ReadonlyRootfs"], {}],
  ["mem_limit: ${MEM}", ["HostConfig.Memory"], {}],
  ["pids_limit: $PIDS", ["HostConfig.PidsLimit"], {}],
  ["pid: $PID", ["HostConfig.PidMode"], { PidMode: "$PID" }],
  ["pid: 'container:$C'", ["HostConfig.PidMode"], { PidMode: "container:$C" }],
  ["userns_mode: $U", ["HostConfig.UsernsMode"], { UsernsMode: "$U" }],
  ["runtime: $R", ["HostConfig.Runtime"], { Runtime: "$R" }],
  // One unknown word of a list leaves what the list does unknown.
  ["cap_add: [NET_RAW, $CAP]", ["HostConfig.CapAdd[1]", "HostConfig.CapAdd"], { CapAdd: ["NET_RAW", "$CAP"] }],
  ["cap_drop: ['${CAP}']", ["HostConfig.CapDrop[0]", "HostConfig.CapDrop"], { CapDrop: ["${CAP}"] }],
  [
    "security_opt: ['apparmor=$P']",
    ["HostConfig.SecurityOpt[0]", "HostConfig.SecurityOpt"],
    { SecurityOpt: ["apparmor=$P"] },
  ],
  [
    "security_opt: [$OPTION]",
    ["HostConfig.SecurityOpt[0]", "HostConfig.SecurityOpt", "HostConfig.MaskedPaths", "HostConfig.ReadonlyPaths"],
    { SecurityOpt: ["$OPTION"] },
  ],
  [
    "devices: ['$DEV:/dev/x']",
    ["HostConfig.Devices[0]"],
    { Devices: [{ PathOnHost: "$DEV", PathInContainer: "/dev/x", CgroupPermissions: "rwm" }] },
  ],
  ["sysctls: {a: $S}", ["HostConfig.Sysctls.a"], { Sysctls: { a: "$S" } }],
  ["ports: ['$PORT:80']", ["HostConfig.PortBindings"], {}],
] as const) {
  test(`${yaml} leaves ${fields[0]} unresolved`, () => {
    const { workload, said } = readOne(yaml);
    const { NetworkMode, ...host } = workload.config.HostConfig;
    assert.deepEqual([said, Array.from(workload.unresolved.keys()), host], [[], fields, config]);
    assert.match(workload.unresolved.get(fields[0]) ?? "", /^the value depends on the variable \w+$/);
    assert.equal(workload.where(fields[0]).line, 3);
  });
}

for (const [yaml, field, text] of [
  ["user: '${UID}:${GID}'", "Config.User", "${UID}:${GID}"],
  ["image: nginx:${TAG:-1}", "Config.Image", "nginx:${TAG:-1}"],
] as const) {
  test(`${yaml} keeps its text, and is unresolved`, () => {
    const { workload } = readOne(yaml);
    assert.equal(workload.config.Config.User ?? workload.config.Config.Image, text);
    assert.deepEqual(Array.from(workload.unresolved.keys()), [field]);
  });
}

test("several variables are all named", () => {
  assert.equal(
    readOne("user: '${UID}:${GID}'").workload.unresolved.get("Config.User"),
    "the value depends on the variables UID, GID",
  );
});

test("an escaped dollar leaves nothing open", () => {
  const { workload } = readOne("command: [echo, $$HOME]\nenvironment: {A: a$$b}");
  assert.deepEqual([workload.config.Config.Cmd, workload.config.Config.Env], [["echo", "$HOME"], ["A=a$b"]]);
  assert.equal(workload.unresolved.size, 0);
});

test("a dollar that begins no variable is an error, and its value is unknown", () => {
  const { workload, said } = readOne("user: a$ b\nvolumes: ['/a$:/b']");
  assert.deepEqual(said, [
    "error 3:11 services.web.user a $ that begins no variable; write $$ for a dollar sign",
    "error 4:15 services.web.volumes[0] a $ that begins no variable; write $$ for a dollar sign",
  ]);
  assert.deepEqual(Array.from(workload.unresolved.keys()), ["Config.User", "HostConfig.Binds[0]"]);
});

test("a variable of the environment without a value comes from the caller", () => {
  const { workload } = readOne("environment: [HOME, A=$B]");
  assert.deepEqual(workload.config.Config.Env, ["HOME", "A=$B"]);
  assert.deepEqual(Array.from(workload.unresolved), [
    ["Config.Env[0]", "the value of HOME comes from the environment of whoever runs Compose"],
    ["Config.Env[1]", "the value depends on the variable B"],
  ]);
});
