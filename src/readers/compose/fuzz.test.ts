// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables are those of Compose
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ReadError, type ReadResult } from "../read-result.ts";
import { looksLikeCompose, readCompose } from "./index.ts";
import { EXAMINED_KEYS } from "./service-keys.ts";

const SEED = `name: demo
x-base: &base
  privileged: yes
  cap_add: &caps [SYS_ADMIN, NET_RAW]
include: [a.yaml]
services:
  web:
    <<: [*base, {tty: true}]
    image: "nginx:\${TAG:-1}"
    pid: service:db
    network_mode: container:db
    volumes:
      - /var/run/docker.sock:/var/run/docker.sock:ro
      - data:/data
      - \${DATA}:/d:ro
      - {type: bind, source: /etc, target: /h, bind: {propagation: rshared}}
    security_opt: ["seccomp:./p.json", systempaths=unconfined]
    ports: ["127.0.0.1:8000-8002:80-82/udp", 443, {target: 1, published: 2-3}]
    environment: {A: 1, B: , C: $X}
    secrets: [s, {source: s, target: /t}]
    deploy: {resources: {limits: {memory: 1g}, reservations: {devices: [{capabilities: [gpu]}]}}}
    devices: [/dev/fuse, "vendor.com/gpu=all"]
    ulimits: {nofile: 10, nproc: {soft: 1, hard: 2}}
    command: sh -c 'sleep 1'
    healthcheck: {test: curl}
  db: {image: pg, cap_add: *caps, networks: {h: {priority: 1}}, extends: web, volumes_from: [web]}
networks: {h: {external: true, name: host}}
volumes: {data: {driver_opts: {type: none, o: bind, device: ../..}}}
secrets: {s: {file: ./s.txt}}
`;

/** Pieces that mean something to YAML or to Compose. */
const PIECES = [
  ..."[]{}:,-?&*!|>'\"#%@`$\\~<=. \n\t",
  "<<: ",
  "*base",
  "&base ",
  "${A",
  "!reset ",
  "---\n",
  "...\n",
  "null",
  "5",
  "services:",
  "\n  ",
  "__proto__",
  "\u0000",
  "\uD800",
  "service:",
  "container:",
];

const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.nat(12),
  insert: fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 3 })),
});

function mutate(text: string, { at, remove, insert }: { at: number; remove: number; insert: string }): string {
  const start = Math.floor(at * text.length);
  return text.slice(0, start) + insert + text.slice(start + remove);
}

/** Reads, or ends in a coded error; whatever is read is whole. */
function readOrRefuse(text: string): void {
  assert.equal(typeof looksLikeCompose(text), "boolean");
  let result: ReadResult;
  try {
    result = readCompose(text, "c.yaml", { directory: "/srv", home: "/root", readFile: () => "{}" });
  } catch (error) {
    assert.ok(error instanceof ReadError, `${(error as Error).stack}\n${text}`);
    return;
  }
  for (const { config, where, unresolved } of result.workloads) {
    assertPlain(config);
    for (const field of unresolved.keys()) {
      assert.ok((where(field).line ?? 0) >= 1);
    }
  }
  for (const { message, place } of result.problems) {
    assert.ok(message.en !== "" && message.ja !== "" && (place.line ?? 0) >= 1 && (place.column ?? 0) >= 1);
  }
}

/** Nothing but JSON: no undefined, no NaN, no function. */
function assertPlain(value: unknown): void {
  if (typeof value === "object" && value !== null) {
    Object.values(value).forEach(assertPlain);
    return;
  }
  assert.ok(typeof value === "string" || typeof value === "boolean" || Number.isFinite(value), String(value));
}

test("a file with a few bytes changed is read, or refused with a code", () => {
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 6 }), (mutations) => {
      readOrRefuse(mutations.reduce(mutate, SEED));
    }),
    { numRuns: 1_500 },
  );
});

test("any text at all is read, or refused with a code", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: "binary", maxLength: 5 }))),
      (parts) => {
        readOrRefuse(parts.join(""));
      },
    ),
    { numRuns: 1_000 },
  );
});

test("any value under any key is read, and reported where it is wrong", () => {
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom<unknown>("$X", ["$X"], { "${X}": "${X}" }, [null], [[]], {}),
  );
  fc.assert(
    fc.property(fc.constantFrom(...EXAMINED_KEYS.keys()), value, (key, written) => {
      readOrRefuse(JSON.stringify({ services: { web: { [key]: written } } }));
    }),
    { numRuns: 3_000 },
  );
});

test("any value at the top of the file is read, and reported where it is wrong", () => {
  const section = fc.constantFrom(
    "volumes",
    "networks",
    "secrets",
    "configs",
    "include",
    "name",
    "version",
    "services",
  );
  fc.assert(
    fc.property(section, fc.jsonValue({ maxDepth: 4 }), fc.jsonValue({ maxDepth: 3 }), (key, written, entry) => {
      const service = { volumes: ["x:/x"], networks: ["x"], secrets: ["x"], configs: ["x"] };
      readOrRefuse(JSON.stringify({ services: { web: service }, [key]: written }));
      readOrRefuse(JSON.stringify({ services: { web: service }, [key]: { x: entry } }));
    }),
    { numRuns: 1_000 },
  );
});

test("the same text is read the same way twice", () => {
  const plain = () =>
    readCompose(SEED, "c.yaml").workloads.map(({ config, unresolved }) => [config, Array.from(unresolved)]);
  assert.deepEqual(plain(), plain());
});
