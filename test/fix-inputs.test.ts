import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { auditWorkload, auditWorkloads } from "../src/audit/index.ts";
import { CHECKS, DOCKERFILE_CHECKS } from "../src/checks/index.ts";
import { fixDockerfile } from "../src/cli/fix/fix-dockerfile.ts";
import type { FixRequest, ProjectOutcome } from "../src/cli/fix/fix-outcome.ts";
import { openProject, type Project, runLineProject } from "../src/cli/fix/fix-project.ts";
import { fixProject } from "../src/cli/fix/fix-targets.ts";
import { fixText } from "../src/cli/fix/fix-text.ts";
import { type HostFacts, UNKNOWN_HOST } from "../src/facts/index.ts";
import { TECHNIQUES } from "../src/techniques/index.ts";
import { sekisho, testFolder } from "./support/cli.ts";

const REQUEST: FixRequest = {
  targets: [],
  runLine: [],
  merge: false,
  as: undefined,
  variables: {},
  host: UNKNOWN_HOST,
  number: undefined,
  rules: [],
  skipped: [],
};

const FOLDER = testFolder("fix-inputs");
let files = 0;

function projectOf(text: string, name = "x.yaml"): Project {
  files += 1;
  const file = join(FOLDER, `${files}-${name}`);
  writeFileSync(file, text);
  const project = openProject([file], REQUEST);
  assert.ok(project !== undefined, text);
  return project;
}

