/**
 * Other projects' verdicts on their own samples of Dockerfiles. The samples are not part of this repository; without them
 * the tests are skipped.
 */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { auditDockerfile } from "../src/audit/index.ts";
import { readDockerfile } from "../src/readers/dockerfile/index.ts";

const root = join(import.meta.dirname, "../../shared/oracles/peers");
const skip = existsSync(root) ? false : "the samples of other projects are not on this machine";

interface Verdict {
  readonly rule: string;
  readonly platform: string;
  readonly expect: string;
}

for (const [peer, catalogue] of [
  ["trivy-checks", "trivy"],
  ["checkov", "checkov"],
] as const) {
  describe(`${peer}, Dockerfiles`, { skip }, () => {
    const file = join(root, peer, "expected.json");
    const verdicts = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Record<string, Verdict>) : {};
    const samples = Object.entries(verdicts).filter(
      ([, { platform, expect }]) => /^docker/.test(platform) && /^(pass|fail)$/.test(expect),
    );
    for (const [path, { rule, expect }] of samples) {
      const id = `${peer}/${path.replace(/^docker(?:file)?\//, "")}`;
      test(`${id}: ${rule} ${expect}`, () => {
        const { findings } = auditDockerfile(readDockerfile(readFileSync(join(root, peer, path), "utf8"), path));
        const reported = findings.some(({ aliases }) => aliases[catalogue]?.includes(rule) === true);
        assert.equal(reported === (expect === "fail"), true, `${reported}: ${findings.map((f) => f.id).join(" ")}`);
      });
    }
    test("there are samples", () => assert.ok(samples.length > 5, String(samples.length)));
  });
}
