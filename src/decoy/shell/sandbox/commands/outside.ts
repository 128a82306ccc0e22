/** Commands that would reach for something outside: they take the address, and nothing is ever resolved or fetched. */
import { file } from "../../files.ts";
import { type Call, type Command, type Commands, fail, nothing, operands, out } from "./command.ts";

/** How long the pretended resolver is waited for, milliseconds. */
const LOOKUP_MS = 2500;

const hostOf = (url: string): string =>
  /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/]*@)?(\[[^\]]*\]|[^:/?#]*)/i.exec(url)?.[1] ?? url;
const portOf = (url: string): string =>
  /^(?:[a-z]+:\/\/)?[^/]*?:(\d+)/i.exec(url)?.[1] ?? (url.startsWith("https:") ? "443" : "80");
const isAddress = (host: string): boolean => /^\d+\.\d+\.\d+\.\d+$/.test(host) || host.startsWith("[");

/** Options of curl and wget that take a value. */
const CURL_VALUES = new Set([
  "-o",
  "-H",
  "-d",
  "-X",
  "-A",
  "-u",
  "-m",
  "-e",
  "-x",
  "-T",
  "-F",
  "-b",
  "-c",
  "-w",
  "--output",
  "--header",
  "--data",
  "--data-binary",
  "--data-raw",
  "--request",
  "--user-agent",
  "--max-time",
  "--connect-timeout",
  "--retry",
  "--retry-delay",
  "--url",
  "--resolve",
  "--interface",
  "--socks5",
  "--proxy",
  "--upload-file",
  "--unix-socket",
]);
const WGET_VALUES = new Set(["-O", "-o", "-P", "-T", "-t", "-U", "--header", "--post-data", "--user-agent"]);

/** Words that are no options, and the values of options. */
function sortWords(
  args: readonly string[],
  valued: ReadonlySet<string>,
): { words: string[]; flags: string; values: Map<string, string> } {
  const words: string[] = [];
  const values = new Map<string, string>();
  let flags = "";
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? "";
    const last = /^-[A-Za-z]{2,}$/.test(arg) ? `-${arg.at(-1)}` : arg;
    if (valued.has(last)) {
      flags += arg.startsWith("--") ? "" : arg.slice(1, -1);
      index += 1;
      values.set(last, args[index] ?? "");
    } else if (/^--?[\w]/.test(arg)) {
      const [, name = "", value] = /^(--[\w-]+)=(.*)$/.exec(arg) ?? [];
      if (value === undefined) {
        flags += arg.startsWith("--") ? ` ${arg} ` : arg.slice(1);
      } else {
        values.set(name, value);
      }
    } else {
      words.push(arg);
    }
  }
  return { words, flags, values };
}

const curl: Command = (call) => {
  const { words, flags, values } = sortWords(call.args, CURL_VALUES);
  const urls = [...(values.has("--url") ? [values.get("--url") ?? ""] : []), ...words];
  if (flags.includes("V") || flags.includes("--version")) {
    return out(
      "curl 8.9.1 (x86_64-alpine-linux-musl) libcurl/8.9.1 OpenSSL/3.3.2 zlib/1.3.1\nProtocols: file ftp ftps http https ws wss\n",
    );
  }
  const [url] = urls;
  if (url === undefined) {
    return fail("curl: try 'curl --help' or 'curl --manual' for more information", 2);
  }
  for (const each of urls) {
    call.tools.observe("fetch", each);
  }
  const host = hostOf(url);
  const quiet = flags.includes("s") && !flags.includes("S");
  const wait =
    Number(values.get("-m") ?? values.get("--max-time") ?? values.get("--connect-timeout") ?? Number.NaN) * 1000;
  if (isAddress(host)) {
    call.tools.clock.work(Number.isNaN(wait) ? 3100 : Math.min(wait, 3100));
    return quiet
      ? { status: 7 }
      : fail(`curl: (7) Failed to connect to ${host} port ${portOf(url)} after 3074 ms: Couldn't connect to server`, 7);
  }
  call.tools.observe("lookup", host);
  call.tools.clock.work(LOOKUP_MS);
  return quiet ? { status: 6 } : fail(`curl: (6) Could not resolve host: ${host}`, 6);
};

