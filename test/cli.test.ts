import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { after, describe, test } from "node:test";
import { type AuditDocument, auditDocument, displayWidth } from "../src/report/index.ts";
import { TECHNIQUES } from "../src/techniques/index.ts";
import { type CommandResult, sekisho, testFolder } from "./support/cli.ts";
import { type FakeEngine, fakeEngine, type Inspected, listen } from "./support/fake-engine.ts";

const COLUMNS = 80;

const folder = testFolder("cli");
const written = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const COMPOSE = written(
  "compose.yaml",
  `services:
  proxy:
    image: traefik:3.1
    volumes: ["/var/run/docker.sock:/var/run/docker.sock:ro"]
  agent:
    image: datadog/agent:7
    privileged: true
    pid: host
    volumes: ["/:/host:ro", "\${DATA_DIR}/x:/data"]
  web:
    image: nginx:1.27
    user: "20000:20000"
    read_only: true
    cap_drop: [ALL]
    security_opt: [no-new-privileges]
`,
);
const CLEAN = written("clean.json", JSON.stringify({ Image: "alpine:3.20", User: "20000:20000", HostConfig: {} }));
const BROKEN = written("broken.json", "{");

const SAFE_LINE = ["--", "docker", "run", "--user", "20000:20000", "alpine:3.20"];
const OPEN_LINE = ["--", "docker", "run", "--privileged", "-v", "/:/mnt", "alpine:3.20"];

const document = ({ stdout }: CommandResult): AuditDocument => auditDocument.strict().parse(JSON.parse(stdout));

const noStack = ({ stdout, stderr }: CommandResult) => assert.doesNotMatch(`${stdout}${stderr}`, /^ {4}at /m);

