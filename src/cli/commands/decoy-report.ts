import type { Language } from "../../base/index.ts";
import type { SessionResult } from "../../findings/index.ts";
import {
  type SessionsDocument,
  sessionsToCsv,
  sessionsToDocument,
  sessionsToHtml,
  sessionsToMisp,
  sessionsToStix,
  sessionsToText,
} from "../../report/index.ts";
import { idleOf, isMissing, missingText, sessionsOf } from "../decoy-record.ts";
import { EXIT } from "../exit-status.ts";
import { languageOf } from "../language.ts";
import { terminalColumns, terminalPaint, writeOut } from "../terminal.ts";
import { VERSION } from "../version.ts";

/** Options of `sekisho decoy report`, as commander hands them over. */
export interface DecoyReportOptions {
  readonly dir: string;
  readonly format: string;
  readonly verdict?: string;
  readonly sessionIdle?: string;
  readonly lang?: string;
}

type Format = (document: SessionsDocument, language: Language) => string;

const FORMATS: Readonly<Record<string, Format>> = {
  text: (document, language) =>
    sessionsToText(document, { language, columns: terminalColumns(), paint: terminalPaint() }),
  json: (document) => `${JSON.stringify(document, undefined, 2)}\n`,
  html: sessionsToHtml,
  stix: sessionsToStix,
  misp: sessionsToMisp,
  csv: sessionsToCsv,
};

const VERDICTS = ["malicious", "recon", "benign"];

/** `sekisho decoy report`. Resolves to the exit status. */
export async function runDecoyReport(session: string | undefined, options: DecoyReportOptions): Promise<number> {
  const language = languageOf(options.lang, process.env);
  const format = Object.hasOwn(FORMATS, options.format) ? FORMATS[options.format] : undefined;
  const idleMs = await idleOf(options.sessionIdle, options.dir);
  if (format === undefined || typeof idleMs === "string" || !VERDICTS.includes(options.verdict ?? "recon")) {
    const wrong =
      format === undefined
        ? `--format takes one of ${Object.keys(FORMATS).join(", ")}`
        : typeof idleMs === "string"
          ? idleMs
          : `--verdict takes one of ${VERDICTS.join(", ")}`;
    process.stderr.write(`sekisho decoy report: ${wrong}\n`);
    return EXIT.usage;
  }
  let sessions: readonly SessionResult[];
  try {
    sessions = await sessionsOf(options.dir, idleMs, ({ id }) => session === undefined || id.startsWith(session));
  } catch (error) {
    if (!isMissing(error)) {
      throw error;
    }
    process.stderr.write(`sekisho decoy report: ${missingText(error)}\n`);
    return EXIT.usage;
  }
  if (session !== undefined && sessions.length === 0) {
    process.stderr.write(`sekisho decoy report: there is no session ${session} in ${options.dir}\n`);
    return EXIT.usage;
  }
  const shown = sessions.filter(({ verdict }) => options.verdict === undefined || verdict === options.verdict);
  await writeOut(format(sessionsToDocument(shown, VERSION, language), language));
  return EXIT.clean;
}
