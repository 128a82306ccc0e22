/** Commands that change the machine: mounts, roots, accounts, services, kernel settings, scheduled work. */
import { ROOT_DEVICE } from "../../generated-files.ts";
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
} from "./command.ts";
import { MACHINE_COMMANDS } from "./machine.ts";

/** Where the host's files are mounted for `nsenter`: no visitor can name it. */
const HIDDEN_HOST = "/\0host";

const DEFAULT_SHELL = ["/bin/sh", "-i"];

const chroot: Command = async (call) => {
  const words = call.args.filter((each) => !each.startsWith("--userspec") && !each.startsWith("--groups"));
  const [target = "", ...program] = words;
  const name = call.busybox
    ? `chroot: can't change root directory to '${target}'`
    : `chroot: cannot change root directory to '${target}'`;
  if (target === "") {
    return call.busybox
      ? fail(
          "BusyBox v1.36.1 (2024-06-10 07:11:47 UTC) multi-call binary.\n\nUsage: chroot NEWROOT [PROG ARGS]\n\nRun PROG with root directory set to NEWROOT",
        )
      : fail("chroot: missing operand\nTry 'chroot --help' for more information.", 125);
  }
  const node = call.tools.files.node(call.path(target));
  if (node?.type !== "directory") {
    return fail(
      `${name}: ${node === undefined ? "No such file or directory" : "Not a directory"}`,
      call.busybox ? 1 : 125,
    );
  }
  if (call.tools.user.uid !== 0) {
    return fail(`${name}: Operation not permitted`, call.busybox ? 1 : 125);
  }
  const root = call.tools.files.world.resolve(call.path(target), true, call.tools.files.root);
  return below(call, root, program);
};

/** Runs a program with another root. */
async function below(call: Call, root: string, program: readonly string[]): Promise<Answer> {
  const { files } = call.tools;
  const words = program.length === 0 ? DEFAULT_SHELL.slice(0, 1) : program;
  const before = files.root;
  files.root = root;
  try {
    const [first = ""] = words;
    if (files.programPath(first) === undefined) {
      return fail(
        call.busybox
          ? `${call.name}: can't execute '${first}': No such file or directory`
          : `${call.name}: failed to run command '${first}': No such file or directory`,
        127,
      );
    }
    return await call.run(words);
  } finally {
    files.root = before;
  }
}

const nsenter: Command = async (call) => {
  const { tools, args } = call;
  let index = 0;
  let target = "";
  let mounts = false;
  for (; index < args.length; index += 1) {
    const word = args[index] ?? "";
    if (word === "--") {
      index += 1;
      break;
    }
    if (!word.startsWith("-")) {
      break;
    }
    const [, inline] = /^(?:-t|--target=?)(\d+)$/.exec(word) ?? [];
    if (inline !== undefined) {
      target = inline;
    } else if (word === "-t" || word === "--target") {
      index += 1;
      target = args[index] ?? "";
    }
    mounts ||= /^-\w*[ma]/.test(word) || /^--(?:mount|all)/.test(word);
  }
  const seesHost = tools.place.pidMode === "host";
  if (target === "") {
    return fail("nsenter: neither filename nor target pid supplied for ns/mnt");
  }
  if (!tools.privileged || tools.user.uid !== 0) {
    return fail(
      call.busybox
        ? `nsenter: can't open '/proc/${target}/ns/ipc': Permission denied`
        : `nsenter: cannot open /proc/${target}/ns/ipc: Permission denied`,
    );
  }
  const program = args.slice(index);
  if (!seesHost || !mounts) {
    return below(call, tools.files.root, program);
  }
  const { world } = tools.files;
  if (!world.mounts.some((mount) => mount.target === HIDDEN_HOST)) {
    world.setMounts([...world.mounts, { target: HIDDEN_HOST, tree: world.host, source: "/", readOnly: false }]);
  }
  return below(call, HIDDEN_HOST, program);
};

