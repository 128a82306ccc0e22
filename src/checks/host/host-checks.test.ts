import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readDaemonHost, withFiles } from "../../readers/daemon-host/index.ts";
import { type FakeHost, fakeSource } from "../../readers/procfs/test-support/fake-host.ts";
import { HOST_CHECKS, pathsOfHostChecks } from "./index.ts";

const INFO = {
  DockerRootDir: "/var/lib/docker",
  Driver: "overlay2",
  LoggingDriver: "journald",
  LiveRestoreEnabled: true,
  SecurityOptions: ["name=seccomp,profile=builtin", "name=no-new-privileges"],
  Plugins: { Authorization: ["sekisho"] },
  RegistryConfig: { InsecureRegistryCIDRs: ["127.0.0.0/8"], IndexConfigs: { "docker.io": { Secure: true } } },
  Swarm: { LocalNodeState: "inactive" },
};

const HOST: FakeHost = {
  files: {
    "/proc/42/cmdline": "/usr/bin/dockerd\0-H\0fd://\0",
    "/proc/43/cmdline": "/usr/bin/dockerd\0-H\0tcp://0.0.0.0:2375\0--data-root=/other\0",
    "/proc/self/mountinfo": "1 0 8:1 / / rw - ext4 /dev/sda1 rw\n2 1 8:2 / /var/lib/docker rw - ext4 /dev/sda2 rw\n",
    "/etc/docker/daemon.json": '{"userland-proxy":false,"icc":false}',
    "/etc/group": "root:x:0:\ndocker:x:990:alice\n",
    "/etc/passwd": "root:x:0:0::/root:/bin/sh\nalice:x:1000:1000::/home/alice:/bin/sh\nbob:x:1001:990::/h:/bin/sh\n",
    "/etc/audit/audit.rules": "-w /usr/bin/dockerd -k docker\n-w /etc/docker/ -p wa\n",
    "/usr/bin/dockerd": "",
    "/usr/bin/runc": "",
    "/lib/systemd/system/docker.service": "",
  },
  links: { "/proc/self/ns/pid": "pid:[4026531836]", "/proc/self/ns/mnt": "mnt:[1]", "/proc/1/ns/mnt": "mnt:[1]" },
  statuses: { "/var/run/docker.sock": { kind: "socket", mode: 0o660, gid: 990 } },
};

/** Status of a check, for a daemon on a host. */
function statusOf(id: string, info: object = {}, host: FakeHost = {}, remote = false): string {
  const source = fakeSource({
    files: { ...HOST.files, ...host.files },
    links: { ...HOST.links, ...host.links },
    statuses: { ...HOST.statuses, ...host.statuses },
    hidden: host.hidden ?? [],
  });
  const daemon = readDaemonHost(
    {
      kind: "docker",
      uri: remote ? "tcp://192.0.2.1:2376" : "unix:///var/run/docker.sock",
      ...(!remote && { socketPath: "/var/run/docker.sock" }),
      info: { ...INFO, ...info },
      version: {},
      bridge: { Options: { "com.docker.network.bridge.enable_icc": "false" } },
    },
    source,
  );
  const check = HOST_CHECKS.find((candidate) => candidate.id === id) ?? assert.fail(`no check is named ${id}`);
  return check.examine(withFiles(daemon, pathsOfHostChecks(daemon), source)).status;
}

const file = (path: string, text: string): FakeHost => ({ files: { [path]: text } });
const dockerd = (...words: readonly string[]): FakeHost =>
  file("/proc/42/cmdline", `${["dockerd", ...words].join("\0")}\0`);
const daemonJson = (text: string): FakeHost => file("/etc/docker/daemon.json", text);

