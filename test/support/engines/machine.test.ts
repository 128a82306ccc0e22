/** What the engines read of the machine: capabilities, mounts, processes, programs. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { capabilitiesMissingHere, capabilitiesMissingIn } from "./capability-bounds.ts";
import { isStatic } from "./elf.ts";
import { parseMounts } from "./mounts.ts";
import { ENGINE_MARK, followProcessesOf, processesOf, signal, startTicksOf } from "./processes.ts";
import { waitUntil } from "./wait-until.ts";

const WAIT_MS_MAX = 5_000;

for (const [bounding, lastCapability, missing] of [
  ["000001ffffffffff", 40, []],
  ["000001fffeffffff", 40, ["CAP_SYS_RESOURCE"]],
  ["0000003fffffffff", 37, []], // an older kernel, with all that it knows
  ["0000003fffffffff", 40, ["CAP_PERFMON", "CAP_BPF", "CAP_CHECKPOINT_RESTORE"]],
] as const) {
  test(`bounding set ${bounding} of a kernel with ${lastCapability} lacks [${missing}]`, () => {
    assert.deepEqual(capabilitiesMissingIn(`CapEff:\t0\nCapBnd:\t${bounding}\n`, lastCapability), missing);
  });
}

test("the bounding set of this machine can be read", { skip: process.platform !== "linux" && "needs Linux" }, () => {
  assert.ok(capabilitiesMissingHere().length < 41);
});

test("a line of mountinfo is read with and without optional fields and escapes", () => {
  const lines = [
    "93 69 0:40 / / rw,relatime master:22 shared:1 - overlay overlay rw,lowerdir=/a:/b,upperdir=/c",
    "94 93 254:0 /srv/my\\040files /mnt/x\\134y rw - ext4 /dev/vda rw",
  ];
  assert.deepEqual(parseMounts(`${lines.join("\n")}\n`), [
    { root: "/", mountPoint: "/", source: "overlay", superOptions: "rw,lowerdir=/a:/b,upperdir=/c" },
    { root: "/srv/my files", mountPoint: "/mnt/x\\y", source: "/dev/vda", superOptions: "rw" },
  ]);
});

test("a program with an interpreter is not static; text is not judged", () => {
  const header = Buffer.alloc(0x40 + 2 * 0x38);
  header.write("\x7fELF\x02", 0, "latin1");
  header.writeBigUInt64LE(0x40n, 0x20);
  header.writeUInt16LE(0x38, 0x36);
  header.writeUInt16LE(2, 0x38);
  assert.equal(isStatic(header), true);
  header.writeUInt32LE(3, 0x40 + 0x38); // the second program header is PT_INTERP
  assert.equal(isStatic(header), false);
  assert.equal(isStatic(Buffer.from("#!/bin/sh\n")), true);
});

test("a marked process and its children are found and ended; its neighbour is not", async () => {
  const marked = spawn("sh", ["-c", "env -i sleep 300; true"], {
    env: { ...process.env, [ENGINE_MARK]: "/no/such/engine" },
  });
  const neighbour = spawn("sleep", ["300"], { env: { ...process.env, [ENGINE_MARK]: "/no/such/engine-2" } });
  try {
    // The second is the sleep, which has nothing of the mark but its parent.
    const found = await waitUntil(() => {
      const pids = processesOf("/no/such/engine");
      return pids.length === 2 ? pids : undefined;
    }, WAIT_MS_MAX);
    assert.ok(found?.includes(marked.pid ?? 0));
    const remaining = followProcessesOf("/no/such/engine");
    assert.equal(remaining().length, 2);
    signal(remaining(), "SIGKILL");
    assert.ok(await waitUntil(() => remaining().length === 0 || undefined, WAIT_MS_MAX));
    assert.ok(startTicksOf(neighbour.pid ?? 0));
  } finally {
    neighbour.kill("SIGKILL");
    await once(neighbour, "exit");
  }
});

test("a pid that is used again is another process", () => {
  assert.equal(startTicksOf(process.pid), startTicksOf(process.pid));
  assert.notEqual(startTicksOf(process.pid), startTicksOf(1));
  assert.equal(startTicksOf(Number(readFileSync("/proc/sys/kernel/pid_max", "utf8")) + 1), undefined);
});
