/** Commands about files and programs that must speak as the image's own do. */
import { generateKeyPairSync } from "node:crypto";
import type { FileNode } from "../../files.ts";
import {
  type Answer,
  type Call,
  type Command,
  type Commands,
  fail,
  hasFlag,
  nothing,
  operands,
  out,
  quoted,
} from "./command.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const HALF_YEAR_MS = 15_778_476_000;

const ls: Command = (call) => {
  const names = operands(call.args).length === 0 ? ["."] : operands(call.args);
  const all = hasFlag(call.args, "a");
  const long = hasFlag(call.args, "l");
  const recursive = hasFlag(call.args, "R");
  const { files } = call.tools;
  let stderr = "";
  let status = 0;
  const blocks: string[] = [];
  const single: string[] = [];
  const folders: [string, string][] = [];
  for (const name of names) {
    const path = call.path(name);
    const node = files.node(path, !long) ?? files.node(path, false);
    if (node === undefined) {
      stderr += call.busybox
        ? `ls: ${name}: No such file or directory\n`
        : `ls: cannot access '${name}': No such file or directory\n`;
      status = call.busybox ? 1 : 2;
    } else if (node.type === "directory" && !hasFlag(call.args, "d")) {
      folders.push([name, path]);
    } else {
      single.push(long ? longLine(call, node, name) : name);
    }
  }
  if (single.length > 0) {
    blocks.push(`${single.join("\n")}\n`);
  }
  let left = ENTRIES_MAX;
  const show = (name: string, path: string): void => {
    const entries = [
      ...(all ? [".", ".."] : []),
      ...files.names(path).filter((each) => all || hasFlag(call.args, "A") || !each.startsWith(".")),
    ];
    left -= entries.length;
    const nodes = entries.map(
      (each) =>
        [each, files.node(each === "." ? path : `${path}/${each}`, each.startsWith(".") && each.length < 3)] as const,
    );
    const lines = nodes.map(([each, node]) => (long && node !== undefined ? longLine(call, node, each) : each));
    const total = long ? `total ${nodes.filter(([, node]) => node?.type !== "symlink").length * 4}\n` : "";
    const head = folders.length + single.length > 1 || recursive ? `${name}:\n` : "";
    blocks.push(`${head}${total}${lines.map((line) => `${line}\n`).join("")}`);
    for (const [each, node] of recursive && left > 0 ? nodes : []) {
      if (node?.type === "directory" && each !== "." && each !== "..") {
        show(`${name.replace(/\/$/, "")}/${each}`, `${path}/${each}`);
      }
    }
  };
  for (const [name, path] of folders) {
    show(name, path);
  }
  return { stdout: blocks.join("\n"), stderr, status };
};

/** Entries that one listing shows. */
const ENTRIES_MAX = 10_000;

function longLine(call: Call, node: FileNode, name: string): string {
  const modified = new Date(node.modified);
  const old = Math.abs(call.tools.clock.now - node.modified) > HALF_YEAR_MS;
  const day = String(modified.getUTCDate()).padStart(2);
  const time = old ? ` ${modified.getUTCFullYear()}` : modified.toISOString().slice(11, 16);
  const size = node.type === "directory" ? 4096 : node.type === "symlink" ? node.target.length : node.data.length;
  const link = node.type === "symlink" ? ` -> ${node.target}` : "";
  const owner = (id: number, path: string): string => nameOf(call, id, path).padEnd(call.busybox ? 8 : 4);
  return `${modeText(node)} ${call.busybox ? "   " : ""}${node.type === "directory" ? 2 : 1} ${owner(node.uid, "/etc/passwd")} ${owner(node.gid, "/etc/group")} ${String(size).padStart(call.busybox ? 9 : 6)} ${MONTHS[modified.getUTCMonth()]} ${day} ${time} ${name}${link}`;
}

function modeText(node: FileNode): string {
  const type = { directory: "d", symlink: "l", file: "-" }[node.type];
  const letters = [..."rwxrwxrwx"].map((letter, index) => (((node.mode >> (8 - index)) & 1) === 1 ? letter : "-"));
  const special = (bit: number, index: number, letter: string): void => {
    if ((node.mode & bit) !== 0) {
      letters[index] = letters[index] === "x" ? letter : letter.toUpperCase();
    }
  };
  special(0o4000, 2, "s");
  special(0o2000, 5, "s");
  special(0o1000, 8, "t");
  return `${type}${letters.join("")}`;
}

