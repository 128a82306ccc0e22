import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { auditWorkloads } from "../../audit/index.ts";
import { readText } from "../../cli/inputs/read-text.ts";
import { ruleLookup } from "../../cli/rules.ts";
import { UNKNOWN_HOST } from "../../facts/index.ts";
import type { AuditResult } from "../../findings/index.ts";
import {
  type AuditDocument,
  auditToCsv,
  auditToDocument,
  auditToGitlab,
  auditToJunit,
  auditToMarkdown,
  auditToSarif,
} from "../index.ts";
import { csvCell, escapeMarkdown, escapeXml, markdownCode, uriReference } from "./escape.ts";

/** Names that try to become markup, a formula, a mention or a terminal sequence. */
const HOSTILE = [
  '"><script>alert(1)</script>',
  '=HYPERLINK("http://192.0.2.1","x")',
  "| a | b |\n# heading",
  "\u001b[31mred\u202e",
  "`` ` ``` code",
  "]]>&amp;<!--",
  "@everyone #1 !2 https://example.org www.example.org",
] as const;

const COMPOSE = `services:
  web:
    image: nginx:1
  dind:
    image: docker:27-dind
    privileged: true
    volumes: ["/:/mnt"]
`;

function documentOf(name?: string): AuditDocument {
  const read = readText(COMPOSE, "dir with space/compose.yaml", "compose");
  const audited = auditWorkloads(read.workloads, UNKNOWN_HOST, { fixes: true, peersAreKnown: false });
  const workloads = audited.map((workload) =>
    name === undefined ? workload : { ...workload, name, id: name, source: { uri: name, line: 3 } },
  );
  const result: AuditResult = {
    complete: name === undefined,
    host: UNKNOWN_HOST,
    hostFindings: [],
    workloads,
    problems:
      name === undefined ? [] : [{ severity: "error", message: { en: name, ja: name }, place: { uri: name, line: 1 } }],
  };
  return auditToDocument(result, "0.0.0", "en");
}

let document: AuditDocument;
before(() => {
  document = documentOf();
});

const SARIF_SCHEMA = join(import.meta.dirname, "../../../../shared/schemas/sarif-2.1.0.json");

test("SARIF is valid against the schema of the standard", { skip: !existsSync(SARIF_SCHEMA) }, () => {
  const ajv = new (Ajv as unknown as typeof Ajv.default)({ strict: false, allErrors: true });
  (addFormats as unknown as typeof addFormats.default)(ajv);
  // Written in draft 04, whose words mean the same in draft 07 as far as this schema uses them.
  const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(SARIF_SCHEMA, "utf8"));
  const validate = ajv.compile(schema);
  for (const name of [undefined, ...HOSTILE]) {
    const sarif = JSON.parse(auditToSarif(documentOf(name), ruleLookup("ja")));
    assert.ok(validate(sarif), JSON.stringify(validate.errors?.slice(0, 3)));
  }
});

test("SARIF: every result names a rule of the run, a file, and a fingerprint that no line shift changes", () => {
  const shifted = documentOf();
  const run = JSON.parse(auditToSarif(document, ruleLookup("en"))).runs[0];
  assert.ok(run.results.length > 20);
  for (const result of run.results) {
    assert.equal(run.tool.driver.rules[result.ruleIndex].id, result.ruleId);
    assert.equal(result.locations[0].physicalLocation.artifactLocation.uri, "dir%20with%20space/compose.yaml");
    assert.match(result.partialFingerprints["sekisho/v1"], /^[0-9a-f]{16}$/);
  }
  assert.equal(auditToSarif(shifted, ruleLookup("en")), auditToSarif(document, ruleLookup("en")));
});

test("SARIF: an escape path is told as a code flow with the lines that made it possible", () => {
  const run = JSON.parse(auditToSarif(document, ruleLookup("en"))).runs[0];
  const flag = run.results.find((result: { ruleId: string }) => result.ruleId === "privileged-flag");
  const lines = flag.codeFlows[0].threadFlows[0].locations.map(
    (entry: { location: { physicalLocation?: { region?: { startLine?: number } } } }) =>
      entry.location.physicalLocation?.region?.startLine,
  );
  assert.ok(lines.includes(6), String(lines));
});

test("JUnit: counts add up, and the threshold decides what fails", () => {
  const failuresAt = (failOn: "critical" | "info" | "never"): number =>
    [...auditToJunit(document, { failOn }).matchAll(/<failure /g)].length;
  const findings = document.workloads.flatMap((workload) => workload.findings);
  assert.equal(failuresAt("never"), 0);
  assert.equal(failuresAt("critical"), findings.filter(({ severity }) => severity === "critical").length);
  assert.equal(failuresAt("info"), findings.length);
  assert.match(
    auditToJunit(document, { failOn: "info" }),
    new RegExp(`<testsuites [^>]*failures="${findings.length}"`),
  );
});

