import assert from "node:assert/strict";
import { test } from "node:test";
import { SERVICE_PORTS_MAX } from "./limits.ts";
import { readOne } from "./one-service.fixture.ts";

for (const [entry, expected] of [
  ["80", { "80/tcp": [{}] }],
  ["'80'", { "80/tcp": [{}] }],
  ["'8080:80'", { "80/tcp": [{ HostPort: "8080" }] }],
  ["22:22", { "22/tcp": [{ HostPort: "22" }] }], // base 60 in YAML 1.1
  ["'53:53/udp'", { "53/udp": [{ HostPort: "53" }] }],
  ["'127.0.0.1:8080:80'", { "80/tcp": [{ HostIp: "127.0.0.1", HostPort: "8080" }] }],
  ["'127.0.0.1::80'", { "80/tcp": [{ HostIp: "127.0.0.1" }] }],
  ["'[::1]:8080:80'", { "80/tcp": [{ HostIp: "::1", HostPort: "8080" }] }],
  ["'3000-3001'", { "3000/tcp": [{}], "3001/tcp": [{}] }],
  ["'8000-8001:80-81/udp'", { "80/udp": [{ HostPort: "8000" }], "81/udp": [{ HostPort: "8001" }] }],
  ["'8000-8010:80'", { "80/tcp": [{ HostPort: "8000-8010" }] }],
  ["{target: 80}", { "80/tcp": [{}] }],
  ["{target: '80', published: '8080', protocol: udp}", { "80/udp": [{ HostPort: "8080" }] }],
  [
    "{target: 80, published: 8080, host_ip: 127.0.0.1, mode: host}",
    { "80/tcp": [{ HostIp: "127.0.0.1", HostPort: "8080" }] },
  ],
  ["{target: 80, published: 8000-8010}", { "80/tcp": [{ HostPort: "8000-8010" }] }],
] as const) {
  test(`port ${entry}`, () => {
    const { workload, said } = readOne(`ports: [${entry}]`);
    assert.deepEqual(workload.config.HostConfig.PortBindings, expected);
    assert.deepEqual(workload.config.Config.ExposedPorts, Object.keys(expected));
    assert.deepEqual([said, workload.unresolved.size], [[], 0]);
  });
}

for (const entry of [
  "''",
  "x",
  "'80:80:80:80x'",
  "'1:2/icmp'",
  "'70000:80'",
  "'9-8:80'",
  "'8000-8001:80-82'",
  "'1-2-3'",
  "[80]",
  "{published: 80}",
  "{target: 80, published: x}",
]) {
  test(`port ${entry} is refused, and the rest is read`, () => {
    const { workload, problems } = readOne(`ports: [${entry}, 443]`);
    assert.deepEqual([problems.length, problems[0]?.severity, problems[0]?.place.line], [1, "error", 3]);
    assert.ok(workload.unresolved.has("HostConfig.PortBindings"));
    assert.deepEqual(workload.config.HostConfig.PortBindings, { "443/tcp": [{}] });
  });
}

test("several bindings of one port stand together, each port at its own place", () => {
  const { workload } = readOne("ports:\n- '1:80'\n- '2:80'\n- 81\nexpose: [81, 9]");
  assert.deepEqual(workload.config.HostConfig.PortBindings?.["80/tcp"], [{ HostPort: "1" }, { HostPort: "2" }]);
  assert.deepEqual(workload.config.Config.ExposedPorts, ["81/tcp", "9/tcp", "80/tcp"]);
  assert.equal(workload.where("HostConfig.PortBindings.81/tcp").line, 6);
});

test("as many ports as there are port numbers are published, and one more is refused", () => {
  const all = readOne(`ports: ['1-${SERVICE_PORTS_MAX}']`);
  assert.equal(Object.keys(all.workload.config.HostConfig.PortBindings ?? {}).length, SERVICE_PORTS_MAX);
  assert.deepEqual(all.said, []);
  const more = readOne(`ports: ['1-${SERVICE_PORTS_MAX}', '53/udp']`);
  assert.deepEqual(more.said, [
    "error 3:24 services.web.ports[1] the service publishes more than 65535 ports; the rest is not listed",
  ]);
  assert.ok(more.workload.unresolved.has("HostConfig.PortBindings"));
});