const wget: Command = (call) => {
  const { words, flags } = sortWords(call.args, WGET_VALUES);
  const [url] = words;
  if (url === undefined) {
    return call.busybox
      ? fail(
          "BusyBox v1.36.1 (2024-06-10 07:11:47 UTC) multi-call binary.\n\nUsage: wget [-cqS] [--spider] [-O FILE] [-o LOGFILE] [-P DIR] URL...",
        )
      : fail("wget: missing URL\nUsage: wget [OPTION]... [URL]...\n\nTry `wget --help' for more options.");
  }
  for (const each of words) {
    call.tools.observe("fetch", each);
  }
  const host = hostOf(url);
  const direct = isAddress(host);
  if (!direct) {
    call.tools.observe("lookup", host);
  }
  call.tools.clock.work(direct ? 3100 : LOOKUP_MS);
  if (call.busybox) {
    return direct
      ? fail(
          `Connecting to ${host} (${host}:${portOf(url)})\nwget: can't connect to remote host (${host}): Host is unreachable`,
        )
      : fail(`wget: bad address '${host}'`);
  }
  if (flags.includes("q")) {
    return { status: 4 };
  }
  const time = new Date(call.tools.clock.now).toISOString().replace("T", " ").slice(0, 19);
  const full = /^[a-z]+:\/\//.test(url) ? url : `http://${url}/`;
  return direct
    ? fail(`--${time}--  ${full}\nConnecting to ${host}:${portOf(url)}... failed: No route to host.`, 4)
    : fail(
        `--${time}--  ${full}\nResolving ${host} (${host})... failed: Temporary failure in name resolution.\nwget: unable to resolve host address '${host}'`,
        4,
      );
};

/** Programs that come with a package; of one that is not here, a program of its own name. */
const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  "openssh-client": ["ssh", "ssh-keygen", "scp"],
  openssh: ["ssh", "ssh-keygen", "scp", "sshd"],
  "build-base": ["gcc", "g++", "make"],
  "build-essential": ["gcc", "g++", "make"],
  "docker.io": ["docker", "dockerd"],
  "docker-cli": ["docker"],
  e2fsprogs: ["chattr", "lsattr"],
  "e2fsprogs-extra": ["chattr", "lsattr"],
  "util-linux": ["nsenter", "lscpu", "lsblk"],
  iproute2: ["ip", "ss"],
  "net-tools": ["netstat", "ifconfig"],
  procps: ["ps", "pgrep", "pkill", "free", "w"],
  cron: ["cron", "crontab"],
  "ca-certificates": [],
  tor: ["tor"],
};

function install(call: Call, packages: readonly string[]): void {
  const folder = call.tools.files.node("/usr/bin")?.type === "directory" ? "/usr/bin" : "/bin";
  for (const name of packages) {
    call.tools.observe("install", name);
    for (const program of PROGRAMS[name] ?? [name.replace(/[=<>~@].*$/, "")]) {
      if (/^[\w.+-]{1,40}$/.test(program) && call.tools.files.programPath(program) === undefined) {
        call.tools.files.put(`${folder}/${program}`, file(Buffer.from("\u007fELF\u0002\u0001\u0001"), 0o755), "open");
      }
    }
  }
}

const apk: Command = (call) => {
  const [action = "", ...names] = operands(call.args);
  if (call.tools.user.uid !== 0) {
    return fail(
      "ERROR: Unable to lock database: Permission denied\nERROR: Failed to open apk database: Permission denied",
      99,
    );
  }
  const index =
    "fetch https://dl-cdn.alpinelinux.org/alpine/v3.20/main/x86_64/APKINDEX.tar.gz\nfetch https://dl-cdn.alpinelinux.org/alpine/v3.20/community/x86_64/APKINDEX.tar.gz\n";
  switch (action) {
    case "update":
      call.tools.clock.work(900);
      return out(
        `${index}v3.20.3-139-gd9c9e0e4a7b [https://dl-cdn.alpinelinux.org/alpine/v3.20/main]\nv3.20.3-141-g4f5f2c1a0d2 [https://dl-cdn.alpinelinux.org/alpine/v3.20/community]\nOK: 24166 distinct packages available\n`,
      );
    case "add": {
      call.tools.clock.work(1400);
      const wanted = names.filter((name) => !name.startsWith("http"));
      install(call, wanted);
      const steps = wanted
        .map(
          (name, place) =>
            `(${place + 1}/${wanted.length}) Installing ${name} (${1 + (name.length % 8)}.${name.length}.1-r0)\n`,
        )
        .join("");
      return out(
        `${index}${steps}Executing busybox-1.36.1-r29.trigger\nOK: ${8 + wanted.length * 3} MiB in ${14 + wanted.length * 4} packages\n`,
      );
    }
    case "del":
      return out(`OK: 8 MiB in 14 packages\n`);
    default:
      return out("apk-tools 2.14.4, compiled for x86_64.\n");
  }
};

