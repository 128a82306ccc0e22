import { ReadError, type ReadProblem, type ReadResult } from "../read-result.ts";
import type { RunSurroundings } from "./draft.ts";
import type { FlagProblem } from "./flag.ts";
import { PROBLEMS_MAX, RUN_LINES_MAX, RUN_TEXT_CHARACTERS_MAX, SHELL_WORDS_MAX } from "./limits.ts";
import { message } from "./messages.ts";
import { placesIn } from "./places.ts";
import { findRunCommand } from "./run-command.ts";
import { type RunLine, readRunCommand } from "./run-line.ts";
import {
  joinArguments,
  LOOKS_LIKE_RUN_LINE,
  readShellCommands,
  type ShellCommand,
  type ShellProblem,
} from "./shell/index.ts";

/** What the readers of run lines return. */
export interface RunLinesResult extends ReadResult {
  readonly workloads: readonly RunLine[];
}

/**
 * Reads every `docker run`, `docker create`, `podman run` and `podman create` of a shell text: one line, or a script.
 * Throws {@link ReadError} when the text is past a limit or holds none of them.
 */
export function readRunLine(text: string, uri: string, surroundings: RunSurroundings = {}): RunLinesResult {
  const places = placesIn(text, uri);
  if (text.length > RUN_TEXT_CHARACTERS_MAX) {
    throw new ReadError("TOO_LARGE", message.textTooLong(RUN_TEXT_CHARACTERS_MAX), { uri });
  }
  const known = MOVES.test(text) ? withoutDirectories(surroundings) : surroundings;
  const { commands, problems } = readShellCommands(text, places, known);
  return readCommands(commands, problems, text, uri, known);
}

/** A command that changes the directory, or gives the home directory another name: then the caller's say nothing. */
const MOVES = /(?:^|[\s;&|(])(?:cd|pushd)\s|(?:^|[\n;&|(])[ \t]*(?:export[ \t]+)?(?:HOME|PWD)=/;

function withoutDirectories({ readFile }: RunSurroundings): RunSurroundings {
  return readFile === undefined ? {} : { readFile };
}

/**
 * Reads one command that the caller's shell has already split: `["docker", "run", …]`.
 * Places are columns of the words joined into one line as {@link joinArguments} does.
 */
export function readRunArguments(
  words: readonly string[],
  uri: string,
  surroundings: RunSurroundings = {},
): RunLinesResult {
  const { line, command } = joinArguments(words);
  if (line.length > RUN_TEXT_CHARACTERS_MAX) {
    throw new ReadError("TOO_LARGE", message.textTooLong(RUN_TEXT_CHARACTERS_MAX), { uri });
  }
  if (words.length > SHELL_WORDS_MAX) {
    throw new ReadError("TOO_LARGE", message.tooManyWords(SHELL_WORDS_MAX), { uri });
  }
  return readCommands([command], [], line, uri, surroundings);
}

function readCommands(
  commands: readonly ShellCommand[],
  shellProblems: readonly ShellProblem[],
  text: string,
  uri: string,
  surroundings: RunSurroundings,
): RunLinesResult {
  const places = placesIn(text, uri);
  const found: FlagProblem[] = [...shellProblems];
  const workloads: RunLine[] = [];
  const idOf = uniqueIds();
  let runLines = 0;
  for (const command of commands) {
    const run = findRunCommand(command);
    if (run === undefined) {
      append(found, quotedRunLines(command));
      continue;
    }
    runLines += 1;
    if (runLines > RUN_LINES_MAX) {
      found.push({ severity: "error", offset: run.start.offset, message: message.tooManyRunLines(RUN_LINES_MAX) });
      break;
    }
    const { runLine, problems } = readRunCommand(run, places, surroundings, idOf);
    append(found, problems);
    if (runLine !== undefined) {
      workloads.push(runLine);
    }
  }
  if (runLines === 0 && found.every((problem) => problem.severity === "note")) {
    throw new ReadError("NOT_THIS_INPUT", message.noRunLine(), { uri });
  }
  if (found.length > PROBLEMS_MAX) {
    const offset = found[PROBLEMS_MAX]?.offset ?? 0;
    found.splice(PROBLEMS_MAX, found.length, {
      severity: "error",
      offset,
      message: message.tooManyProblems(PROBLEMS_MAX),
    });
  }
  const problems = found.map(
    (problem): ReadProblem => ({
      severity: problem.severity,
      message: problem.message,
      place: places.placeAt(problem.offset),
    }),
  );
  return { workloads, problems };
}

/** Not `push(...more)`: there may be more than a call can take arguments. */
function append(problems: FlagProblem[], more: readonly FlagProblem[]): void {
  for (const problem of more) {
    problems.push(problem);
  }
}

/** `sh -c 'docker run …'`: what another shell will read is not followed, but it is not passed over in silence. */
function quotedRunLines(command: ShellCommand): FlagProblem[] {
  return command.words
    .filter((word) => LOOKS_LIKE_RUN_LINE.test(word.text))
    .map((word) => ({ severity: "note", offset: word.offset, message: message.runLineInWord() }));
}

/** `run-line#web`, then `run-line#web-2`. */
function uniqueIds(): (name: string) => string {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return (name) => {
    let count = counts.get(name) ?? 1;
    let id = count === 1 ? `run-line#${name}` : `run-line#${name}-${count}`;
    while (taken.has(id)) {
      count += 1;
      id = `run-line#${name}-${count}`;
    }
    counts.set(name, count + 1);
    taken.add(id);
    return id;
  };
}