test("JUnit is well formed whatever the names are", () => {
  for (const name of HOSTILE) {
    assertWellFormed(auditToJunit(documentOf(name), { failOn: "low" }));
  }
});

test("GitLab: each entry has the five fields, a known severity and its own fingerprint", () => {
  const entries = JSON.parse(auditToGitlab(document));
  for (const entry of entries) {
    assert.deepEqual(Object.keys(entry), ["description", "check_name", "fingerprint", "severity", "location"]);
    assert.ok(["info", "minor", "major", "critical", "blocker"].includes(entry.severity));
    assert.ok(entry.location.lines.begin >= 1);
  }
  assert.equal(new Set(entries.map((entry: { fingerprint: string }) => entry.fingerprint)).size, entries.length);
});

test("CSV: as many rows as findings, and no cell is a formula", () => {
  const findings = document.workloads.flatMap((workload) => workload.findings);
  assert.equal(auditToCsv(document).trimEnd().split("\r\n").length, findings.length + 1);
  for (const name of HOSTILE) {
    for (const line of auditToCsv(documentOf(name)).split("\r\n")) {
      assert.doesNotMatch(line, /(?:^|,)"?[=+\-@]/);
    }
  }
});

test("Markdown leads with the answer and shows the path and the fix of what reaches the host", () => {
  const text = auditToMarkdown(document, { language: "en", ruleOf: ruleLookup("en") });
  assert.match(text, /^## 1 of 2 containers can become root on the host/);
  assert.match(text, /### dind\n\n1\. .*`privileged-flag`/);
  assert.ok(text.includes(`\`${document.workloads.find(({ name }) => name === "dind")?.fixes[0]?.changes[0]?.edit}\``));
  assert.match(auditToMarkdown(document, { language: "ja", ruleOf: ruleLookup("ja") }), /最小の変更/);
});

test("Markdown: hostile names begin no markup, link, mention or HTML", () => {
  for (const name of HOSTILE) {
    const text = auditToMarkdown(documentOf(name), { language: "en", ruleOf: ruleLookup("en") });
    // What stands in a code span is shown as it is.
    const outside = text.replace(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, "");
    assert.doesNotMatch(outside, /<script|<!--/);
    assert.doesNotMatch(outside, /(?<!\\)\[|(?<!&#)@|:\/\/|^# /m);
    assert.ok(!text.includes("\u001b") && !text.includes("\u202e"));
  }
});

for (const [text, cell] of [
  ["plain", "plain"],
  ["=1+1", "'=1+1"],
  [" =1", "' =1"],
  ["+1", "'+1"],
  ["-1", "'-1"],
  ["@x", "'@x"],
  ['say "hi", twice', '"say ""hi"", twice"'],
] as const) {
  test(`CSV cell ${JSON.stringify(text)}`, () => {
    assert.equal(csvCell(text), cell);
  });
}

for (const [uri, reference] of [
  ["compose.yaml", "compose.yaml"],
  ["a b/ü.yaml", "a%20b/%C3%BC.yaml"],
  ["x?y#z", "x%3Fy%23z"],
  ["javascript:alert(1)", "javascript%3Aalert(1)"],
  ["//host/x", "/%2Fhost/x"],
  ["unix:///var/run/docker.sock", "unix:///var/run/docker.sock"],
  ["..\\x", "../x"],
] as const) {
  test(`URI reference ${uri}`, () => {
    assert.equal(uriReference(uri), reference);
  });
}

test("escapes leave nothing that ends their context", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
      assert.doesNotMatch(escapeXml(text), /[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)/);
      assert.doesNotMatch(escapeMarkdown(text), /(?<!\\)[`[\]|]|<(?!br>)|\n/);
      assert.ok(uriReference(text) === "" || URL.canParse(uriReference(text), "file:///base/"));
      assert.doesNotMatch(markdownCode(text), /\n|(?<!\\)\|/);
    }),
  );
});

/** Every tag closes, every attribute is quoted, no bare ampersand. */
function assertWellFormed(xml: string): void {
  const open: string[] = [];
  const rest = xml
    .replace(/<\?xml[^>]*\?>/, "")
    .replace(/<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>/g, (_, end, name, _attributes, empty) => {
      if (end) {
        assert.equal(open.pop(), name);
      } else if (!empty) {
        open.push(name);
      }
      return "";
    });
  assert.deepEqual(open, []);
  assert.doesNotMatch(rest, /[<>]|&(?!amp;|lt;|gt;|quot;|#39;)/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 refuses.
  assert.doesNotMatch(xml, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
}