const apt: Command = (call) => {
  const [action = "", ...names] = operands(call.args);
  const ubuntu = call.tools.place.family === "ubuntu";
  const mirror = ubuntu ? "http://archive.ubuntu.com/ubuntu jammy" : "http://deb.debian.org/debian bookworm";
  if (call.tools.user.uid !== 0) {
    return fail(
      `E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)\nE: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?`,
      100,
    );
  }
  if (action === "update") {
    call.tools.clock.work(2600);
    return out(
      `Get:1 ${mirror} InRelease [${ubuntu ? "270" : "151"} kB]\nGet:2 ${mirror}-updates InRelease [${ubuntu ? "128" : "55.4"} kB]\nGet:3 ${mirror}${ubuntu ? "/universe" : "/main"} amd64 Packages [8787 kB]\nFetched 9241 kB in 2s (4120 kB/s)\nReading package lists... Done\n`,
    );
  }
  if (action === "install") {
    call.tools.clock.work(3200);
    install(call, names);
    const list = names.join(" ");
    return out(
      `Reading package lists... Done\nBuilding dependency tree... Done\nReading state information... Done\nThe following NEW packages will be installed:\n  ${list}\n0 upgraded, ${names.length} newly installed, 0 to remove and 0 not upgraded.\n${names.map((name, index) => `Get:${index + 1} ${mirror}/main amd64 ${name} amd64 [${200 + name.length * 7} kB]\n`).join("")}${names.map((name) => `Selecting previously unselected package ${name}.\nUnpacking ${name} ...\nSetting up ${name} ...\n`).join("")}`,
    );
  }
  return ["remove", "purge", "autoremove", "upgrade", "clean"].includes(action)
    ? out(
        "Reading package lists... Done\nBuilding dependency tree... Done\n0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n",
      )
    : out("apt 2.6.1 (amd64)\n");
};

const yum: Command = (call) => {
  const [action = "", ...names] = operands(call.args);
  if (action === "install") {
    call.tools.clock.work(3000);
    install(call, names);
    return out(
      `Loaded plugins: fastestmirror, ovl\nResolving Dependencies\n--> Running transaction check\nInstalled:\n  ${names.map((name) => `${name}.x86_64`).join("  ")}\n\nComplete!\n`,
    );
  }
  return out("Loaded plugins: fastestmirror, ovl\nNo packages marked for update\n");
};

const ping: Command = (call) => {
  const [host = ""] = operands(call.args).filter((each) => !/^\d+$/.test(each));
  call.tools.observe(isAddress(host) ? "connect" : "lookup", host);
  call.tools.clock.work(LOOKUP_MS);
  if (!isAddress(host)) {
    return fail(
      call.busybox ? `ping: bad address '${host}'` : `ping: ${host}: Temporary failure in name resolution`,
      call.busybox ? 1 : 2,
    );
  }
  return out(
    `PING ${host} (${host}): 56 data bytes\n\n--- ${host} ping statistics ---\n4 packets transmitted, 0 packets received, 100% packet loss\n`,
    1,
  );
};

const connects: Command = (call) => {
  const [host = "", port = ""] = operands(call.args);
  call.tools.observe("connect", `${host}${port === "" ? "" : `:${port}`}`);
  call.tools.clock.work(3100);
  return call.name.startsWith("nc") || call.name === "ncat"
    ? fail(`nc: ${isAddress(host) ? `${host} (${host}:${port}): Host is unreachable` : `bad address '${host}'`}`)
    : fail(`${call.name}: connect to host ${host.replace(/^.*@/, "")} port 22: Network is unreachable`, 255);
};

const lookup: Command = (call) => {
  const [host = ""] = operands(call.args);
  call.tools.observe("lookup", host);
  call.tools.clock.work(LOOKUP_MS);
  return fail(`;; connection timed out; no servers could be reached`);
};

const git: Command = (call) => {
  const url = call.args.find((each) => /^(?:https?|git|ssh):|@/.test(each));
  if (url === undefined) {
    return call.args[0] === "--version"
      ? out("git version 2.45.2\n")
      : fail("fatal: not a git repository (or any of the parent directories): .git", 128);
  }
  call.tools.observe("fetch", url);
  call.tools.clock.work(LOOKUP_MS);
  const folder = url
    .replace(/\/$/, "")
    .replace(/^.*\//, "")
    .replace(/\.git$/, "");
  return fail(
    `Cloning into '${folder}'...\nfatal: unable to access '${url}/': Could not resolve host: ${hostOf(url)}`,
    128,
  );
};

const docker: Command = (call) => {
  const [action = ""] = operands(call.args);
  if (action === "" || call.args.includes("--version")) {
    return out("Docker version 20.10.24+dfsg1, build 297e128\n");
  }
  return fail("Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?");
};

export const OUTSIDE_COMMANDS: Commands = {
  curl,
  wget,
  apk,
  "apt-get": apt,
  apt,
  yum,
  dnf: yum,
  microdnf: yum,
  dpkg: nothing,
  rpm: nothing,
  ping,
  nc: connects,
  ncat: connects,
  telnet: connects,
  ssh: connects,
  scp: connects,
  nslookup: lookup,
  dig: lookup,
  host: lookup,
  git,
  docker,
  pip: (call) => {
    const names = operands(call.args).slice(1);
    for (const name of names) {
      call.tools.observe("install", name);
    }
    call.tools.clock.work(1500);
    return fail(
      `ERROR: Could not find a version that satisfies the requirement ${names[0] ?? ""} (from versions: none)\nERROR: No matching distribution found for ${names[0] ?? ""}`,
    );
  },
};
