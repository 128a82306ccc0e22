import assert from "node:assert/strict";
import { test } from "node:test";
import type { DaemonFacts, HostConfig, Workload } from "../../facts/index.ts";
import { readPolicy, type WrittenClient } from "../../policy/index.ts";
import { readDaemonHost } from "../../readers/daemon-host/index.ts";
import { mergeHostFacts } from "../../readers/host-facts/index.ts";
import { type FakeHost, fakeSource } from "../../readers/procfs/test-support/fake-host.ts";
import type { Diagnosis, DoctorInputs } from "./diagnosis.ts";
import { diagnose } from "./doctor.ts";

const PLACE = { uri: "test" };
const workload = (name: string, HostConfig: HostConfig): Workload => ({
  id: name,
  kind: "container",
  name,
  source: PLACE,
  config: { Config: { User: "1000" }, HostConfig },
  where: () => PLACE,
  unresolved: new Map(),
  surroundings: {},
});

const TCP_HEAD = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid\n";
const tcp = (...lines: string[]) =>
  TCP_HEAD + lines.map((line, index) => `   ${index}: ${line} 00000000:0000`).join("\n");
const socket = (mode: number, gid = 0) => ({ kind: "socket", mode, gid }) as const;

interface Case extends FakeHost {
  readonly containers?: readonly Workload[];
  readonly client?: WrittenClient;
  readonly gates?: readonly string[];
  readonly local?: boolean;
  readonly daemon?: Partial<DaemonFacts>;
}

function statusOf(id: string, { containers = [], client, gates = [], local = true, daemon = {}, ...host }: Case) {
  const source = fakeSource({ ...host, files: { "/proc/net/tcp": TCP_HEAD, ...host.files } });
  const read = client && readPolicy({ version: 1, clients: { ci: client } }, () => undefined);
  const answers = { kind: "docker", uri: "unix:///run/docker.sock", socketPath: "/run/docker.sock" } as const;
  const facts = readDaemonHost({ ...answers, info: {}, version: {} }, source);
  const inputs: DoctorInputs = {
    source,
    local,
    gates: new Set(gates),
    engine: {
      daemon: { ...facts, ...daemon },
      host: mergeHostFacts(),
      workloads: containers,
      complete: true,
      socketPath: "/var/run/docker.sock",
    },
    ...(read?.kind === "policy" && { policy: { file: "/etc/sekisho/policy.yaml", rules: read.policy } }),
  };
  return diagnose(inputs).find((one): one is Diagnosis => one.id === id);
}

const listen = (address: string, more: object = {}): WrittenClient => ({ listen: [{ address, ...more }] });
const process = (uid: number, ...words: string[]) => ({
  "/proc/7/cmdline": `${words.join("\0")}\0`,
  "/proc/7/status": `Name:\tnode\nUid:\t${uid}\t${uid}\t${uid}\t${uid}\nGid:\t1\t1\t1\t1\nGroups:\t\n`,
});

