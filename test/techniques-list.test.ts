import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { isGain, SEVERITIES } from "../src/findings/index.ts";
import { KNOWN_FAULTS } from "../src/techniques/cve/index.ts";
import { TECHNIQUES } from "../src/techniques/index.ts";

const root = join(import.meta.dirname, "../src/techniques");

/** Folders of techniques; the table of faults is a folder of another kind. */
const files = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "cve")
  .flatMap(({ name }) => readdirSync(join(root, name)).map((file) => ({ folder: name, file })))
  .filter(({ file }) => !file.endsWith(".test.ts"));

const camelCase = (id: string): string => id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

test("the list names every technique file", () => {
  assert.deepEqual(TECHNIQUES.map(({ id }) => `${id}.ts`).sort(), files.map(({ file }) => file).sort());
});

test("no id is used twice", () => {
  assert.equal(new Set(TECHNIQUES.map(({ id }) => id)).size, TECHNIQUES.length);
});

describe("every file exports one technique, under the name of its id", () => {
  for (const { folder, file } of files) {
    test(`${folder}/${file}`, async () => {
      const exported = (await import(join(root, folder, file))) as Record<string, { readonly id?: string }>;
      const id = file.replace(/\.ts$/, "");
      assert.deepEqual(Object.keys(exported), [camelCase(id)]);
      assert.equal(exported[camelCase(id)]?.id, id);
    });
  }
});

const JAPANESE = /[\u3040-\u30ff\u4e00-\u9fff]/;

describe("every technique says what it is", () => {
  for (const { id, title, explanation, attack, gains, severity } of TECHNIQUES) {
    test(id, () => {
      for (const { en, ja } of [title, explanation]) {
        assert.ok(en.trim().length > 0);
        assert.doesNotMatch(en, JAPANESE);
        assert.match(ja, JAPANESE);
      }
      assert.ok(attack.length > 0);
      assert.deepEqual(
        attack.filter((number) => !/^T\d{4}(\.\d{3})?$/.test(number)),
        [],
      );
      assert.deepEqual(
        gains.filter((gain) => !isGain(gain)),
        [],
      );
      assert.ok(SEVERITIES.includes(severity));
    });
  }
});

/** Where the knowledge that all projects share lies on the machines that have it. */
const KNOWLEDGE = "/work/shared/knowledge";

const knowledge = <Document>(name: string): Document =>
  JSON.parse(readFileSync(join(KNOWLEDGE, name), "utf8")) as Document;

/** Techniques of the knowledge base that are none of ours, and why. */
const EXCEPTIONS: Readonly<Record<string, string>> = {};

const skip = existsSync(KNOWLEDGE) ? false : `${KNOWLEDGE} is not on this machine`;

test("every technique of the knowledge base is here", { skip }, () => {
  const { techniques } = knowledge<{ techniques: { id: string; group: string }[] }>("techniques.json");
  const ours = new Set(TECHNIQUES.map(({ id }) => id));
  const wanted = techniques.filter(({ group }) => ["config", "derived", "k8s"].includes(group)).map(({ id }) => id);
  assert.deepEqual(
    wanted.filter((id) => !ours.has(id) && EXCEPTIONS[id] === undefined),
    [],
  );
  assert.deepEqual(
    Object.keys(EXCEPTIONS).filter((id) => ours.has(id)),
    [],
  );
});

test("every technique that the review adds is here", { skip }, () => {
  const { corrections } = knowledge<{ corrections: { id: string; verdict?: string }[] }>("technique-corrections.json");
  const ours = new Set(TECHNIQUES.map(({ id }) => id));
  const added = corrections.filter(({ verdict }) => verdict === "new").map(({ id }) => id);
  assert.ok(added.length > 0);
  assert.deepEqual(
    added.filter((id) => !ours.has(id) && EXCEPTIONS[id] === undefined),
    [],
  );
});

test("every fault of the knowledge base is in the table", { skip }, () => {
  const { techniques } = knowledge<{ techniques: { id: string; group: string; name: string }[] }>("techniques.json");
  const numbers = (text: string) => text.toUpperCase().match(/CVE-\d{4}-\d+/g) ?? [];
  const wanted = techniques.filter(({ group }) => group === "cve").flatMap(({ id, name }) => numbers(`${id} ${name}`));
  const ours = new Set(KNOWN_FAULTS.map(({ id }) => id));
  assert.ok(wanted.length > 0);
  assert.deepEqual(
    [...new Set(wanted)].filter((number) => !ours.has(number)),
    [],
  );
});