function nameOf(call: Call, id: number, path: string): string {
  if (id === 0) {
    return "root";
  }
  const rows = Buffer.from(call.tools.files.node(path)?.data ?? "")
    .toString()
    .split("\n");
  return rows.find((row) => row.split(":")[2] === String(id))?.split(":")[0] ?? String(id);
}

const which: Command = (call) => {
  const found = operands(call.args).map((name) => call.tools.files.programPath(name));
  return out(found.map((path) => (path === undefined ? "" : `${path}\n`)).join(""), found.includes(undefined) ? 1 : 0);
};

const BUILTINS = new Set(
  "alias bg break cd command continue echo eval exec exit export false fg getopts hash jobs kill let local printf pwd read readonly return set shift source test times trap true type ulimit umask unalias unset wait".split(
    " ",
  ),
);

const lookUp: Command = (call) => {
  const isType = call.name === "__type";
  const long = isType || call.args.includes("-V");
  let status = 0;
  let stdout = "";
  let stderr = "";
  for (const name of operands(call.args)) {
    const path = BUILTINS.has(name) ? undefined : call.tools.files.programPath(name);
    if (path !== undefined) {
      stdout += long ? `${name} is ${path}\n` : `${path}\n`;
    } else if (BUILTINS.has(name)) {
      stdout += long ? `${name} is a shell builtin\n` : `${name}\n`;
    } else {
      status = call.tools.dialect.kind === "bash" ? 1 : 127;
      if (isType) {
        stderr += call.tools.dialect.kind === "bash" ? `bash: type: ${name}: not found\n` : "";
        stdout += call.tools.dialect.kind === "bash" ? "" : `${name}: not found\n`;
      }
    }
  }
  return { stdout, stderr, status };
};

const sshKeygen: Command = async (call) => {
  const at = call.args.indexOf("-f");
  const path = at < 0 ? "/root/.ssh/id_rsa" : call.path(call.args[at + 1] ?? "");
  const comment = `${call.tools.user.name}@${call.tools.place.hostname}`;
  const { privateKey, publicKey } = generateKeyPairSync("ed25519", {
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "der" },
  });
  const raw = publicKey.subarray(-32);
  const blob = Buffer.concat([Buffer.from([0, 0, 0, 11]), Buffer.from("ssh-ed25519"), Buffer.from([0, 0, 0, 32]), raw]);
  await call.tools.files.mkdir(path.slice(0, path.lastIndexOf("/")) || "/", { recursive: true });
  await call.tools.files.writeFile(path, privateKey.replaceAll("PRIVATE KEY", "OPENSSH PRIVATE KEY"));
  await call.tools.files.chmod(path, 0o600);
  await call.tools.files.writeFile(`${path}.pub`, `ssh-ed25519 ${blob.toString("base64")} ${comment}\n`);
  return hasFlag(call.args, "q")
    ? {}
    : out(
        `Generating public/private ed25519 key pair.\nYour identification has been saved in ${path}\nYour public key has been saved in ${path}.pub\nThe key's randomart image is:\n`,
      );
};

const dd: Command = async (call) => {
  const values = new Map(
    call.args.map((each) => [each.slice(0, each.indexOf("=")), each.slice(each.indexOf("=") + 1)]),
  );
  const from = values.get("if");
  const units: Readonly<Record<string, number>> = { k: 1024, K: 1024, M: 1048576, G: 1073741824 };
  const blockText = values.get("bs") ?? "512";
  const block = Number.parseInt(blockText, 10) * (units[blockText.at(-1) ?? ""] ?? 1);
  const wanted = Math.min(block * Number(values.get("count") ?? 1), 4 * 1024 * 1024);
  const data =
    from === undefined
      ? Buffer.from(call.stdin())
      : /^\/dev\/(?:zero|urandom|random)$/.test(from)
        ? Buffer.alloc(wanted)
        : Buffer.from(await call.tools.files.readFileBuffer(call.path(from)));
  const target = values.get("of");
  if (target !== undefined && target !== "/dev/null") {
    await call.tools.files.writeFile(call.path(target), data);
  }
  return {
    stdout: target === undefined ? data.toString() : "",
    stderr: `${Math.max(1, Math.ceil(data.length / Math.max(1, block)))}+0 records in\n${Math.max(1, Math.ceil(data.length / Math.max(1, block)))}+0 records out\n${data.length} bytes copied, 0.004 s\n`,
  };
};

