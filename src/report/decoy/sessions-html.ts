import { type Language, quoteUntrusted } from "../../base/index.ts";
import { decoyWords } from "../../text/index.ts";
import { escapeXml } from "../formats/escape.ts";
import { REPORT_STYLES } from "../html/styles.ts";
import { defang, masked, shortIds } from "./defang.ts";
import type { SessionsDocument } from "./sessions-schema.ts";
import { SESSION_STYLES } from "./sessions-styles.ts";

type Session = SessionsDocument["sessions"][number];
type Step = Session["timeline"][number];

/** Sessions that are told in full; the table has all. */
export const HTML_SESSIONS_MAX = 50;

/** Rows of the table. */
const ROWS_MAX = 2_000;

/** Most characters of a text of a visitor. */
const TEXT_CHARACTERS_MAX = 4_000;

/** Most steps and indicators of one session on the page. */
const STEPS_MAX = 200;
const INDICATORS_MAX = 200;

/** One self-contained page: no script, nothing fetched; what visitors wrote is text and never markup. */
export function sessionsToHtml(document: SessionsDocument, language: Language): string {
  const words = decoyWords(language);
  const [only] = document.sessions;
  const title = document.sessions.length === 1 && only !== undefined ? only.title : words.sessions;
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">`,
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">`,
    `<title>${words.session} – Sekisho</title><style>${REPORT_STYLES}${SESSION_STYLES}</style></head><body><main class="doc decoy">`,
    document.sessions.length === 1 ? "" : `<h1>${escapeXml(title)}</h1>${tableOf(document.sessions, language)}`,
    ...document.sessions
      .slice(0, HTML_SESSIONS_MAX)
      .map((session) => sectionOf(session, language, document.sessions.length === 1)),
    `<p class="tiny muted foot">${words.untrusted} sekisho ${escapeXml(document.tool.version)} · ${document.schema} · ATT&amp;CK v${document.attackVersion}</p></main>`,
    `<script type="application/json" id="sekisho-sessions">${dataBlock(document)}</script></body></html>\n`,
  ].join("\n");
}

function tableOf(sessions: readonly Session[], language: Language): string {
  const words = decoyWords(language);
  if (sessions.length === 0) {
    return `<p>${words.noSessions}</p>`;
  }
  const rows = sessions
    .slice(0, ROWS_MAX)
    .map(
      (session, index) =>
        `<li><time datetime="${escapeXml(session.started)}">${escapeXml(session.started.slice(0, 19).replace("T", " "))}</time><code>${text(session.source.address, 60)}</code>${verdictOf(session, language)}<span>${index < HTML_SESSIONS_MAX ? `<a class="link" href="#s-${escapeXml(session.id)}">${escapeXml(session.title)}</a>` : escapeXml(session.title)}</span></li>`,
    );
  return `<ul class="rows list">${rows.join("")}</ul>`;
}

function sectionOf(session: Session, language: Language, alone: boolean): string {
  const words = decoyWords(language);
  const heading = alone ? "h1" : "h2";
  const { source } = session;
  const duration = Math.max(Math.round((Date.parse(session.ended) - Date.parse(session.started)) / 1_000), 0);
  const steps = session.timeline.slice(0, STEPS_MAX);
  return `<section id="s-${escapeXml(session.id)}" class="visit">
<p class="small muted crumb">${words.session} <code>${escapeXml(session.id)}</code> · ${escapeXml(session.started.slice(0, 19).replace("T", " "))} UTC, ${words.seconds(duration)} · ${words.source} <code>${text(source.address, 60)}</code> · ${words.requests(source.requests)}</p>
<div class="dg"><div><${heading}>${escapeXml(session.title)}</${heading}>
<p>${verdictOf(session, language)}</p>
<p class="story">${escapeXml(session.narrative[language])}</p>
<ol class="tl">${steps.map((step) => stepOf(step, language)).join("\n")}${session.timeline.length > steps.length ? `<li><span></span><span class="k"></span><p class="muted">${words.more(session.timeline.length - steps.length)}</p></li>` : ""}
<li><time>${escapeXml(session.ended.slice(11, 19))}</time><span class="k"></span><div><h3>${words.left}</h3></div></li></ol></div>
<div class="aside">${indicatorsOf(session, language)}${attackOf(session, language)}${gainsOf(session, language)}${filesOf(session, language)}</div></div></section>`;
}

function verdictOf(session: Session, language: Language): string {
  const glyph = {
    malicious: '<path d="M6 1 11 6 6 11 1 6z" fill="var(--shu-fill)"/>',
    recon:
      '<circle cx="6" cy="6" r="4.2" fill="none" stroke="var(--ki-fill)" stroke-width="1.6" stroke-dasharray="3 2"/>',
    benign: '<path d="M2 6h8" stroke="var(--ink-3)" stroke-width="1.6"/>',
  }[session.verdict];
  const ink = { malicious: "shu", recon: "ki", benign: "muted" }[session.verdict];
  return `<b class="verdict ${ink}"><svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">${glyph}</svg>${decoyWords(language).verdict[session.verdict]}</b>`;
}

