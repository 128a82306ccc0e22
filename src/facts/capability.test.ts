import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CAPABILITIES,
  type Capability,
  capabilityNames,
  DOCKER_DEFAULT_CAPABILITIES,
  equalCapabilities,
  formatCapabilityMask,
  PODMAN_DEFAULT_CAPABILITIES,
  parseCapabilityMask,
  resolveCapabilities,
} from "./capability.ts";

const setOf = (...names: readonly Capability[]) => new Set<Capability>(names);

for (const [name, bit] of [
  ["CHOWN", 0],
  ["SYS_ADMIN", 21],
  ["SETFCAP", 31],
  ["MAC_OVERRIDE", 32],
  ["AUDIT_READ", 37],
  ["CHECKPOINT_RESTORE", 40],
] as const) {
  test(`${name} is bit ${bit}`, () => {
    assert.equal(CAPABILITIES[bit], name);
    assert.equal(BigInt(`0x${formatCapabilityMask(setOf(name))}`), 1n << BigInt(bit));
  });
}

for (const [text, mask] of [
  ["00000000a80425fb", "00000000a80425fb"],
  ["CapEff:\t00000000a80425fb", "00000000a80425fb"],
  ["000001ffffffffff\n", "000001ffffffffff"],
  ["ffffffffffffffff", "000001ffffffffff"], // kernels before 3.8 set bits that have no name
  ["0", "0000000000000000"],
  ["", undefined],
  ["00000000a80425fg", undefined],
  ["10000000000000000", undefined], // 65 bits
] as const) {
  test(`mask ${JSON.stringify(text)} -> ${mask}`, () => {
    const set = parseCapabilityMask(text);
    assert.equal(set === undefined ? undefined : formatCapabilityMask(set), mask);
  });
}

test("two sets are equal when they hold the same, in whatever order", () => {
  assert.ok(equalCapabilities(setOf("BPF", "CHOWN"), setOf("CHOWN", "BPF")));
  assert.ok(!equalCapabilities(setOf("BPF", "CHOWN"), setOf("CHOWN")));
  assert.ok(!equalCapabilities(setOf("CHOWN"), setOf("BPF")));
});

test("Docker's default set is the measured mask of 14", () => {
  assert.equal(formatCapabilityMask(DOCKER_DEFAULT_CAPABILITIES), "00000000a80425fb");
  assert.equal(DOCKER_DEFAULT_CAPABILITIES.size, 14);
});

test("Podman's default set is 11", () => {
  assert.equal(PODMAN_DEFAULT_CAPABILITIES.size, 11);
});

interface Row {
  readonly says: string;
  readonly privileged?: boolean;
  readonly add?: readonly string[];
  readonly drop?: readonly string[];
  readonly lastCapability?: number;
  readonly mask: string;
  readonly refused?: readonly string[];
}

// Masks of the rows with lastCapability 37: measured on Engine 20.10.24 (knowledge/flag-effects.json), where a wrapper
// also removed SYS_RESOURCE (bit 24) from the two full masks; here it is present.
const ROWS: readonly Row[] = [
  { says: "nothing said", mask: "00000000a80425fb" },
  { says: "privileged", privileged: true, lastCapability: 37, mask: "0000003fffffffff" },
  { says: "privileged on a newer engine", privileged: true, mask: "000001ffffffffff" },
  { says: "privileged ignores DROP ALL", privileged: true, drop: ["ALL"], mask: "000001ffffffffff" },
  { says: "ADD ALL", add: ["ALL"], lastCapability: 37, mask: "0000003fffffffff" },
  { says: "ADD ALL minus a drop", add: ["ALL"], drop: ["CHOWN"], mask: "000001fffffffffe" },
  { says: "ADD ALL wins over DROP ALL", add: ["all"], drop: ["ALL"], mask: "000001ffffffffff" },
  { says: "DROP ALL", drop: ["ALL"], mask: "0000000000000000" },
  { says: "DROP ALL leaves the adds", drop: ["ALL"], add: ["SYS_ADMIN"], mask: "0000000000200000" },
  { says: "DROP ALL forgets other drops", drop: ["ALL", "CHOWN"], add: ["CHOWN"], mask: "0000000000000001" },
  { says: "an add", add: ["SYS_ADMIN"], mask: "00000000a82425fb" },
  { says: "an add past bit 31", add: ["SYSLOG"], mask: "00000004a80425fb" },
  { says: "a drop", drop: ["MKNOD"], mask: "00000000a00425fb" },
  { says: "a drop of what was never there", drop: ["SYS_ADMIN"], mask: "00000000a80425fb" },
  { says: "an add survives its own drop", add: ["MKNOD"], drop: ["MKNOD"], mask: "00000000a80425fb" },
  { says: "small letters and the prefix", add: ["cap_sys_admin"], mask: "00000000a82425fb" },
  { says: "long s upper-cases to S", add: ["\u017fys_admin"], mask: "00000000a82425fb" },
  {
    says: "a ligature does not upper-case in Go",
    add: ["CHECKPOINT_RE\ufb06ORE"],
    mask: "00000000a80425fb",
    refused: ["CHECKPOINT_RE\ufb06ORE"],
  },
  { says: "CAP_ALL is no name", add: ["CAP_ALL"], mask: "00000000a80425fb", refused: ["CAP_ALL"] },
  { says: "a name twice prefixed", add: ["CAP_CAP_CHOWN"], mask: "00000000a80425fb", refused: ["CAP_CAP_CHOWN"] },
  { says: "a name with a space", add: ["SYS_ADMIN "], mask: "00000000a80425fb", refused: ["SYS_ADMIN "] },
  { says: "an unknown drop", drop: ["NOPE"], mask: "00000000a80425fb", refused: ["NOPE"] },
  { says: "BPF on an old engine", add: ["BPF"], lastCapability: 37, mask: "00000000a80425fb", refused: ["BPF"] },
  { says: "BPF on a new engine", add: ["BPF"], mask: "00000080a80425fb" },
  { says: "a wrong name next to privileged", privileged: true, add: ["X"], mask: "000001ffffffffff", refused: ["X"] },
];

for (const { says, mask, refused, ...row } of ROWS) {
  test(`${says} -> ${mask}${refused === undefined ? "" : ", refused"}`, () => {
    const request = { privileged: false, add: [], drop: [], defaults: DOCKER_DEFAULT_CAPABILITIES, ...row };
    const resolved = resolveCapabilities(request);
    assert.equal(formatCapabilityMask(resolved.bounding), mask);
    assert.deepEqual(resolved.refused, refused ?? []);
  });
}

test("another default set is a default like any other", () => {
  const request = { privileged: false, add: ["NET_RAW"], drop: ["KILL"], defaults: PODMAN_DEFAULT_CAPABILITIES };
  const names = capabilityNames(resolveCapabilities(request).bounding);
  assert.equal(names.length, 11);
  assert.ok(names.includes("NET_RAW") && !names.includes("KILL"));
});
