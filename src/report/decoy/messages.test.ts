import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { sessionToCef, sessionToSlack, sessionToSyslog, sessionToWebhook } from "./messages.ts";
import type { SessionsDocument } from "./sessions-schema.ts";

type Session = SessionsDocument["sessions"][number];

const sessionWith = (text: string): Session => ({
  id: "s-1",
  started: "2026-11-24T00:00:00.000Z",
  ended: "2026-11-24T00:01:00.000Z",
  source: { address: "192.0.2.7", userAgents: [text], connections: 1, requests: 2 },
  verdict: "malicious",
  title: text,
  reasons: [],
  attack: [{ id: "T1610", name: "Deploy Container", because: "", basis: "observed", request: 1, quote: text }],
  gains: ["host-root"],
  indicators: [
    { type: "url", value: `http://example.net/${text}`, strength: "strong", request: 1 },
    { type: "credential", value: `name:${text}-secret-word`, strength: "strong", request: 1, secret: true },
  ],
  timeline: [],
  narrative: { en: text, ja: text },
  story: [],
  files: [],
});

const hostile = fc.string({ unit: "binary", maxLength: 3000 });

test("no text of a visitor leaves its line, its field or its quotes", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const session = sessionWith(text);
      const syslog = sessionToSyslog(session, "decoy.example", "1");
      assert.doesNotMatch(syslog, /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u);
      // The structured data ends where it should: eight quotes of parameters, all others escaped.
      const data =
        /^<130>1 \S+ decoy\.example sekisho - decoy\.session\.ended \[sekisho@32473(?: [A-Za-z]+="(?:[^"\\\]]|\\.)*"){7}\] \ufeff/u;
      assert.match(syslog, data);
      const cef = sessionToCef(session, "1");
      assert.match(cef, /^CEF:0\|Sekisho\|decoy\|1\|decoy\.session\.ended\|(?:[^|\\]|\\.)*\|9\|externalId=s-1 start=/u);
      assert.equal(cef.match(/(?<!\\)(?:\\\\)*=/g)?.length, 14, "only the names of fields stand before a bare =");
      const { text: slack } = sessionToSlack(session) as { text: string };
      assert.doesNotMatch(slack, /[<>]/);
      for (const message of [syslog, cef, slack, JSON.stringify(sessionToWebhook(session, "1"))]) {
        assert.ok(message.length < 20_000);
      }
    }),
    { numRuns: 500 },
  );
});

test("a secret that a visitor leaked is not passed on", () => {
  const session = sessionWith("agent");
  const all = [
    sessionToSyslog(session, "h", "1"),
    sessionToCef(session, "1"),
    JSON.stringify(sessionToSlack(session)),
    JSON.stringify(sessionToWebhook(session, "1")),
  ];
  for (const message of all) {
    assert.ok(!message.includes("secret-word"));
  }
});
