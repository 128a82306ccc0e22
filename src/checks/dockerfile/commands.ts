import type { Dockerfile, ShellCommand } from "../../facts/index.ts";
import type { DockerfileMatch } from "./dockerfile-check.ts";
import { everyInstruction } from "./instructions.ts";

/** Programs that run another one with its arguments. */
const WRAPPERS = new Set(["env", "exec", "nice", "nohup", "time", "command", "eatmydata", "timeout", "xargs"]);

/** Whether a command runs a program, by its own name or path, directly or through `env`, `exec` and the like. */
export function commandIs(words: readonly string[], program: string): boolean {
  let index = 0;
  while (index < words.length - 1 && WRAPPERS.has(nameOf(words[index]))) {
    index += 1;
    while (index < words.length - 1 && /^-|^\w+=|^\d+$/.test(words[index] ?? "")) {
      index += 1;
    }
  }
  return nameOf(words[index]) === program;
}

const nameOf = (word: string | undefined): string => word?.split("/").at(-1) ?? "";

/** The instructions in which a command of some kind is run. */
export const commandsOf = (
  file: Dockerfile,
  matches: (command: ShellCommand) => boolean,
  keywords: readonly string[] = ["RUN", "CMD", "ENTRYPOINT"],
): readonly DockerfileMatch[] =>
  everyInstruction(file)
    .filter(({ keyword, commands }) => keywords.includes(keyword) && commands.some(matches))
    .map(({ place }) => ({ place }));

/** Package managers, and the words with which they install and refresh their index. */
const MANAGERS: readonly (readonly [program: string, install: RegExp, update: RegExp | undefined])[] = [
  ["apt-get", /^(?:install|upgrade|dist-upgrade|build-dep|source|download)$/, /^update$/],
  ["apt", /^(?:install|upgrade|full-upgrade|build-dep)$/, /^update$/],
  ["aptitude", /^(?:install|upgrade|safe-upgrade|full-upgrade)$/, /^update$/],
  ["apk", /^(?:add|upgrade)$/, /^update$/],
  ["yum", /^(?:install|reinstall|localinstall|groupinstall|upgrade)$/, /^(?:update|makecache)$/],
  ["dnf", /^(?:install|reinstall|groupinstall|upgrade)$/, /^(?:update|makecache)$/],
  ["microdnf", /^(?:install|upgrade)$/, /^(?:update|makecache)$/],
  ["zypper", /^(?:install|in|update|up|dist-upgrade|dup)$/, /^(?:refresh|ref)$/],
  ["pacman", /^-S(?!yu?$)[a-z]*$|^-Syu$/, /^-Sy+$/],
];

const runs = (words: readonly string[], which: (manager: (typeof MANAGERS)[number]) => RegExp | undefined): boolean =>
  MANAGERS.some((manager) => {
    const pattern = which(manager);
    return commandIs(words, manager[0]) && words.some((word) => pattern?.test(word) === true);
  });

/** Whether a command installs packages of any kind. */
export const installsAnything = (words: readonly string[]): boolean => runs(words, ([, install]) => install);

/** Whether a command refreshes a package index. */
export const updates = (words: readonly string[]): boolean => runs(words, ([, , update]) => update);

/** Whether a command installs a package whose name matches, with or without a version. */
export const installs = (words: readonly string[], name: RegExp): boolean =>
  installsAnything(words) && words.slice(1).some((word) => name.test(word.split(/[=~<>]/)[0] ?? ""));

/** RUNs that install with a package manager and leave its cache. */
export const leavesCache = (file: Dockerfile, program: "yum" | "dnf" | "zypper"): readonly DockerfileMatch[] =>
  everyInstruction(file)
    .filter(({ keyword, commands }) => {
      const install = commands.some(({ words }) => commandIs(words, program) && installsAnything(words));
      const clean = commands.some(
        ({ words }) =>
          (commandIs(words, program) && words.some((word) => word === "clean" || word === "cc")) ||
          (commandIs(words, "rm") &&
            words.some((word) => word.startsWith(`/var/cache/${program === "zypper" ? "zyp" : program}`))),
      );
      return keyword === "RUN" && install && !clean;
    })
    .map(({ place }) => ({ place }));

/** A RUN in shell form with one more command behind its last one; `undefined` where that cannot be told. */
export const andThen = (text: string, command: string): string | undefined =>
  /^\s*\w+\s+(?:--\S+\s+)*\[|<<|[;&|\\]\s*$/.test(text) ? undefined : `${text.trimEnd()} && ${command}`;

/** Every `apt-get install` with `-y`, so that it asks nothing. */
export const answered = (text: string): string =>
  text.replace(
    /(?<![\w./-])apt-get\b[^&|;]*?\sinstall(?![^&|;]*\s(?:-[a-z]*(?:y|qq)[a-z]*|--yes|--assume-yes)\b)(?=\s)/g,
    "$& -y",
  );
