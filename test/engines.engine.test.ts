/** The private engines themselves: what the other engine tests take for granted. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { type CommandResult, runCommand } from "./support/engines/command.ts";
import {
  BUSYBOX_IMAGE,
  ENGINE_KINDS,
  type EngineKind,
  engineTestOptions,
  startEngine,
  type TestEngine,
} from "./support/engines/index.ts";
import { removeOrphans } from "./support/engines/lasting.ts";
import { PROCESS_KILL_MS_MAX } from "./support/engines/limits.ts";
import { mountPointsIn } from "./support/engines/mounts.ts";
import { processesOf } from "./support/engines/processes.ts";

const SLEEP = [BUSYBOX_IMAGE, "sleep", "300"];

/** What each kind says of itself and does with a container that a privileged engine would start. */
const EXPECTED: Readonly<Record<EngineKind, { security: string[]; privileged: RegExp | "runs"; rootOnHost: boolean }>> =
  {
    rootful: { security: ["name=seccomp,profile=default"], privileged: "runs", rootOnHost: true },
    "userns-remap": {
      security: ["name=seccomp,profile=default", "name=userns"],
      privileged: /privileged mode is incompatible with user namespaces/,
      rootOnHost: false,
    },
    rootless: { security: ["name=seccomp,profile=default", "name=rootless"], privileged: "runs", rootOnHost: false },
    tls: { security: ["name=seccomp,profile=default"], privileged: "runs", rootOnHost: true },
    podman: { security: ["name=seccomp,profile=default"], privileged: "runs", rootOnHost: true },
  };

// A folder of its own, so that this test never meets the engines of another one; remapped users must pass through it.
const enginesDirectory = mkdtempSync(join(tmpdir(), "skt-"));
chmodSync(enginesDirectory, 0o711);
process.env["SEKISHO_ENGINES_DIR"] = enginesDirectory;
after(() => rmSync(enginesDirectory, { recursive: true, force: true }));