for (const [id, status, info, host] of [
  ["daemon-not-rootless", "fail", {}, {}],
  ["daemon-not-rootless", "pass", { SecurityOptions: ["name=rootless"] }, {}],
  ["daemon-bridge-icc", "pass", {}, {}],
  ["daemon-log-level", "pass", {}, {}],
  ["daemon-log-level", "fail", {}, dockerd("--log-level=error")],
  ["daemon-log-level", "fail", { Debug: true }, {}],
  ["daemon-iptables-off", "fail", {}, dockerd("--iptables=false")],
  ["daemon-iptables-off", "pass", {}, {}],
  ["daemon-insecure-registry", "pass", {}, {}],
  ["daemon-insecure-registry", "fail", { RegistryConfig: { InsecureRegistryCIDRs: ["198.51.100.0/24"] } }, {}],
  ["daemon-insecure-registry", "fail", { RegistryConfig: { IndexConfigs: { a: { Secure: false } } } }, {}],
  ["daemon-storage-aufs", "fail", { Driver: "aufs" }, {}],
  // The other dockerd, with another data root, listens on TCP: that is not the one that was asked.
  ["daemon-tcp-without-tls", "pass", {}, {}],
  ["daemon-tcp-without-tls", "fail", {}, dockerd("-H", "tcp://0.0.0.0:2375")],
  ["daemon-tcp-without-tls", "pass", {}, dockerd("-H", "tcp://0.0.0.0:2376", "--tlsverify")],
  ["daemon-tcp-without-tls", "fail", {}, daemonJson('{"hosts":["tcp://0.0.0.0:2375"]}')],
  [
    "daemon-tcp-without-tls",
    "fail",
    { Warnings: ["WARNING: API is accessible on http://0.0.0.0:2375 without encryption."] },
    {},
  ],
  ["daemon-ulimits-default", "fail", {}, {}],
  ["daemon-ulimits-default", "pass", {}, daemonJson('{"default-ulimits":{"nofile":{"Hard":1024}}}')],
  ["daemon-userns-not-remapped", "fail", {}, {}],
  ["daemon-userns-not-remapped", "pass", { SecurityOptions: ["name=userns"] }, {}],
  ["daemon-userns-not-remapped", "not-applicable", { SecurityOptions: ["name=rootless"] }, {}],
  ["daemon-cgroup-parent", "fail", {}, daemonJson('{"cgroup-parent":"/"}')],
  ["daemon-base-device-size", "not-applicable", {}, {}],
  ["daemon-no-authorization", "pass", {}, {}],
  ["daemon-no-authorization", "fail", { Plugins: { Authorization: null } }, {}],
  ["daemon-logs-stay-local", "fail", { LoggingDriver: "json-file" }, {}],
  ["daemon-new-privileges", "pass", {}, {}],
  ["daemon-live-restore", "fail", { LiveRestoreEnabled: false }, {}],
  ["daemon-live-restore", "not-applicable", { Swarm: { LocalNodeState: "active" } }, {}],
  ["daemon-userland-proxy", "pass", {}, {}],
  ["daemon-userland-proxy", "fail", {}, daemonJson("{}")],
  ["daemon-seccomp-off", "pass", {}, {}],
  ["daemon-seccomp-off", "fail", { SecurityOptions: ["name=seccomp,profile=unconfined"] }, {}],
  ["daemon-seccomp-off", "fail", { SecurityOptions: [] }, {}],
  ["daemon-experimental", "fail", { ExperimentalBuild: true }, {}],
  ["swarm-active", "pass", {}, {}],
  ["swarm-autolock-off", "not-applicable", {}, {}],
  ["swarm-autolock-off", "fail", { Swarm: { LocalNodeState: "active", ControlAvailable: true } }, {}],
  ["host-data-root-shared", "pass", {}, {}],
  ["host-data-root-shared", "fail", {}, file("/proc/self/mountinfo", "1 0 8:1 / / rw - ext4 /dev/sda1 rw\n")],
  ["host-docker-group-members", "fail", {}, {}],
  [
    "host-docker-group-members",
    "pass",
    {},
    { files: { "/etc/group": "docker:x:990:\n", "/etc/passwd": "root:x:0:0::/:/\n" } },
  ],
  ["host-docker-group-members", "not-applicable", {}, file("/etc/group", "root:x:0:\n")],
  ["host-audit-dockerd", "pass", {}, {}],
  ["host-audit-daemon-json", "pass", {}, {}], // a watched directory watches what is in it
  ["host-audit-runc", "fail", {}, {}],
  ["host-audit-sysconfig-docker", "not-applicable", {}, {}],
  ["file-mode-engine-socket", "pass", {}, {}],
  ["file-mode-engine-socket", "fail", {}, { statuses: { "/var/run/docker.sock": { mode: 0o666, gid: 990 } } }],
  ["file-owner-engine-socket", "pass", {}, {}],
  ["file-owner-engine-socket", "fail", {}, { statuses: { "/var/run/docker.sock": { mode: 0o660, gid: 1000 } } }],
  ["file-mode-docker-service", "pass", {}, {}],
  ["file-mode-docker-service", "fail", {}, { statuses: { "/lib/systemd/system/docker.service": { mode: 0o664 } } }],
  ["file-owner-docker-service", "fail", {}, { statuses: { "/lib/systemd/system/docker.service": { uid: 1000 } } }],
  ["file-mode-tls-key", "not-applicable", {}, {}],
  ["file-mode-tls-key", "fail", {}, { ...dockerd("--tlskey", "/k.pem"), statuses: { "/k.pem": { mode: 0o440 } } }],
  ["file-mode-daemon-json", "unknown", {}, { hidden: ["/etc/docker/daemon.json"] }],
] as const) {
  test(`${id}: ${status} ${JSON.stringify({ ...info, ...host }).slice(0, 100)}`, () => {
    assert.equal(statusOf(id, info, host), status);
  });
}

test("of a remote daemon what its files and its host hold is unknown, never a failure", () => {
  for (const { id } of HOST_CHECKS) {
    if (id.startsWith("file-") || id.startsWith("host-")) {
      assert.equal(statusOf(id, {}, {}, true), "unknown", id);
    }
  }
  assert.equal(statusOf("daemon-tcp-without-tls", {}, {}, true), "unknown");
  assert.equal(statusOf("daemon-userland-proxy", {}, {}, true), "unknown");
});

test("inside a container the container's own files are not taken for the host's", () => {
  const inside: FakeHost = { links: { "/proc/self/ns/pid": "pid:[4026532000]" } };
  assert.equal(statusOf("file-mode-docker-service", {}, inside), "unknown");
  assert.equal(statusOf("host-docker-group-members", {}, inside), "unknown");
});

test("ids are unique, and every number of the benchmark is given once", () => {
  assert.equal(new Set(HOST_CHECKS.map(({ id }) => id)).size, HOST_CHECKS.length);
  const numbers = HOST_CHECKS.flatMap(({ aliases }) => aliases["cis-docker-1.6.0"] ?? []);
  assert.equal(new Set(numbers).size, numbers.length);
  assert.ok(numbers.length >= 60, String(numbers.length));
});

test("the recorded answers of a real engine are judged without a fault", () => {
  const recorded = join(import.meta.dirname, "../../../test/corpus/docker-bench-info.json");
  const info = JSON.parse(readFileSync(recorded, "utf8"));
  assert.equal(statusOf("daemon-live-restore", info), "fail");
  assert.equal(statusOf("daemon-experimental", info), "pass");
  for (const { id } of HOST_CHECKS) {
    statusOf(id, info);
  }
});
