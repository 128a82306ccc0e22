import assert from "node:assert/strict";
import { test } from "node:test";
import { UNKNOWN_HOST } from "../facts/index.ts";
import { readRunLine } from "../readers/docker-run/index.ts";
import { TECHNIQUES } from "../techniques/index.ts";
import { auditWorkload } from "./audit.ts";

const fixesOf = (line: string, host: typeof UNKNOWN_HOST) => {
  const { workloads } = readRunLine(line, "x");
  return workloads.map((workload) => {
    const { goal, fixes, refused } = auditWorkload(workload, host, true);
    return { goal, fixes, refused };
  });
};

test("fixes are the same whether others of their kind were searched before or not", () => {
  const shared = { ...UNKNOWN_HOST };
  const lines = TECHNIQUES.flatMap(({ examples }) =>
    examples.open.flatMap((example) => (typeof example === "string" ? [example] : [])),
  );
  for (const line of lines) {
    for (const variant of [
      line,
      line.replace(/(busybox|alpine)/, "--label a=b registry.example/other:$1"),
      line.replace(/docker run /, "docker run --network mine -v named:/n "),
    ]) {
      assert.deepEqual(fixesOf(variant, shared), fixesOf(variant, { ...UNKNOWN_HOST }), variant);
    }
  }
});

test("volumes and networks of other names are others", () => {
  const shared = { ...UNKNOWN_HOST };
  const lines = ["a", "b"].flatMap((name) => [
    `docker run --network ${name} -v ${name}:/d -v /etc:/h busybox`,
    `docker run --mount type=volume,source=${name},target=/d,volume-opt=type=none,volume-opt=o=bind,volume-opt=device=/${name} busybox`,
    `docker run -v ${name}:/d -v /${name}:/h busybox`,
  ]);
  for (const line of lines) {
    assert.deepEqual(fixesOf(line, shared), fixesOf(line, { ...UNKNOWN_HOST }), line);
  }
});

test("what a privileged container seems to be for is its own", () => {
  const shared = { ...UNKNOWN_HOST };
  const lines = [
    "docker run --privileged docker:dind",
    "docker run --privileged busybox",
    "docker run --privileged tailscale/tailscale",
  ];
  for (const line of lines) {
    assert.deepEqual(fixesOf(line, shared), fixesOf(line, { ...UNKNOWN_HOST }), line);
  }
});
