import assert from "node:assert/strict";
import { test } from "node:test";
import { MOUNTS_MAX, mountOf, parseMountInfo } from "./mount-info.ts";

const ROOT = "27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw,discard";

test("every field of a line is read", () => {
  const [mount] = parseMountInfo(
    "36 35 98:0 /mnt1 /mnt2 ro,noatime shared:7 master:1 - ext3 /dev/root rw,errors=continue",
  );
  assert.deepEqual(mount, {
    id: 36,
    parentId: 35,
    device: "98:0",
    root: "/mnt1",
    mountPoint: "/mnt2",
    options: ["ro", "noatime"],
    readOnly: true,
    propagation: { sharedGroup: 7, masterGroup: 1 },
    fileSystem: "ext3",
    source: "/dev/root",
    superOptions: ["rw", "errors=continue"],
    superReadOnly: false,
  });
});

for (const [says, line, expected] of [
  ["no optional field is a private mount", "1 0 0:1 / /a rw - tmpfs t rw", {}],
  ["an optional field of a later kernel", "1 0 0:1 / /a rw shared:2 future:x - tmpfs t rw", { sharedGroup: 2 }],
  ["propagate_from besides master", "1 0 0:1 / /a rw master:3 propagate_from:2 - tmpfs t rw", { masterGroup: 3 }],
  ["unbindable", "1 0 0:1 / /a rw unbindable - tmpfs t rw", { unbindable: true }],
] as const) {
  test(`propagation: ${says}`, () => {
    assert.deepEqual(parseMountInfo(line)[0]?.propagation, expected);
  });
}

for (const [written, path] of [
  ["/with\\040space", "/with space"],
  ["/tab\\011and\\012line", "/tab\tand\nline"],
  ["/back\\134slash", "/back\\slash"],
  ["/back\\134040", "/back\\040"], // unescaped once, not twice
  ["/hash\\043", "/hash#"],
  ["/plain\\9", "/plain\\9"],
] as const) {
  test(`mount point ${written} is ${JSON.stringify(path)}`, () => {
    assert.equal(parseMountInfo(`1 0 0:1 / ${written} rw - tmpfs t rw`)[0]?.mountPoint, path);
  });
}

test("a read-only file system under a writable mount, and the other way round", () => {
  const [first, second] = parseMountInfo("1 0 0:1 / /a rw - ext4 s ro\n2 0 0:1 / /b ro - ext4 s rw");
  assert.deepEqual([first?.readOnly, first?.superReadOnly], [false, true]);
  assert.deepEqual([second?.readOnly, second?.superReadOnly], [true, false]);
});

for (const [says, line, source] of [
  ["an empty source", "1 0 0:1 / /a rw - tmpfs  rw", ""],
  ["a source with an escaped dash", "1 0 0:1 / /a rw - fuse a\\040-\\040b rw", "a - b"],
] as const) {
  test(`${says} is read`, () => {
    assert.equal(parseMountInfo(line)[0]?.source, source);
  });
}

for (const line of [
  "",
  "1 0 0:1 / /a rw",
  "x 0 0:1 / /a rw - t s rw",
  "1 0 zero / /a rw - t s rw",
  "1 0 0:1 / - t s rw",
]) {
  test(`${JSON.stringify(line)} is left out and the rest is read`, () => {
    assert.deepEqual(
      parseMountInfo(`${line}\n${ROOT}\n`).map(({ mountPoint }) => mountPoint),
      ["/"],
    );
  });
}

for (const count of [MOUNTS_MAX, MOUNTS_MAX + 1]) {
  test(`of ${count} mounts ${MOUNTS_MAX} are read`, () => {
    assert.equal(parseMountInfo(`${ROOT}\n`.repeat(count)).length, MOUNTS_MAX);
  });
}

test("a path is on the deepest mount, and on the last of those at one place", () => {
  const mounts = parseMountInfo(
    [ROOT, "2 27 0:2 / /var rw - ext4 a rw", "3 27 0:3 / /var rw - ext4 b rw", "4 27 0:4 / /va rw - ext4 c rw"].join(
      "\n",
    ),
  );
  const on = (path: string) => mountOf(mounts, path)?.device;
  assert.deepEqual(
    [on("/var/lib"), on("/var"), on("/variant"), on("/va"), on("/")],
    ["0:3", "0:3", "254:0", "0:4", "254:0"],
  );
  assert.equal(mountOf([], "/"), undefined);
});
