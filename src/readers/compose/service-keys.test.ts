import assert from "node:assert/strict";
import { test } from "node:test";
import { readOne } from "./one-service.fixture.ts";
import { EXAMINED_KEYS, UNEXAMINED_KEYS } from "./service-keys.ts";

/** One row for each mapping: the key as written, and the whole of the configuration that comes of it. */
const HOST_ROWS: readonly (readonly [string, object])[] = [
  ["privileged: true", { Privileged: true }],
  ["privileged: false", { Privileged: false }],
  ["privileged: 'true'", { Privileged: true }],
  ["cap_add: [SYS_ADMIN, CAP_NET_RAW]", { CapAdd: ["SYS_ADMIN", "CAP_NET_RAW"] }],
  ["cap_drop: [ALL]", { CapDrop: ["ALL"] }],
  ["cap_drop: []", { CapDrop: [] }],
  ["pid: host", { PidMode: "host" }],
  ["pid:", {}],
  ["ipc: shareable", { IpcMode: "shareable" }],
  ["uts: host", { UTSMode: "host" }],
  ["userns_mode: host", { UsernsMode: "host" }],
  ["cgroup: private", { CgroupnsMode: "private" }],
  ["cgroup_parent: /", { CgroupParent: "/" }],
  ["group_add: [docker, 0]", { GroupAdd: ["docker", "0"] }],
  ["read_only: true", { ReadonlyRootfs: true }],
  ["runtime: sysbox-runc", { Runtime: "sysbox-runc" }],
  ["sysctls: {kernel.msgmax: 65536, net.a: '1'}", { Sysctls: { "kernel.msgmax": "65536", "net.a": "1" } }],
  ["sysctls: [kernel.msgmax=1=2, alone]", { Sysctls: { "kernel.msgmax": "1=2", alone: "" } }],
  ["storage_opt: {size: 1G}", { StorageOpt: { size: "1G" } }],
  ["device_cgroup_rules: ['b *:* rwm']", { DeviceCgroupRules: ["b *:* rwm"] }],
  ["tmpfs: /run", { Tmpfs: { "/run": "" } }],
  ["tmpfs: ['/run:exec,size=1m', /tmp]", { Tmpfs: { "/run": "exec,size=1m", "/tmp": "" } }],
  ["volume_driver: nfs", { VolumeDriver: "nfs" }],
  ["mem_limit: 512m", { Memory: 536_870_912 }],
  ["mem_limit: 1048576", { Memory: 1_048_576 }],
  ["cpus: 0.5", { NanoCpus: 500_000_000 }],
  ["cpus: '1.5'", { NanoCpus: 1_500_000_000 }],
  ["cpu_shares: 73", { CpuShares: 73 }],
  ["cpu_quota: 50000", { CpuQuota: 50_000 }],
  ["pids_limit: -1", { PidsLimit: -1 }],
  ["oom_kill_disable: true", { OomKillDisable: true }],
  ["oom_score_adj: -500", { OomScoreAdj: -500 }],
  ["ulimits: {nproc: 65535}", { Ulimits: [{ Name: "nproc", Soft: 65_535, Hard: 65_535 }] }],
  ["ulimits: {nofile: {soft: 1, hard: '2'}}", { Ulimits: [{ Name: "nofile", Soft: 1, Hard: 2 }] }],
  ["restart: always", { RestartPolicy: { Name: "always" } }],
  ["restart: no", { RestartPolicy: { Name: "no" } }],
  ["restart: on-failure:5", { RestartPolicy: { Name: "on-failure", MaximumRetryCount: 5 } }],
  ["logging: {driver: none}", { LogConfig: { Type: "none" } }],
  [
    "logging: {driver: syslog, options: {syslog-address: 'unix:///dev/log', tag: 1}}",
    { LogConfig: { Type: "syslog", Config: { "syslog-address": "unix:///dev/log", tag: "1" } } },
  ],
  [
    "deploy: {resources: {limits: {memory: 1g, cpus: '2', pids: 10}}}",
    { Memory: 2 ** 30, NanoCpus: 2e9, PidsLimit: 10 },
  ],
  ["deploy: {resources: {limits: {memory: 1g}}}\nmem_limit: 5m", { Memory: 2 ** 30 }],
  ["deploy: {resources: {reservations: {memory: 1g}}}", {}],
  ["deploy: {replicas: 3}", {}],
  [
    "deploy: {restart_policy: {condition: on-failure, max_attempts: 2}}",
    { RestartPolicy: { Name: "on-failure", MaximumRetryCount: 2 } },
  ],
  ["deploy: {restart_policy: {condition: none}}", { RestartPolicy: { Name: "no" } }],
  ["deploy: {restart_policy: {condition: any}}", { RestartPolicy: { Name: "always" } }],
];

