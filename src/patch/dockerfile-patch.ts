import type { Dockerfile, DockerfileInstruction, Place } from "../facts/index.ts";
import { applyTextEdits, offsetOfPlace } from "./text-edit.ts";

/** Instructions for which it does not matter who the user is when they are built. */
const FOR_THE_START = new Set(["CMD", "ENTRYPOINT", "EXPOSE", "HEALTHCHECK", "STOPSIGNAL", "LABEL", "MAINTAINER"]);

/** Rewrites the instruction at a place. `undefined`: the change is none, or cannot be made. */
export function rewriteInstruction(
  text: string,
  place: Place,
  rewrite: (instruction: string) => string | undefined,
): string | undefined {
  const start = offsetOfPlace(text, place);
  const end = instructionEnd(text, start);
  const old = text.slice(start, end);
  const now = rewrite(old);
  if (now === undefined || now === old) {
    return undefined;
  }
  const alone = text.slice(lineStart(text, start), start).trim() === "";
  return now === "" && alone
    ? applyTextEdits(text, [{ start: lineStart(text, start), end: Math.min(end + 1, text.length), text: "" }])
    : applyTextEdits(text, [{ start, end, text: now }]);
}

/**
 * Lets the last stage end with a USER: in place of one that nothing but the start of the container follows, else before
 * the instructions that only say how the container starts, else at the end.
 */
export function endWithUser(text: string, file: Dockerfile, user: string): string | undefined {
  const instructions = file.stages.at(-1)?.instructions.filter(({ onbuild }) => !onbuild) ?? [];
  const last = instructions.findLastIndex(({ keyword }) => !FOR_THE_START.has(keyword));
  const before = instructions[last];
  if (before?.keyword === "USER") {
    return rewriteInstruction(text, before.place, (old) => old.replace(/^(\w+\s+)\S+/, `$1${user}`));
  }
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const next: DockerfileInstruction | undefined = instructions[last + 1];
  if (next === undefined) {
    const end = text.trimEnd().length;
    return applyTextEdits(text, [{ start: end, end, text: `${newline}USER ${user}` }]);
  }
  const at = aboveComments(text, lineStart(text, offsetOfPlace(text, next.place)));
  return applyTextEdits(text, [{ start: at, end: at, text: `USER ${user}${newline}` }]);
}

/** The beginning of the comment lines right above a line. */
function aboveComments(text: string, start: number): number {
  let at = start;
  while (at > 0) {
    const above = lineStart(text, at - 1);
    if (!/^[ \t]*#/.test(text.slice(above, at))) {
      break;
    }
    at = above;
  }
  return at;
}

const lineStart = (text: string, offset: number): number => text.lastIndexOf("\n", offset - 1) + 1;

/** Behind the last character of an instruction: a line that ends with the escape character goes on in the next one. */
function instructionEnd(text: string, start: number): number {
  const continuation = /^(?:#[^\n]*\n)*?#\s*escape\s*=\s*(\S)/i.exec(text)?.[1] ?? "\\";
  let at = start;
  for (;;) {
    const newline = text.indexOf("\n", at);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(at, end).trimEnd();
    const skipped = at > start && /^\s*(?:#.*)?$/.test(line);
    if (newline < 0 || !(skipped || line.endsWith(continuation))) {
      return text[end - 1] === "\r" ? end - 1 : end;
    }
    at = newline + 1;
  }
}