function stepOf(step: Step, language: Language): string {
  const words = decoyWords(language);
  const kind = { hot: " hot", warm: " warm", plain: "" }[step.level];
  const tags = step.attack.map((id) => `<span class="tag">${escapeXml(id)}</span>`).join("");
  const notes = step.notes.map((note) => `<p class="small muted">${escapeXml(note)}</p>`).join("");
  const techniques =
    step.techniques.length === 0
      ? ""
      : `<p class="small muted">${escapeXml(step.gains[0] ?? "")}: <code>${escapeXml(step.techniques.join(", "))}</code></p>`;
  const payloads = step.payloads
    .map(
      ({ layers, text: decoded }) =>
        `<p class="small muted">${escapeXml(words.decoded(layers.join(" → ")))}</p><pre>${text(decoded, TEXT_CHARACTERS_MAX)}</pre>`,
    )
    .join("");
  const lines = step.lines.map((line) => text(shortIds(line), 300)).join("\n");
  const excerpt = step.excerpt === "" ? "" : `\n${marked(step)}`;
  return `<li><time datetime="${escapeXml(step.time)}">${escapeXml(step.time.slice(11, 19))}</time><span class="k${kind}"></span><div><h3>${escapeXml(step.title)}${tags}</h3>${notes}${techniques}<pre>${lines}${excerpt}</pre>${payloads}</div></li>`;
}

/** The excerpt with its telling parts marked. Marks are found before anything is escaped, so that no mark can cut an escape. */
function marked(step: Step): string {
  const source = step.excerpt.slice(0, TEXT_CHARACTERS_MAX);
  const spans = step.marks
    .flatMap((mark) => {
      const at = mark === "" ? -1 : source.indexOf(mark);
      return at < 0 ? [] : [{ from: at, to: at + mark.length }];
    })
    .sort((left, right) => left.from - right.from || left.to - right.to);
  const parts: string[] = [];
  let at = 0;
  for (const { from, to } of spans) {
    if (from >= at) {
      parts.push(text(source.slice(at, from)), `<mark>${text(source.slice(from, to))}</mark>`);
      at = to;
    }
  }
  return parts.join("") + text(source.slice(at));
}

/** Text of a visitor: control characters shown, then escaped. Line breaks stay. */
function text(value: string, charactersMax = TEXT_CHARACTERS_MAX): string {
  return value
    .slice(0, charactersMax + 1)
    .split("\n")
    .map((line) => escapeXml(quoteUntrusted(line, charactersMax)))
    .join("\n");
}

function indicatorsOf({ indicators }: Session, language: Language): string {
  const words = decoyWords(language);
  const listed = indicators.slice(0, INDICATORS_MAX);
  const strong = listed.filter(({ strength }) => strength === "strong").map(indicatorRow);
  const context = listed.filter(({ strength }) => strength === "context").map(indicatorRow);
  const more = indicators.length - listed.length;
  return [
    `<div class="panel pad"><h2>${words.indicators}</h2>`,
    listed.length === 0 ? `<p class="small muted">${words.noIndicators}</p>` : "",
    strong.length === 0 ? "" : `<ul class="rows ind">${strong.join("")}</ul>`,
    context.length === 0
      ? ""
      : `<p class="tiny faint sep">${words.context}</p><ul class="rows ind faint">${context.join("")}</ul>`,
    more > 0 ? `<p class="small muted">${words.more(more)}</p>` : "",
    "</div>",
  ].join("");
}

function indicatorRow(indicator: Session["indicators"][number]): string {
  const value = indicator.secret === true ? masked(indicator.value) : defang(indicator);
  return `<li><span class="faint">${indicator.type}</span><code>${text(value, 400)}</code></li>`;
}

function attackOf({ attack }: Session, language: Language): string {
  const words = decoyWords(language);
  if (attack.length === 0) {
    return "";
  }
  const rows = attack.map(
    ({ id, name, because, basis, request }) =>
      `<li><code>${escapeXml(id)}</code><div><b>${escapeXml(name)}</b><p class="small muted">${escapeXml(because)} <span class="faint">(${words.basis[basis]}, ${words.request(request)})</span></p></div></li>`,
  );
  return `<div class="panel pad"><h2>${escapeXml(words.techniques)}</h2><ul class="rows att">${rows.join("")}</ul></div>`;
}

function gainsOf({ gains, verdict }: Session, language: Language): string {
  return gains.length === 0 || verdict !== "malicious"
    ? ""
    : `<div class="panel pad"><h2>${decoyWords(language).gains}</h2><p><code class="shu">${escapeXml(gains.slice(0, 6).join(", "))}</code></p></div>`;
}

function filesOf({ files }: Session, language: Language): string {
  const rows = files
    .slice(0, 100)
    .map(
      ({ path, sha256, bytes }) =>
        `<li><div><code>${text(path, 200)}</code><p class="tiny faint"><code>${escapeXml(sha256)}</code> · ${bytes} B</p></div></li>`,
    );
  return rows.length === 0
    ? ""
    : `<div class="panel pad"><h2>${decoyWords(language).files}</h2><ul class="rows">${rows.join("")}</ul></div>`;
}

/** JSON in a data block: only `</` could end it, and signs that hide or turn text are escaped for whoever reads the source. */
const dataBlock = (document: SessionsDocument): string =>
  JSON.stringify(document)
    .replaceAll("<", "\\u003c")
    .replace(/[\p{Cf}\p{Zl}\p{Zp}]/gu, (sign) =>
      [...Array(sign.length).keys()].map((at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, "0")}`).join(""),
    );