// In pairs: a way past the gate, and its nearest neighbour that is none.
for (const [id, what, host, status] of [
  [
    "socket-in-container",
    "the socket itself",
    { containers: [workload("a", { Binds: ["/var/run/docker.sock:/s"] })] },
    "bad",
  ],
  [
    "socket-in-container",
    "a file beside it",
    { containers: [workload("a", { Binds: ["/var/run/docker.pid:/s"] })] },
    "ok",
  ],
  ["socket-in-container", "a folder above it", { containers: [workload("a", { Binds: ["/run:/host:ro"] })] }, "bad"],
  [
    "socket-in-container",
    "a folder of the gate",
    { containers: [workload("a", { Binds: ["/run/sekisho:/s"] })] },
    "ok",
  ],
  [
    "socket-in-container",
    "containerd's socket",
    { containers: [workload("a", { Mounts: [{ Type: "bind", Source: "/run/containerd", Target: "/s" }] })] },
    "bad",
  ],
  [
    "socket-in-container",
    "the gate's own container",
    { containers: [workload("gate", { Binds: ["/run/docker.sock:/s"] })], gates: ["gate"] },
    "ok",
  ],
  [
    "socket-in-container",
    "a volume that is the folder",
    {
      containers: [
        workload("a", {
          Mounts: [
            {
              Type: "volume",
              Source: "v",
              Target: "/s",
              VolumeOptions: { DriverConfig: { Name: "local", Options: { type: "none", o: "bind", device: "/run" } } },
            },
          ],
        }),
      ],
    },
    "bad",
  ],
  [
    "plain-port-open",
    "2375 on every address",
    { files: { "/proc/net/tcp": tcp("00000000:0947 00000000:0000 0A") } },
    "bad",
  ],
  ["plain-port-open", "2375 on loopback", { files: { "/proc/net/tcp": tcp("0100007F:0947 00000000:0000 0A") } }, "bad"],
  [
    "plain-port-open",
    "2375 over IPv6",
    { files: { "/proc/net/tcp6": tcp(`${"0".repeat(32)}:0947 ${"0".repeat(32)}:0000 0A`) } },
    "bad",
  ],
  [
    "plain-port-open",
    "a connection to 2375 elsewhere",
    { files: { "/proc/net/tcp": tcp("0100007F:A000 0100007F:0947 01") } },
    "ok",
  ],
  ["plain-port-open", "2376", { files: { "/proc/net/tcp": tcp("00000000:0948 00000000:0000 0A") } }, "ok"],
  ["plain-port-open", "a table that is hidden", { hidden: ["/proc/net/tcp", "/proc/net/tcp6"] }, "unknown"],
  ["runtime-socket-open", "a socket for everybody", { statuses: { "/run/docker.sock": socket(0o666) } }, "bad"],
  ["runtime-socket-open", "a socket for a group", { statuses: { "/run/docker.sock": socket(0o660, 998) } }, "bad"],
  ["runtime-socket-open", "a socket for root's group", { statuses: { "/run/docker.sock": socket(0o660, 0) } }, "ok"],
  [
    "runtime-socket-open",
    "Podman's socket for everybody",
    { statuses: { "/run/podman/podman.sock": socket(0o777) } },
    "bad",
  ],
  [
    "runtime-socket-open",
    "a rootless engine's socket for everybody",
    { files: { "/run/user/1000/docker.sock": "" }, statuses: { "/run/user/1000/docker.sock": socket(0o666) } },
    "bad",
  ],
  [
    "runtime-socket-open",
    "a rootless engine's own socket",
    { files: { "/run/user/1000/docker.sock": "" }, statuses: { "/run/user/1000/docker.sock": socket(0o600) } },
    "ok",
  ],
  [
    "gate-is-root",
    "a gate that is root",
    { files: process(0, "/usr/bin/node", "/opt/dist/sekisho.js", "guard", "--policy", "ci") },
    "bad",
  ],
  [
    "gate-is-root",
    "a gate that is not",
    { files: process(990, "/usr/bin/node", "/opt/dist/sekisho.js", "guard", "--policy", "ci") },
    "ok",
  ],
  ["gate-is-root", "the doctor as root", { files: process(0, "sekisho", "guard", "doctor") }, "none"],
  ["gate-is-root", "another program's guard", { files: process(0, "lifeguard", "guard") }, "none"],
  ["listener-open", "a socket for everybody", { client: listen("unix:///run/s/ci.sock", { mode: "0666" }) }, "bad"],
  ["listener-open", "a socket for a group", { client: listen("unix:///run/s/ci.sock", { mode: "0660" }) }, "ok"],
  [
    "listener-open",
    "a socket that became one for everybody",
    { client: listen("unix:///run/s/ci.sock", { mode: "0660" }), statuses: { "/run/s/ci.sock": socket(0o666) } },
    "bad",
  ],
  [
    "listener-open",
    "a folder that everybody may write to",
    { client: listen("unix:///run/s/ci.sock"), statuses: { "/run/s": { kind: "directory", mode: 0o777 } } },
    "bad",
  ],
  [
    "listener-open",
    "a folder with the sticky bit",
    { client: listen("unix:///run/s/ci.sock"), statuses: { "/run/s": { kind: "directory", mode: 0o1777 } } },
    "ok",
  ],
  ["listener-open", "plain TCP", { client: listen("tcp://0.0.0.0:2375", { insecurePlainTcp: true }) }, "bad"],
  [
    "policy-writable",
    "a policy for everybody",
    { client: {}, statuses: { "/etc/sekisho/policy.yaml": { mode: 0o666 } } },
    "bad",
  ],
  [
    "policy-writable",
    "a policy of its owner",
    { client: {}, statuses: { "/etc/sekisho/policy.yaml": { mode: 0o644 } } },
    "ok",
  ],
  [
    "daemon-tcp-without-tls",
    "a daemon on TCP",
    { daemon: { commandLine: { value: ["dockerd", "-H", "tcp://0.0.0.0:2375"], place: PLACE } } },
    "bad",
  ],
  [
    "daemon-tcp-without-tls",
    "a daemon on a socket",
    { daemon: { commandLine: { value: ["dockerd", "-H", "fd://"], place: PLACE } } },
    "ok",
  ],
  [
    "host-docker-group-members",
    "a member",
    { daemon: { dockerGroup: { value: { gid: 998, members: ["ci"] }, place: PLACE } } },
    "bad",
  ],
  [
    "host-docker-group-members",
    "no member",
    { daemon: { dockerGroup: { value: { gid: 998, members: [] }, place: PLACE } } },
    "ok",
  ],
] as const satisfies readonly (readonly [string, string, Case, Diagnosis["status"]])[]) {
  test(`${id}: ${what}: ${status}`, () => {
    const result = statusOf(id, host);
    assert.equal(result?.status, status, JSON.stringify(result));
    assert.equal(result.advice !== undefined, status === "bad");
  });
}

test("without an engine and away from its host nothing is called well", () => {
  const results = diagnose({ source: fakeSource({}), local: false, gates: new Set() });
  assert.deepEqual(
    results.filter(({ status }) => status === "ok" || status === "bad"),
    [],
  );
});

test("a name that a container chose is quoted", () => {
  const result = statusOf("socket-in-container", { containers: [workload("a\u001b[31m", { Binds: ["/run:/r"] })] });
  assert.match(result?.found[0]?.en ?? "", /^a\\u\{1b\}\[31m: /);
});
