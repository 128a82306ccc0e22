import { type Language, quoteUntrusted } from "../../base/index.ts";
import { type DecoyWords, decoyWords } from "../../text/index.ts";
import type { Ink, Paint } from "../terminal/paint.ts";
import { padEnd, wrap } from "../terminal/width.ts";
import { defang, masked, shortIds } from "./defang.ts";
import type { SessionsDocument } from "./sessions-schema.ts";

type Session = SessionsDocument["sessions"][number];

/** How a report is written to a terminal. */
export interface SessionsTextOptions {
  readonly language: Language;
  readonly columns: number;
  readonly paint: Paint;
}

/** Most characters of a line that a visitor wrote. */
const LINE_CHARACTERS_MAX = 400;

/** Most lines of a request or a decoded text. */
const LINES_MAX = 12;

/** Most indicators of one session. */
const INDICATORS_MAX = 60;

/** Sessions in full: story, steps, techniques, indicators. What visitors wrote is quoted. */
export function sessionsToText({ sessions }: SessionsDocument, options: SessionsTextOptions): string {
  const words = decoyWords(options.language);
  const writer = new Writer(options, words);
  if (sessions.length === 0) {
    writer.add(words.noSessions);
  }
  for (const session of sessions) {
    writer.session(session);
  }
  return `${writer.lines.join("\n")}\n`;
}

/** One line a session: when, from where, what it was. */
export function sessionLine(
  session: Session,
  { language, paint }: Pick<SessionsTextOptions, "language" | "paint">,
): string {
  const words = decoyWords(language);
  const start = `${session.started.slice(0, 19)}Z  ${session.id}  ${padEnd(quoteUntrusted(session.source.address, 45), 15)}`;
  const verdict = padEnd(words.verdict[session.verdict], 13);
  return `${start}  ${paint(verdict, inkOf(session.verdict))}  ${session.title}`;
}

const inkOf = (verdict: Session["verdict"]): Ink =>
  verdict === "malicious" ? "open" : verdict === "recon" ? "weakened" : "plain";

class Writer {
  readonly lines: string[] = [];
  readonly #options: SessionsTextOptions;
  readonly #words: DecoyWords;

  constructor(options: SessionsTextOptions, words: DecoyWords) {
    this.#options = options;
    this.#words = words;
  }

  /** Adds a paragraph; lines after its first are indented by `hang` more. */
  add(text: string, indent = 0, ink: Ink = "plain", hang = 0): void {
    const { columns, paint } = this.#options;
    const lines = wrap(text, Math.max(columns - indent - hang, 10));
    for (const [index, line] of lines.entries()) {
      this.lines.push(" ".repeat(index === 0 ? indent : indent + hang) + paint(line, ink));
    }
  }

  session(session: Session): void {
    const words = this.#words;
    const { source } = session;
    if (this.lines.length > 0) {
      this.lines.push("", "─".repeat(Math.min(this.#options.columns, 72)), "");
    }
    this.add(session.title, 0, "strong");
    const agents = source.userAgents.map((agent) => quote(agent, 120)).join(", ") || "-";
    this.add(`${words.session} ${session.id}  ${words.verdict[session.verdict]}`, 0, inkOf(session.verdict));
    this.add(`${session.started} – ${session.ended}`, 0, "faint");
    this.add(
      `${words.source} ${quote(source.address, 60)}, ${words.connections(source.connections)}, ${words.requests(source.requests)}`,
      0,
      "faint",
    );
    this.add(`${words.clients} ${agents}`, 0, "faint");
    this.lines.push("");
    this.add(session.narrative[this.#options.language]);
    if (session.verdict === "malicious" && session.gains.length > 0) {
      this.lines.push("");
      this.add(`${words.gains}: ${session.gains.slice(0, 4).join(", ")}`, 0, "open");
    }
    this.#timeline(session);
    this.#attack(session);
    this.#indicators(session);
    this.#files(session);
  }

  #heading(text: string): void {
    this.lines.push("");
    this.add(text, 0, "strong");
  }

  #timeline({ timeline }: Session): void {
    this.#heading(this.#words.timeline);
    for (const step of timeline) {
      const ink = step.level === "hot" ? "open" : step.level === "warm" ? "weakened" : "plain";
      const sign = { hot: "◆", warm: "▲", plain: "·" }[step.level];
      this.add(
        `${sign} ${step.time.slice(11, 19)}  ${step.title}${step.attack.length === 0 ? "" : `  [${step.attack.join(" ")}]`}`,
        2,
        ink,
        12,
      );
      for (const note of step.notes) {
        this.add(note, 6);
      }
      this.#quoted(step.lines.map(shortIds).join("\n"), 6);
      this.#quoted(step.excerpt, 6);
      for (const { layers, text } of step.payloads) {
        this.add(`${this.#words.decoded(layers.join(" → "))}:`, 6);
        this.#quoted(text, 8);
      }
    }
  }

  /** Text of a visitor, with a bar before each line so that it cannot pass for ours. */
  #quoted(text: string, indent: number): void {
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    const width = Math.max(this.#options.columns - indent - 2, 10);
    for (const line of lines.slice(0, LINES_MAX).flatMap((each) => wrap(quote(each, LINE_CHARACTERS_MAX), width))) {
      this.lines.push(`${" ".repeat(indent)}${this.#options.paint(`│ ${line}`, "faint")}`);
    }
    if (lines.length > LINES_MAX) {
      this.add(`│ ${this.#words.more(lines.length - LINES_MAX)}`, indent, "faint");
    }
  }

  #attack({ attack }: Session): void {
    if (attack.length === 0) {
      return;
    }
    this.#heading(this.#words.techniques);
    for (const { id, name, because, basis, request } of attack) {
      this.add(`${padEnd(id, 10)} ${name}`, 2, "plain", 11);
      this.add(`${because} (${this.#words.basis[basis]}, ${this.#words.request(request)})`, 13, "faint");
    }
  }

  #indicators({ indicators }: Session): void {
    const strong = indicators.filter(({ strength }) => strength === "strong");
    const context = indicators.filter(({ strength }) => strength === "context");
    if (indicators.length === 0) {
      return;
    }
    this.#heading(this.#words.indicators);
    this.#list(strong);
    if (context.length > 0) {
      this.add(this.#words.context, 2, "faint");
      this.#list(context);
    }
  }

  #list(indicators: Session["indicators"]): void {
    for (const indicator of indicators.slice(0, INDICATORS_MAX)) {
      const value = indicator.secret === true ? masked(indicator.value) : defang(indicator);
      this.add(`${padEnd(indicator.type, 15)} ${quote(value, LINE_CHARACTERS_MAX)}`, 2, "plain", 16);
    }
    if (indicators.length > INDICATORS_MAX) {
      this.add(this.#words.more(indicators.length - INDICATORS_MAX), 2, "faint");
    }
  }

  #files({ files }: Session): void {
    if (files.length === 0) {
      return;
    }
    this.#heading(this.#words.files);
    for (const { path, sha256, bytes } of files.slice(0, INDICATORS_MAX)) {
      this.add(`${sha256}  ${bytes} B  ${quote(path, 200)}`, 2);
    }
  }
}

const quote = (text: string, charactersMax: number): string => quoteUntrusted(text, charactersMax);
