/** A command inside another one, and what the outer one changes for it. */
export interface Inner {
  readonly argv?: readonly string[];
  /** Instead of words, a script. */
  readonly script?: string;
  readonly wrapper: string;
  /** Directory that becomes the root. */
  readonly root?: string;
  readonly inHostNamespaces?: boolean;
  /** It runs on another machine or in another container: paths are not ours. */
  readonly elsewhere?: boolean;
}

/** Shells and the names under which they come. */
export const SHELLS: ReadonlySet<string> = new Set(["sh", "bash", "ash", "dash", "zsh", "ksh", "rbash", "mksh"]);

/** Commands that run the words behind their options: name to the options that take a value. */
const PREFIXES: Readonly<Record<string, string>> = {
  sudo: "ugCpThr",
  doas: "uC",
  nohup: "",
  setsid: "",
  exec: "a",
  command: "",
  builtin: "",
  eval: "",
  time: "fo",
  nice: "n",
  ionice: "cnp",
  stdbuf: "ioe",
  busybox: "",
  toybox: "",
  torsocks: "ap",
  torify: "",
  proxychains: "f",
  proxychains4: "f",
  unshare: "SGRw",
  xargs: "IiLlnPdsEe",
  watch: "n",
  daemonize: "acepolEu",
  "start-stop-daemon": "",
  flock: "wE",
};

/** The command that a command runs; `undefined` when it is no wrapper. */
export function unwrap(name: string, argv: readonly string[]): Inner | undefined {
  const rest = argv.slice(1);
  switch (name) {
    case "chroot":
      return chroot(rest);
    case "nsenter":
      return nsenter(rest);
    case "env":
      return fromWords("env", rest.slice(countWhile(rest, (word) => /^-|^[A-Za-z_]\w*=/.test(word))));
    case "timeout":
      return fromWords("timeout", skipOptions(rest, "ks").slice(1));
    case "eval":
      return { script: rest.join(" "), wrapper: "eval" };
    case "su":
    case "runuser":
    case "script":
      return withScript(name, rest, /^(?:-[a-z]*c|--command)$/);
    case "watch":
      return { script: skipOptions(rest, "n").join(" "), wrapper: "watch" };
    case "flock":
      return fromWords(name, skipOptions(rest, "wE").slice(1));
    case "ssh":
      return ssh(rest);
    case "find":
      return afterWord("find", rest, /^-exec(?:dir)?$/);
    case "docker":
    case "podman":
    case "nerdctl":
      return ["run", "exec"].includes(rest.find((word) => !word.startsWith("-")) ?? "")
        ? containerCommand(name, rest)
        : undefined;
    case "screen":
    case "tmux":
      return fromWords(
        name,
        skipOptions(rest, "Sstc").filter((word) => !/^(?:new|new-session)$/.test(word)),
      );
    default:
      return PREFIXES[name] === undefined ? undefined : fromWords(name, skipOptions(rest, PREFIXES[name]));
  }
}

const fromWords = (wrapper: string, argv: readonly string[]): Inner | undefined =>
  argv.length === 0 ? undefined : { argv, wrapper };

function chroot(rest: readonly string[]): Inner {
  const [root = "/", ...argv] = skipOptions(rest, "");
  return { argv: argv.length === 0 ? ["sh"] : argv, wrapper: "chroot", root };
}

function nsenter(rest: readonly string[]): Inner {
  const target = /^(?:-t|--target(?:=|$))/;
  const ofInit = rest.some(
    (word, index) =>
      (target.test(word) && /^1$/.test(word.replace(/^(?:-t|--target=?)/, "") || (rest[index + 1] ?? ""))) ||
      /\/proc\/1\/ns/.test(word),
  );
  const argv = skipOptions(rest, "tSGw");
  return { argv: argv.length === 0 ? ["sh"] : argv, wrapper: "nsenter", inHostNamespaces: ofInit };
}

function ssh(rest: readonly string[]): Inner | undefined {
  const words = skipOptions(rest, "pilobcDEeFIJLmOQRSWw").slice(1);
  return words.length === 0 ? undefined : { script: words.join(" "), wrapper: "ssh", elsewhere: true };
}

/** The words behind the image of `docker run`, or behind the container of `docker exec`. */
function containerCommand(name: string, rest: readonly string[]): Inner | undefined {
  const verb = rest.findIndex((word) => word === "run" || word === "exec");
  const shell = rest.findIndex(
    (word, index) =>
      index > verb + 1 && (SHELLS.has(word.split("/").at(-1) ?? "") || word === "chroot" || word === "nsenter"),
  );
  return shell < 0 ? undefined : { argv: rest.slice(shell), wrapper: name, elsewhere: true };
}

function withScript(wrapper: string, rest: readonly string[], option: RegExp): Inner | undefined {
  const at = rest.findIndex((word) => option.test(word));
  const script = at < 0 ? undefined : rest[at + 1];
  return script === undefined ? undefined : { script, wrapper };
}

function afterWord(wrapper: string, rest: readonly string[], option: RegExp): Inner | undefined {
  const at = rest.findIndex((word) => option.test(word));
  return at < 0
    ? undefined
    : fromWords(
        wrapper,
        rest.slice(at + 1).filter((word) => word !== ";" && word !== "+"),
      );
}

/** The words behind the options; `valued` are the letters of short options whose value is a word of its own. */
export function skipOptions(words: readonly string[], valued: string): readonly string[] {
  let at = 0;
  while (at < words.length) {
    const word = words[at] ?? "";
    if (word === "--") {
      return words.slice(at + 1);
    }
    if (!/^-./.test(word)) {
      break;
    }
    const separate = /^-[A-Za-z]$/.test(word) && valued.includes(word.charAt(1));
    at += separate ? 2 : 1;
  }
  return words.slice(at);
}

function countWhile(words: readonly string[], holds: (word: string) => boolean): number {
  const first = words.findIndex((word) => !holds(word));
  return first < 0 ? words.length : first;
}
