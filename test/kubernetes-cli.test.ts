import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { sekisho, testFolder } from "./support/cli.ts";

const POD = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
  - name: nginx
    image: nginx:1.29
    securityContext:
      capabilities: {drop: [ALL]}
`;

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: agent}
spec:
  template:
    spec:
      hostPID: true
      containers:
      - name: main
        image: agent:1
        securityContext: {privileged: true}
`;

const audit = (...args: readonly string[]) => ["audit", "-f", "json", "--lang", "en", ...args];

interface Report {
  readonly workloads: readonly {
    readonly id: string;
    readonly kind: string;
    readonly source: { readonly line: number };
    readonly gains: readonly { readonly gain: string; readonly certainty: string }[];
    readonly podSecurity?: {
      readonly version: string;
      readonly baseline: { readonly allowed: boolean; readonly violations: readonly { readonly control: string }[] };
      readonly restricted: { readonly allowed: boolean; readonly violations: readonly { readonly control: string }[] };
    };
    readonly findings: readonly { readonly id: string; readonly location: { readonly line: number } }[];
  }[];
  readonly errors: readonly { readonly severity: string; readonly message: string }[];
}

const controls = (report: Report, level: "baseline" | "restricted") =>
  report.workloads[0]?.podSecurity?.[level].violations.map(({ control }) => control);

describe("sekisho audit of manifests", () => {
  test("several documents from standard input, recognised by their content", async () => {
    const { status, stdout } = await sekisho(audit("-"), { input: `${POD}---\n${DEPLOYMENT}` });
    const report: Report = JSON.parse(stdout);
    assert.equal(status, 1);
    assert.deepEqual(
      report.workloads.map(({ id, kind, source }) => [id, kind, source.line]),
      [
        ["-#Pod/web/nginx", "pod", 7],
        ["-#Deployment/agent/main", "pod", 20],
      ],
    );
    assert.equal(report.workloads[0]?.podSecurity?.version, "v1.37");
    assert.ok(report.workloads[1]?.gains.some(({ gain, certainty }) => gain === "host-root" && certainty === "yes"));
    const privileged = report.workloads[1]?.findings.find(({ id }) => id === "pss-privileged");
    assert.equal(privileged?.location.line, 22);
  });

  for (const [version, restricted] of [
    ["v1.7", ["runAsNonRoot"]],
    ["v1.8", ["allowPrivilegeEscalation", "runAsNonRoot"]],
    ["v1.19", ["allowPrivilegeEscalation", "runAsNonRoot", "seccompProfile_restricted"]],
    ["latest", ["allowPrivilegeEscalation", "runAsNonRoot", "seccompProfile_restricted"]],
  ] as const) {
    test(`--pod-security-version ${version}`, async () => {
      const { stdout } = await sekisho(audit("-", "--as", "kubernetes", "--pod-security-version", version), {
        input: POD,
      });
      const report: Report = JSON.parse(stdout);
      assert.deepEqual(controls(report, "baseline"), []);
      assert.deepEqual(controls(report, "restricted"), restricted);
    });
  }

  for (const version of ["v1", "1.x", "v2.1", ""]) {
    test(`--pod-security-version ${JSON.stringify(version)} is wrong usage`, async () => {
      const { status, stderr } = await sekisho(audit("-", "--pod-security-version", version), { input: POD });
      assert.equal(status, 2);
      assert.match(stderr, /--pod-security-version takes/);
    });
  }

  test("what the API server refuses is an error with status 2, and the other documents are examined", async () => {
    const broken = POD.replace("capabilities: {drop: [ALL]}", 'privileged: "true"');
    const { status, stdout } = await sekisho(audit("-"), { input: `${broken}---\n${DEPLOYMENT}` });
    const report: Report = JSON.parse(stdout);
    assert.equal(status, 2);
    assert.equal(report.errors.filter(({ severity }) => severity === "error").length, 1);
    assert.equal(report.workloads.length, 2);
    assert.equal(report.workloads[0]?.podSecurity, undefined);
    assert.equal(report.workloads[1]?.podSecurity?.baseline.allowed, false);
  });

  test("a template is told from a manifest", async () => {
    const { status, stdout } = await sekisho(audit("-"), { input: `${POD}---\n{{- if .Values.x }}\n${DEPLOYMENT}` });
    const report: Report = JSON.parse(stdout);
    assert.equal(status, 2);
    assert.match(report.errors.map(({ message }) => message).join(), /helm template/);
    assert.equal(report.workloads.length, 1);
  });

  test("a directory gives its manifests and leaves other YAML alone", async () => {
    const folder = testFolder("kubernetes");
    mkdirSync(join(folder, "deploy"));
    writeFileSync(join(folder, "deploy", "pod.yaml"), POD);
    writeFileSync(join(folder, "deploy", "values.yaml"), "replicas: 2\n");
    writeFileSync(join(folder, "compose.yaml"), "services: {db: {image: db}}\n");
    const { stdout } = await sekisho(audit(folder));
    const report: Report = JSON.parse(stdout);
    assert.deepEqual(report.workloads.map(({ kind }) => kind).sort(), ["pod", "service"]);
  });

  test("only workloads of pods have a verdict of the standards", async () => {
    const { stdout } = await sekisho(audit("-"), { input: "services: {db: {image: db}}\n" });
    const report: Report = JSON.parse(stdout);
    assert.equal(report.workloads[0]?.podSecurity, undefined);
  });

  test("the text report says it once for each pod, in the words of a manifest", async () => {
    const two = DEPLOYMENT.replace(
      "      - name: main",
      "      - name: other\n        image: other:1\n      - name: main",
    );
    const { stdout } = await sekisho(["audit", "-", "--lang", "en", "--all"], { input: two });
    assert.equal(stdout.match(/Pod Security Standards v1\.37/g)?.length, 1);
    assert.match(stdout, /baseline: refused/);
    assert.doesNotMatch(stdout, /--security-opt|--user |userns-remap \(/);
    const japanese = await sekisho(["audit", "-", "--lang", "ja"], { input: two });
    assert.match(japanese.stdout, /baseline: 拒否/);
  });

  test("--profile pss-baseline leaves the controls of that level", async () => {
    const { stdout } = await sekisho(audit("-", "--profile", "pss-baseline"), { input: DEPLOYMENT });
    const report: Report = JSON.parse(stdout);
    const ids = [...new Set(report.workloads[0]?.findings.map(({ id }) => id))];
    assert.deepEqual(ids.sort(), ["pss-host-namespaces", "pss-privileged"]);
  });
});
