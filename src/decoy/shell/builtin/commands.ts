/** Programs of the small shell. */
import { setTimeout as sleep } from "node:timers/promises";
import { cleanPath } from "../files.ts";
import type { ShellState, Streams } from "./state.ts";

type Run = (state: ShellState, argv: readonly string[], streams: Streams) => Promise<number> | number;

const print = (streams: Streams, text: string): number => {
  streams.stdout(Buffer.from(text));
  return 0;
};

const complain = (streams: Streams, text: string): number => {
  streams.stderr(Buffer.from(`${text}\n`));
  return 1;
};

const pathIn = (state: ShellState, path: string): string =>
  cleanPath(path.startsWith("/") ? path : `${state.workdir}/${path}`);

const operands = (argv: readonly string[]): string[] => argv.slice(1).filter((argument) => !argument.startsWith("-"));

/** The contents of the files named, or of the input; undefined after a complaint. */
async function contents(state: ShellState, argv: readonly string[], streams: Streams): Promise<Buffer | undefined> {
  const files = operands(argv);
  if (files.length === 0) {
    return streams.stdin.readAll();
  }
  const parts: Uint8Array[] = [];
  for (const name of files) {
    const node = state.world.get(pathIn(state, name));
    if (node?.type !== "file") {
      complain(
        streams,
        `${argv[0]}: ${node === undefined ? `can't open '${name}': No such file or directory` : "read error: Is a directory"}`,
      );
      return undefined;
    }
    parts.push(node.data);
  }
  return Buffer.concat(parts);
}

const escapes = (text: string): string =>
  text.replaceAll(/\\(n|t|r|\\|0\d{1,3}|x[0-9a-fA-F]{1,2})/g, (_, code: string) => {
    const simple: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "\\": "\\" };
    return (
      simple[code] ??
      String.fromCharCode(code.startsWith("x") ? Number.parseInt(code.slice(1), 16) : Number.parseInt(code, 8))
    );
  });

async function lines(state: ShellState, argv: readonly string[], streams: Streams, fromEnd: boolean): Promise<number> {
  const wished = argv.slice(1).find((argument) => /^-n?\d+$/.test(argument));
  const separate = argv.indexOf("-n");
  const count = wished === undefined ? Number(argv[separate + 1] ?? 10) : Number(wished.replace(/^-n?/, ""));
  const files = argv.filter(
    (argument, index) =>
      index > 0 && argument !== wished && (separate < 0 || (index !== separate && index !== separate + 1)),
  );
  const bytes = await contents(state, ["x", ...files], streams);
  if (bytes === undefined) {
    return 1;
  }
  const all = bytes.toString("latin1").split(/(?<=\n)/);
  const most = separate < 0 && wished === undefined ? 10 : count;
  streams.stdout(Buffer.from((fromEnd ? all.slice(-most) : all.slice(0, most)).join(""), "latin1"));
  return 0;
}

function list(state: ShellState, argv: readonly string[], streams: Streams): number {
  const flags = argv.filter((argument) => argument.startsWith("-")).join("");
  let status = 0;
  for (const name of operands(argv).length === 0 ? ["."] : operands(argv)) {
    const path = pathIn(state, name);
    const node = state.world.get(path);
    if (node === undefined) {
      status = complain(streams, `ls: ${name}: No such file or directory`);
      continue;
    }
    const shown =
      node.type === "directory" && !flags.includes("d")
        ? state.world.list(path).filter((entry) => flags.includes("a") || !entry.startsWith("."))
        : [name];
    for (const entry of shown) {
      const full = shown.length === 1 && entry === name ? path : `${path}/${entry}`;
      print(streams, flags.includes("l") ? longLine(state, full, entry) : `${entry}\n`);
    }
  }
  return status;
}