const mount: Command = (call) => {
  const { tools } = call;
  const types = new Set<string>();
  const words: string[] = [];
  for (let index = 0; index < call.args.length; index += 1) {
    const word = call.args[index] ?? "";
    if (word === "-t" || word === "-o") {
      index += 1;
      types.add(call.args[index] ?? "");
    } else if (!word.startsWith("-")) {
      words.push(word);
    }
  }
  if (words.length === 0) {
    return MACHINE_COMMANDS["mounts"]?.(call) ?? {};
  }
  const [device = "", target = ""] = words;
  if (!tools.privileged || tools.user.uid !== 0) {
    return fail(
      call.busybox ? "mount: permission denied (are you root?)" : `mount: ${target}: permission denied.`,
      call.busybox ? 1 : 32,
    );
  }
  if (tools.files.node(call.path(target))?.type !== "directory") {
    return fail(
      call.busybox
        ? `mount: mounting ${device} on ${target} failed: No such file or directory`
        : `mount: ${target}: mount point does not exist.`,
      call.busybox ? 255 : 32,
    );
  }
  const place = tools.files.world.resolve(call.path(target), true, tools.files.root);
  const { world } = tools.files;
  const bound = tools.files.node(call.path(device));
  if (/^\/dev\/(?:sda1?|vda1?|xvda1?|nvme0n1(?:p1)?|root|dm-0)$/.test(device)) {
    if (device !== ROOT_DEVICE && device !== "/dev/root") {
      return fail(
        call.busybox
          ? `mount: mounting ${device} on ${target} failed: No such file or directory`
          : `mount: ${target}: special device ${device} does not exist.`,
        call.busybox ? 255 : 32,
      );
    }
    world.setMounts([...world.mounts, { target: place, tree: world.host, source: "/", readOnly: types.has("ro") }]);
  } else if (hasFlag(call.args, "B") || call.args.includes("--bind") || types.has("bind")) {
    if (bound === undefined) {
      return fail(`mount: mounting ${device} on ${target} failed: No such file or directory`, 255);
    }
    const from = world.find(world.resolve(call.path(device), true, tools.files.root));
    world.setMounts([
      ...world.mounts,
      { target: place, tree: from.tree, source: from.path, readOnly: types.has("ro") },
    ]);
  }
  tools.observe("other", `mount ${device} ${target}`);
  return {};
};

const chattr: Command = (call) => {
  const [change = "", ...names] = call.args.filter((each) => !["-R", "-f", "-V"].includes(each));
  const changes = call.args.filter((each) => /^[-+=][aiAsSucdDtT]+$/.test(each));
  const files = changes.length > 1 ? names.filter((each) => !changes.includes(each)) : names;
  if (files.length === 0) {
    return fail("Usage: chattr [-pRVf] [-+=aAcCdDeijPsStTuFx] [-v version] files...");
  }
  let stderr = "";
  for (const name of files) {
    const path = call.path(name);
    if (call.tools.files.node(path) === undefined) {
      stderr += `chattr: No such file or directory while trying to stat ${name}\n`;
      continue;
    }
    if (
      !call.tools.privileged &&
      call.tools.files.world.find(path).tree === call.tools.files.world.own &&
      /[ai]/.test(change) &&
      !change.startsWith("-")
    ) {
      stderr += `chattr: Operation not permitted while setting flags on ${name}\n`;
      continue;
    }
    call.tools.files.change(
      path,
      (node) => {
        const letters = new Set(node.attributes ?? "");
        for (const each of changes) {
          for (const letter of each.slice(1)) {
            each.startsWith("-") ? letters.delete(letter) : letters.add(letter);
          }
        }
        const { attributes: _, ...plain } = node;
        return letters.size === 0 ? plain : { ...plain, attributes: [...letters].sort().join("") };
      },
      "chattr",
    );
  }
  return { stderr, status: stderr === "" ? 0 : 1 };
};

const lsattr: Command = (call) => {
  const names = operands(call.args).length === 0 ? ["."] : operands(call.args);
  const lines = names.flatMap((name) => {
    const path = call.path(name);
    const node = call.tools.files.node(path);
    if (node?.type === "directory" && !hasFlag(call.args, "d")) {
      return call.tools.files.names(path).map((entry) => `${name}/${entry}`);
    }
    return node === undefined ? [] : [name];
  });
  return out(
    lines
      .map((name) => {
        const letters = call.tools.files.node(call.path(name))?.attributes ?? "";
        return `----${letters.includes("i") ? "i" : "-"}${letters.includes("a") ? "a" : "-"}--------e------- ${name}\n`;
      })
      .join(""),
  );
};

const crontab: Command = async (call) => {
  const user = call.args.includes("-u") ? (call.args[call.args.indexOf("-u") + 1] ?? "root") : call.tools.user.name;
  const folder =
    ["/var/spool/cron/crontabs", "/etc/crontabs", "/var/spool/cron"].find(
      (path) => call.tools.files.node(path)?.type === "directory",
    ) ?? "/var/spool/cron/crontabs";
  const path = `${folder}/${user}`;
  if (hasFlag(call.args, "l")) {
    const node = call.tools.files.node(path);
    return node === undefined
      ? fail(call.busybox ? `crontab: can't open '${user}': No such file or directory` : `no crontab for ${user}`)
      : out(Buffer.from(node.data).toString());
  }
  if (hasFlag(call.args, "r")) {
    await call.tools.files.rm(path, { force: true });
    return {};
  }
  const [source] = call.args.filter((each) => each === "-" || !each.startsWith("-")).filter((each) => each !== user);
  const text =
    source === undefined || source === "-"
      ? call.stdin()
      : await call.tools.files.readFile(call.path(source), "utf8").catch(() => undefined);
  if (text === undefined) {
    return fail(`${source}: No such file or directory`);
  }
  await call.tools.files.mkdir(folder, { recursive: true });
  await call.tools.files.writeFile(path, text);
  await call.tools.files.chmod(path, 0o600);
  return {};
};