for (const kind of ENGINE_KINDS) {
  const expected = EXPECTED[kind];
  describe(`the ${kind} engine`, engineTestOptions(kind), () => {
    let engine: TestEngine;
    let hostBefore: unknown;
    before(async () => {
      hostBefore = hostSnapshot();
      engine = await startEngine(kind);
    });
    after(() => engine?.stop());

    test("answers the Docker CLI", async () => {
      assert.match(await output(engine, "version", "--format", "{{.Server.Version}}"), /^\d+\.\d+/);
    });

    test("says in /info what protects its host", async () => {
      const security = JSON.parse(await output(engine, "info", "--format", "{{json .SecurityOptions}}")) as string[];
      // AppArmor and SELinux depend on the machine.
      assert.deepEqual(
        security.filter((option) => !/apparmor|selinux|cgroupns/.test(option)),
        expected.security,
      );
    });

    test("runs a container that sleeps, and inspects it", async () => {
      await output(engine, "run", "-d", "--name", "sleeper", "--network", "none", ...SLEEP);
      assert.equal(await output(engine, "inspect", "--format", "{{.State.Running}}", "sleeper"), "true");
      const pid = await output(engine, "inspect", "--format", "{{.State.Pid}}", "sleeper");
      assert.deepEqual(readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0"), ["sleep", "300", ""]);
      const hostIds = /^\s*0\s+(\d+)/.exec(readFileSync(`/proc/${pid}/uid_map`, "utf8"));
      assert.equal(hostIds?.[1] === "0", expected.rootOnHost);
    });

    test("runs a command in a container that sleeps", async () => {
      await output(engine, "run", "-d", "--name", "exec-target", "--network", "none", ...SLEEP);
      assert.equal(await output(engine, "exec", "--privileged", "exec-target", "echo", "here"), "here");
    });

    test(`--privileged ${expected.privileged === "runs" ? "runs" : "is refused"}`, async () => {
      const result = await engine.docker("run", "-d", "--privileged", "--network", "none", ...SLEEP);
      if (expected.privileged === "runs") {
        assert.equal(result.code, 0, result.stderr);
      } else {
        assert.match(result.stderr, expected.privileged);
      }
    });

    test("leaves the host alone while it runs", () => {
      assert.deepEqual(hostSnapshot(), hostBefore);
    });

    test("stops with its containers, and leaves no process, mount, control group or folder", async () => {
      assert.ok(processesOf(engine.folder).length > 0);
      await engine.stop();
      await engine.stop(); // a second time does no harm
      assert.deepEqual(traces(engine.folder), { processes: [], mounts: [], groups: [], folder: false });
      assert.deepEqual(hostSnapshot(), hostBefore);
    });
  });
}

describe("the userns-remap engine refuses to share the host's namespaces", engineTestOptions("userns-remap"), () => {
  let engine: TestEngine;
  before(async () => {
    engine = await startEngine("userns-remap");
  });
  after(() => engine?.stop());

  for (const [flag, refused] of [
    ["--pid=host", true],
    ["--network=host", true],
    ["--ipc=private", false],
    ["--cap-add=SYS_ADMIN", false],
  ] as const) {
    test(`${flag} ${refused ? "is refused" : "runs"}`, async () => {
      const result = await engine.docker("run", "-d", flag, ...SLEEP);
      assert.equal(result.code !== 0, refused, result.stderr);
      assert.equal(/user namespace/.test(result.stderr), refused, result.stderr);
    });
  }
});

describe("the tls engine asks for a certificate", engineTestOptions("tls"), () => {
  let engine: TestEngine;
  before(async () => {
    engine = await startEngine("tls");
  });
  after(() => engine?.stop());

  test("each of two clients is let in, and they differ in both names", async () => {
    const subjects: string[] = [];
    for (const certPath of [engine.certPath, engine.otherCertPath]) {
      const certificate = ["--tlsverify", ...certificateFlags(certPath ?? "")];
      assert.match(await output(engine, ...certificate, "version", "--format", "{{.Server.Version}}"), /^\d/);
      subjects.push((await runCommand("openssl", subjectArguments(certPath ?? ""))).stdout.trim());
    }
    assert.deepEqual(subjects, ["subject=O = ci, CN = builder", "subject=O = operations, CN = operator"]);
  });

  test("nobody is let in without one", async () => {
    await assert.rejects(greetTls(engine, false), /certificate required|bad certificate/);
    assert.match(await greetTls(engine, true), /^HTTP\/1\.0 200 OK/);
  });

  test("plain HTTP is refused", async () => {
    const answer = await fetch(engine.host.replace("tcp:", "http:"));
    assert.equal(answer.status, 400);
    assert.match(await answer.text(), /client sent an HTTP request to an HTTPS server/i);
  });
});

test(
  "the engine of a killed test run is found and removed, not that of one that goes on",
  engineTestOptions("rootful"),
  async () => {
    const api = join(import.meta.dirname, "support/engines/index.ts");
    const script = `const { startEngine } = await import(${JSON.stringify(api)});
    const engine = await startEngine("rootful");
    await engine.docker("run", "-d", "--network", "none", ${JSON.stringify(SLEEP).slice(1, -1)});
    console.log(engine.folder);
    setInterval(() => {}, 1_000);`;
    const run = spawn(process.execPath, ["--input-type=module", "--eval", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = (await once(run.stdout, "data")) as [Buffer];
    const folder = line.toString().trim();

    assert.deepEqual(await removeOrphans(), []); // not while its run goes on
    assert.ok(processesOf(folder).length > 0);
    run.kill("SIGKILL");
    await once(run, "exit");

    assert.deepEqual(
      (await removeOrphans()).map((state) => state.folder),
      [folder],
    );
    assert.deepEqual(traces(folder), { processes: [], mounts: [], groups: [], folder: false });
  },
);

test("npm run engine: up stays, up again finds it, down removes it", engineTestOptions("rootful"), async () => {
  const started = await command("up", "rootful");
  const host = /^export DOCKER_HOST='(unix:\/\/(\S+)\/docker\.sock)'\n$/.exec(started.stdout);
  assert.ok(host?.[1] && host[2], started.stdout + started.stderr);
  assert.equal((await command("up", "rootful")).stdout, started.stdout);
  assert.equal((await command("status")).stdout, `rootful\t${host[1]}\tkept\t${host[2]}\n`);
  assert.equal((await runCommand("docker", ["--host", host[1], "version"])).code, 0);

  assert.equal((await command("down", "podman")).stdout, ""); // another kind
  assert.equal((await command("down", "all")).stdout, `removed rootful ${host[2]}\n`);
  assert.deepEqual(traces(host[2]), { processes: [], mounts: [], groups: [], folder: false });
  assert.equal((await command("status")).stdout, "");
});

for (const args of [[], ["up"], ["up", "docker"], ["up", "tls", "podman"], ["status", "tls"], ["down"]]) {
  test(`npm run engine -- ${args.join(" ")}: wrong usage`, async () => {
    const result = await command(...args);
    assert.equal(result.code, 2);
    assert.match(result.stderr, /^usage: /);
  });
}

function command(...args: string[]): Promise<CommandResult> {
  return runCommand(process.execPath, [join(import.meta.dirname, "../scripts/engine.ts"), ...args]);
}

/** What the Docker CLI printed; the test fails with its complaint when it failed. */
async function output(engine: TestEngine, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await engine.docker(...args);
  assert.equal(code, 0, `docker ${args.join(" ")}: ${stderr}`);
  return stdout.trim();
}

function certificateFlags(certPath: string): string[] {
  return [`--tlscacert=${certPath}/ca.pem`, `--tlscert=${certPath}/cert.pem`, `--tlskey=${certPath}/key.pem`];
}

function subjectArguments(certPath: string): string[] {
  return ["x509", "-noout", "-subject", "-in", join(certPath, "cert.pem")];
}

/** The engine's first bytes to a client with or without a certificate; rejects with the engine's alert. */
async function greetTls(engine: TestEngine, withCertificate: boolean): Promise<string> {
  const read = (name: string): Buffer => readFileSync(join(engine.certPath ?? "", name));
  const socket: TLSSocket = connectTls({
    host: "127.0.0.1",
    port: Number(new URL(engine.host).port),
    ca: read("ca.pem"),
    timeout: PROCESS_KILL_MS_MAX,
    ...(withCertificate ? { cert: read("cert.pem"), key: read("key.pem") } : {}),
  });
  socket.once("timeout", () => socket.destroy());
  socket.write("GET /_ping HTTP/1.0\r\n\r\n");
  const [bytes] = (await once(socket, "data")) as [Buffer];
  socket.destroy();
  return bytes.toString("latin1");
}

/** What is left of an engine. */
function traces(folder: string): { processes: number[]; mounts: string[]; groups: string[]; folder: boolean } {
  const name = folder.slice(enginesDirectory.length + 1);
  const root = "/sys/fs/cgroup";
  const places = [root, ...readdirSync(root).map((entry) => join(root, entry))].map((place) => join(place, name));
  return {
    processes: processesOf(folder),
    mounts: mountPointsIn(folder),
    groups: places.filter((place) => existsSync(place)),
    folder: existsSync(folder),
  };
}

/** What an engine could change on its host, as far as other programs of this machine do not change it all the time. */
function hostSnapshot(): unknown {
  const folders = ["/etc/docker", "/run/containerd", "/run/docker", "/run/libpod", "/var/lib", "/var/lib/containers"];
  return {
    folders: folders.map((path) => [path, existsSync(path) ? readdirSync(path) : "absent"]),
    files: ["passwd", "group", "subuid", "subgid"].map((name) => readFileSync(join("/etc", name), "utf8")),
    interfaces: readdirSync("/sys/class/net"),
    defaultSocket: existsSync("/var/run/docker.sock"),
  };
}
