import assert from "node:assert/strict";
import { test } from "node:test";
import type { ContainerConfig } from "../src/facts/index.ts";
import { readCompose, readComposeProject } from "../src/readers/compose/index.ts";
import type { ReadResult } from "../src/readers/index.ts";
import { composeCases, PROJECT } from "./support/compose-case.ts";

const CASES = composeCases();

/** As many as the product promises. */
const CASES_MIN = 60;

test(`there are at least ${CASES_MIN} cases`, () => {
  assert.ok(CASES.length >= CASES_MIN, `${CASES.length}`);
});

for (const { name, files, merged, options, oracle } of CASES) {
  test(`${name}: the effective model is that of ${oracle}`, () => {
    const ours = readComposeProject(merged, options);
    const expected = readCompose(files.get("expected.yaml") ?? "", "expected.yaml", {
      directory: PROJECT,
      home: options.home,
      environment: {},
    });
    assert.deepEqual(errorsOf(ours), []);
    assert.deepEqual(errorsOf(expected), []);
    assert.deepEqual(modelOf(ours), modelOf(expected));
  });
}

const errorsOf = ({ problems }: ReadResult) =>
  problems.filter(({ severity }) => severity === "error").map(({ message, place }) => `${place.line} ${message.en}`);

function modelOf({ workloads }: ReadResult): object {
  return Object.fromEntries(
    workloads
      .map((workload) => [
        workload.name,
        {
          config: sorted(workload.config),
          unresolved: [...workload.unresolved.keys()],
          volumes: [...(workload.surroundings.volumes?.values() ?? [])].map((volume) => ({ ...volume })),
        },
      ])
      .sort(),
  );
}

/** Without the order that nothing depends on. */
function sorted({ Config, HostConfig }: ContainerConfig): object {
  const { Env, ...image } = Config;
  const { Binds, VolumesFrom, SecurityOpt, CapAdd, CapDrop, GroupAdd, Devices, Ulimits, ...host } = HostConfig;
  const inOrder = (list: readonly unknown[] | undefined) =>
    list?.map((entry) => JSON.stringify(entry)).toSorted((left, right) => (left < right ? -1 : 1));
  return {
    Config: { ...image, Env: inOrder(Env), ExposedPorts: image.ExposedPorts?.toSorted() },
    HostConfig: {
      ...host,
      Binds: inOrder(Binds),
      // docker-compose 1.29.2 writes the default mode.
      VolumesFrom: inOrder(VolumesFrom?.map((entry) => entry.replace(/:rw$/, ""))),
      SecurityOpt: inOrder(SecurityOpt),
      CapAdd: inOrder(CapAdd),
      CapDrop: inOrder(CapDrop),
      GroupAdd: inOrder(GroupAdd),
      Devices: inOrder(Devices),
      Ulimits: inOrder(Ulimits),
    },
  };
}
