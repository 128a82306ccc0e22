/** One finding, many spellings: what people write in Compose files has to be found however they write it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { auditWorkloads } from "../src/audit/index.ts";
import { readCompose } from "../src/readers/compose/index.ts";
import { hostOf } from "./support/workload.ts";

/** Lines of a service, which begin in line 4. */
const service = (lines: string, rest: string): string =>
  `services:\n  web:\n    image: nginx:1.27\n${lines.replace(/^(?=.)/gm, "    ")}\n${rest}`;

function lineOf(id: string, lines: string, rest = ""): number | undefined {
  const { workloads } = readCompose(service(lines, rest), "compose.yaml", { directory: "/project", home: "/home/me" });
  const [web] = auditWorkloads(workloads, hostOf({}), { fixes: false, peersAreKnown: false });
  return web?.findings.find((finding) => finding.id === id)?.location.line;
}

const short = (volume: string): string => `volumes:\n  - ${volume}`;
const long = (source: string): string =>
  `volumes:\n  - type: bind\n    source: ${source}\n    target: /x\n    read_only: true`;

const SYSTEM_DIRECTORIES =
  "/ /bin /sbin /boot /cdrom /dev /etc /home /lib /lib64 /media /proc /root /run /selinux /srv /sys /usr /var".split(
    " ",
  );
const BELOW = [
  "/etc/",
  "//etc",
  "/./etc",
  "/var/lib/docker",
  "/usr/local/bin",
  "/lib/modules",
  "/sys/fs/cgroup",
  "~/.ssh",
];

/** Spellings that are found, with their line, and the nearest ones that are not. */
const SPELLINGS: Readonly<
  Record<string, { readonly found: readonly (readonly [string, number, string?])[]; readonly not: readonly string[] }>
