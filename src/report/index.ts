export { auditToDocument, summaryOf } from "./audit-json.ts";
export { type AuditDocument, auditDocument, auditJsonSchema } from "./audit-schema.ts";
export { auditToText, placeText, type TextOptions } from "./audit-text.ts";
export { type IsolationOptions, isolationToText, type ObservedNamespaces } from "./isolation-text.ts";
export { type PasteLine, pasteLines } from "./paste.ts";
export { colours, type Ink, noColours, type Paint } from "./terminal/paint.ts";
export { displayWidth, padEnd, wrap } from "./terminal/width.ts";
