import { csvCell } from "../formats/escape.ts";
import type { SessionsDocument } from "./sessions-schema.ts";

/** The columns, in order. New ones are added at the end. */
const COLUMNS = ["session", "started", "source", "verdict", "type", "value", "strength", "secret", "request"] as const;

/** One line for each indicator (RFC 4180, UTF-8, CRLF); what a spreadsheet would take for a formula is quoted. */
export function sessionsToCsv({ sessions }: SessionsDocument): string {
  const rows = sessions.flatMap((session) =>
    session.indicators.map(({ type, value, strength, secret, request }) => [
      session.id,
      session.started,
      session.source.address,
      session.verdict,
      type,
      value,
      strength,
      secret === true ? "yes" : "",
      String(request),
    ]),
  );
  return [COLUMNS, ...rows].map((row) => `${row.map((cell) => csvCell(visible(cell))).join(",")}\r\n`).join("");
}

/** Control characters as escapes: a spreadsheet shows them as nothing. */
const visible = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);
