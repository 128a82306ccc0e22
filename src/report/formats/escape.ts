import { quoteUntrusted } from "../../base/index.ts";

/** Most characters of one cell, attribute or text that somebody else may have chosen. */
export const CELL_CHARACTERS_MAX = 4_000;

/** Text on one line, with control and direction characters shown: the ground of every other escape here. */
const plain = (text: string): string => quoteUntrusted(text, CELL_CHARACTERS_MAX);

/** Characters that XML 1.0 does not take even as a reference (W3C XML 1.0, production Char), beyond what `plain` shows. */
const NOT_XML = /[\uFFFE\uFFFF]/g;

/** Text inside an XML element or a quoted attribute. */
export function escapeXml(text: string): string {
  return plain(text)
    .replace(NOT_XML, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** Signs that begin something in GitHub's and GitLab's Markdown, tables, links, mentions and HTML included. */
const MARKDOWN_SIGNS = /[\\`*_{}[\]()#+!|<>~$&]/g;

/** Text in Markdown that is shown as it is: no markup, link, mention (`@name`), reference (`#1`, `!1`) or autolink. */
export function escapeMarkdown(text: string): string {
  return plain(text)
    .replace(MARKDOWN_SIGNS, (sign) => (sign === "<" ? "&lt;" : sign === "&" ? "&amp;" : `\\${sign}`))
    .replace(/@/g, "&#64;")
    .replace(/:\/\//g, ":&#47;&#47;")
    .replace(/\bwww\./gi, (match) => `${match.slice(0, -1)}&#46;`)
    .replace(/^(\s*)([-=])/, "$1\\$2")
    .replace(/^(\s*\d+)([.)])/, "$1\\$2");
}

/** Machine text in Markdown: a code span with a fence longer than any run of backquotes inside. */
export function markdownCode(text: string): string {
  // A bar ends a table's cell even inside a code span.
  const safe = plain(text).replaceAll("|", "\\|");
  const longest = Math.max(0, ...[...safe.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const room = longest > 0 || safe === "" ? " " : "";
  return `${fence}${room}${safe}${room}${fence}`;
}

/**
 * One cell of a CSV file (RFC 4180). A cell that a spreadsheet would take for a formula begins with an apostrophe
 * (OWASP, "CSV Injection").
 */
export function csvCell(text: string): string {
  const shown = plain(text);
  const inert = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/.test(shown) ? `'${shown}` : shown;
  return /[",\r\n]/.test(inert) || /^\s|\s$/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** A path or an engine's address as a URI reference (RFC 3986) that no reader takes for a scheme, a query or a fragment. */
export function uriReference(uri: string): string {
  const scheme = /^(?:unix|tcp|npipe|https?|ssh|docker):\/\//.exec(uri)?.[0];
  const rest = uri.slice(scheme?.length ?? 0);
  const encoded = rest
    .replaceAll("\\", "/")
    .split("/")
    .map((part) => encodeURIComponent(part.toWellFormed()).replaceAll("%40", "@").replaceAll("%2B", "+"))
    .join("/");
  return scheme === undefined ? encoded.replace(/^\/\//, "/%2F") : `${scheme}${encoded}`;
}