const chown: Command = (call) => {
  const [owner = "", ...names] = operands(call.args);
  const [user, group] = owner.split(/[:.]/);
  const uid = uidOf(call, user ?? "");
  const gid = group === undefined ? undefined : uidOf(call, group);
  let stderr = "";
  if (uid === undefined && user !== "") {
    return fail(call.busybox ? `chown: unknown user ${user}` : `chown: invalid user: '${owner}'`);
  }
  const change = (path: string, shown: string): void => {
    if (call.tools.files.node(path) === undefined) {
      stderr += call.busybox
        ? `chown: ${shown}: No such file or directory\n`
        : `chown: cannot access '${shown}': No such file or directory\n`;
      return;
    }
    call.tools.files.change(path, (node) => ({ ...node, uid: uid ?? node.uid, gid: gid ?? node.gid }), "chown");
    if (hasFlag(call.args, "R") && call.tools.files.node(path)?.type === "directory") {
      for (const name of call.tools.files.names(path)) {
        change(`${path}/${name}`, `${shown}/${name}`);
      }
    }
  };
  for (const name of names) {
    change(call.path(name), name);
  }
  return { stderr, status: stderr === "" ? 0 : 1 };
};

function uidOf(call: Call, name: string): number | undefined {
  if (/^\d+$/.test(name)) {
    return Number(name);
  }
  const row = textOf(call, "/etc/passwd")
    .split("\n")
    .find((each) => each.startsWith(`${name}:`));
  return row === undefined ? undefined : Number(row.split(":")[2]);
}

const textOf = (call: Call, path: string): string => Buffer.from(call.tools.files.node(path)?.data ?? "").toString();

/** Options of the account commands that take a value. */
const WITH_VALUE = new Set(["-d", "-s", "-u", "-g", "-G", "-c", "-p", "-o", "-e", "-h"]);

const useradd: Command = async (call) => {
  const values = new Map<string, string>();
  let name = "";
  for (let index = 0; index < call.args.length; index += 1) {
    const word = call.args[index] ?? "";
    if (WITH_VALUE.has(word)) {
      index += 1;
      values.set(word, call.args[index] ?? "");
    } else if (!word.startsWith("-")) {
      name = name === "" ? word : name;
    }
  }
  if (name === "" || call.tools.user.uid !== 0) {
    return name === "" ? fail(`Usage: ${call.name} [options] LOGIN`, 2) : fail(`${call.name}: Permission denied.`);
  }
  const passwd = textOf(call, "/etc/passwd");
  if (passwd.split("\n").some((row) => row.startsWith(`${name}:`))) {
    return call.busybox
      ? fail(`adduser: user '${name}' in use`)
      : fail(`${call.name}: user '${name}' already exists`, 9);
  }
  const ids = passwd
    .split("\n")
    .map((row) => Number(row.split(":")[2]))
    .filter((id) => id >= 1000 && id < 60_000);
  const uid = values.get("-u") ?? String(Math.max(999, ...ids) + 1);
  const home = values.get("-d") ?? `/home/${name}`;
  await call.tools.files.appendFile(
    "/etc/passwd",
    `${name}:x:${uid}:${uid}:${values.get("-c") ?? ""}:${home}:${values.get("-s") ?? "/bin/sh"}\n`,
  );
  await call.tools.files.appendFile("/etc/shadow", `${name}:${values.get("-p") ?? "!"}:19900:0:99999:7:::\n`);
  await call.tools.files.appendFile("/etc/group", `${name}:x:${uid}:\n`);
  await call.tools.files.mkdir(home, { recursive: true });
  return {};
};

const sysctl: Command = async (call) => {
  const setting = call.args.find((each) => each.includes("="));
  if (setting === undefined) {
    const [name = ""] = operands(call.args);
    const node = call.tools.files.node(`/proc/sys/${name.replaceAll(".", "/")}`);
    return node === undefined
      ? fail(
          call.busybox
            ? `sysctl: error: '${name}' is an unknown key`
            : `sysctl: cannot stat /proc/sys/${name.replaceAll(".", "/")}: No such file or directory`,
        )
      : out(`${name} = ${Buffer.from(node.data).toString().trim()}\n`);
  }
  const [name = "", value = ""] = setting.split("=", 2);
  if (!call.tools.privileged) {
    return fail(
      call.busybox
        ? `sysctl: error setting key '${name.trim()}': Read-only file system`
        : `sysctl: setting key "${name.trim()}": Read-only file system`,
    );
  }
  return out(`${name.trim()} = ${value.trim()}\n`);
};

