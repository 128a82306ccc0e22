import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { auditWorkloads } from "../src/audit/index.ts";
import { readCompose } from "../src/readers/compose/index.ts";
import { hostOf } from "./support/workload.ts";

/** A service of these lines, which begin in line 4; `rest` follows it. */
const file = (lines: string, rest: string): string =>
  `services:\n  web:\n    image: nginx:1.27\n${lines.replace(/^(?=.)/gm, "    ")}\n${rest}`;

function findings(lines: string, rest: string): ReadonlyMap<string, number | undefined> {
  const { workloads, problems } = readCompose(file(lines, rest), "compose.yaml", { directory: "/project" });
  assert.deepEqual(
    problems.filter(({ severity }) => severity === "error").map(({ message }) => message.en),
    [],
  );
  const [web] = auditWorkloads(workloads, hostOf({}), { fixes: false, peersAreKnown: false });
  return new Map(web?.findings.map((finding) => [finding.id, finding.location.line]));
}

/** What is found and where; then the nearest lines where it is not. The line 2 is that of the service. */
const CASES: Readonly<
  Record<
    string,
    { found: readonly (readonly [string, number, string?])[]; not: readonly (string | readonly [string, string])[] }
  >
> = {
  "privileged-flag": {
    found: [
      ["privileged: true", 4],
      ['privileged: "true"', 4],
    ],
    not: ["privileged: false", "user: root"],
  },
  "sock-docker": {
    found: [
      ["volumes:\n  - data:/d\n  - /var/run/docker.sock:/var/run/docker.sock", 6, "volumes: {data: {}}"],
      ["volumes:\n  - /run/docker.sock:/s:ro", 5],
      ["volumes:\n  - type: bind\n    source: /var/run/docker.sock\n    target: /s", 6],
      ["use_api_socket: true", 4],
    ],
    not: ["volumes:\n  - /srv/docker.socket.d:/s", "use_api_socket: false"],
  },
  "host-pid-namespace": { found: [["pid: host", 4]], not: [["pid: 'service:db'", "  db: {image: x}"], "ipc: host"] },
  "host-ipc-namespace": { found: [["ipc: host", 4]], not: ["ipc: private", "ipc: shareable", "pid: host"] },
  "host-network-namespace": {
    found: [
      ["network_mode: host", 4],
      ["networks:\n  - outer", 4, "networks: {outer: {external: true, name: host}}"],
    ],
    not: ["network_mode: none", ["networks: [host]", "networks: {host: {}}"]],
  },
  "host-user-namespace": { found: [["userns_mode: host", 4]], not: ["userns_mode: ''"] },
  "capabilities-added": {
    found: [
      ["cap_add:\n  - NET_ADMIN\n  - SYS_TIME", 4],
      ["cap_add: [ALL]", 4],
    ],
    not: ["cap_drop: [ALL]", "cap_add: []"],
  },
  "capabilities-kept": { found: [["user: '5'", 2]], not: ["cap_drop: [ALL]", "cap_drop:\n  - NET_RAW"] },
  "seccomp-off": {
    found: [
      ["security_opt:\n  - no-new-privileges:true\n  - seccomp:unconfined", 6],
      ["security_opt: [seccomp=unconfined]", 4],
    ],
    not: ["security_opt: ['no-new-privileges:true']", "security_opt: [apparmor=unconfined]"],
  },
  "security-options-none": { found: [["user: '5'", 2]], not: ["security_opt: ['no-new-privileges:true']"] },
  "new-privileges-allowed": {
    found: [
      ["user: '5'", 2],
      ["security_opt:\n  - apparmor:web", 4],
      ["security_opt:\n  - no-new-privileges:false", 5],
    ],
    not: [
      "security_opt: ['no-new-privileges:true']",
      "security_opt: [no-new-privileges]",
      "security_opt: [no-new-privileges=true]",
    ],
  },
  "cgroup-parent-set": { found: [["cgroup_parent: /host", 4]], not: ["cgroup: private"] },
  "host-directory-mounted": {
    found: [
      ["volumes:\n  - ./a:/a\n  - /etc/app:/etc/app:ro", 6],
      ["volumes:\n  - type: bind\n    source: /var/lib/x\n    target: /x", 6],
      ["volumes:\n  - data:/d", 8, "volumes:\n  data:\n    driver_opts: {type: none, o: bind, device: /etc}"],
      [
        "volumes:\n  - data:/d",
        10,
        "volumes:\n  data:\n    driver_opts:\n      type: none\n      device: /boot\n      o: bind",
      ],
      [
        "volumes:\n  - data:/d",
        9,
        "volumes:\n  data:\n    driver: local-persist\n    driver_opts: {mountpoint: /var/x}",
      ],
    ],
    not: ["volumes: ['./etc:/etc', '/etcetera:/e', '/data:/d']", ["volumes: ['data:/etc']", "volumes: {data: {}}"]],
  },
  "volume-shared": {
    found: [
      ["volumes:\n  - own:/o\n  - data:/d", 6, "  db: {image: x, volumes: ['data:/e']}\nvolumes: {data: {}, own: {}}"],
      ["volumes:\n  - ./d:/d", 5, "  db: {image: x, volumes: [{type: bind, source: ./d, target: /e}]}"],
    ],
    not: [
      ["volumes: ['data:/d']", "  db: {image: x, volumes: ['other:/d']}\nvolumes: {data: {}, other: {}}"],
      ["volumes: ['data:/d']", "volumes: {data: {}}"],
      ["volumes: [/x]", "  db: {image: x, volumes: [/x]}"],
    ],
  },
  "shared-propagation": {
    found: [
      ["volumes:\n  - type: bind\n    source: /mnt\n    target: /m\n    bind:\n      propagation: rshared", 9],
      ["volumes:\n  - /mnt:/m:shared", 5],
    ],
    not: ["volumes: ['/mnt:/m:rprivate']", "volumes: ['/mnt:/m:rslave']"],
  },
  "slave-propagation": {
    found: [["volumes:\n  - {type: bind, source: /mnt, target: /m, bind: {propagation: slave}}", 5]],
    not: ["volumes: ['/mnt:/m']"],
  },
  "network-default": {
    found: [["user: '5'", 2]],
    not: [["networks: [app]", "networks: {app: {}}"], "network_mode: none"],
  },
  "restart-unbounded": {
    found: [
      ["restart: always", 4],
      ["restart: on-failure:9", 4],
      ["deploy:\n  restart_policy:\n    condition: on-failure\n    max_attempts: 9", 7],
    ],
    not: [
      "restart: on-failure:5",
      "restart: 'no'",
      "deploy: {restart_policy: {condition: on-failure, max_attempts: 5}}",
    ],
  },
  "ports-privileged": { found: [["ports:\n  - '80:8080'", 4]], not: ["ports: ['8080:8080']"] },
  "port-on-every-address": { found: [["ports:\n  - '8080:80'", 4]], not: ["ports: ['127.0.0.1:8080:80']"] },
  "healthcheck-missing": {
    found: [
      ["user: '5'", 2],
      ["healthcheck:\n  disable: true", 5],
      ["healthcheck:\n  test: [NONE]", 5],
    ],
    not: ["healthcheck: {test: [CMD, curl, localhost]}"],
  },
  "oom-score-host": {
    found: [["user: '5'", 2]],
    not: ["mem_limit: 1g", "deploy: {resources: {limits: {memory: 1g}}}"],
  },
  "pids-exhaustion": {
    found: [
      ["user: '5'", 2],
      ["pids_limit: -1", 4],
    ],
    not: ["pids_limit: 100", "deploy: {resources: {limits: {pids: 100}}}"],
  },
  "cpu-unlimited": { found: [["user: '5'", 2]], not: ["cpus: 1", "deploy: {resources: {limits: {cpus: '0.5'}}}"] },
  "build-privileged": {
    found: [
      ["build:\n  context: .\n  privileged: true", 6],
      ["build:\n  context: .\n  entitlements:\n    - security.insecure", 6],
    ],
    not: ["build: ."],
  },
};

for (const [id, { found, not }] of Object.entries(CASES)) {
  describe(id, () => {
    for (const [lines, line, rest = ""] of found) {
      test(`${JSON.stringify(lines)} is found in line ${line}`, () => {
        const ids = findings(lines, rest);
        assert.ok(ids.has(id), [...ids.keys()].join(" "));
        assert.equal(ids.get(id), line);
      });
    }
    for (const entry of not) {
      const [lines, rest] = typeof entry === "string" ? [entry, ""] : entry;
      test(`${JSON.stringify(lines)} is not`, () => {
        assert.equal(findings(lines, rest).get(id), undefined);
      });
    }
  });
}
