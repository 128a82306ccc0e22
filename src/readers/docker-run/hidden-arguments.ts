import type { ShellWord } from "./shell/index.ts";

const NAMES_IMAGE = /image|img|tag|repo/i;
const NAMES_ARGUMENTS = /opt|arg|flag|param|extra/i;

/** Whether a word is one variable whose name says that it holds flags, and so may hold the image too. */
export function namesArguments(word: ShellWord): boolean {
  const part = word.unknown[0];
  const isWhole = part !== undefined && part.start === 0 && part.end === word.text.length;
  return isWhole && !part.quoted && NAMES_ARGUMENTS.test(part.source) && !NAMES_IMAGE.test(part.source);
}

/**
 * Whether a word in the place of a flag or the image may stand for several flags: `$DOCKER_OPTS`, `"$@"`. A word that
 * is one variable and nothing else can be the image or flags; its name decides, then whether it can fall apart, then
 * what follows. Taking it for flags is the answer that loses nothing: the flags behind it are still read.
 */
export function hidesArguments(word: ShellWord, next: ShellWord | undefined): boolean {
  const part = word.unknown[0];
  if (part === undefined || part.start !== 0 || part.end !== word.text.length) {
    return false;
  }
  if (part.kind === "arguments") {
    return true;
  }
  if (part.quoted || part.kind === "files" || part.kind === "braces" || NAMES_IMAGE.test(part.source)) {
    return part.kind === "braces";
  }
  if (next === undefined) {
    return false; // something must be the image
  }
  return NAMES_ARGUMENTS.test(part.source) || next.text.startsWith("-");
}
