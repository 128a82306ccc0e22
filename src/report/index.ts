export { auditToDocument, summaryOf } from "./audit-json.ts";
export { type AuditDocument, auditDocument, auditJsonSchema } from "./audit-schema.ts";
export { auditToText, placeText, type TextOptions } from "./audit-text.ts";
export { compatToDocument, compatToText, type NamedCompatibility } from "./compat-text.ts";
export {
  canariesToCsv,
  canariesToText,
  type SessionsDocument,
  type SessionsTextOptions,
  sessionLine,
  sessionsDocument,
  sessionsJsonSchema,
  sessionsToCsv,
  sessionsToDocument,
  sessionsToHtml,
  sessionsToMisp,
  sessionsToStix,
  sessionsToText,
  sessionToSlack,
  sessionToSyslog,
  sessionToWebhook,
} from "./decoy/index.ts";
export { auditToCsv } from "./formats/csv.ts";
export { auditToGitlab } from "./formats/gitlab.ts";
export { auditToJunit } from "./formats/junit.ts";
export { auditToMarkdown } from "./formats/markdown.ts";
export type { RuleLookup, RuleText } from "./formats/rule-text.ts";
export { auditToSarif } from "./formats/sarif.ts";
export { auditToHtml } from "./html/audit-html.ts";
export type { HtmlOptions } from "./html/html-options.ts";
export { type IsolationOptions, isolationToText, type ObservedNamespaces } from "./isolation-text.ts";
export { pasteLines } from "./paste.ts";
export type { PasteLine } from "./paste-line.ts";
export { colours, type Ink, noColours, type Paint } from "./terminal/paint.ts";
export { displayWidth, padEnd, wrap } from "./terminal/width.ts";