function longLine(state: ShellState, path: string, name: string): string {
  const node = state.world.get(path, false);
  const letters = "rwxrwxrwx";
  const mode = [...letters].map((letter, index) => (((node?.mode ?? 0) >> (8 - index)) & 1 ? letter : "-")).join("");
  const type = { directory: "d", symlink: "l", file: "-" }[node?.type ?? "file"];
  const when = new Date(node?.modified ?? 0).toUTCString().slice(5, 22);
  return `${type}${mode}    1 root     root     ${String(node?.data.length ?? 0).padStart(9)} ${when.slice(3, 6)} ${when.slice(0, 2)} ${when.slice(12, 17)} ${name}${node?.type === "symlink" ? ` -> ${node.target}` : ""}\n`;
}

function test(state: ShellState, argv: readonly string[]): number {
  const words = argv.slice(1).filter((word, index, all) => !(word === "]" && index === all.length - 1));
  const [first = "", second = "", third = ""] = words;
  if (first === "!") {
    return test(state, ["test", ...words.slice(1)]) === 0 ? 1 : 0;
  }
  const node = state.world.get(pathIn(state, second));
  const holds: Readonly<Record<string, boolean>> = {
    "-n": second !== "",
    "-z": second === "",
    "-e": node !== undefined,
    "-f": node?.type === "file",
    "-d": node?.type === "directory",
    "-x": node !== undefined && (node.mode & 0o111) !== 0,
    "-r": node !== undefined,
    "-w": node !== undefined,
    "-s": (node?.data.length ?? 0) > 0,
  };
  const compared: Readonly<Record<string, boolean>> = {
    "=": first === third,
    "==": first === third,
    "!=": first !== third,
    "-eq": Number(first) === Number(third),
    "-ne": Number(first) !== Number(third),
    "-lt": Number(first) < Number(third),
    "-gt": Number(first) > Number(third),
    "-le": Number(first) <= Number(third),
    "-ge": Number(first) >= Number(third),
  };
  const answer = words.length >= 3 ? compared[second] : words.length === 2 ? holds[first] : first !== "";
  return answer === true ? 0 : 1;
}

async function count(state: ShellState, argv: readonly string[], streams: Streams): Promise<number> {
  const bytes = await contents(state, argv, streams);
  if (bytes === undefined) {
    return 1;
  }
  const text = bytes.toString("latin1");
  const flags = argv.filter((argument) => argument.startsWith("-")).join("") || "-lwc";
  const numbers = [
    ...(flags.includes("l") ? [text.split("\n").length - 1] : []),
    ...(flags.includes("w") ? [text.split(/\s+/).filter(Boolean).length] : []),
    ...(flags.includes("c") ? [bytes.length] : []),
  ];
  return print(streams, `${[...numbers, ...operands(argv)].join(" ")}\n`);
}

function uname(state: ShellState, argv: readonly string[], streams: Streams): number {
  const { machine, hostname } = state.world.place;
  const flags = argv.slice(1).join("") || "-s";
  const all = flags.includes("a");
  const parts = [
    [all || flags.includes("s"), "Linux"],
    [all || flags.includes("n"), hostname],
    [all || flags.includes("r"), machine.kernel],
    [all || flags.includes("v"), machine.kernelVersion],
    [all || flags.includes("m"), machine.architecture],
    [all || flags.includes("o"), all ? "GNU/Linux" : "GNU/Linux"],
  ] as const;
  return print(streams, `${parts.flatMap(([wanted, text]) => (wanted ? [text] : [])).join(" ")}\n`);
}

const asRoot = (state: ShellState): boolean => ["", "root", "0", "0:0"].includes(state.world.place.user);

