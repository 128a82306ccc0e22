import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { verdictsOf } from "../scripts/preset-pages.ts";
import { PROBES } from "../scripts/preset-probes.ts";
import { PRESETS } from "../src/policy/index.ts";

/** The probes that each sentence of a preset speaks of: a sentence without any would be a claim that nobody checks. */
const CLAIMS: Readonly<Record<string, { readonly can: readonly string[]; readonly cannot: readonly string[] }>> = {
  "ai-agent": {
    can: ["create network volume build exec-own remove-own", "port-loopback", "create"],
    cannot: ["inspect-other logs-other exec-other stop-other remove-other push host-path", ""],
  },
  ci: {
    can: ["create network volume exec-own copy-in copy-out remove-own", "pull build tag push", "create"],
    cannot: [
      "inspect-other logs-other files-other exec-other stop-other remove-other",
      "host-path port-loopback port-any device capability seccomp-off privileged",
      "buildkit",
    ],
  },
  compose: {
    can: [
      "create stop-own remove-own network volume volume-mount restart port-loopback port-any port-low",
      "pull build",
    ],
    cannot: [
      "inspect-other logs-other exec-other stop-other remove-other host-path",
      "privileged host-network host-processes device capability",
    ],
  },
  observer: {
    can: ["list inspect-other images networks volumes events info", "logs-other"],
    cannot: ["create start-root stop-other remove-other exec-other files-other pull network volume prune"],
  },
  "portainer-readonly": {
    can: ["list inspect-other images networks volumes services nodes events logs-other"],
    cannot: ["create stop-other remove-other exec-other files-other pull network volume prune", "swarm configs"],
  },
  testcontainers: {
    can: ["pull create network copy-in exec-own logs-own remove-own", "port-loopback port-any"],
    cannot: ["engine-socket", "inspect-other exec-other stop-other host-path privileged"],
  },
  traefik: {
    can: ["list inspect-other networks events", "services"],
    cannot: ["create stop-other exec-other logs-other files-other pull network volume"],
  },
  watchtower: {
    can: ["list inspect-other", "stop-other remove-other create pull image-remove"],
    cannot: ["start-root privileged engine-socket", "host-path exec-own exec-other"],
  },
};

/** Sentences about numbers, which no request of a kind shows. */
const UNPROBED: ReadonlySet<string> = new Set([""]);

for (const { id, can, cannot } of PRESETS) {
  test(`what ${id} says of itself is what the judge says`, async () => {
    const claims = CLAIMS[id];
    assert.ok(claims, id);
    assert.deepEqual([claims.can.length, claims.cannot.length], [can.length, cannot.length]);
    const verdicts = await verdictsOf(id);
    assert.equal(verdicts.size, PROBES.length);
    for (const [expected, sentences] of [
      [true, claims.can],
      [false, claims.cannot],
    ] as const) {
      for (const probe of sentences.filter((words) => !UNPROBED.has(words)).flatMap((words) => words.split(" "))) {
        assert.equal(verdicts.get(probe), expected, `${id}: ${probe}`);
      }
    }
  });
}

test("no preset lets through what gives the host away", async () => {
  const dangerous = [
    "privileged",
    "engine-socket",
    "host-processes",
    "exec-root",
    "start-root",
    "volume-root",
    "plugin",
  ];
  for (const { id } of PRESETS) {
    const verdicts = await verdictsOf(id);
    assert.deepEqual(
      dangerous.filter((probe) => verdicts.get(probe) !== false),
      [],
      id,
    );
  }
});

test("there is a page for each preset in each language, and for nothing else", () => {
  const folder = new URL("../docs/guard/presets/", import.meta.url);
  assert.deepEqual(readdirSync(folder).sort(), PRESETS.flatMap(({ id }) => [`${id}.ja.md`, `${id}.md`]).sort());
  for (const { id } of PRESETS) {
    const page = readFileSync(new URL(`${id}.md`, folder), "utf8");
    assert.match(page, /\| make a privileged container +\| refused +\|/, id);
  }
});
