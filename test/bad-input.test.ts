// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables are those of Compose
import assert from "node:assert/strict";
import { closeSync, ftruncateSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { type AuditDocument, auditDocument } from "../src/report/index.ts";
import { type CommandResult, sekisho, testFolder } from "./support/cli.ts";

const MIB = 1024 * 1024;
const folder = testFolder("bad-input");

function written(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** A file that is long and takes no room. */
function sparse(name: string, bytes: number): string {
  const path = join(folder, name);
  const file = openSync(path, "w");
  ftruncateSync(file, bytes);
  closeSync(file);
  return path;
}

const empty = join(folder, "empty-directory");
mkdirSync(empty);

const GOOD = written("good.json", JSON.stringify({ Image: "alpine", HostConfig: { Privileged: true } }));

/** Each alias nine times the one before: 9^9 nodes when written out. */
const YAML_BOMB = [
  "a: &a [x, x, x, x, x, x, x, x, x]",
  ..."bcdefghi"
    .split("")
    .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${"abcdefgh"[index]}`).join(", ")}]`),
  "services: {app: {image: alpine, command: *i}}",
].join("\n");

const read = ({ stdout }: CommandResult): AuditDocument => auditDocument.strict().parse(JSON.parse(stdout));

const noStack = ({ stdout, stderr }: CommandResult) => assert.doesNotMatch(`${stdout}${stderr}`, /^ {4}at /m);

describe("bad input", { concurrency: 2 }, () => {
  for (const [what, path, place] of [
    ["JSON that ends early", written("early.json", '{\n  "Image": "alpine",\n  "HostConfig": {\n'), [4, 1]],
    ["JSON with a stray letter", written("letter.json", '{\n  "Image": x\n}'), [2, 12]],
    ["YAML that breaks off", written("break.yaml", "services:\n  app:\n    image: [a\n"), [4, 1]],
    ["YAML with a tab", written("tab.yaml", "services:\n\tapp: {}\n"), [2, 1]],
    ["a YAML bomb", written("bomb.yaml", YAML_BOMB), undefined],
    ["a file of 100 MB", sparse("large.json", 100 * MIB), undefined],
    ["a file just below what is opened", sparse("zeros.json", 60 * MIB), undefined],
    ["a binary file", written("binary.json", Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 1, 2)), undefined],
    ["an empty file", written("empty.json", ""), undefined],
    ["prose", written("prose.txt", "Dear Sir or Madam,\n"), undefined],
    ["a number", written("number.json", "5"), undefined],
    ["a file that is not there", join(folder, "none.yaml"), undefined],
    ["a directory without anything", empty, undefined],
    ["wrong types in a body", written("types.json", '{"Image": 5, "HostConfig": {"Privileged": "yes"}}'), [1, 11]],
    ["services that are a list", written("list.yaml", "services:\n  - image: a\n"), undefined],
  ] as const) {
    test(`${what}: told with its place, and the other file is audited`, async () => {
      const result = await sekisho(["audit", "--format", "json", path, GOOD]);
      assert.equal(result.status, 2, result.stderr);
      noStack(result);
      const { complete, workloads, errors } = read(result);
      assert.equal(complete, false);
      assert.ok(workloads.some(({ source, gains }) => source.uri === GOOD && gains[0]?.gain === "host-root"));
      const error = errors.find(({ severity }) => severity === "error");
      assert.ok(error !== undefined, "an error is told");
      assert.equal(error.location.uri, path);
      if (place !== undefined) {
        assert.deepEqual([error.location.line, error.location.column], place, error.message);
      }
    });
  }

  test("in text, the place of an error stands as file:line:column", async () => {
    const path = written("place.json", '{\n  "Image": x\n}');
    for (const language of ["en", "ja"]) {
      const { stdout } = await sekisho(["audit", "--lang", language, path]);
      assert.match(stdout.replace(/\n */g, ""), /place\.json:2:12/);
    }
  });

  test("unknown fields are no error, and do not hide the known ones", async () => {
    const body = { Image: "a", Frobnicate: { x: [1] }, HostConfig: { Privileged: true, Whatever: null } };
    const result = await sekisho(["audit", "--format", "json", written("fields.json", JSON.stringify(body))]);
    assert.equal(result.status, 1, result.stderr);
    assert.equal(read(result).summary.hostRoot, 1);
  });

  test("a service that cannot be read leaves the others of its file", async () => {
    const path = written("half.yaml", "services:\n  bad: 5\n  good: {image: a, privileged: true}\n");
    const result = await sekisho(["audit", "--format", "json", path]);
    assert.equal(result.status, 2);
    assert.deepEqual(
      read(result).workloads.map(({ name }) => name),
      ["good"],
    );
  });

  for (const [what, path] of [
    ["broken JSON", written("facts-broken.json", '{"apparmor": ')],
    ["a list", written("facts-list.json", "[]")],
    ["a wrong type", written("facts-type.json", '{"apparmor": "perhaps"}')],
    ["a file that is not there", join(folder, "no-facts.json")],
  ] as const) {
    test(`host facts that are ${what}: exit status 2, never an audit of another host`, async () => {
      const result = await sekisho(["audit", "--host-facts", path, GOOD]);
      assert.equal(result.status, 2, result.stdout);
      assert.match(`${result.stdout}${result.stderr}`.replace(/\n */g, ""), new RegExp(path.replace(/.*\//, "")));
      noStack(result);
    });
  }

  test("a name with control characters does not reach the terminal as it is", async () => {
    const path = written("name.yaml", 'services:\n  "a\\e[2Jb": {image: a, privileged: true}\n');
    const { stdout, stderr } = await sekisho(["audit", path]);
    assert.ok(!`${stdout}${stderr}`.includes("\u001b"));
  });

  test("a variable without a value is unknown, never ignored", async () => {
    const path = written("variable.yaml", "services: {app: {image: a, volumes: ['${DATA}/x:/data']}}\n");
    const [workload] = read(await sekisho(["audit", "--format", "json", path])).workloads;
    assert.ok(Object.keys(workload?.unresolved ?? {}).some((field) => field.startsWith("HostConfig.Binds")));
  });
});