export const COMMANDS: Readonly<Record<string, Run>> = {
  ":": () => 0,
  "[": test,
  true: () => 0,
  false: () => 1,
  test,
  echo: (_, argv, streams) => {
    const flags = argv[1]?.startsWith("-") === true && /^-[neE]+$/.test(argv[1]) ? argv[1] : "";
    const text = argv.slice(flags === "" ? 1 : 2).join(" ");
    return print(streams, `${flags.includes("e") ? escapes(text) : text}${flags.includes("n") ? "" : "\n"}`);
  },
  printf: (_, argv, streams) => {
    const values = argv.slice(2);
    return print(
      streams,
      escapes(argv[1] ?? "").replaceAll(/%[sd]/g, () => values.shift() ?? ""),
    );
  },
  cat: async (state, argv, streams) => {
    const bytes = await contents(state, argv, streams);
    if (bytes === undefined) {
      return 1;
    }
    streams.stdout(bytes);
    return 0;
  },
  sleep: async (state, argv, _streams) => {
    const seconds = argv
      .slice(1)
      .reduce((sum, text) => sum + (Number.parseFloat(text) || (text === "infinity" ? 1e9 : 0)), 0);
    await sleep(Math.min(seconds * 1000, 2 ** 31 - 1), undefined, { signal: state.signal, ref: false }).catch(
      () => undefined,
    );
    return 0;
  },
  head: (state, argv, streams) => lines(state, argv, streams, false),
  tail: async (state, argv, streams) => {
    if (argv.includes("-f") && argv.includes("/dev/null")) {
      return (COMMANDS["sleep"] as Run)(state, ["sleep", "infinity"], streams);
    }
    return lines(state, argv, streams, true);
  },
  wc: count,
  ls: list,
  uname,
  id: (state, argv, streams) =>
    print(
      streams,
      argv.includes("-u")
        ? `${asRoot(state) ? 0 : 1000}\n`
        : asRoot(state)
          ? "uid=0(root) gid=0(root) groups=0(root)\n"
          : "uid=1000 gid=1000\n",
    ),
  whoami: (state, _, streams) => print(streams, asRoot(state) ? "root\n" : `${state.world.place.user}\n`),
  hostname: (state, _, streams) => print(streams, `${state.world.place.hostname}\n`),
  pwd: (state, _, streams) => print(streams, `${state.workdir}\n`),
  nproc: (state, _, streams) => print(streams, `${state.world.place.machine.cpus}\n`),
  date: (_, _argv, streams) =>
    print(
      streams,
      `${new Date().toUTCString().replace(/^(\w+), (\d+) (\w+) (\d+) ([\d:]+) GMT$/, "$1 $3 $2 $5 UTC $4")}\n`,
    ),
  env: (state, _, streams) =>
    print(streams, [...state.variables].map(([name, value]) => `${name}=${value}\n`).join("")),
  export: (state, argv) => {
    for (const assignment of argv.slice(1)) {
      const equals = assignment.indexOf("=");
      if (equals > 0) {
        state.variables.set(assignment.slice(0, equals), assignment.slice(equals + 1));
      }
    }
    return 0;
  },
  cd: (state, argv, streams) => {
    const path = pathIn(state, argv[1] ?? "/root");
    if (state.world.get(path)?.type !== "directory") {
      return complain(streams, `sh: cd: can't cd to ${argv[1]}: No such file or directory`);
    }
    state.workdir = path;
    return 0;
  },
  mkdir: (state, argv, streams) => {
    for (const name of operands(argv)) {
      const found = state.world.find(pathIn(state, name));
      if (found.readOnly || !found.tree.makeFolder(found.path, argv.includes("-p"))) {
        return complain(
          streams,
          `mkdir: can't create directory '${name}': ${found.readOnly ? "Read-only file system" : "File exists"}`,
        );
      }
    }
    return 0;
  },
  rm: (state, argv, streams) => {
    const force = argv.some((argument) => /^-\w*f/.test(argument));
    for (const name of operands(argv)) {
      const found = state.world.find(pathIn(state, name));
      if (found.readOnly || (!found.tree.remove(found.path) && !force)) {
        return complain(
          streams,
          `rm: can't remove '${name}': ${found.readOnly ? "Read-only file system" : "No such file or directory"}`,
        );
      }
    }
    return 0;
  },
  touch: (state, argv) => {
    for (const name of operands(argv)) {
      const path = pathIn(state, name);
      state.world.write(path, state.world.get(path)?.data ?? new Uint8Array());
    }
    return 0;
  },
};
