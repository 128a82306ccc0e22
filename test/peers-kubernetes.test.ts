/**
 * Other projects' verdicts on their own samples of Kubernetes manifests. The samples are not part of this repository;
 * without them the tests are skipped.
 */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { auditWorkloads } from "../src/audit/index.ts";
import { UNKNOWN_HOST } from "../src/facts/index.ts";
import type { Finding } from "../src/findings/index.ts";
import { readKubernetes } from "../src/readers/kubernetes/index.ts";

const root = join(import.meta.dirname, "../../shared/oracles/peers");
const skip = existsSync(root) ? false : "the samples of other projects are not on this machine";

/** Samples that hold no pod, or on which we disagree; docs/peers.md says why. */
const DIFFERENT: ReadonlySet<string> = new Set([
  "trivy-checks/configMap_with_secrets/bad0.yaml",
  "trivy-checks/configMap_with_secrets/bad1.yaml",
  ...[0, 1, 2, 3, 4, 5, 6, 7].map((number) => `trivy-checks/insecure_ingress_nginx/bad${number}.yaml`),
  "trivy-checks/selector_usage_in_network_policies/bad0.yaml",
  "trivy-checks/protecting_pod_service_account_tokens/good0.yaml",
  "checkov/SecurityContexts/podFAILED-containerPASSED.yaml",
  "checkov/SecurityContexts/podPassed-containerFailed.yaml",
  "checkov/Seccomp/cronjob-seccomp-PASSED.yaml",
  "checkov/Seccomp/pod-seccomp-PASSED.yaml",
  "checkov/Seccomp/pod-seccomp-PASSED2.yaml",
  "checkov/Seccomp/pod-seccomp-PASSED6.yaml",
]);

interface Verdict {
  readonly rule: string;
  readonly platform: string;
  readonly expect: string;
}

function readSample(path: string): { findings: readonly Finding[]; refused: boolean; text: string } {
  const text = readFileSync(join(root, path), "utf8");
  const { workloads, problems } = readKubernetes(text, path);
  const audits = auditWorkloads(workloads, UNKNOWN_HOST, { fixes: false, peersAreKnown: false });
  return {
    findings: audits.flatMap(({ findings }) => findings),
    refused: workloads.length === 0 && problems.some(({ severity }) => severity === "error"),
    text,
  };
}

/** `unknown` and `see-summary` are no verdicts. */
function agrees(expected: string, reported: boolean, refused: boolean): boolean {
  switch (expected) {
    case "pass":
      return !reported;
    case "fail":
      return reported || refused;
    case "mixed":
      return reported;
    default:
      return true;
  }
}

const expectedOf = <Value>(peer: string): readonly (readonly [string, Value])[] =>
  skip ? [] : Object.entries(JSON.parse(readFileSync(join(root, peer, "expected.json"), "utf8")));

for (const [peer, catalogue] of [
  ["trivy-checks", "trivy"],
  ["checkov", "checkov"],
] as const) {
  describe(`verdicts of ${peer}`, { skip }, () => {
    for (const [file, verdict] of expectedOf<Verdict>(peer).filter(([, { platform }]) => platform === "kubernetes")) {
      const name = `${peer}/${file.replace(/^kubernetes\//, "")}`;
      const different = DIFFERENT.has(name);
      test(`${name}: ${verdict.rule} ${verdict.expect}${different ? ", and we differ" : ""}`, () => {
        const { findings, refused } = readSample(`${peer}/${file}`);
        const reported = findings.some(({ aliases }) => aliases[catalogue]?.includes(verdict.rule) === true);
        assert.equal(agrees(verdict.expect, reported, refused), !different);
      });
    }
  });
}

/** Rules of kubesec that take points away. */
const NEGATIVE: ReadonlySet<string> = new Set([
  "ApparmorUnconfined",
  "CapSysAdmin",
  "HostAliases",
  "HostIPC",
  "HostNetwork",
  "HostPID",
  "Privileged",
  "SeccompUnconfined",
  "VolumeDockerSock",
]);

describe("scores of kubesec", { skip }, () => {
  for (const [file, scores] of expectedOf<readonly { test: string; assert: readonly string[] }[]>("kubesec")) {
    for (const score of scores) {
      test(`${file}: ${score.assert.join(", ")} (${score.test})`, () => {
        const { findings, text } = readSample(`kubesec/${file}`);
        const rules = findings.flatMap(({ aliases }) => aliases["kubesec"] ?? []);
        // Ours also asks that it be set to false; theirs takes points only where it is set to true.
        const escalation = rules.includes("AllowPrivilegeEscalation") && /allowPrivilegeEscalation: true/.test(text);
        assert.equal(
          rules.some((rule) => NEGATIVE.has(rule)) || escalation,
          score.assert.includes("assert_lt_zero_points"),
        );
      });
    }
  }
});

test("docs/peers.md names every sample on which we differ, and no other", () => {
  const page = readFileSync(join(import.meta.dirname, "../docs/peers.md"), "utf8");
  const named = [...page.matchAll(/^\| (trivy-checks|checkov) `([^`]+)`/gm)].map(([, peer, file]) => `${peer}/${file}`);
  assert.deepEqual(named.sort(), [...DIFFERENT].sort());
});
