import assert from "node:assert/strict";
import { test } from "node:test";
import { readOne } from "./one-service.fixture.ts";

const device = (PathOnHost: string, PathInContainer = PathOnHost, CgroupPermissions = "rwm") => ({
  PathOnHost,
  PathInContainer,
  CgroupPermissions,
});

for (const [entry, expected] of [
  ["/dev/fuse", device("/dev/fuse")],
  ["'/dev/sda:/dev/xvda'", device("/dev/sda", "/dev/xvda")],
  ["'/dev/sda:/dev/xvda:r'", device("/dev/sda", "/dev/xvda", "r")],
  ["'/dev/sda::r'", device("/dev/sda", "/dev/sda", "r")],
  ["{source: /dev/sda}", device("/dev/sda")],
  ["{source: /dev/sda, target: /dev/x, permissions: rw}", device("/dev/sda", "/dev/x", "rw")],
  // Not a name of the Container Device Interface: a path and a target of its own.
  ["'vendor.com/gpu=0:/dev/x'", device("vendor.com/gpu=0", "/dev/x")],
] as const) {
  test(`device ${entry}`, () => {
    const { workload, said } = readOne(`devices: [${entry}]`);
    assert.deepEqual(workload.config.HostConfig.Devices, [expected]);
    assert.deepEqual(
      [said, workload.unresolved.size, workload.where("HostConfig.Devices[0].PathOnHost").line],
      [[], 0, 3],
    );
  });
}

test("names of the Container Device Interface become one request", () => {
  const { HostConfig } = readOne("devices: [vendor.com/gpu=all, /dev/fuse, vendor.com/nic=1]").workload.config;
  assert.deepEqual(HostConfig.Devices, [device("/dev/fuse")]);
  assert.deepEqual(HostConfig.DeviceRequests, [
    { Driver: "cdi", DeviceIDs: ["vendor.com/gpu=all", "vendor.com/nic=1"] },
  ]);
});

for (const [yaml, expected] of [
  ["gpus: all", { Count: -1, Capabilities: [["gpu"]] }],
  ["gpus: [{driver: nvidia, count: 2}]", { Driver: "nvidia", Count: 2, Capabilities: [["gpu"]] }],
  [
    "gpus: [{device_ids: ['0', '3'], capabilities: [utility]}]",
    { DeviceIDs: ["0", "3"], Capabilities: [["utility", "gpu"]] },
  ],
  ["gpus: [{count: all}]", { Count: -1, Capabilities: [["gpu"]] }],
  [
    "deploy: {resources: {reservations: {devices: [{driver: nvidia, count: 1, capabilities: [gpu]}]}}}",
    { Driver: "nvidia", Count: 1, Capabilities: [["gpu"]] },
  ],
  ["deploy: {resources: {reservations: {devices: [{capabilities: [gpu]}]}}}", { Count: -1, Capabilities: [["gpu"]] }],
] as const) {
  test(`${yaml} is a device request`, () => {
    const { workload, said } = readOne(yaml);
    assert.deepEqual(workload.config.HostConfig.DeviceRequests, [expected]);
    assert.deepEqual([said, workload.unresolved.size, workload.where("HostConfig.DeviceRequests[0]").line], [[], 0, 3]);
  });
}

for (const [yaml, message, field] of [
  ["devices: /dev/sda", "expected a list", "HostConfig.Devices"],
  ["devices: [5]", "expected a device such as /dev/fuse:/dev/fuse:rwm", "HostConfig.Devices"],
  ["devices: ['a:b:c:d']", "expected a device such as /dev/fuse:/dev/fuse:rwm", "HostConfig.Devices"],
  ["devices: [{target: /dev/x}]", "expected a device such as /dev/fuse:/dev/fuse:rwm", "HostConfig.Devices"],
  ["devices: [{source: 5}]", "expected a string", "HostConfig.Devices[0]"],
  ["gpus: [all]", "expected a mapping", "HostConfig.DeviceRequests"],
  ["gpus: [{count: some}]", "expected a whole number", "HostConfig.DeviceRequests[0].Count"],
  ["gpus: {count: 1}", "expected a string", "HostConfig.DeviceRequests"],
] as const) {
  test(`${yaml}: ${message}`, () => {
    const { workload, problems } = readOne(yaml);
    assert.deepEqual([problems[0]?.severity, problems[0]?.message.en], ["error", message]);
    assert.ok(workload.unresolved.has(field), Array.from(workload.unresolved.keys()).join());
  });
}
