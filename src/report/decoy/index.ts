export { type CanariesDocument, canariesToCsv, canariesToText } from "./canaries.ts";
export { sessionToCef, sessionToSlack, sessionToSyslog, sessionToWebhook } from "./messages.ts";
export { sessionsToMisp } from "./misp.ts";
export { sessionsToCsv } from "./sessions-csv.ts";
export { sessionsToHtml } from "./sessions-html.ts";
export { sessionsToDocument } from "./sessions-json.ts";
export { type SessionsDocument, sessionsDocument, sessionsJsonSchema } from "./sessions-schema.ts";
export { type SessionsTextOptions, sessionLine, sessionsToText } from "./sessions-text.ts";
export { sessionsToStix } from "./stix.ts";
