// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables are those of Compose
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ComposeOptions } from "./index.ts";
import { readOne } from "./one-service.fixture.ts";

const VOLUMES = "volumes: {data: {}, other: }";

/** A volume as written, and its Binds and Mounts. */
const ROWS: readonly (readonly [string, { Binds?: string[]; Mounts?: object[] }])[] = [
  ["/etc:/h", { Binds: ["/etc:/h:rw"] }],
  ["/etc:/h:ro", { Binds: ["/etc:/h:ro"] }],
  ["/etc:/h:ro,z", { Binds: ["/etc:/h:ro,z"] }],
  ["/etc:/h:Z,nocopy", { Binds: ["/etc:/h:rw,Z,nocopy"] }],
  ["/:/h/../x/", { Binds: ["/:/x:rw"] }],
  ["./data:/d", { Binds: ["/srv/app/data:/d:rw"] }],
  [".:/d", { Binds: ["/srv/app:/d:rw"] }],
  ["../../..:/d", { Binds: ["/:/d:rw"] }],
  ["../other/:/d", { Binds: ["/srv/other:/d:rw"] }],
  ["~/.ssh:/ssh", { Binds: ["/home/u/.ssh:/ssh:rw"] }],
  ["~:/h", { Binds: ["/home/u:/h:rw"] }],
  [".git:/g", { Binds: ["/srv/app/.git:/g:rw"] }],
  ["C:\\x:/y", { Binds: ["C:\\x:/y:rw"] }],
  ["$$x:/y", { Mounts: [{ Type: "volume", Source: "$x", Target: "/y" }] }],
  ["data:/d", { Mounts: [{ Type: "volume", Source: "data", Target: "/d" }] }],
  ["data:/d:ro", { Mounts: [{ Type: "volume", Source: "data", Target: "/d", ReadOnly: true }] }],
  ["/anonymous", { Mounts: [{ Type: "volume", Target: "/anonymous" }] }],
  // A propagation needs the long form (docker/compose, requireMountAPI).
  [
    "/etc:/h:rshared",
    { Mounts: [{ Type: "bind", Source: "/etc", Target: "/h", BindOptions: { Propagation: "rshared" } }] },
  ],
  ["{type: bind, source: /etc, target: /h}", { Binds: ["/etc:/h:rw"] }],
  ["{type: bind, source: ./q, target: /h, read_only: true}", { Binds: ["/srv/app/q:/h:ro"] }],
  ["{type: bind, source: q, target: /h}", { Binds: ["/srv/app/q:/h:rw"] }],
  ["{type: bind, source: /q, target: /h, bind: {selinux: z}}", { Binds: ["/q:/h:rw,z"] }],
  ["{type: bind, source: /q, target: /h, bind: {create_host_path: true}}", { Binds: ["/q:/h:rw"] }],
  ["{type: bind, source: /q, target: /h, bind: {create_host_path: false}}", { Mounts: [bind({})] }],
  ["{type: bind, source: /q, target: /h, bind: {propagation: slave}}", { Mounts: [bind({ Propagation: "slave" })] }],
  ["{type: bind, source: /q, target: /h, bind: {recursive: disabled}}", { Mounts: [bind({ NonRecursive: true })] }],
  [
    "{type: bind, source: /q, target: /h, bind: {recursive: writable}}",
    { Mounts: [bind({ ReadOnlyNonRecursive: true })] },
  ],
  [
    "{type: bind, source: /q, target: /h, bind: {recursive: readonly}}",
    { Mounts: [bind({ ReadOnlyForceRecursive: true })] },
  ],
  ["{type: bind, source: /q, target: /h, bind: {recursive: enabled}}", { Mounts: [bind({})] }],
  [
    "{type: volume, source: data, target: /d, volume: {nocopy: true, subpath: x}}",
    { Mounts: [{ Type: "volume", Source: "data", Target: "/d" }] },
  ],
  ["{type: volume, target: /d, read_only: 'true'}", { Mounts: [{ Type: "volume", Target: "/d", ReadOnly: true }] }],
  ["{type: tmpfs, target: /t, tmpfs: {size: 1m, mode: 01777}}", { Mounts: [{ Type: "tmpfs", Target: "/t" }] }],
  [
    "{type: npipe, source: '\\\\.\\pipe\\x', target: '\\\\.\\pipe\\x'}",
    { Mounts: [{ Type: "npipe", Source: "\\\\.\\pipe\\x", Target: "\\\\.\\pipe\\x" }] },
  ],
  [
    "{type: image, source: 'alpine:3', target: /i, image: {subpath: etc}}",
    { Mounts: [{ Type: "image", Source: "alpine:3", Target: "/i" }] },
  ],
];

