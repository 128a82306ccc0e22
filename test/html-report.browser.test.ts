import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { auditWorkloads } from "../src/audit/index.ts";
import { readText } from "../src/cli/inputs/read-text.ts";
import { ruleLookup } from "../src/cli/rules.ts";
import { UNKNOWN_HOST } from "../src/facts/index.ts";
import type { AuditProblem } from "../src/findings/index.ts";
import { auditToDocument, auditToHtml } from "../src/report/index.ts";
import { browserTestOptions, startBrowser } from "./support/browser.ts";

const HOSTILE = `</title></script><img src="https://192.0.2.1/x" onerror="window.hit=1">${"n".repeat(63)}`;

const LINES = [
  "docker run --privileged --name dind docker:27-dind",
  "docker run -v /var/run/docker.sock:/var/run/docker.sock --name traefik traefik",
  "docker run --name web nginx",
];

function page(language: "en" | "ja", name?: string, problems: readonly AuditProblem[] = []): string {
  const workloads = LINES.flatMap((line) => readText(line, "run.sh", "docker-run").workloads);
  const audited = auditWorkloads(workloads, UNKNOWN_HOST, { fixes: true, peersAreKnown: false }).map((workload) =>
    name === undefined ? workload : { ...workload, name, source: { uri: name } },
  );
  const result = {
    complete: problems.length === 0,
    host: UNKNOWN_HOST,
    hostFindings: [],
    workloads: audited,
    problems,
  };
  const document = auditToDocument(result, "0.0.0", language);
  return auditToHtml(document, { language, ruleOf: ruleLookup(language), time: "2026-01-01" });
}

const problem: AuditProblem = { severity: "error", message: { en: HOSTILE, ja: HOSTILE }, place: { uri: HOSTILE } };

describe("the HTML report in a browser", browserTestOptions(), () => {
  const folder = mkdtempSync(join(tmpdir(), "sekisho-html-"));
  let browser: Browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  for (const [title, html] of [
    ["English", () => page("en")],
    ["Japanese", () => page("ja")],
    ["hostile names", () => page("en", HOSTILE, [problem])],
  ] as const) {
    for (const width of [390, 1440]) {
      test(`${title}, ${width} px: fits, asks for nothing, runs nothing`, async () => {
        const file = join(folder, `${title}.html`);
        writeFileSync(file, html());
        const context = await browser.newContext({ viewport: { width, height: 900 } });
        const tab = await context.newPage();
        const requests: string[] = [];
        const errors: string[] = [];
        tab.on("request", (request) => requests.push(request.url()));
        tab.on("pageerror", (error) => errors.push(String(error)));
        tab.on("console", (message) => message.type() === "error" && errors.push(message.text()));
        await tab.goto(pathToFileURL(file).href);
        assert.equal(await tab.evaluate("document.documentElement.scrollWidth"), width);
        assert.equal(requests.length, 1);
        assert.deepEqual(errors, []);
        assert.equal(await tab.evaluate("'hit' in window"), false);
        assert.equal(await tab.evaluate("document.querySelectorAll('img').length"), 0);
        const cells = await tab.locator(".sum b").allTextContents();
        assert.equal(
          cells.reduce((sum, cell) => sum + Number(cell), 0),
          LINES.length,
        );
        const data = await tab.evaluate("JSON.parse(document.getElementById('sekisho-audit').textContent).schema");
        assert.equal(data, "sekisho.audit/v1");
        await context.close();
      });
    }
  }

  test("prints on A4 in the light colours, from a dark screen too", async () => {
    const file = join(folder, "print.html");
    writeFileSync(file, page("ja"));
    const context = await browser.newContext({ colorScheme: "dark" });
    const tab = await context.newPage();
    await tab.goto(pathToFileURL(file).href);
    await tab.emulateMedia({ media: "print", colorScheme: "dark" });
    assert.equal(await tab.evaluate("getComputedStyle(document.body).backgroundColor"), "rgb(255, 255, 255)");
    const pdf = await tab.pdf({ format: "A4" });
    assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
    await context.close();
  });
});
