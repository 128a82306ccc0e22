import assert from "node:assert/strict";
import { test } from "node:test";
import { CREATE_REQUEST, decodeGo, findPlace, parseGoJson } from "./index.ts";

const TEXT = `{
  "User": "1000",
  "HostConfig": {
    "Binds": ["a:/a", "b:/b"],
    "Sysctls": { "net.ipv4.ip_forward": "1" },
    "PortBindings": { "80/tcp": [{ "HostPort": "80" }] },
    "Mounts": [{ "Type": "bind" }]
  }
}`;

for (const [path, written, exact] of [
  ["User", '"User"', true],
  ["HostConfig", '"HostConfig"', true],
  ["HostConfig.Binds", '"Binds"', true],
  ["HostConfig.Binds[1]", '"b:/b"', true],
  ["HostConfig.Binds[2]", '"Binds"', false],
  ["HostConfig.Sysctls.net.ipv4.ip_forward", '"net.ipv4', true],
  ["HostConfig.Sysctls[0]", '"net.ipv4', true],
  ["HostConfig.Sysctls.net.core.somaxconn", '"Sysctls"', false],
  ["HostConfig.PortBindings.80/tcp[0].HostPort", '"HostPort"', true],
  ["HostConfig.Mounts[0].Source", '{ "Type"', false],
  ["HostConfig.CapAdd[0]", '"HostConfig"', false],
  ["Env[0]", "{\n", false],
  ["HostConfig..", '"HostConfig"', false],
] as const) {
  test(`${path} ${exact ? "stands" : "would belong"} at ${written.trim()}`, () => {
    const { value } = decodeGo(CREATE_REQUEST, parseGoJson(TEXT, { trailing: "refuse" }).root);
    assert.ok(value?.kind === "struct");
    const found = findPlace(value, path);
    assert.equal(TEXT.slice(found.at, found.at + written.length), written);
    assert.equal(found.exact, exact);
  });
}