describe("sekisho", { concurrency: 2 }, () => {
  for (const [what, args, status] of [
    ["a clean container", ["audit", ...SAFE_LINE], 0],
    ["a dangerous container", ["audit", ...OPEN_LINE], 1],
    ["a dangerous container, --fail-on never", ["audit", "--fail-on", "never", ...OPEN_LINE], 0],
    ["a clean container, --fail-on info", ["audit", "--fail-on", "info", ...SAFE_LINE], 1],
    ["a Compose file", ["audit", COMPOSE], 1],
    ["an unreadable file", ["audit", BROKEN], 2],
    ["an unreadable file beside a dangerous one", ["audit", BROKEN, COMPOSE], 2],
    ["a file that is not there", ["audit", join(folder, "none.json")], 2],
    ["an engine that is not there", ["audit", "--host", `unix://${folder}/none.sock`], 3],
    ["an unknown command", ["audits"], 2],
    ["an unknown option", ["audit", "--unknown"], 2],
    ["an unknown kind", ["audit", "--as", "helm", CLEAN], 2],
    ["an unknown format", ["audit", "--format", "xml", CLEAN], 2],
    ["a rule that there is not", ["audit", "--rule", "dockerfile-nothing", CLEAN], 2],
    ["a rule to skip that there is not", ["audit", "--skip-rule", "pod-nothing", CLEAN], 2],
    ["an unknown threshold", ["audit", "--fail-on", "fatal", CLEAN], 2],
    ["an unknown schema", ["schema", "gate"], 2],
    ["an unknown subject", ["explain", "no-such-thing"], 3],
    ["help", ["--help"], 0],
    ["the version", ["--version"], 0],
  ] as const) {
    test(`${what}: exit status ${status}`, async () => {
      const result = await sekisho(args);
      assert.equal(result.status, status, result.stderr);
      noStack(result);
    });
  }

  test("a report in a pipe has no control characters", async () => {
    const { stdout } = await sekisho(["audit", "--all", COMPOSE]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    assert.doesNotMatch(stdout, /[\u0000-\u0009\u000b-\u001f\u007f]/);
  });

  for (const [environment, coloured] of [
    [{ FORCE_COLOR: "1" }, true],
    [{ FORCE_COLOR: "0" }, false],
    [{ FORCE_COLOR: "1", NO_COLOR: "1" }, false],
    [{ FORCE_COLOR: "1", NO_COLOR: "" }, true], // no-color.org: only when it is not empty
  ] as const) {
    test(`${JSON.stringify(environment)}: ${coloured ? "colours" : "no colours"}`, async () => {
      const { stdout } = await sekisho(["audit", ...OPEN_LINE], { environment });
      assert.equal(stdout.includes("\u001b["), coloured);
    });
  }

  const bodies = JSON.parse(readFileSync(resolve(import.meta.dirname, "corpus/scenarios.json"), "utf8")) as {
    readonly scenarios: readonly { readonly id: string; readonly config: object }[];
  };
  const someBodies = bodies.scenarios.filter((_, index) => index % 4 === 0);
  const bodyFiles = someBodies.map(({ config }, index) => written(`body-${index}.json`, JSON.stringify(config)));

  for (const language of ["en", "ja"]) {
    for (const [what, args] of [
      ["a Compose file", ["audit", COMPOSE]],
      ["a Compose file, --all", ["audit", "--all", COMPOSE]],
      ["a run line, --all", ["audit", "--all", ...OPEN_LINE]],
      ["scenarios", ["audit", "--as", "create-request", ...bodyFiles]],
      ["the isolation of a file's containers", ["explain", COMPOSE]],
      ["a technique", ["explain", "sock-docker"]],
      ["the demonstration", ["demo"]],
    ] as const) {
      test(`${what} fits ${COLUMNS} columns in ${language}`, async () => {
        const [command, ...rest] = args;
        const { stdout } = await sekisho([command, "--lang", language, ...rest], { cwd: folder });
        assert.ok(stdout.length > 200);
        assert.deepEqual(
          stdout.split("\n").filter((line) => displayWidth(line) > COLUMNS),
          [],
        );
      });
    }
  }

  test("a reader that closes the pipe early sees no error", () => {
    const main = resolve(import.meta.dirname, "../src/cli/main.ts");
    const { stderr } = spawnSync("sh", ["-c", '"$0" "$1" explain "$2" | head -n 1', process.execPath, main, COMPOSE], {
      encoding: "utf8",
      timeout: 60_000,
    });
    assert.equal(stderr, "");
  });

  for (const [what, args, environment, japanese] of [
    ["--lang ja", ["--lang", "ja"], {}, true],
    ["LANG=ja_JP.UTF-8", [], { LANG: "ja_JP.UTF-8" }, true],
    ["LANG=en_GB.UTF-8", [], { LANG: "en_GB.UTF-8" }, false],
    ["LC_ALL before LANG", [], { LC_ALL: "ja_JP.UTF-8", LANG: "C" }, true],
    ["--lang en before LANG", ["--lang", "en"], { LANG: "ja_JP.UTF-8" }, false],
  ] as const) {
    test(`${what}: ${japanese ? "Japanese" : "English"}`, async () => {
      const { stdout } = await sekisho(["audit", ...args, ...OPEN_LINE], { environment });
      assert.equal(/ホストの root に到達する/.test(stdout), japanese, stdout);
      assert.equal(/reaches root on the host/.test(stdout), !japanese, stdout);
    });
  }

  test("the JSON document is the one of its schema, in whichever language", async () => {
    for (const language of ["en", "ja"]) {
      const read = document(await sekisho(["audit", "--format", "json", "--lang", language, COMPOSE, CLEAN]));
      assert.deepEqual(
        read.workloads.map(({ name }) => name).filter((name) => ["proxy", "agent", "web"].includes(name)),
        ["proxy", "agent", "web"],
      );
      assert.equal(read.summary.hostRoot, 2);
      assert.equal(read.complete, true);
    }
  });

  test("--no-fixes finds the same gains and searches no fix", async () => {
    const full = document(await sekisho(["audit", "--format", "json", COMPOSE]));
    const quick = document(await sekisho(["audit", "--format", "json", "--no-fixes", COMPOSE]));
    assert.deepEqual(
      quick.workloads.map(({ gains }) => gains),
      full.workloads.map(({ gains }) => gains),
    );
    assert.ok(full.workloads.some(({ fixes }) => fixes.length > 0));
    assert.ok(quick.workloads.every(({ fixes }) => fixes.length === 0));
  });

  test("--all shows what the short report counts", async () => {
    const short = await sekisho(["audit", ...OPEN_LINE]);
    const all = await sekisho(["audit", "--all", ...OPEN_LINE]);
    assert.match(short.stdout, /more paths?, \d+ findings: --all/);
    assert.doesNotMatch(all.stdout, /--all/);
    assert.equal(all.stdout.match(/Shortest path/g)?.length, 1, "only the first path is the shortest");
    assert.ok(all.stdout.split("\n").length > 3 * short.stdout.split("\n").length);
  });

  for (const [what, input] of [
    ["a create request", JSON.stringify({ Image: "alpine", HostConfig: { Privileged: true } })],
    ["a Compose file", "services: {app: {image: alpine, privileged: true}}\n"],
    ["a run line", "docker run --privileged alpine\n"],
  ] as const) {
    test(`standard input: ${what}`, async () => {
      const result = await sekisho(["audit", "--format", "json", "-"], { input });
      assert.equal(result.status, 1, result.stderr);
      assert.equal(document(result).summary.hostRoot, 1);
    });
  }

  test("a directory gives every file of ours below it, and passes over the others", async () => {
    const { mkdirSync } = await import("node:fs");
    const directory = join(folder, "project");
    mkdirSync(join(directory, "deploy"), { recursive: true });
    mkdirSync(join(directory, "node_modules"), { recursive: true });
    writeFileSync(join(directory, "compose.yaml"), "services: {one: {image: a}}\n");
    writeFileSync(join(directory, "deploy", "docker-compose.prod.yml"), "services: {two: {image: b}}\n");
    writeFileSync(join(directory, "package.json"), '{"name": "x"}');
    writeFileSync(join(directory, "node_modules", "compose.yaml"), "services: {three: {image: c}}\n");
    const { workloads } = document(await sekisho(["audit", "--format", "json", directory]));
    assert.deepEqual(
      workloads.map(({ name }) => name),
      ["one", "two"],
    );
  });

  test("schema audit prints a JSON Schema", async () => {
    const { stdout, status } = await sekisho(["schema", "audit"]);
    const schema = JSON.parse(stdout) as Record<string, unknown>;
    assert.equal(status, 0);
    assert.equal(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert.ok((schema["required"] as string[]).includes("workloads"));
  });

  test("techniques --format json lists every technique with its precondition as text", async () => {
    const { stdout } = await sekisho(["techniques", "--format", "json"]);
    const { techniques } = JSON.parse(stdout) as { techniques: { id: string; needs: string }[] };
    assert.deepEqual(
      techniques.map(({ id }) => id),
      TECHNIQUES.map(({ id }) => id),
    );
    assert.ok(techniques.every(({ needs }) => needs.length > 0));
  });

  test("explain FILE shows the eight namespaces of each container", async () => {
    const { stdout } = await sekisho(["explain", COMPOSE]);
    for (const kind of ["mnt", "pid", "net", "ipc", "uts", "user", "cgroup", "time"]) {
      assert.equal(stdout.match(new RegExp(`^ {2}${kind} `, "gm"))?.length, 3, kind);
    }
  });

  for (const language of ["en", "ja"] as const) {
    test(`the demonstration in ${language} tells the attack and its fix, and runs nothing`, async () => {
      const { stdout, stderr, status } = await sekisho(["demo", "--lang", language]);
      assert.equal(status, 0);
      assert.equal(stderr, "");
      assert.match(stdout, /authorized_keys/);
      assert.match(stdout, /chattr/);
      assert.match(stdout, language === "en" ? /least to change/ : /最小の変更/);
      assert.match(stdout, language === "en" ? /no path to the host known/ : /ホストへ至る経路は知られていない/);
    });
  }
});

describe("sekisho audit of an engine", { concurrency: 2 }, () => {
  const started: FakeEngine[] = [];
  after(async () => {
    await Promise.all(started.map(({ close }) => close()));
  });

  const plain = (HostConfig: object = {}): Inspected => ({
    Config: { Image: "alpine:3.20", User: "20000:20000" },
    HostConfig,
  });
  const auditOf = async (containers: Readonly<Record<string, Inspected>>, ...args: string[]) => {
    const engine = await fakeEngine(folder, containers);
    started.push(engine);
    return sekisho(["audit", "--format", "json", "--host", engine.address, ...args]);
  };
  const names = (read: AuditDocument) => read.workloads.map(({ name }) => name);

  test("examines every container", async () => {
    const result = await auditOf({ one: plain(), two: plain({ Privileged: true, PidMode: "host" }) });
    const read = document(result);
    assert.deepEqual(names(read), ["one", "two"]);
    assert.equal(read.complete, true);
    assert.deepEqual(read.errors, []);
  });

  test("a container that vanishes meanwhile is not missed", async () => {
    const result = await auditOf({ one: plain(), vanished: "gone", two: plain() }, "--fail-on", "never");
    const read = document(result);
    assert.equal(result.status, 0, result.stderr);
    assert.deepEqual(names(read), ["one", "two"]);
    assert.deepEqual(read.errors, []);
  });

  for (const [answer, said] of [
    ["failed", /bad: .*500.*layer does not exist/],
    ["garbage", /bad: .*does not answer in JSON/],
    ["closed", /bad: /],
    ["no-container", /./],
  ] as const) {
    test(`an inspect call that is ${answer}: the rest is examined, and the audit is incomplete`, async () => {
      const result = await auditOf({ one: plain(), bad: answer, two: plain() });
      const read = document(result);
      assert.equal(result.status, 3, result.stderr);
      assert.deepEqual(names(read), ["one", "two"]);
      assert.equal(read.complete, false);
      assert.match(read.errors.map(({ message }) => message).join("\n"), said);
      noStack(result);
    });
  }

  for (const [what, answer, said] of [
    ["closes at once", (request, _) => request.socket.destroy(), /sekisho: .*unix:\/\//],
    ["answers in garbage", (_, response) => response.end("\u0000\u001b[2Jhello"), /does not answer in JSON/],
    ["answers 500", (_, response) => response.writeHead(500).end('{"message":"boom"}'), /500.*boom/],
  ] as const satisfies readonly (readonly [string, Parameters<typeof listen>[1], RegExp])[]) {
    test(`an engine that ${what}: one message, exit status 3`, async () => {
      const engine = await listen(folder, answer);
      started.push(engine);
      const result = await sekisho(["audit", "--host", engine.address]);
      assert.equal(result.status, 3);
      assert.match(result.stderr, said);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: an engine must not paint our terminal
      assert.doesNotMatch(result.stderr, /[\u0000\u001b]/);
      noStack(result);
    });
  }

  test("an engine that hangs: a message when the time for an answer is over", async () => {
    const engine = await listen(folder, () => {});
    started.push(engine);
    const result = await sekisho(["audit", "--host", engine.address]);
    assert.equal(result.status, 3);
    assert.match(result.stderr, /30/);
    noStack(result);
  });
});

test("--compat: each container against safer homes, as a table and as JSON, in both languages", async () => {
  const line = ["--", "docker", "run", "--pid", "host", "-v", "/run/docker.sock:/s", "alpine"];
  const table = await sekisho(["audit", "--compat", ...line]);
  assert.equal(table.status, 0, table.stderr);
  assert.match(table.stdout, /rootless Docker\s+does not work\n\s+--pid=host/);
  assert.match((await sekisho(["audit", "--compat", "--lang", "ja", ...line])).stdout, /動かない/);
  const { stdout } = await sekisho(["audit", "--compat", "-f", "json", ...line]);
  const document = JSON.parse(stdout) as {
    schema: string;
    rootlessLimits: unknown[];
    workloads: { homes: unknown[] }[];
  };
  assert.equal(document.schema, "sekisho.compat/v1");
  assert.equal(document.rootlessLimits.length, 5);
  assert.equal(document.workloads[0]?.homes.length, 6);
  assert.equal((await sekisho(["audit", "--compat", "-f", "sarif", ...line])).status, 2);
});
