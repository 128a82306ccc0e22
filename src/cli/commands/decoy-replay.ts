import { readFileSync, statSync } from "node:fs";
import { auditWorkloads } from "../../audit/index.ts";
import type { Language } from "../../base/index.ts";
import { readJournal, reportSession, type Visit, VisitJoiner, visitOfRequests } from "../../decoy/index.ts";
import type { Workload } from "../../facts/index.ts";
import type { AuditProblem, AuditResult } from "../../findings/index.ts";
import { mergeHostFacts, readHostFacts } from "../../readers/host-facts/index.ts";
import { problemOf, ReadError, readCreateRequest } from "../../readers/index.ts";
import { auditToDocument, auditToText, sessionsToDocument, sessionsToText } from "../../report/index.ts";
import { idleOf } from "../decoy-record.ts";
import { EXIT } from "../exit-status.ts";
import { readInput } from "../inputs/files.ts";
import { languageOf } from "../language.ts";
import { terminalColumns, terminalPaint, writeOut } from "../terminal.ts";
import { titleOf } from "../titles.ts";
import { VERSION } from "../version.ts";

/** Options of `sekisho decoy replay`, as commander hands them over. */
export interface DecoyReplayOptions {
  readonly session?: string;
  readonly format: string;
  readonly hostFacts?: string;
  readonly sessionIdle?: string;
  readonly lang?: string;
}

/** Largest JSON file of requests that is read, bytes. */
const REQUESTS_FILE_BYTES_MAX = 64 * 1024 * 1024;

const FORMATS = ["text", "json", "requests"];

/** `sekisho decoy replay`. Resolves to the exit status: 1 when a real host would have been lost. */
export async function runDecoyReplay(file: string, options: DecoyReplayOptions): Promise<number> {
  const language = languageOf(options.lang, process.env);
  const idleMs = await idleOf(options.sessionIdle);
  if (typeof idleMs === "string" || !FORMATS.includes(options.format)) {
    process.stderr.write(
      `sekisho decoy replay: ${typeof idleMs === "string" ? idleMs : `--format takes ${FORMATS.join(", ")}`}\n`,
    );
    return EXIT.usage;
  }
  try {
    const visits = (await visitsIn(file, idleMs)).filter(({ id }) => id.startsWith(options.session ?? ""));
    if (visits.length === 0) {
      process.stderr.write(`sekisho decoy replay: no request of a session in ${file}\n`);
      return EXIT.usage;
    }
    if (options.format === "requests") {
      await writeOut(visits.flatMap(gateLines).join(""));
      return EXIT.clean;
    }
    const result = auditOf(visits, options.hostFacts);
    await writeOut(
      options.format === "json"
        ? `${JSON.stringify(auditToDocument(result, VERSION, language), undefined, 2)}\n`
        : textOf(visits, result, language),
    );
    const lost = result.workloads.some(({ gains }) =>
      gains.some(({ gain, certainty }) => gain === "host-root" && certainty === "yes"),
    );
    return lost ? EXIT.findings : EXIT.clean;
  } catch (error) {
    const problem = problemText(error, language);
    if (problem === undefined) {
      throw error;
    }
    process.stderr.write(`sekisho decoy replay: ${problem}\n`);
    return EXIT.usage;
  }
}

function problemText(error: unknown, language: Language): string | undefined {
  if (error instanceof ReadError) {
    return `${error.place.uri}: ${error.text[language]}`;
  }
  return error instanceof Error && "code" in error ? error.message : undefined;
}

async function visitsIn(file: string, idleMs: number): Promise<readonly Visit[]> {
  const fromJournal = await visitsInJournal(file, idleMs);
  if (fromJournal.length > 0) {
    return fromJournal;
  }
  if (statSync(file).size > REQUESTS_FILE_BYTES_MAX) {
    return [];
  }
  const text = readFileSync(file, "utf8");
  const whole = parsed(text) ?? text.split("\n").flatMap((line) => parsed(line) ?? []);
  const visit = visitOfRequests(whole, "replay");
  return visit === undefined ? [] : [visit];
}

async function visitsInJournal(file: string, idleMs: number): Promise<readonly Visit[]> {
  const joiner = new VisitJoiner(idleMs);
  const visits: Visit[] = [];
  for await (const { line, body } of readJournal(file)) {
    visits.push(...joiner.take({ line, body, position: { file: 0, bytes: 0 } }));
  }
  return [...visits, ...joiner.unfinished()];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}

/** The requests as lines for `sekisho guard decide`. */
function gateLines({ id, requests }: Visit): readonly string[] {
  return requests
    .filter(({ method }) => method !== "")
    .map(({ number, method, target, headers, body }) => {
      const text = body?.toString("utf8");
      const isText = body !== undefined && text !== undefined && Buffer.from(text).equals(body);
      const carried = body === undefined ? {} : isText ? { body: text } : { bodyBase64: body.toString("base64") };
      return `${JSON.stringify({ id: `${id}-${number}`, method, path: target, headers: Object.fromEntries(headers), ...carried })}\n`;
    });
}

/** What the containers of the visits would have won over the host. */
function auditOf(visits: readonly Visit[], hostFacts: string | undefined): AuditResult {
  const told = hostFacts === undefined ? [] : [readHostFacts(readInput(hostFacts), hostFacts)];
  const host = mergeHostFacts(...told);
  const workloads: Workload[] = [];
  const problems: AuditProblem[] = told.flatMap((layer) => layer.problems);
  for (const { id, requests } of visits) {
    for (const { number, method, target, body } of requests) {
      if (method === "POST" && /\/containers\/create(?:$|\?)/.test(target) && body !== undefined) {
        try {
          const read = readCreateRequest({ text: body.toString("utf8"), uri: `${id}/request-${number}` });
          workloads.push(...read.workloads);
          problems.push(...read.problems);
        } catch (error) {
          if (!(error instanceof ReadError)) {
            throw error;
          }
          problems.push(problemOf(error));
        }
      }
    }
  }
  return {
    complete: true,
    host,
    hostFindings: [],
    workloads: auditWorkloads(workloads, host, { fixes: true, peersAreKnown: false }),
    problems,
  };
}

function textOf(visits: readonly Visit[], result: AuditResult, language: Language): string {
  const columns = terminalColumns();
  const paint = terminalPaint();
  const sessions = sessionsToDocument(visits.map(reportSession), VERSION, language);
  const story = sessionsToText(sessions, { language, columns, paint });
  return `${story}\n${auditToText(result, { language, columns, paint, all: false, titleOf: titleOf(language) })}`;
}
