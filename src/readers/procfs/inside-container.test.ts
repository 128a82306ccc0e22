import assert from "node:assert/strict";
import { test } from "node:test";
import { probeHost } from "./probe-host.ts";
import { fakeSource } from "./test-support/fake-host.ts";

const HOST = { "/proc/sys/kernel/osrelease": "6.8.0-45-generic\n", "/etc/passwd": "", "/etc/group": "" };

const FIRST = { "/proc/self/ns/pid": "pid:[4026531836]", "/proc/self/ns/mnt": "mnt:[1]", "/proc/1/ns/mnt": "mnt:[1]" };

for (const [says, files, links, inside] of [
  ["the host", {}, FIRST, false],
  ["a disk image made from a container", { "/.dockerenv": "" }, FIRST, false],
  ["a container", { "/.dockerenv": "" }, { ...FIRST, "/proc/self/ns/pid": "pid:[4026532000]" }, true],
  ["a pod, which has no mark", {}, { ...FIRST, "/proc/self/ns/pid": "pid:[4026532000]" }, true],
  ["a container with the host's pids", { "/.dockerenv": "" }, { ...FIRST, "/proc/1/ns/mnt": "mnt:[2]" }, true],
  ["a service of systemd with mounts of its own", {}, { ...FIRST, "/proc/1/ns/mnt": "mnt:[2]" }, false],
] as const) {
  test(`${says} is ${inside ? "" : "not "}taken for a container`, () => {
    const host = { files: { ...HOST, ...files }, links };
    const layer = probeHost(fakeSource(host));
    assert.equal(layer.problems.length, inside ? 1 : 0);
    assert.equal("userSudo" in layer.values, !inside);
    assert.equal(layer.values.kernel, "6.8.0-45-generic");
  });
}
