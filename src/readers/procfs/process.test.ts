import assert from "node:assert/strict";
import { test } from "node:test";
import { formatCapabilityMask } from "../../facts/index.ts";
import { NODE_SOURCE } from "./node-source.ts";
import { readProcess } from "./process.ts";
import { type ProcessLabel, parseLabel } from "./process-label.ts";
import { CLOSED_HOST, fakeSource } from "./test-support/fake-host.ts";

/** A default container of Engine 20.10, shortened. */
const STATUS = `Name:\tsleep
Umask:\t0022
State:\tS (sleeping)
Uid:\t1000\t1001\t1002\t1003
Gid:\t10\t11\t12\t13
Groups:\t10 998 
NSpid:\t4242\t1
CapInh:\t0000000000000000
CapPrm:\t00000000a80425fb
CapEff:\t00000000a80425fb
CapBnd:\t00000000a80425fb
CapAmb:\t0000000000000000
NoNewPrivs:\t1
Seccomp:\t2
Seccomp_filters:\t1
`;

test("a process is read whole", () => {
  const process = readProcess(
    fakeSource({
      files: {
        "/proc/42/status": STATUS,
        "/proc/42/mountinfo": "27 1 254:0 / / rw - ext4 /dev/vda rw\n",
        "/proc/42/uid_map": "         0     100000      65536\n     65536          0          1\n",
        "/proc/42/gid_map": "         0          0 4294967295\n",
        "/proc/42/attr/current": "docker-default (enforce)\n",
      },
      links: { "/proc/42/ns/mnt": "mnt:[4026532001]", "/proc/42/ns/user": "user:[4026531837]" },
    }),
    42,
  );
  assert.ok(process !== undefined);
  assert.deepEqual(process.uids, { real: 1000, effective: 1001, saved: 1002, fileSystem: 1003 });
  assert.deepEqual(process.gids, { real: 10, effective: 11, saved: 12, fileSystem: 13 });
  assert.deepEqual(process.groups, [10, 998]);
  assert.equal(formatCapabilityMask(process.capabilities.bounding ?? new Set()), "00000000a80425fb");
  assert.equal(process.capabilities.ambient?.size, 0);
  assert.equal(process.noNewPrivileges, true);
  assert.equal(process.seccomp, "filter");
  assert.equal(process.mounts?.length, 1);
  assert.deepEqual(process.uidMap, [
    { inside: 0, outside: 100000, count: 65536 },
    { inside: 65536, outside: 0, count: 1 },
  ]);
  assert.deepEqual(
    [...process.namespaces],
    [
      ["mnt", "mnt:[4026532001]"],
      ["user", "user:[4026531837]"],
    ],
  );
  assert.deepEqual(process.label, { kind: "apparmor", profile: "docker-default", mode: "enforce" });
});

test("what may not be read is absent, and the rest is read", () => {
  const process = readProcess(fakeSource({ files: { "/proc/42/status": STATUS } }), 42);
  assert.equal(process?.uids.real, 1000);
  assert.equal(process?.mounts, undefined);
  assert.equal(process?.namespaces.size, 0);
  assert.equal(process?.label, undefined);
});

for (const [says, status] of [
  ["is gone", undefined],
  ["has an empty status", ""],
  ["has a status without users", "Name:\tx\n"],
] as const) {
  test(`a process that ${says} is not read`, () => {
    const source = status === undefined ? CLOSED_HOST : fakeSource({ files: { "/proc/42/status": status } });
    assert.equal(readProcess(source, 42), undefined);
  });
}

test("an old kernel without the later fields", () => {
  const process = readProcess(fakeSource({ files: { "/proc/42/status": "Uid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\n" } }), 42);
  assert.deepEqual(process?.capabilities, {});
  assert.equal(process?.noNewPrivileges, undefined);
  assert.equal(process?.seccomp, undefined);
});

test("the newer file of a stacked module wins", () => {
  const files = {
    "/proc/42/status": STATUS,
    "/proc/42/attr/apparmor/current": "docker-default (enforce)\n",
    "/proc/42/attr/current": "system_u:system_r:container_t:s0\0",
  };
  assert.equal(readProcess(fakeSource({ files }), 42)?.label?.kind, "apparmor");
});

const LABELS: readonly (readonly [string, ProcessLabel])[] = [
  ["unconfined\n", { kind: "apparmor", profile: "unconfined", mode: "unconfined" }],
  ["docker-default (enforce)\n", { kind: "apparmor", profile: "docker-default", mode: "enforce" }],
  ["my (odd) name (complain)", { kind: "apparmor", profile: "my (odd) name", mode: "complain" }],
  [
    "system_u:system_r:container_t:s0:c1,c2\0",
    { kind: "selinux", user: "system_u", role: "system_r", type: "container_t", level: "s0:c1,c2" },
  ],
  ["u:r:spc_t", { kind: "selinux", user: "u", role: "r", type: "spc_t", level: "" }],
  ["_", { kind: "other", text: "_" }], // Smack
];

for (const [written, label] of LABELS) {
  test(`label ${JSON.stringify(written)} -> ${label.kind}`, () => {
    assert.deepEqual(parseLabel(written), label);
  });
}

test("this very process can be read", { skip: process.platform === "linux" ? false : "there is no /proc here" }, () => {
  const own = readProcess(NODE_SOURCE, process.pid);
  assert.equal(own?.uids.effective, process.geteuid?.());
  assert.ok((own?.mounts?.length ?? 0) > 0);
  assert.ok(own?.namespaces.has("mnt"));
});
