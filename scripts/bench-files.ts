/**
 * How fast files are audited: `npm run bench:files`.
 *
 * 1,000 files of ten kinds each, Compose and Kubernetes, half of them with a way to the host, in a folder under the
 * temporary one; `sekisho audit` reads the folder as its users let it, in a process of its own, with fixes, as a table. Then one YAML
 * file of 10 MB. Figures are processor time of the whole process (start included), so that other load on the machine
 * counts less: the median of three runs.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Files of each of the two languages. */
const FILES = 500;

/** Runs of each measurement. */
const RUNS = 3;

/** What `npm run build` made, as it is published; else the sources, which take a second longer to start. */
const BUILT = join(import.meta.dirname, "../dist/sekisho.js");
const MAIN = existsSync(BUILT) ? BUILT : join(import.meta.dirname, "../src/cli/main.ts");
const FOLDER = mkdtempSync(join(tmpdir(), "sekisho-bench-files-"));

const DANGERS = [
  "",
  "    privileged: true\n",
  "    cap_add: [SYS_ADMIN]\n",
  "    pid: host\n",
  "    volumes:\n      - /var/run/docker.sock:/var/run/docker.sock\n",
];

const compose = (number: number): string => `# project ${number}
services:
  web:
    image: "registry.example/web:${number}"
    ports: ["${8000 + (number % 900)}:80"]
    environment:
      MODE: production # of ${number}
    depends_on: [db]
${DANGERS[number % 10] ?? ""}  db:
    image: postgres:16
    volumes:
      - data:/var/lib/postgresql/data
    healthcheck:
      test: ["CMD", "pg_isready"]
  cache:
    image: redis:7
    read_only: true
    cap_drop: [ALL]
volumes:
  data: {}
`;

const SPECS = [
  "",
  "      hostPID: true\n",
  "      hostNetwork: true\n",
  "      hostIPC: true\n",
  "      hostUsers: false\n",
];
const CONTEXTS = [
  "{runAsNonRoot: true, allowPrivilegeEscalation: false}",
  "{privileged: true}",
  "{capabilities: {add: [SYS_ADMIN]}}",
];

const kubernetes = (number: number): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-${number}
  namespace: team-${number % 7}
spec:
  replicas: 2
  selector: {matchLabels: {app: a${number}}}
  template:
    metadata:
      labels: {app: a${number}}
    spec:
${SPECS[number % 10] ?? ""}      containers:
      - name: main # the program
        image: registry.example/app:${number}
        resources: {limits: {memory: 64Mi, cpu: 100m}}
        securityContext: ${CONTEXTS[number % 6] ?? "{}"}
      - name: sidecar
        image: registry.example/proxy:1
---
apiVersion: v1
kind: Service
metadata: {name: app-${number}}
spec: {ports: [{port: 80}], selector: {app: a${number}}}
`;

/** Processor time of one audit in milliseconds, and its greatest memory in MiB. */
function audit(target: string): { cpu: number; memory: number; status: number | null } {
  const script = `process.on("exit", () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    process.stderr.write(["\\u0001" + (userCPUTime + systemCPUTime) / 1000, maxRSS / 1024].join(" "));
  });`;
  const preload = `data:text/javascript,${encodeURIComponent(script)}`;
  const child = spawnSync(process.execPath, ["--import", preload, MAIN, "audit", target], {
    encoding: "utf8",
    maxBuffer: 512 * 1024 * 1024,
  });
  const [cpu = 0, memory = 0] = (child.stderr.split("\u0001").at(-1) ?? "").split(" ").map(Number);
  return { cpu, memory, status: child.status };
}

function report(name: string, target: string, wanted: string): void {
  const runs = Array.from({ length: RUNS }, () => audit(target)).sort((left, right) => left.cpu - right.cpu);
  const middle = runs[RUNS >> 1];
  console.log(
    `${name}: ${((middle?.cpu ?? 0) / 1000).toFixed(2)} s of processor time, ${middle?.memory.toFixed(0)} MiB, exit status ${middle?.status} (${wanted})`,
  );
}

try {
  for (const [kind, text] of [
    ["compose", compose],
    ["kubernetes", kubernetes],
  ] as const) {
    for (let number = 0; number < FILES; number += 1) {
      const folder = join(FOLDER, "files", kind, String(number));
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, kind === "compose" ? "compose.yaml" : "app.yaml"), text(number));
    }
  }
  console.log(`${MAIN}, Node ${process.version}`);
  report(`${2 * FILES} files`, join(FOLDER, "files"), "target 3 s on one core");
  const large = join(FOLDER, "large.yaml");
  const documents = Math.ceil((10 * 1024 * 1024) / kubernetes(100).length);
  writeFileSync(large, Array.from({ length: documents }, (_, number) => kubernetes(number)).join("---\n"));
  report("one file of 10 MB", large, "target: bounded, a refusal or an answer");
} finally {
  rmSync(FOLDER, { recursive: true });
}