function bind(options: object): object {
  const mount = { Type: "bind", Source: "/q", Target: "/h" };
  return Object.keys(options).length === 0 ? mount : { ...mount, BindOptions: options };
}

for (const [volume, expected] of ROWS) {
  test(`volume ${volume}`, () => {
    const entry = volume.startsWith("{") ? volume : `'${volume}'`;
    const declared = volume.startsWith("$$") ? "volumes: {$x: }" : VOLUMES;
    const { workload, said } = readOne(`volumes:\n- ${entry}`, declared);
    const { Binds, Mounts } = workload.config.HostConfig;
    assert.deepEqual({ ...(Binds && { Binds }), ...(Mounts && { Mounts }) }, expected);
    assert.deepEqual([said, Array.from(workload.unresolved)], [[], []]);
  });
}

/** What is known of a volume that the file does not tell all of: its form, and the fields left unresolved. */
const UNKNOWN_ROWS: readonly (readonly [string, ComposeOptions, string, readonly string[]])[] = [
  ["${DATA}:/d", {}, "${DATA}:/d", ["HostConfig.Binds[0]"]],
  ["${DATA:-/srv}:/d:ro", {}, "${DATA:-/srv}:/d:ro", ["HostConfig.Binds[0]"]],
  ["$DATA/x:/d", {}, "$DATA/x:/d", ["HostConfig.Binds[0]"]],
  ["./${DATA}:/d", {}, "./${DATA}:/d", ["HostConfig.Binds[0]"]],
  ["${VOLUME}", {}, "${VOLUME}", ["HostConfig.Binds[0]"]],
  ["./x:/d", { directory: undefined }, "./x:/d:rw", ["HostConfig.Binds[0]"]],
  ["~/x:/d", { home: undefined }, "~/x:/d:rw", ["HostConfig.Binds[0]"]],
  ["/x:/d", { directory: undefined, home: undefined }, "/x:/d:rw", []],
];

for (const [volume, options, expected, unresolved] of UNKNOWN_ROWS) {
  test(`volume ${volume} with ${JSON.stringify(options)} stays as written`, () => {
    const { workload, said } = readOne(`volumes: ['${volume}']`, "", { ...options });
    assert.deepEqual(workload.config.HostConfig.Binds, [expected]);
    assert.deepEqual([said, Array.from(workload.unresolved.keys())], [[], unresolved]);
  });
}

/** A known source stays known where only something else of the bind is not. */
for (const [volume, mount, unresolved] of [
  ["'/etc:/h:${MODE}'", { Type: "bind", Source: "/etc", Target: "/h" }, ["ReadOnly", "BindOptions.Propagation"]],
  ["'/etc:${TARGET}:ro'", { Type: "bind", Source: "/etc", Target: "${TARGET}", ReadOnly: true }, ["Target"]],
  [
    "{type: bind, source: /etc, target: /h, read_only: $RO}",
    { Type: "bind", Source: "/etc", Target: "/h" },
    ["ReadOnly"],
  ],
  ["'data-$X:/d'", { Type: "volume", Source: "data-$X", Target: "/d" }, ["Source"]],
] as const) {
  test(`volume ${volume} leaves only ${unresolved} open`, () => {
    const { workload, said } = readOne(`volumes: [${volume}]`);
    const fields = unresolved.map((part) => `HostConfig.Mounts[0].${part}`);
    assert.deepEqual(
      [workload.config.HostConfig.Binds, workload.config.HostConfig.Mounts],
      [undefined, [mount]].map((x) => x),
    );
    assert.deepEqual([said, Array.from(workload.unresolved.keys())], [[], fields]);
  });
}

