import type { Language, LocalizedText } from "../../base/index.ts";
import type { SessionResult, SessionStep } from "../../findings/index.ts";
import type { SessionsDocument } from "./sessions-schema.ts";

type Session = SessionsDocument["sessions"][number];

/** Brings sessions into the form of their schema. */
export function sessionsToDocument(
  sessions: readonly SessionResult[],
  version: string,
  language: Language,
): SessionsDocument {
  return {
    schema: "sekisho.sessions/v1",
    tool: { name: "sekisho", version },
    attackVersion: "17",
    sessions: sessions.map((session) => sessionOf(session, language)),
  };
}

function sessionOf(session: SessionResult, language: Language): Session {
  const { source, reasons, attack, indicators, timeline, story, files } = session;
  return {
    id: session.id,
    started: session.started,
    ended: session.ended,
    source: { ...source, userAgents: [...source.userAgents] },
    verdict: session.verdict,
    title: session.title[language],
    reasons: reasons.map(({ text, request }) => ({ text: text[language], request })),
    attack: attack.map((entry) => ({ ...entry, because: entry.because[language] })),
    gains: [...session.gains],
    indicators: indicators.map((indicator) => ({ ...indicator })),
    timeline: timeline.map((step) => stepOf(step, language)),
    narrative: narrativeOf(story),
    story: story.map(({ text, requests, evidence }) => ({ ...text, requests: [...requests], evidence })),
    files: files.map((file) => ({ ...file })),
  };
}

function stepOf(step: SessionStep, language: Language): Session["timeline"][number] {
  return {
    ...step,
    title: step.title[language],
    notes: step.notes.map((note) => note[language]),
    requests: [...step.requests],
    lines: [...step.lines],
    marks: [...step.marks],
    attack: [...step.attack],
    techniques: [...step.techniques],
    gains: [...step.gains],
    payloads: step.payloads.map((payload) => ({ ...payload, layers: [...payload.layers] })),
  };
}

/** The sentences of a story as one paragraph. */
export function narrativeOf(story: SessionResult["story"]): LocalizedText {
  return { en: story.map(({ text }) => text.en).join(" "), ja: story.map(({ text }) => text.ja).join("") };
}
