import { type ReadPosition, readRecord, reportSession, type Visit, VisitJoiner } from "../../decoy/index.ts";
import { sessionLine, sessionsToDocument } from "../../report/index.ts";
import { idleOf, isMissing, missingText } from "../decoy-record.ts";
import { EXIT } from "../exit-status.ts";
import { languageOf } from "../language.ts";
import { terminalPaint, writeOut } from "../terminal.ts";
import { VERSION } from "../version.ts";

/** Options of `sekisho decoy sessions`, as commander hands them over. */
export interface DecoySessionsOptions {
  readonly dir: string;
  readonly follow?: boolean;
  readonly format: string;
  readonly sessionIdle?: string;
  readonly lang?: string;
}

/** How often `--follow` looks whether more was written, milliseconds. */
const LOOK_EVERY_MS = 500;

/** `sekisho decoy sessions`. Resolves to the exit status, with `--follow` when a signal has ended it. */
export async function runDecoySessions(options: DecoySessionsOptions): Promise<number> {
  const language = languageOf(options.lang, process.env);
  const idleMs = await idleOf(options.sessionIdle, options.dir);
  if (typeof idleMs === "string" || !["text", "json"].includes(options.format)) {
    process.stderr.write(
      `sekisho decoy sessions: ${typeof idleMs === "string" ? idleMs : "--format takes text or json"}\n`,
    );
    return EXIT.usage;
  }
  const tell = async (visits: readonly Visit[]) => {
    const document = sessionsToDocument(visits.map(reportSession), VERSION, language);
    const text = { language, paint: terminalPaint() };
    const lines = document.sessions.map((session) =>
      options.format === "json" ? JSON.stringify({ ...document, sessions: [session] }) : sessionLine(session, text),
    );
    if (lines.length > 0) {
      await writeOut(`${lines.join("\n")}\n`);
    }
  };
  try {
    const joiner = new VisitJoiner(idleMs);
    let position = await readOn(options.dir, { file: 0, bytes: 0 }, joiner, tell);
    if (options.follow !== true) {
      await tell(joiner.unfinished());
      return EXIT.clean;
    }
    const stop = stopSignal();
    while (!stop.aborted) {
      position = await readOn(options.dir, position, joiner, tell);
      await tell(joiner.endedBy(Date.now()));
      await pause(LOOK_EVERY_MS, stop);
    }
    return EXIT.clean;
  } catch (error) {
    if (!isMissing(error)) {
      throw error;
    }
    process.stderr.write(`sekisho decoy sessions: ${missingText(error)}\n`);
    return EXIT.usage;
  }
}

async function readOn(
  dir: string,
  from: ReadPosition,
  joiner: VisitJoiner,
  tell: (visits: readonly Visit[]) => Promise<void>,
): Promise<ReadPosition> {
  let position = from;
  for await (const placed of readRecord(dir, from)) {
    position = placed.position;
    await tell(joiner.take(placed));
  }
  return position;
}

function stopSignal(): AbortSignal {
  const controller = new AbortController();
  process.once("SIGTERM", () => controller.abort());
  process.once("SIGINT", () => controller.abort());
  return controller.signal;
}

const pause = (milliseconds: number, stop: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    stop.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