const textOf = (texts: ReadonlyMap<string, string>): string => [...texts.values()].join("\n");
const commentsOf = (text: string): string[] =>
  text.split("\n").flatMap((line) => /(?:^|\s)(#.*)$/.exec(line)?.[1] ?? []);
const mostFixes = (project: Project): number =>
  Math.max(
    0,
    ...auditWorkloads(project.readAgain(project.texts), UNKNOWN_HOST, { fixes: true, peersAreKnown: false }).map(
      ({ fixes }) => fixes.length,
    ),
  );

/** Every fix of the report by its number, and the cheapest one. */
const everyFix = (project: Project, host: HostFacts = UNKNOWN_HOST): readonly ProjectOutcome[] =>
  [undefined, ...Array.from({ length: mostFixes(project) }, (_, index) => index + 1)].map((number) =>
    fixProject(project, { ...REQUEST, host, number }),
  );

/** What a fix of a manifest may take out or change. */
const TOUCHED =
  /securityContext|privileged|capabilities|\badd\b|\bdrop\b|^\s*-|host(?:PID|IPC|Network|Path|Users)|runAs|volume|mountPath|\bname\b|\bpath\b|\btype\b|procMount|seccomp|localhostProfile|apparmor|allowPrivilege|readOnly|Groups?\b|annotations|DOCKER_HOST|\bvalue\b|\{\}|[{}\]]/i;

function checkManifest(project: Project): number {
  const before = textOf(project.texts);
  let written = 0;
  for (const { after, workloads } of everyFix(project)) {
    assert.deepEqual(
      workloads.filter(({ state }) => state === "kept"),
      [],
      `${project.main}: a change that a manifest can carry was not written`,
    );
    written += workloads.filter(({ state }) => state === "written").length;
    const text = textOf(after);
    const comments = new Set(commentsOf(text));
    assert.deepEqual(
      commentsOf(before).filter((comment) => !comments.has(comment)),
      [],
      `${project.main}: comments`,
    );
    const lines = new Set(text.split("\n"));
    const gone = before.split("\n").filter((line) => !lines.has(line) && !TOUCHED.test(line));
    assert.deepEqual(gone, [], `${project.main}: lines that no fix is about`);
  }
  return written;
}

test("every fix of every example of a technique can be written into its run line, and closes", () => {
  let written = 0;
  for (const { id, examples } of TECHNIQUES) {
    for (const example of examples.open) {
      const { line, host: values } = typeof example === "string" ? { line: example, host: {} } : example;
      const host: HostFacts = { values, where: UNKNOWN_HOST.where };
      const project = runLineProject(line, "x");
      const workload = project.readAgain(project.texts)[0];
      const fixes = workload === undefined ? [] : auditWorkload(workload, host, true).fixes;
      fixes.forEach(({ changes }, index) => {
        if (changes.every(({ edit }) => edit.startsWith("host."))) {
          return;
        }
        const { workloads, after } = fixProject(project, { ...REQUEST, host, number: index + 1 });
        assert.equal(workloads[0]?.state, "written", `${id}, fix ${index + 1}: ${line}`);
        assert.notEqual(textOf(after), line);
        written += 1;
      });
    }
  }
  assert.ok(written > 400, `${written} fixes`);
});

/** Run lines, and what becomes of them: quoting, order and line breaks stay. */
const LINES: readonly (readonly [before: string, after: string])[] = [
  ["docker run --privileged alpine sh", "docker run alpine sh"],
  ["docker run --privileged=true --name 'a b' alpine", "docker run --name 'a b' alpine"],
  ["docker run -itv /:/host alpine sh -c 'ls; id'", "docker run -it alpine sh -c 'ls; id'"],
  ["docker run -itv/:/host alpine", "docker run -it alpine"],
  ['docker run -v "/:/host" -w "/a b" alpine', 'docker run -w "/a b" alpine'],
  [
    "docker run -d \\\n  --privileged \\\n  --name web \\\n  alpine sleep 1",
    "docker run -d \\\n  --name web \\\n  alpine sleep 1",
  ],
  [
    "sudo docker run --rm --pid=host --cap-add sys_ptrace alpine | cat",
    "sudo docker run --rm --cap-add sys_ptrace alpine | cat",
  ],
  ["podman run --cap-add SYS_MODULE,CHOWN alpine", "podman run --cap-add CHOWN alpine"],
];

for (const [line, wanted] of LINES) {
  test(`a new run line keeps what it can: ${line.split("\n")[0]}`, () => {
    const project = projectOf(`#!/bin/sh\n${line} # why\nexit\n`, "run.sh");
    const shown = everyFix(project).map((outcome) => fixText([outcome], "en").replace(/^# .*\n|\n$/gm, ""));
    assert.ok(shown.includes(`${wanted} # why`), shown.join("\n"));
  });
}

test("a script is only shown, not written", async () => {
  const script = join(FOLDER, "run.sh");
  writeFileSync(script, "docker run --privileged alpine\n");
  const { stdout } = await sekisho(["audit", "--fix", script]);
  assert.match(stdout, /0 of 1 container/);
  assert.equal(readFileSync(script, "utf8"), "docker run --privileged alpine\n");
});

test("--fix with a docker run line shows the new line, and audits that one", async () => {
  const { status, stdout } = await sekisho(["audit", "--fix", "--", "docker", "run", "-v", "/:/host", "alpine"]);
  assert.equal(status, 0, stdout);
  assert.match(stdout, /^docker run (?!-v \/:\/host ).*alpine$/m);
  assert.match(stdout, /0 of 1 container/);
});

test("--fix without anything to mend is a mistake of the command line", async () => {
  assert.equal((await sekisho(["audit", "--fix"])).status, 2);
});

test("a manifest from standard input is shown mended and audited so", async () => {
  const input =
    "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  hostPID: true\n  containers:\n  - name: a\n    image: b\n    securityContext:\n      privileged: true\n";
  const { stdout, status } = await sekisho(["audit", "--fix", "-"], { input });
  assert.match(stdout, /^-\s+privileged: true$/m);
  assert.match(stdout, /0 of 1 container/);
  assert.equal(status, 0);
});

/** Pods that reach the node in one way each; the place of `CONTAINER` is in the container, that of `SPEC` in the spec. */
const PODS: Readonly<Record<string, { readonly container?: string; readonly spec?: string }>> = {
  privileged: { container: "securityContext:\n  privileged: true # why" },
  "privileged in flow style": { container: "securityContext: {privileged: true, runAsUser: 0}" },
  "socket of the engine": {
    container: "volumeMounts:\n- name: sock # mount\n  mountPath: /var/run/docker.sock\n- {name: tmp, mountPath: /tmp}",
    spec: "volumes:\n- name: sock\n  hostPath:\n    path: /var/run/docker.sock # host\n- name: tmp\n  emptyDir: {}",
  },
  "root of the node": {
    container: "volumeMounts: [{name: root, mountPath: /host}]",
    spec: "volumes:\n  - name: root\n    hostPath: {path: /}",
  },
  "host namespaces": {
    container: "securityContext:\n  capabilities:\n    add: [SYS_PTRACE, CHOWN]",
    spec: "hostPID: true\nhostIPC: true",
  },
  "capability in a block list": {
    container: "securityContext:\n  capabilities:\n    add:\n    # comment\n    - SYS_MODULE\n    - CHOWN # stays",
  },
  "unconfined on the pod": {
    container: "securityContext: {capabilities: {add: [SYS_ADMIN]}}",
    spec: "securityContext:\n  seccompProfile:\n    type: Unconfined",
  },
  "empty security context": { container: "securityContext:" },
};

const indented = (text: string, by: number): string => text.replace(/^(?=.)/gm, " ".repeat(by));

const pod = ({ container = "", spec = "" }: { container?: string; spec?: string }): string =>
  `containers:\n- image: nginx # image\n  name: web\n${indented(container, 2)}\n- name: other\n  image: "busybox" # quoted\n${spec}\n`.replace(
    /\n\n+/g,
    "\n",
  );

const WRAPPED: Readonly<Record<string, (spec: string) => string>> = {
  Pod: (spec) => `# head\napiVersion: v1\nkind: Pod\nmetadata:\n  name: p # name\nspec:\n${indented(spec, 2)}`,
  Deployment: (spec) =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec:\n    replicas: 2 # two\n    template:\n        metadata:\n            labels: {a: b}\n        spec:\n${indented(spec, 12)}`,
  CronJob: (spec) =>
    `apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: c}\nspec:\n  schedule: "* * * * *"\n  jobTemplate:\n    spec:\n      template:\n        spec:\n${indented(spec, 10)}`,
  List: (spec) =>
    `apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap # first\n  metadata: {name: m}\n- apiVersion: apps/v1\n  kind: DaemonSet\n  metadata: {name: s}\n  spec:\n    template:\n      spec:\n${indented(spec, 8)}`,
  documents: (spec) =>
    `apiVersion: v1\nkind: Service\nmetadata: {name: x} # service\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n${indented(spec, 2)}---\n# last\napiVersion: v1\nkind: Secret\nmetadata: {name: z}\n`,
};

for (const [kind, wrap] of Object.entries(WRAPPED)) {
  test(`every fix of every sample is written into a ${kind}, and closes`, () => {
    for (const sample of Object.values(PODS)) {
      assert.ok(checkManifest(projectOf(wrap(pod(sample)))) > 0);
    }
  });
}

test("property: manifests of any mixture are mended, comments and other lines stay", () => {
  const part = fc.constantFrom(...Object.values(PODS));
  fc.assert(
    fc.property(fc.constantFrom(...Object.values(WRAPPED)), part, part, fc.boolean(), (wrap, left, right, windows) => {
      const text = wrap(pod({ container: left.container ?? "", spec: right.spec ?? "" }));
      checkManifest(projectOf(windows ? text.replaceAll("\n", "\r\n") : text));
    }),
    { numRuns: 25 },
  );
});

test("a manifest in flow style is known for one, and mended in it", () => {
  const text =
    "{apiVersion: v1, kind: Pod, metadata: {name: q}, spec: {hostPID: true, containers: [{name: a, image: x, securityContext: {privileged: true}}]}}\n";
  assert.ok(checkManifest(projectOf(text)) > 0);
});

test("a manifest in JSON stays JSON", () => {
  const manifest = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "p" },
    spec: {
      hostPID: true,
      containers: [{ name: "a", image: "b", securityContext: { capabilities: { add: ["SYS_ADMIN"] } } }],
    },
  };
  for (const space of [undefined, 2]) {
    for (const { after, workloads } of everyFix(projectOf(JSON.stringify(manifest, undefined, space), "p.json"))) {
      assert.doesNotThrow(() => JSON.parse(textOf(after)), textOf(after));
      assert.ok(workloads.every(({ state }) => state !== "kept"));
    }
  }
});

const PEERS = join(import.meta.dirname, "../../shared/oracles/peers");

test("every fix of the peers' manifests", { skip: existsSync(PEERS) ? false : "peers' samples are not here" }, () => {
  const names = readdirSync(PEERS, { recursive: true, encoding: "utf8" }).filter((name) => /\.ya?ml$/.test(name));
  let written = 0;
  for (const name of names) {
    const project = openProject([join(PEERS, name)], REQUEST);
    written += project?.kind === "kubernetes" ? checkManifest(project) : 0;
  }
  assert.ok(written > 500, `${written} fixes of ${names.length} files`);
});

test("what a Dockerfile can be mended of is gone afterwards, and nothing else comes", () => {
  const mended = new Map<string, number>();
  for (const { id, fix, examples } of DOCKERFILE_CHECKS) {
    for (const text of fix === undefined ? [] : examples.flagged) {
      const commented = `# head\n${text.trimEnd()}\n# tail\n`;
      const project = projectOf(commented, "Dockerfile");
      const { after, workloads } = fixDockerfile(project, { ...REQUEST, rules: [id] });
      // One port of a range, for instance, is the author's to take out.
      assert.equal(workloads.length, 1, `${id}: ${text}`);
      mended.set(id, (mended.get(id) ?? 0) + Number(workloads[0]?.state === "written"));
      assert.match(textOf(after), /^# head\n[\s\S]*# tail/);
    }
  }
  assert.ok(mended.size > 10);
  assert.ok(
    [...mended].every(([, count]) => count > 0),
    JSON.stringify([...mended]),
  );
});

test("USER goes where the container's start is described, not before what builds the image", () => {
  const fixed = (text: string) =>
    textOf(fixDockerfile(projectOf(text, "Dockerfile"), { ...REQUEST, rules: ["dockerfile-user-root"] }).after);
  assert.equal(
    fixed('FROM debian:12\nRUN id\n# start\nEXPOSE 80\nCMD ["a"]\n'),
    'FROM debian:12\nRUN id\nUSER 20000:20000\n# start\nEXPOSE 80\nCMD ["a"]\n',
  );
  assert.equal(fixed("FROM debian:12\nUSER root # why\nCMD a\n"), "FROM debian:12\nUSER 20000:20000 # why\nCMD a\n");
  assert.equal(fixed("FROM debian:12\nUSER root\nRUN id"), "FROM debian:12\nUSER root\nRUN id\nUSER 20000:20000");
  assert.equal(
    fixed("FROM debian:12 AS a\nUSER app\nFROM debian:12\nRUN <<EOF\nid\nEOF\n"),
    "FROM debian:12 AS a\nUSER app\nFROM debian:12\nRUN <<EOF\nid\nEOF\nUSER 20000:20000\n",
  );
});

/** Services, and what `--rule` writes of the check's own words. */
const SERVICE = (body: string): string =>
  `services:\n  web: # the service\n    image: nginx\n${indented(body, 4)}\n    tty: true # last\n`;

test("--fix --rule carries out what a check says", () => {
  const bodies: Readonly<Record<string, string>> = {
    "capabilities-added": "cap_add: [SYS_TIME, CHOWN] # two",
    "devices-mapped": "devices:\n  - /dev/fuse:/dev/fuse",
    "host-ipc-namespace": "ipc: host",
    "host-pid-namespace": "pid: host # why",
    "host-network-namespace": "network_mode: host",
    "host-uts-namespace": "uts: host",
    "host-user-namespace": "userns_mode: host",
    "restart-unbounded": "restart: always",
    "seccomp-off": "security_opt: [seccomp:unconfined]",
    "cpu-unlimited": "mem_limit: 64m",
    "root-filesystem-writable": "mem_limit: 64m",
    "runs-as-root": 'user: "0"',
    "new-privileges-allowed": "mem_limit: 64m",
    "capabilities-kept": "mem_limit: 64m",
    "cgroup-parent-set": "cgroup_parent: /x",
    "host-cgroup-namespace": "cgroup: host",
  };
  for (const [rule, body] of Object.entries(bodies)) {
    assert.ok(
      CHECKS.some(({ id }) => id === rule),
      rule,
    );
    const { workloads, after } = fixProject(projectOf(SERVICE(body), "compose.yaml"), { ...REQUEST, rules: [rule] });
    assert.deepEqual(
      workloads.map(({ goal, state }) => `${goal} ${state}`),
      [`${rule} written`],
      textOf(after),
    );
    assert.match(textOf(after), /web: # the service\n[\s\S]*tty: true # last/);
  }
});
