import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { DOCKER_FLAGS } from "./docker-flags.ts";
import { GLOBAL_FLAGS } from "./global-flags.ts";
import { PODMAN_FLAGS_BY_NAME } from "./podman-flags.ts";
import { dockerCliVersion, FOLLOWED_VERSION } from "./test-support/real-docker-cli.ts";

const version = dockerCliVersion();
const isFollowed = version !== undefined && FOLLOWED_VERSION.test(version);
const skip =
  isFollowed || process.env["SEKISHO_REQUIRE"] === "all"
    ? false
    : `needs docker 28.2 on PATH (found ${version ?? "none"})`;

/** Flags that the command line has and its help does not show. */
const HIDDEN = [
  "--dns-opt",
  "--net",
  "--net-alias",
  "--cpu-count",
  "--cpu-percent",
  "--io-maxbandwidth",
  "--io-maxiops",
];

/** `-v, --volume list` and `    --privileged` of a help text, as `-v --volume value` and `--privileged boolean`. */
function flagsOfHelp(words: readonly string[]): string[] {
  const help = spawnSync("docker", [...words, "--help"], { encoding: "utf8" });
  assert.equal(help.status, 0, help.stderr);
  return [...help.stdout.matchAll(/^ {2}(?: {4}|(-\w), )(--[\w-]+)( [a-z0-9-]+)?(?= {2,}|$)/gm)]
    .map(([, short = "", name = "", kind]) => `${short} ${name} ${kind === undefined ? "boolean" : "value"}`.trim())
    .toSorted();
}

function flagsOfOurs(verb: "run" | "create", hidden: (name: string) => boolean): string[] {
  return DOCKER_FLAGS.filter((flag) => flag.verbs?.includes(verb) !== false && !hidden(`--${flag.name}`))
    .map(({ short, name, arity }) => `${short === undefined ? "" : `-${short} `}--${name} ${arity}`)
    .toSorted();
}

for (const verb of ["run", "create"] as const) {
  test(`the flags of docker ${verb} are those that its help shows, with their arity`, { skip }, () => {
    const shown = flagsOfHelp([verb]);
    const isHidden = (name: string): boolean =>
      HIDDEN.includes(name) && !shown.some((flag) => flag.includes(`${name} `));
    assert.deepEqual(flagsOfOurs(verb, isHidden), shown);
  });
}

test("the hidden flags of docker run are real", { skip }, () => {
  for (const name of HIDDEN) {
    const result = spawnSync("docker", ["run", name], { encoding: "utf8" });
    assert.match(result.stderr, /flag needs an argument/, name);
  }
});

test("the global flags of docker are those that its help shows", { skip }, () => {
  const ours = new Set(
    [...GLOBAL_FLAGS.docker.values()].map(
      ({ short, name, arity }) => `${short === undefined ? "" : `-${short} `}--${name} ${arity}`,
    ),
  );
  ours.delete("--help boolean");
  assert.deepEqual([...ours].toSorted(), flagsOfHelp([]));
});

test("no flag stands twice in the table", () => {
  const names = DOCKER_FLAGS.flatMap(({ name, short }) => (short === undefined ? [name] : [name, short]));
  assert.deepEqual(names.toSorted(), [...new Set(names)].toSorted());
});

for (const [flag, arity] of [
  ["--privileged", "boolean"],
  ["--replace", "boolean"],
  ["--rmi", "boolean"],
  ["--pod", "value"],
  ["--systemd", "value"],
  ["--tls-verify", "boolean"],
] as const) {
  test(`podman run has ${flag}, a ${arity}`, () => {
    assert.equal(PODMAN_FLAGS_BY_NAME.get(flag)?.arity, arity);
  });
}
