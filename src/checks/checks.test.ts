import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { EXAMPLE_HOST, hostOf } from "../../test/support/workload.ts";
import { LANGUAGES } from "../base/index.ts";
import { deriveContainerFacts, type HostValues, type Workload } from "../facts/index.ts";
import { readCompose } from "../readers/compose/index.ts";
import { readRunLine } from "../readers/docker-run/index.ts";
import { readInspect } from "../readers/inspect/index.ts";
import { applyEdits } from "../remedies/index.ts";
import { applyChecks, CHECKS, type CheckExample } from "./index.ts";

const OTHER_FILES = new Set(["apply.ts", "check.ts", "checks.test.ts", "index.ts", "list.ts"]);

test("every check's file is listed, in order, under its own name", () => {
  const files = readdirSync(import.meta.dirname, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !OTHER_FILES.has(entry.name))
    .map(({ name }) => name.replace(/\.ts$/, ""));
  assert.deepEqual(
    CHECKS.map((check) => check.id),
    files.sort(),
  );
});

const reported = (workload: Workload, values: HostValues) => {
  const host = hostOf(values);
  return applyChecks(CHECKS, deriveContainerFacts(workload, host), host);
};

function read(example: CheckExample): { workload: Workload; values: HostValues } {
  if (typeof example !== "string" && "compose" in example) {
    const service = readCompose(example.compose, "example", { directory: "/project" }).workloads[0];
    assert.ok(service, example.compose);
    return { workload: service, values: EXAMPLE_HOST };
  }
  const { line, host } = typeof example === "string" ? { line: example, host: {} } : example;
  const workload = readRunLine(line, "example").workloads[0];
  assert.ok(workload, line);
  return { workload, values: { ...EXAMPLE_HOST, ...host } };
}

for (const check of CHECKS) {
  describe(check.id, () => {
    for (const [examples, certainty] of [
      [check.examples.flagged, "yes"],
      [check.examples.possible ?? [], "possible"],
      [check.examples.clean, undefined],
    ] as const) {
      for (const example of examples) {
        const { workload, values } = read(example);
        test(`${JSON.stringify(example)} -> ${certainty ?? "no report"}`, () => {
          const found = reported(workload, values).find((applied) => applied.check === check);
          assert.equal(found?.certainty, certainty);
        });
      }
    }

    test("is written in every language", () => {
      for (const text of [check.title, check.explanation, check.remedy.summary]) {
        for (const language of LANGUAGES) {
          assert.notEqual(text[language].trim(), "");
        }
      }
    });

    test("its edit silences it where the configuration is what speaks", () => {
      const { edit } = check.remedy;
      const [example] = check.examples.flagged;
      if (edit === undefined || example === undefined) {
        return;
      }
      const { workload, values } = read(example);
      const after = applyEdits({ workload, host: hostOf(values) }, [edit]);
      assert.deepEqual(
        reported(after.workload, after.host.values).filter((applied) => applied.check === check),
        [],
      );
    });
  });
}

const CORPUS = new URL("../../test/corpus/docker-bench/", import.meta.url);

/** What docker-bench-security 1.6.0 reports for containers of this corpus, where a check of ours is the answer. */
for (const [file, numbers] of [
  ["1plain", ["5.2", "5.3", "5.12", "5.13", "5.19", "5.26", "5.27"]],
  ["2priv", ["5.2", "5.12", "5.13", "5.19", "5.26", "5.27"]],
  ["3pid", ["5.16"]],
  ["v-appa", ["5.2"]],
  ["v-capadmin", ["5.4"]],
  ["v-capall", ["5.4"]],
  ["v-dev", ["5.18"]],
  ["v-good", ["5.2", "5.19", "5.27"]],
  ["v-ipc", ["5.17"]],
  ["v-net", ["5.10"]],
  ["v-secc", ["5.22"]],
  ["v-userns", ["5.31"]],
  ["v-uts", ["5.21"]],
] as const) {
  test(`the checks of ${file} have the numbers ${numbers.join(", ")}`, () => {
    const text = readFileSync(new URL(`${file}.json`, CORPUS), "utf8");
    const workload = readInspect({ text, uri: file }).workloads[0];
    assert.ok(workload);
    const host: HostValues = { engine: "20.10.24", cgroup: 1, apparmor: false, selinux: false };
    const ours = new Set(
      reported(workload, host).flatMap((applied) => applied.check.aliases?.["cis-docker-1.6.0"] ?? []),
    );
    assert.deepEqual(
      numbers.filter((number) => !ours.has(number)),
      [],
    );
  });
}

test("a hardened container has no report above info, besides the host's missing security module", () => {
  const { workload } = read(
    "docker run --network app --read-only --cap-drop ALL --security-opt no-new-privileges --user 1000 --memory 1g --pids-limit 100 --cpus 1 --ulimit core=0 --health-cmd true nginx:1.29",
  );
  assert.deepEqual(
    reported(workload, EXAMPLE_HOST).map((applied) => applied.check.id),
    ["no-mandatory-access-control"],
  );
  assert.deepEqual(reported(workload, { ...EXAMPLE_HOST, apparmor: true }), []);
});