for (const [yaml, expected] of HOST_ROWS) {
  test(`HostConfig of ${yaml.replaceAll("\n", " / ")}`, () => {
    const { workload, said } = readOne(yaml);
    assert.deepEqual(workload.config, { Config: {}, HostConfig: { ...expected, NetworkMode: "app_default" } });
    assert.deepEqual([said, workload.unresolved.size], [[], 0]);
  });
}

const IMAGE_ROWS: readonly (readonly [string, object])[] = [
  ["image: nginx:1", { Image: "nginx:1" }],
  ["user: '1000:1000'", { User: "1000:1000" }],
  ["user: nobody", { User: "nobody" }],
  ["command: sh -c 'sleep 1; id'", { Cmd: ["sh", "-c", "sleep 1; id"] }],
  ["command: [sleep, '10']", { Cmd: ["sleep", "10"] }],
  ["command: []", { Cmd: [] }],
  ["command:", {}],
  ["entrypoint: /bin/tini --", { Entrypoint: ["/bin/tini", "--"] }],
  ["tty: true", { Tty: true }],
  ["environment: [A=1, A=2, B=x=y]", { Env: ["A=2", "B=x=y"] }],
  ["environment: {A: 1.10, B: true, C: ''}", { Env: ["A=1.10", "B=true", "C="] }],
  ["labels: [a.b=c]", { Labels: { "a.b": "c" } }],
  ["labels: {a: 1, b: }", { Labels: { a: "1", b: "" } }],
  ["expose: [3000, 53/udp, 8000-8010]", { ExposedPorts: ["3000/tcp", "53/udp", "8000-8010/tcp"] }],
  [
    "healthcheck: {test: curl -f http://localhost}",
    { Healthcheck: { Test: ["CMD-SHELL", "curl -f http://localhost"] } },
  ],
  ["healthcheck: {test: [CMD, curl]}", { Healthcheck: { Test: ["CMD", "curl"] } }],
  ["healthcheck: {disable: true, test: curl}", { Healthcheck: { Test: ["NONE"] } }],
  ["healthcheck: {interval: 5s}", {}],
];

for (const [yaml, expected] of IMAGE_ROWS) {
  test(`Config of ${yaml}`, () => {
    const { workload, said } = readOne(yaml);
    assert.deepEqual(workload.config, { Config: expected, HostConfig: { NetworkMode: "app_default" } });
    assert.deepEqual([said, workload.unresolved.size], [[], 0]);
  });
}

test("a key that changes nothing is accepted without a word, and so is an extension field", () => {
  for (const key of UNEXAMINED_KEYS) {
    if (key !== "provider" && key !== "extends") {
      const { workload, said } = readOne(`${key}: x\nx-own: 1`);
      assert.deepEqual(
        [key, workload.config, said],
        [key, { Config: {}, HostConfig: { NetworkMode: "app_default" } }, []],
      );
    }
  }
});

test("a key that nobody knows is said not to be examined", () => {
  assert.deepEqual(readOne("privilaged: true").said, [
    "note 3:5 services.web.privilaged the key privilaged is not known to Sekisho and is not examined",
  ]);
});

/** `properties` of the definition `service` in the Compose specification's schema (compose-spec.json, 2026). */
const SPECIFICATION_KEYS = `annotations attach blkio_config build cap_add cap_drop cgroup cgroup_parent command configs
  container_name cpu_count cpu_percent cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares cpus cpuset
  credential_spec depends_on deploy develop device_cgroup_rules devices dns dns_opt dns_search domainname entrypoint
  env_file environment expose extends external_links extra_hosts gpus group_add healthcheck hostname image init ipc
  isolation label_file labels links logging mac_address mem_limit mem_reservation mem_swappiness memswap_limit models
  network_mode networks oom_kill_disable oom_score_adj pid pids_limit platform ports post_start pre_stop privileged
  profiles provider pull_policy pull_refresh_after read_only restart runtime scale secrets security_opt shm_size
  stdin_open stop_grace_period stop_signal storage_opt sysctls tmpfs tty ulimits use_api_socket user userns_mode uts
  volumes volumes_from working_dir`.split(/\s+/);

test("every key of the specification is either examined or known to matter nothing, and not both", () => {
  const own = ["volume_driver"]; // versions 1 and 2, still in compose-go's types
  assert.deepEqual(
    [...EXAMINED_KEYS.keys(), ...UNEXAMINED_KEYS].toSorted(),
    [...SPECIFICATION_KEYS, ...own].toSorted(),
  );
});
