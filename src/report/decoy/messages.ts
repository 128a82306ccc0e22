import { defang, masked } from "./defang.ts";
import type { SessionsDocument } from "./sessions-schema.ts";

type Session = SessionsDocument["sessions"][number];
type Verdict = Session["verdict"];

/** The event that every message tells of. */
const EVENT = "decoy.session.ended";

/** Most characters of one value that a visitor chose. */
const VALUE_CHARACTERS_MAX = 512;

/** Most characters of the story. */
const STORY_CHARACTERS_MAX = 1500;

/** Most indicators in one message; reports have them all. */
const INDICATORS_MAX = 20;

/** Facility local0 of RFC 5424. */
const FACILITY = 16;

/** Severities of RFC 5424: critical, notice, informational. */
const SYSLOG_SEVERITY: Readonly<Record<Verdict, number>> = { malicious: 2, recon: 5, benign: 6 };

/** Severities of CEF, 0 to 10. */
const CEF_SEVERITY: Readonly<Record<Verdict, number>> = { malicious: 9, recon: 4, benign: 1 };

/**
 * RFC 5424 wants a private enterprise number after the name of structured data. Sekisho has none; 32473 is the one that
 * RFC 5612 sets aside for examples, so that it collides with nobody's.
 */
const STRUCTURED_DATA_ID = "sekisho@32473";

/** Longest host name of a syslog message (RFC 5424, section 6). */
const SYSLOG_HOST_CHARACTERS_MAX = 255;

/** One session as a syslog message (RFC 5424) without framing; with `cef` its text is a CEF record. */
export function sessionToSyslog(session: Session, host: string, version: string, cef = false): string {
  const priority = FACILITY * 8 + SYSLOG_SEVERITY[session.verdict];
  const name = host.replace(/[^\x21-\x7e]/g, "").slice(0, SYSLOG_HOST_CHARACTERS_MAX) || "-";
  const head = `<${priority}>1 ${session.ended} ${name} sekisho - ${EVENT}`;
  if (cef) {
    return `${head} - ${sessionToCef(session, version)}`;
  }
  const parameters = parametersOf(session).map(([key, value]) => `${key}="${value.replace(/["\\\]]/g, "\\$&")}"`);
  return `${head} [${STRUCTURED_DATA_ID} ${parameters.join(" ")}] \ufeff${one(session.title)}: ${storyOf(session)}`;
}

function parametersOf(session: Session): [string, string][] {
  return [
    ["session", session.id],
    ["source", one(session.source.address)],
    ["verdict", session.verdict],
    ["attack", idsOf(session)],
    ["gains", session.gains.join(",")],
    ["requests", String(session.source.requests)],
    ["userAgent", one(session.source.userAgents[0] ?? "")],
  ];
}

/** One session as a record of ArcSight's Common Event Format, version 0. */
export function sessionToCef(session: Session, version: string): string {
  const head = ["Sekisho", "decoy", version, EVENT, one(session.title)].map((field) => field.replace(/[\\|]/g, "\\$&"));
  const extension: readonly (readonly [string, string])[] = [
    ["externalId", session.id],
    ["start", String(Date.parse(session.started))],
    ["end", String(Date.parse(session.ended))],
    ["src", one(session.source.address)],
    ["requestClientApplication", one(session.source.userAgents[0] ?? "")],
    ["cnt", String(session.source.requests)],
    ["outcome", session.verdict],
    ["cs1Label", "attack"],
    ["cs1", idsOf(session)],
    ["cs2Label", "gains"],
    ["cs2", session.gains.join(",")],
    ["cs3Label", "indicators"],
    ["cs3", indicatorsOf(session).join(" ")],
    ["msg", storyOf(session)],
  ];
  const written = extension.map(([key, value]) => `${key}=${value.replace(/[\\=]/g, "\\$&")}`);
  return `CEF:0|${head.join("|")}|${CEF_SEVERITY[session.verdict]}|${written.join(" ")}`;
}

/** One session for a webhook: what a rule needs, with the text of visitors as they sent it but shortened. */
export function sessionToWebhook(session: Session, version: string): object {
  const { id, started, ended, verdict, title, gains, narrative } = session;
  return {
    event: EVENT,
    tool: { name: "sekisho", version },
    session: {
      id,
      started,
      ended,
      verdict,
      title,
      gains,
      narrative,
      source: {
        ...session.source,
        userAgents: session.source.userAgents.map((agent) => agent.slice(0, VALUE_CHARACTERS_MAX)),
      },
      attack: session.attack.map(({ id: technique, name }) => ({ id: technique, name })),
      indicators: session.indicators.slice(0, INDICATORS_MAX).map(({ type, value, strength, secret }) => ({
        type,
        value: secret === true ? masked(value) : value.slice(0, VALUE_CHARACTERS_MAX),
        strength,
      })),
    },
  };
}

/** One session in the form of Slack's incoming webhooks. Nothing in it is a link or calls anybody. */
export function sessionToSlack(session: Session): object {
  const lines = [
    `*${session.verdict}* ${slackText(one(session.title))} (${slackText(one(session.source.address))})`,
    slackText(storyOf(session).replace(/\b(h)tt(ps?:\/\/)/gi, "$1xx$2")),
    [idsOf(session), session.gains.map(slackText).join(", ")].filter((part) => part !== "").join(" · "),
    ...strongOf(session).map((indicator) => slackText(`${indicator.type}: ${one(defang(indicator))}`)),
  ];
  return { text: lines.filter((line) => line !== "").join("\n"), unfurl_links: false, unfurl_media: false };
}

const idsOf = ({ attack }: Session): string => [...new Set(attack.map(({ id }) => id))].join(",");

/** Indicators that point to the attacker, without anybody's secrets. */
const strongOf = ({ indicators }: Session): Session["indicators"] =>
  indicators.filter(({ strength, secret }) => strength === "strong" && secret !== true).slice(0, INDICATORS_MAX);

const indicatorsOf = (session: Session): readonly string[] =>
  strongOf(session).map(({ type, value }) => `${type}:${one(value)}`);

const storyOf = ({ narrative }: Session): string => shortened(visible(narrative.en), STORY_CHARACTERS_MAX);

/** A text of a visitor on one line: control characters shown, length capped. */
const one = (text: string): string => shortened(visible(text), VALUE_CHARACTERS_MAX);

const visible = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);

const shortened = (text: string, charactersMax: number): string => {
  const signs = Array.from(text.slice(0, 2 * charactersMax));
  return signs.length > charactersMax ? `${signs.slice(0, charactersMax).join("")}…` : signs.join("");
};

/** Slack's three escapes; its marks for bold, code and quotes lose their meaning by a word joiner behind them. */
const slackText = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/[*_~`@#]/g, "$&\u2060");
