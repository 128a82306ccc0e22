import { colours, noColours, type Paint } from "../report/index.ts";

/** Columns when the output is no terminal: those of a default one. */
const COLUMNS_DEFAULT = 80;

/** Narrowest width that a report is laid out for. */
const COLUMNS_MIN = 40;

/** Columns to lay text out for. */
export const terminalColumns = (): number => Math.max(process.stdout.columns ?? COLUMNS_DEFAULT, COLUMNS_MIN);

/** Colours on a terminal, unless NO_COLOR (no-color.org) or TERM=dumb says otherwise. */
export function terminalPaint(): Paint {
  const { NO_COLOR, TERM, FORCE_COLOR } = process.env;
  const wanted = FORCE_COLOR !== undefined && FORCE_COLOR !== "0";
  return (wanted || (process.stdout.isTTY === true && TERM !== "dumb")) && !NO_COLOR ? colours : noColours;
}

/** Milliseconds before a progress line appears. */
export const PROGRESS_AFTER_MS = 400;

/** A progress line on standard error, when that is a terminal and things take long. */
export function progressLine(label: string): {
  readonly show: (done: number, total: number) => void;
  readonly clear: () => void;
} {
  const started = performance.now();
  let shown = false;
  return {
    show(done, total) {
      if (process.stderr.isTTY === true && performance.now() - started > PROGRESS_AFTER_MS) {
        shown = true;
        process.stderr.write(`\r${label} ${done}/${total}\u001b[K`);
      }
    },
    clear() {
      if (shown) {
        process.stderr.write("\r\u001b[K");
      }
    },
  };
}

/**
 * Writes to standard output and waits until it is taken, so that a long report in a pipe is whole. A reader that has
 * seen enough and closes the pipe (`head`) is no error.
 */
export function writeOut(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error && !isClosedPipe(error) ? reject(error) : resolve()));
  });
}

const isClosedPipe = (error: Error): boolean => "code" in error && error.code === "EPIPE";
