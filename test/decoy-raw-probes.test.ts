import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type Decoy, DISCARD, startDecoy } from "../src/decoy/index.ts";

/** Bytes that were sent to Engine 20.10.24, and what it answered (measured; knowledge of the decoy). */
interface Probe {
  readonly name: string;
  readonly request: string;
  readonly status_line: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  readonly server_closed?: boolean;
}

interface Answer {
  readonly statusLine: string;
  readonly headers: readonly string[];
  readonly body: string;
  readonly closed: boolean;
}

/** Silence after which an answer counts as whole, milliseconds; only `closed` depends on it. */
const SILENCE_MS = 300;

const PROBES = (
  JSON.parse(readFileSync(join(import.meta.dirname, "corpus", "decoy", "raw-probes.json"), "utf8")) as readonly Probe[]
).filter(isWhole);

/** The recording cut long requests and named some by their first line only. */
function isWhole({ request }: Probe): boolean {
  const [head = "", ...rest] = request.split("\r\n\r\n");
  const length = /content-length: (\d+)/i.exec(head)?.[1];
  return request.includes("\r\n\r\n") && (length === undefined || Number(length) === rest.join("\r\n\r\n").length);
}

let decoy: Decoy;
const answers = new Map<string, Answer>();

before(async () => {
  decoy = await startDecoy({
    host: "127.0.0.1",
    port: 0,
    sink: DISCARD,
    tls: false,
    realTiming: false,
    registryReachable: true,
    persona: "debian-20.10",
    fault: (error) => assert.fail(String(error)),
  });
  const imported = await fetch(`${base()}/v1.41/images/create?fromSrc=-&repo=bb&tag=test`, {
    method: "POST",
    headers: { "content-type": "application/x-tar" },
    body: new Uint8Array(1024),
  });
  assert.equal(imported.status, 200, await imported.text());
  // One after the other: they make, ask for and remove the same container.
  for (const probe of PROBES) {
    if (probe.name === "inspect-created-priv") {
      await createPrivileged();
    }
    answers.set(probe.name, await ask(probe.request));
  }
});

after(() => decoy.close());

/** The recording made this container between two probes. */
async function createPrivileged(): Promise<void> {
  const created = await fetch(`${base()}/v1.41/containers/create?name=decoyraw`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ Image: "bb:test", Cmd: ["sh"], HostConfig: { Privileged: true } }),
  });
  assert.equal(created.status, 201, await created.text());
}

const base = (): string => decoy.address.replace(/^tcp/, "http");

function ask(request: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(decoy.address).port), "127.0.0.1");
    const parts: Buffer[] = [];
    let closed = false;
    const finish = () => {
      socket.destroy();
      resolve(answerOf(Buffer.concat(parts).toString("latin1"), closed));
    };
    socket.setTimeout(SILENCE_MS, finish);
    socket.on("data", (part: Buffer) => parts.push(part));
    socket.on("end", () => {
      closed = true;
      finish();
    });
    socket.on("error", reject);
    socket.write(Buffer.from(request, "latin1"));
  });
}

function answerOf(text: string, closed: boolean): Answer {
  const [head = "", ...rest] = text.split("\r\n\r\n");
  const [statusLine = "", ...headers] = head.split("\r\n");
  return {
    statusLine,
    headers: headers.map((line) => line.split(":", 1)[0] ?? ""),
    body: rest.join("\r\n\r\n"),
    closed,
  };
}

/** The keys and types of JSON; of other text its first word. */
function shapeOf(body: string): string {
  const plain = body.replace(/^[0-9a-f]+\r\n/, "").replace(/\r\n0?(\r\n)*$/, "");
  try {
    return JSON.stringify(kinds(JSON.parse(plain)));
  } catch {
    return /^\s*["{[]/.test(plain) ? "cut JSON" : (/^\S*/.exec(plain)?.[0] ?? "");
  }
}

function kinds(value: unknown): unknown {
  if (Array.isArray(value)) {
    return "list";
  }
  return value !== null && typeof value === "object" ? Object.keys(value).sort() : typeof value;
}

for (const probe of PROBES) {
  test(`answered as the engine does: ${probe.name}`, () => {
    const answer = answers.get(probe.name);
    assert.ok(answer !== undefined);
    assert.equal(answer.statusLine, probe.status_line);
    assert.deepEqual(
      answer.headers,
      probe.headers.map(([name]) => name),
    );
    const wanted = shapeOf(probe.body);
    if (wanted !== "cut JSON") {
      assert.equal(shapeOf(answer.body), wanted);
    }
    if (probe.server_closed !== undefined) {
      assert.equal(answer.closed, probe.server_closed);
    }
  });
}
