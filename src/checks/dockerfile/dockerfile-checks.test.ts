import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { readDockerfile } from "../../readers/dockerfile/index.ts";
import { DOCKERFILE_CHECKS } from "./index.ts";

/** Files of the folder that are no rule. */
const OTHERS = new Set([
  "commands.ts",
  "dockerfile-check.ts",
  "dockerfile-checks.test.ts",
  "downloads.ts",
  "index.ts",
  "instructions.ts",
  "list.ts",
  "modes.ts",
  "ports.ts",
  "secrets.ts",
  "stages.ts",
]);

test("every rule's file is listed, in order, under its own name", () => {
  const files = readdirSync(import.meta.dirname).filter((file) => !OTHERS.has(file));
  assert.deepEqual(
    DOCKERFILE_CHECKS.map(({ id }) => id),
    files.map((file) => file.replace(/\.ts$/, "")).sort(),
  );
});

for (const { id, find, examples } of DOCKERFILE_CHECKS) {
  describe(id, () => {
    for (const text of examples.flagged) {
      test(`flags ${JSON.stringify(text)}`, () => {
        assert.ok(find(readDockerfile(text, "Dockerfile")).length > 0);
      });
    }
    for (const text of examples.clean) {
      test(`passes ${JSON.stringify(text)}`, () => {
        assert.deepEqual(find(readDockerfile(text, "Dockerfile")), []);
      });
    }
  });
}

const PEERS = join(import.meta.dirname, "../../../../shared/oracles/peers");

/** Numbers of ours for a peer's rule. */
const aliasesOf = (rule: string) =>
  DOCKERFILE_CHECKS.filter(({ aliases }) => Object.values(aliases).some((ids) => ids.includes(rule)));

for (const peer of ["trivy-checks", "checkov"]) {
  const file = join(PEERS, peer, "expected.json");
  describe(`samples of ${peer}`, { skip: !existsSync(file) && "../shared/oracles/peers is not here" }, () => {
    const expected: Record<string, { rule: string; platform: string; expect: string }> = existsSync(file)
      ? JSON.parse(readFileSync(file, "utf8"))
      : {};
    for (const [path, { rule, platform, expect }] of Object.entries(expected)) {
      if (!["docker", "dockerfile"].includes(platform)) {
        continue;
      }
      test(`${path}: ${expect}`, () => {
        const rules = aliasesOf(rule);
        assert.ok(rules.length > 0, `no rule of ours for ${rule}`);
        const read = readDockerfile(readFileSync(join(PEERS, peer, path), "utf8"), path);
        const found = rules.flatMap(({ id, find }) => find(read).map(({ place }) => `${id}:${place.line}`));
        assert.equal(found.length > 0 ? "fail" : "pass", expect, found.join(" "));
      });
    }
  });
}