const modprobe: Command = (call) => {
  const [name = ""] = operands(call.args);
  if (call.name === "lsmod") {
    return out(
      "Module                  Size  Used by    Not tainted\nveth                   40960  0 \nxt_nat                 16384  2 \nbr_netfilter           36864  0 \noverlay               163840  4 \n",
    );
  }
  if (!call.tools.privileged) {
    return fail(
      call.name === "insmod"
        ? `insmod: can't insert '${name}': Operation not permitted`
        : `modprobe: can't change directory to '/lib/modules': No such file or directory`,
    );
  }
  return call.name === "modprobe" && name !== "msr" ? fail(`modprobe: module ${name} not found in modules.dep`) : {};
};

const systemctl: Command = (call) => {
  if (!call.tools.files.root.includes("\0")) {
    const inRoot = call.tools.files.root !== "/";
    return inRoot
      ? fail("Running in chroot, ignoring request.", 0)
      : fail(
          "System has not been booted with systemd as init system (PID 1). Can't operate.\nFailed to connect to bus: Host is down",
        );
  }
  const [action = "", unit = ""] = operands(call.args);
  if (action === "is-active") {
    return out("active\n");
  }
  if (action === "enable") {
    return {
      stderr: `Created symlink /etc/systemd/system/multi-user.target.wants/${unit.replace(/\.service$/, "")}.service → /etc/systemd/system/${unit.replace(/\.service$/, "")}.service.\n`,
    };
  }
  return {};
};

const kill: Command = (call) => {
  const names = call.args.filter((each) => !each.startsWith("-"));
  if (hasFlag(call.args, "l")) {
    return out("HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM\n");
  }
  if (call.name !== "kill") {
    return call.name === "killall"
      ? fail(names.map((name) => `killall: ${name}: no process killed`).join("\n"))
      : { status: 1 };
  }
  const missing = names.filter((name) => !["1", "0"].includes(name));
  return missing.length === 0
    ? {}
    : fail(
        missing
          .map(
            (name) =>
              `${call.tools.dialect.kind === "bash" ? "bash: line 1" : call.tools.dialect.name}: ${call.busybox ? `can't kill pid ${name}` : `kill: (${name}) -`}${call.busybox ? ":" : ""} No such process`,
          )
          .join("\n"),
      );
};

export const HOST_COMMANDS: Commands = {
  chroot,
  nsenter,
  unshare: (call) =>
    call.tools.privileged
      ? call.run(operands(call.args).length === 0 ? ["sh"] : operands(call.args))
      : fail("unshare: unshare(0x20000): Operation not permitted"),
  mount,
  umount: (call) => {
    const [target = ""] = operands(call.args);
    const { world } = call.tools.files;
    const place = world.resolve(call.path(target), true, call.tools.files.root);
    if (!call.tools.privileged) {
      return fail(
        call.busybox
          ? `umount: can't unmount ${target}: Operation not permitted`
          : `umount: ${target}: must be superuser to unmount.`,
        call.busybox ? 1 : 32,
      );
    }
    world.setMounts(world.mounts.filter((each) => each.target !== place));
    return {};
  },
  chattr,
  lsattr,
  crontab,
  chown,
  chgrp: nothing,
  useradd,
  adduser: useradd,
  userdel: nothing,
  usermod: nothing,
  passwd: (call) =>
    call.stdin() === ""
      ? fail("passwd: Authentication token manipulation error", 10)
      : { stderr: "passwd: password updated successfully\n" },
  chpasswd: nothing,
  sysctl,
  modprobe,
  insmod: modprobe,
  lsmod: modprobe,
  systemctl,
  service: (call) => (call.tools.files.root === "/" ? fail(`${call.args[0] ?? ""}: unrecognized service`) : {}),
  "rc-service": nothing,
  "update-rc.d": nothing,
  iptables: (call) =>
    call.tools.privileged || call.tools.files.root.includes("\0")
      ? {}
      : fail(
          "iptables v1.8.9 (legacy): can't initialize iptables table `filter': Permission denied (you must be root)\nPerhaps iptables or your kernel needs to be upgraded.",
          3,
        ),
  ufw: nothing,
  setenforce: nothing,
  swapoff: nothing,
  sync: nothing,
  kill,
  killall: kill,
  pkill: kill,
  pgrep: () => ({ status: 1 }),
  pidof: () => ({ status: 1 }),
  umask: (call) => (call.args.length === 0 ? out("0022\n") : {}),
  ulimit: (call) => (call.args.length <= 1 && !/\d/.test(call.args.join("")) ? out("1048576\n") : {}),
  trap: nothing,
  jobs: nothing,
  bg: nothing,
  fg: nothing,
  disown: nothing,
};
