import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openRecord, RETENTION_DEFAULT, startDecoy } from "../src/decoy/index.ts";
import { sekisho } from "./support/cli.ts";
import { sessionSamples } from "./support/decoy-sessions.ts";
import { visitDecoy } from "./support/decoy-visit.ts";

const FOLDER = mkdtempSync(join(tmpdir(), "sekisho-forward-"));

/** Enough of the samples to have more than one verdict. */
const SAMPLES = sessionSamples().slice(0, 5);

before(async () => {
  const fault = (error: unknown) => assert.fail(String(error));
  const record = await openRecord({ dir: FOLDER, retention: RETENTION_DEFAULT, fault });
  const decoy = await startDecoy({
    host: "127.0.0.1",
    port: 0,
    sink: record,
    tls: false,
    realTiming: false,
    registryReachable: true,
    folder: FOLDER,
    fault,
  });
  for (const [index, { requests }] of SAMPLES.entries()) {
    await visitDecoy(Number(new URL(decoy.address).port), requests, `127.0.1.${index + 1}`);
  }
  await decoy.close();
  await record.close();
});

after(() => rmSync(FOLDER, { recursive: true }));

/** Every visit counts as over: the samples were sent a moment ago. */
const forward = (...options: readonly string[]) =>
  sekisho(["decoy", "forward", "--dir", FOLDER, "--session-idle", "1000", ...options]);

/** Runs until every sample's visit has been silent for long enough to be over. */
async function forwardAll(received: readonly unknown[], ...options: readonly string[]): Promise<void> {
  const runsMax = 8;
  for (let run = 0; run < runsMax && received.length < SAMPLES.length; run += 1) {
    const { status, stderr } = await forward(...options);
    assert.equal(status, 0, stderr);
  }
  assert.equal(received.length, SAMPLES.length);
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** A webhook which answers with these statuses in turn, then with the last. */
async function withWebhook(
  statuses: readonly number[],
  use: (url: string, bodies: string[], asked: () => number) => Promise<void>,
): Promise<void> {
  const bodies: string[] = [];
  let asked = 0;
  const server = createHttpServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const status = statuses[Math.min(asked, statuses.length - 1)] ?? 200;
      asked += 1;
      if (status < 300) {
        bodies.push(Buffer.concat(parts).toString());
      }
      response.writeHead(status, status === 302 ? { location: "http://192.0.2.1/" } : {}).end();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    await use(`http://127.0.0.1:${portOf(server)}/hook?token=secret`, bodies, () => asked);
  } finally {
    server.close();
  }
}

test("a webhook that fails at first gets every session once, also over several runs", async () => {
  await withWebhook([500, 503, 429, 200], async (url, bodies, asked) => {
    await forwardAll(bodies, "--webhook", url);
    const before = asked();
    assert.equal((await forward("--webhook", url)).status, 0);
    assert.equal(asked(), before, "nothing is sent twice");
    const ids = bodies.map((body) => (JSON.parse(body) as { session: { id: string } }).session.id);
    assert.equal(new Set(ids).size, SAMPLES.length);
  });
});

test("Slack gets a text in which nothing is a link, a mention or markup of a visitor's", async () => {
  await withWebhook([200], async (url, bodies) => {
    await forwardAll(bodies, "--slack", url);
    for (const body of bodies) {
      const { text } = JSON.parse(body) as { text: string };
      assert.doesNotMatch(text, /<[@!#]|https?:\/\/(?!\s)/);
    }
  });
});

test("a refusal is told and not repeated within a run; a redirect is not followed; the secret is not shown", async () => {
  for (const status of [403, 302]) {
    await withWebhook([status], async (url, _, asked) => {
      const result = await forward("--webhook", url);
      assert.equal(result.status, 3);
      assert.equal(asked(), SAMPLES.length);
      assert.match(result.stderr, new RegExp(`answered ${status}`));
      assert.doesNotMatch(result.stderr, /secret/);
    });
  }
});

test("a receiver that is not there holds up no other and is tried again by the next run", async () => {
  await withWebhook([200], async (url, bodies) => {
    const gone = createServer();
    gone.listen(0, "127.0.0.1");
    await once(gone, "listening");
    const port = portOf(gone);
    gone.close();
    await once(gone, "close");
    const result = await forward("--verdict", "recon", "--webhook", url, "--syslog", `tcp://127.0.0.1:${port}`);
    const recon = bodies.length;
    assert.equal(result.status, recon === 0 ? 0 : 3);
    assert.ok(recon < SAMPLES.length, "only the verdict that was asked for");
  });
});

test("syslog over TCP: counted octets, RFC 5424; as CEF too", async () => {
  const shapes = {
    "": /^<13[0-9]>1 \d{4}-\d\d-\d\dT[\d:.]+Z \S+ sekisho - decoy\.session\.ended \[sekisho@32473 session="[^"]+".*\] \ufeff/,
    "--cef":
      /^<13[0-9]>1 \S+ \S+ sekisho - decoy\.session\.ended - CEF:0\|Sekisho\|decoy\|[^|]+\|decoy\.session\.ended\|/,
  };
  for (const [option, shape] of Object.entries(shapes)) {
    const messages: string[] = [];
    const server = createServer((socket) => {
      const parts: Buffer[] = [];
      socket.on("data", (part) => parts.push(part));
      socket.on("end", () => {
        const all = Buffer.concat(parts);
        const space = all.indexOf(" ");
        assert.equal(Number(all.subarray(0, space).toString()), all.length - space - 1);
        messages.push(all.subarray(space + 1).toString());
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const to = `tcp://127.0.0.1:${portOf(server)}`;
    await forwardAll(messages, "--syslog", to, ...(option === "" ? [] : [option]));
    server.close();
    for (const message of messages) {
      assert.match(message, shape);
      assert.doesNotMatch(message, /\p{Cc}/u);
    }
  }
});

test("syslog over UDP: one datagram each, none too long", async () => {
  const socket = createSocket("udp4");
  const messages: Buffer[] = [];
  socket.on("message", (message) => messages.push(message));
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  await forwardAll(messages, "--syslog", `udp://127.0.0.1:${socket.address().port}`);
  socket.close();
  assert.ok(messages.every(({ length }) => length <= 2048));
});

test("addresses that are none, and no receiver at all", async () => {
  for (const options of [
    [],
    ["--syslog", "udp://127.0.0.1"],
    ["--syslog", "tcp://127.0.0.1:70000"],
    ["--webhook", "file:///etc/passwd"],
    ["--slack", "https://user:word@192.0.2.1/"],
    ["--webhook", "http://127.0.0.1:9/", "--verdict", "evil"],
  ]) {
    const { status, stderr } = await forward(...options);
    assert.equal(status, 2);
    assert.match(stderr, /^sekisho decoy forward: /);
  }
});