for (const [volume, column, message] of [
  ["{source: /etc, target: /h}", 15, "expected bind, volume, tmpfs, npipe, image or cluster"],
  ["{type: disk, source: /etc, target: /h}", 22, "expected bind, volume, tmpfs, npipe, image or cluster"],
  ["{type: bind, source: /etc}", 15, "expected a volume such as ./data:/data:ro"],
  ["{type: bind, target: /h}", 15, "expected a volume such as ./data:/data:ro"],
  ["'ab::b'", 15, "expected a volume such as ./data:/data:ro"],
  ["'/a:/b:ro:x'", 15, "expected a volume such as ./data:/data:ro"],
  ["5", 15, "expected a volume such as ./data:/data:ro"],
  ["{type: bind, source: 5, target: /h}", 36, "expected a string"],
] as const) {
  test(`volume ${volume} is refused, and not taken for harmless`, () => {
    const { workload, problems } = readOne(`volumes: [${volume}, /ok:/ok]`);
    const [problem] = problems;
    assert.deepEqual([problem?.severity, problem?.place.column, problem?.message.en], ["error", column, message]);
    assert.ok(Array.from(workload.unresolved.keys()).some((field) => /^HostConfig\.(Binds|Mounts)/.test(field)));
    assert.ok(workload.config.HostConfig.Binds?.includes("/ok:/ok:rw"), "the rest of the list is read");
  });
}

test("a mount of an unknown type may be a bind", () => {
  const { workload } = readOne("volumes: [{type: $TYPE, source: data, target: /h}]");
  assert.deepEqual(workload.config.HostConfig.Binds, ["/srv/app/data:/h:rw"]);
  assert.deepEqual(Array.from(workload.unresolved.keys()), ["HostConfig.Binds[0]"]);
});

test("one letter before a colon is a Windows drive, as in compose-go, unless a volume has that name", () => {
  const mounts = (top: string) => readOne("volumes: ['c:/data']", top).workload.config.HostConfig.Mounts;
  assert.deepEqual(mounts(""), [{ Type: "volume", Target: "c:/data" }]);
  assert.deepEqual(mounts("volumes: {c: }"), [{ Type: "volume", Source: "c", Target: "/data" }]);
});

test("two volumes of one target: the last stands in the place of the first", () => {
  const { workload, said } = readOne("volumes: ['/a:/x', '/b:/y', '/c:/x/']");
  assert.deepEqual(workload.config.HostConfig.Binds, ["/c:/x:rw", "/b:/y:rw"]);
  assert.deepEqual(said, ["note 3:33 services.web.volumes[2] /x is mounted twice; Compose keeps the last"]);
});

test("two targets that cannot be read are not the same", () => {
  const { workload } = readOne("volumes: [{type: bind, source: /a, target: 5}, {type: bind, source: /b, target: 5}]");
  assert.deepEqual(
    workload.config.HostConfig.Mounts?.map(({ Source }) => Source),
    ["/a", "/b"],
  );
});

test("volumes that are no list are unknown, not absent", () => {
  const { workload, said } = readOne("volumes: /etc:/h");
  assert.deepEqual(said, ["error 3:14 services.web.volumes expected a list"]);
  assert.deepEqual(Array.from(workload.unresolved.keys()), ["HostConfig.Binds", "HostConfig.Mounts"]);
});

test("a key of the long form that nobody knows is said not to be examined", () => {
  const { said } = readOne("volumes: [{type: bind, sorce: /etc, source: /e, target: /h, x-a: 1}]");
  assert.deepEqual(said, [
    "note 3:28 services.web.volumes[0].sorce the key sorce is not known to Sekisho and is not examined",
  ]);
});

test("use_api_socket binds the socket of the engine, and false does not", () => {
  const { workload } = readOne("use_api_socket: true\nenvironment: [A=1]");
  assert.deepEqual(workload.config.HostConfig.Binds, ["/var/run/docker.sock:/var/run/docker.sock:rw"]);
  assert.deepEqual(workload.config.Config.Env, ["A=1", "DOCKER_CONFIG=/run/secrets/docker"]);
  assert.equal(workload.where("HostConfig.Binds[0]").line, 3);
  assert.equal(readOne("use_api_socket: false").workload.config.HostConfig.Binds, undefined);
  const unknown = readOne("use_api_socket: $X").workload;
  assert.deepEqual(Array.from(unknown.unresolved.keys()), ["HostConfig.Binds[0]"]);
});
