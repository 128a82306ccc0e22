import assert from "node:assert/strict";
import { test } from "node:test";
import { EXAMPLE_HOST, hostOf, workloadOf } from "../../test/support/workload.ts";
import { evaluateSubject } from "../audit/index.ts";
import type { HostConfig, ImageConfig } from "../facts/index.ts";
import { replacementsForPrivileged } from "./replacements.ts";

const replacements = (Config: ImageConfig, HostConfig: HostConfig) => {
  const subject = { workload: workloadOf({ Config, HostConfig }), host: hostOf(EXAMPLE_HOST) };
  return replacementsForPrivileged(subject, evaluateSubject(subject), evaluateSubject);
};

for (const [use, config, edits] of [
  ["an inner engine", { Image: "docker:27-dind" }, ["HostConfig.Privileged=false", 'HostConfig.Runtime="sysbox-runc"']],
  [
    "a tunnel",
    { Image: "lscr.io/linuxserver/wireguard" },
    ["HostConfig.Privileged=false", "HostConfig.CapAdd+=NET_ADMIN", "HostConfig.Devices+=/dev/net/tun"],
  ],
  ["a firewall", { Cmd: ["iptables", "-L"] }, ["HostConfig.Privileged=false", "HostConfig.CapAdd+=NET_ADMIN"]],
  ["an NFS mount", { Cmd: ["sh", "-c", "mount -t nfs server:/x /y"] }, ["HostConfig.Privileged=false"]],
] as const) {
  test(`privileged for ${use} has a narrower replacement`, () => {
    const [found] = replacements(config, { Privileged: true });
    assert.deepEqual(
      found?.changes.map(({ edit }) => edit),
      edits,
    );
    assert.equal(found?.kind, "replacement");
    assert.ok(found?.closes.includes("host-root"));
  });
}

test("a mount of an unknown kind keeps SYS_ADMIN, and says that the host stays in reach", () => {
  const [found] = replacements({ Cmd: ["mount", "/dev/x", "/y"] }, { Privileged: true });
  assert.ok(found?.remains.includes("host-root"));
  assert.ok(!found?.closes.includes("host-root"));
});

test("devices that are listed stay", () => {
  const found = replacements({ Image: "app" }, { Privileged: true, Devices: [{ PathOnHost: "/dev/ttyUSB0" }] });
  assert.equal(found.length, 1);
});

for (const [name, config, hostConfig] of [
  ["nothing is visible", { Image: "app" }, { Privileged: true }],
  ["it is not privileged", { Image: "docker:dind" }, {}],
] as const) {
  test(`there is none when ${name}`, () => {
    assert.deepEqual(replacements(config, hostConfig), []);
  });
}
