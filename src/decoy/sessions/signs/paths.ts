import type { Deed } from "../deeds.ts";
import type { Scene } from "./sign.ts";

/** A file that a command changes. */
export interface TouchedFile {
  readonly path: string;
  readonly onHost: boolean;
  readonly content: string | undefined;
}

/** Commands that only look, fetch or print: what they write, they write through a redirection or an option. */
const DESTINATION_LAST = new Set(["cp", "mv", "install", "ln", "rsync"]);

/** Files that a command writes, by redirection or by its own doing, with the host's path where a mount leads there. */
export function touchedFiles(deed: Deed, scene: Scene): readonly TouchedFile[] {
  const { argv, name, writes } = deed.command;
  const named = writes.map(({ path, content }) => ({ path, content }));
  const words = argv.slice(1).filter((word) => !word.startsWith("-"));
  const last = words.at(-1);
  if (DESTINATION_LAST.has(name) && words.length > 1 && last !== undefined) {
    named.push({ path: last, content: undefined });
  }
  if (name === "sed" && argv.some((word) => /^-[a-z]*i|^--in-place/.test(word)) && last !== undefined) {
    named.push({ path: last, content: argv.join(" ") });
  }
  if (name === "touch" || name === "truncate") {
    named.push(...words.map((path) => ({ path, content: undefined })));
  }
  for (const path of [
    ...optionValues(argv, outputOption(name)),
    ...argv.flatMap((word) => (name === "dd" && word.startsWith("of=") ? [word.slice(3)] : [])),
  ]) {
    if (path !== "-") {
      named.push({ path, content: undefined });
    }
  }
  return named.filter(({ path }) => path !== "").map(({ path, content }) => ({ ...scene.place(deed, path), content }));
}

const outputOption = (name: string): RegExp | undefined =>
  /^(?:curl|wget\d?|axel|aria2c|cd1|wd1|cur|cdl|wdl|fetch)$/.test(name)
    ? name.startsWith("w") || name === "wd1"
      ? /^(?:-[a-zA-Z]*O|--output-document)$/
      : /^(?:-[a-zA-Z]*o|--output)$/
    : undefined;

/** Values of an option, joined to it or behind it. */
export function optionValues(argv: readonly string[], option: RegExp | undefined): readonly string[] {
  if (option === undefined) {
    return [];
  }
  return argv.flatMap((word, index) => {
    const [name = "", value] = word.startsWith("--") ? word.split(/=(.*)/s) : [word];
    const found = option.test(name) ? (value ?? argv[index + 1]) : undefined;
    return found === undefined ? [] : [found];
  });
}

/** Whether a command names a path that fits, read or written, on the host or in the container. */
export function namesPath(deed: Deed, scene: Scene, pattern: RegExp): boolean {
  const { argv, redirects } = deed.command;
  return [...argv.slice(1), ...redirects.filter(({ operator }) => operator === "<").map(({ target }) => target)].some(
    (word) =>
      pattern.test(word) ||
      (word.includes("/") &&
        !word.includes("://") &&
        !word.includes(" ") &&
        pattern.test(scene.place(deed, word.replace(/^@/, "")).path)),
  );
}