> = {
  "host-directory-mounted": {
    found: [...SYSTEM_DIRECTORIES, ...BELOW].flatMap((path): [string, number][] => [
      [short(`${path}:/x`), 5],
      [short(`"${path}:/x:ro"`), 5],
      [long(path), 6],
    ]),
    not: ["/etcetera", "/varnish", "/data", "/opt/app", "./etc", "etc"].map((path) => short(`${path}:/x`)),
  },
  "sock-docker": {
    found: [
      "/var/run/docker.sock:/var/run/docker.sock",
      "/run/docker.sock:/var/run/docker.sock:ro",
      '"/var/run/docker.sock:/tmp/d.sock"',
      "/var/run/docker.sock:/var/run/docker.sock:rw,z",
      "//var/run/docker.sock:/var/run/docker.sock",
      "{type: bind, source: /run/docker.sock, target: /s}",
      "/var/run:/var/run",
      "/run/:/r",
      "/:/rootfs:ro",
      "$" + "{SOCKET:-/var/run/docker.sock}:/s",
    ].map((volume): [string, number] => [short(volume), 5]),
    not: [short("/srv/docker.socket.d:/s"), short("./docker.sock.txt:/var/run/docker.sock"), short("data:/var/run")],
  },
  "capabilities-added": {
    found: [
      "ALL",
      "all",
      "SYS_ADMIN",
      "CAP_SYS_ADMIN",
      "sys_admin",
      "cap_sys_admin",
      '"NET_ADMIN"',
      "'SYS_PTRACE'",
    ].flatMap((name): [string, number][] => [
      [`cap_add: [${name}]`, 4],
      [`cap_add:\n  - ${name}`, 4],
    ]),
    not: ["cap_add: []", "cap_drop: [ALL]", "cap_drop:\n  - SYS_ADMIN"],
  },
  "privileged-flag": {
    found: ["true", '"true"', "'true'", "yes", "on", "TRUE", "True", "$" + "{P:-true}"].map(
      (value): [string, number] => [`privileged: ${value}`, 4],
    ),
    not: ["privileged: false", 'privileged: "false"', "privileged: no"],
  },
  "host-pid-namespace": {
    found: [
      ["pid: host", 4],
      ['pid: "host"', 4],
      ["pid: $" + "{PID_MODE:-host}", 4],
    ],
    not: ["ipc: host", "hostname: host", 'pid: ""'],
  },
  "host-ipc-namespace": { found: [['ipc: "host"', 4]], not: ["ipc: private", "pid: host", 'ipc: "shareable"'] },
  "host-network-namespace": {
    found: [
      ["network_mode: host", 4],
      ['network_mode: "host"', 4],
    ],
    not: ["network_mode: bridge", 'network_mode: "none"', "networks: [default]"],
  },
  "host-user-namespace": { found: [['userns_mode: "host"', 4]], not: ['userns_mode: ""', "user: host"] },
  "cgroup-parent-set": {
    found: [
      ['cgroup_parent: "m-executor-abcd"', 4],
      ["cgroup_parent: /docker", 4],
    ],
    not: ["cgroup: private", 'cgroup_parent: ""'],
  },
  "seccomp-off": {
    found: ["seccomp:unconfined", "seccomp=unconfined", '"seccomp:unconfined"'].flatMap(
      (option): [string, number][] => [
        [`security_opt:\n  - ${option}`, 5],
        [`security_opt: [${option}]`, 4],
      ],
    ),
    not: ["security_opt: [apparmor:unconfined]", "security_opt: [seccomp:builtin]", "security_opt: []"],
  },
  "new-privileges-allowed": {
    found: [
      ["security_opt: ['no-new-privileges:false']", 4],
      ["security_opt:\n  - no-new-privileges=false", 5],
      ["security_opt: [seccomp:builtin]", 4],
      ["tty: true", 2],
    ],
    not: [
      "security_opt: [no-new-privileges]",
      "security_opt: ['no-new-privileges:true']",
      'security_opt: ["no-new-privileges=true"]',
    ],
  },
  "shared-propagation": {
    found: ["shared", "rshared"].flatMap((mode): [string, number][] => [
      [short(`/mnt:/m:${mode}`), 5],
      [short(`/mnt:/m:ro,z,${mode}`), 5],
      [`volumes:\n  - type: bind\n    source: ./x\n    target: /m\n    bind:\n      propagation: ${mode}`, 9],
      [short(`{type: bind, source: /mnt, target: /m, bind: {propagation: ${mode}}}`), 5],
    ]),
    not: [short("/mnt:/m"), short("/mnt/shared:/m"), short("/mnt:/m:rprivate"), short("/mnt:/m:rslave")],
  },
  "volume-shared": {
    found: [
      [short("data:/d"), 5, "  db: {image: x, volumes: ['data:/e:ro']}\nvolumes: {data: {}}"],
      [
        short("{type: volume, source: data, target: /d}"),
        5,
        "  db: {image: x, volumes: ['data:/e']}\nvolumes: {data: {}}",
      ],
      [short("../d/:/d"), 5, "  db: {image: x, volumes: ['../d:/e']}"],
      [short("/project/d:/d"), 5, "  db: {image: x, volumes: ['./d:/e']}"],
      [short("data:/d"), 5, "  db: {extends: {service: web}}\nvolumes: {data: {}}"],
    ],
    not: [short("data:/d"), short("./d:/d")],
  },
};

for (const [id, { found, not }] of Object.entries(SPELLINGS)) {
  test(`${id} is found in every spelling, on its line`, () => {
    for (const [lines, line, rest = ""] of found) {
      assert.equal(lineOf(id, lines, rest), line, `${lines}\n${rest}`);
    }
  });
  test(`${id} is not found in its neighbours`, () => {
    for (const lines of not) {
      assert.equal(lineOf(id, lines), undefined, lines);
    }
  });
}

test("what an anchor, a merge key or another service brings along is found where it is written", () => {
  const read = (text: string) => {
    const { workloads } = readCompose(text, "compose.yaml", { directory: "/project" });
    return auditWorkloads(workloads, hostOf({}), { fixes: false, peersAreKnown: false }).flatMap(({ name, findings }) =>
      findings.flatMap(({ id, location }) => (id === "privileged-flag" ? [`${name}:${location.line}`] : [])),
    );
  };
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["x-a: &a\n  privileged: true\nservices:\n  web:\n    <<: *a\n    image: x\n", ["web:2"]],
    ["x-p: &p true\nservices:\n  web:\n    image: x\n    privileged: *p\n", ["web:1"]],
    ["services:\n  web: &w\n    image: x\n    privileged: true\n  db: *w\n", ["db:4", "web:4"]],
    ["services:\n  web:\n    image: x\n    privileged: true\n  db:\n    extends: web\n", ["db:4", "web:4"]],
    ["x-a: &a {privileged: true}\nservices:\n  web:\n    <<: *a\n    image: x\n    privileged: false\n", []],
  ];
  for (const [text, wanted] of cases) {
    assert.deepEqual(read(text).toSorted(), wanted, text);
  }
});