/** Runs another command, whatever stands before it. */
const prefix =
  (skip: RegExp): Command =>
  (call) => {
    const words = [...call.args];
    while (words[0] !== undefined && skip.test(words[0])) {
      words.shift();
    }
    return words.length === 0 ? {} : call.run(words);
  };

const nohup: Command = (call) => call.run(call.args);

const timeout: Command = async (call) => {
  const words = [...call.args];
  while (words[0]?.startsWith("-") === true) {
    words.shift();
  }
  const limit = secondsOf(words.shift() ?? "0") * 1000;
  const from = call.tools.clock.elapsed;
  const answer = await call.run(words);
  if (call.tools.clock.elapsed - from <= limit) {
    return answer;
  }
  call.tools.clock.cutTo(from + limit);
  return { ...answer, status: call.busybox ? 143 : 124 };
};

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

export function secondsOf(text: string): number {
  if (/^inf/i.test(text)) {
    return 1e9;
  }
  return (Number.parseFloat(text) || 0) * (UNITS[text.at(-1) ?? ""] ?? 1);
}

const sleep: Command = (call) => {
  const bad = call.args.find((each) => !/^(?:\d*\.?\d+[smhd]?|inf(?:inity)?)$/i.test(each));
  if (call.args.length === 0 || bad !== undefined) {
    return fail(
      bad === undefined
        ? "sleep: missing operand"
        : call.busybox
          ? `sleep: invalid number '${bad}'`
          : `sleep: invalid time interval '${bad}'`,
    );
  }
  call.tools.clock.wait(call.args.reduce((sum, each) => sum + secondsOf(each), 0) * 1000);
  return {};
};

const busybox: Command = (call) => {
  if (!call.busybox && call.tools.files.programPath("busybox") === undefined) {
    return fail("busybox: not found", 127);
  }
  return call.args.length === 0
    ? out(
        "BusyBox v1.36.1 (2024-06-10 07:11:47 UTC) multi-call binary.\nBusyBox is copyrighted by many authors between 1998-2015.\nLicensed under GPLv2. See source distribution for detailed\ncopyright notices.\n",
      )
    : call.run(call.args);
};

/** `tail -f` and servers: they go on. */
const forever: Command = (call) => {
  call.tools.endless();
  return {};
};

const sudo = prefix(/^-|=/);

const mknod: Command = async (call) => {
  const [name = ""] = operands(call.args);
  await call.tools.files.writeFile(call.path(name), "");
  return {};
};

const mktemp: Command = async (call) => {
  const letters = Array.from(
    { length: 6 },
    () => "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"[Math.floor(call.tools.random() * 62)],
  ).join("");
  const path = `/tmp/tmp.${letters}`;
  await (hasFlag(call.args, "d") ? call.tools.files.mkdir(path) : call.tools.files.writeFile(path, ""));
  return out(`${path}\n`);
};

/** A program that a visitor brought: it starts, says nothing, and goes on beside the script, or for ever. */
const binary: Command = (call): Answer => {
  call.tools.observe("other", `starts ${quoted(call.args)}`);
  if (!call.tools.clock.isBeside) {
    call.tools.endless();
  }
  return {};
};

export const FILE_COMMANDS: Commands = {
  ls,
  dir: ls,
  which,
  __command: lookUp,
  __type: lookUp,
  __binary: binary,
  "ssh-keygen": sshKeygen,
  dd,
  nohup,
  setsid: prefix(/^-/),
  nice: prefix(/^-|^\d+$/),
  ionice: prefix(/^-|^\d+$/),
  stdbuf: prefix(/^-/),
  sudo,
  su: (call) => {
    const at = call.args.indexOf("-c");
    return at < 0 ? {} : call.run(["sh", "-c", call.args[at + 1] ?? ""]);
  },
  timeout,
  sleep,
  usleep: nothing,
  busybox,
  yes: forever,
  top: forever,
  watch: forever,
  mknod,
  mkfifo: mknod,
  mktemp,
  install: (call) => call.run(["cp", ...operands(call.args).filter((each) => !/^\d+$/.test(each))]),
  tty: () => fail("not a tty"),
  stty: nothing,
  reset: nothing,
  fuser: () => ({ status: 1 }),
  lsof: () => ({ status: 1 }),
  visudo: nothing,
  hash: nothing,
};
