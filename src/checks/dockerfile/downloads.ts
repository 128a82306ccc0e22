import type { ShellCommand } from "../../facts/index.ts";
import { commandIs } from "./commands.ts";

const FETCHERS = ["curl", "wget", "fetch", "aria2c", "lynx"];
const INTERPRETERS = [
  "sh",
  "bash",
  "dash",
  "zsh",
  "ash",
  "ksh",
  "python",
  "python2",
  "python3",
  "perl",
  "ruby",
  "node",
  "php",
  "pwsh",
];

const fetches = ({ words }: ShellCommand): boolean => FETCHERS.some((name) => commandIs(words, name));

const interprets = ({ words }: ShellCommand): boolean =>
  INTERPRETERS.some(
    (name) =>
      commandIs(words, name) ||
      (commandIs(words, "sudo") && words.slice(1).some((word) => word.split("/").at(-1) === name)),
  );

/** `$(curl …)`, `<(wget …)` and the backquoted form inside a word. */
const SUBSTITUTED = /(?:\$\(|<\(|`)\s*(?:curl|wget)\b/;

/** Whether what a download gives is run without having been looked at. */
export function runsDownload(commands: readonly ShellCommand[]): boolean {
  let fed = false;
  for (const [index, command] of commands.entries()) {
    fed = command.joinedBy === "|" ? fed : false;
    if (fed && interprets(command)) {
      return true;
    }
    fed ||= fetches(command);
    const evaluates = interprets(command) || ["eval", "source", "."].includes(command.words[0] ?? "");
    if (evaluates && command.words.some((word) => SUBSTITUTED.test(word))) {
      return true;
    }
    // `bash <(curl …)`: the bracket splits the line, and the fetcher is the next command.
    const next = commands[index + 1];
    if (evaluates && command.words.at(-1) === "<" && next !== undefined && fetches(next)) {
      return true;
    }
  }
  return false;
}

/** Sources for which ADD does what COPY does not. */
export const unpacksOrFetches = (source: string): boolean =>
  /^(?:https?|git|ssh):\/\/|^[\w.-]+@[\w.-]+:|\.git(?:#.*)?$/i.test(source) ||
  /\.(?:tar|tgz|tbz2?|txz|tlz|tar\.(?:gz|bz2|xz|zst|lzma|Z))$/i.test(source) ||
  /[$*?]/.test(source);
