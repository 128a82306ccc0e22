import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import {
  createEngineClient,
  ENGINE_LIMITS,
  type EngineClient,
  type EngineEndpoint,
  type EngineLimits,
} from "./index.ts";

interface Imitation {
  readonly client: EngineClient;
  /** Method and path of what arrived. */
  readonly requests: string[];
  readonly server: Server;
  readonly endpoint: EngineEndpoint;
}

const PING = { "Api-Version": "1.41", Ostype: "linux", Server: "Docker/20.10.24 (linux)" };

/** An engine on a unix socket that answers `/_ping` and leaves the rest to the test. */
async function imitateEngine(
  t: TestContext,
  answer: RequestListener,
  limits: Partial<EngineLimits> = {},
  pingHeaders: Record<string, string> = PING,
): Promise<Imitation> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    if (request.url === "/_ping") {
      response.writeHead(200, pingHeaders).end("OK");
    } else {
      answer(request, response);
    }
  });
  const endpoint = await listen(t, server);
  const client = createEngineClient(endpoint, { ...ENGINE_LIMITS, ...limits });
  t.after(() => client.close());
  return { client, requests, server, endpoint };
}

async function listen(t: TestContext, server: Server | TcpServer): Promise<EngineEndpoint> {
  const folder = mkdtempSync(join(tmpdir(), "sekisho-engine-"));
  const socketPath = join(folder, "engine.sock");
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  t.after(() => {
    if ("closeAllConnections" in server) {
      server.closeAllConnections();
    }
    server.close();
    rmSync(folder, { recursive: true });
  });
  return { kind: "unix", uri: `unix://${socketPath}`, socketPath };
}

const json = (value: unknown) => (_: IncomingMessage, response: ServerResponse) => {
  response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(value));
};

test("ping tells what the engine is", async (t) => {
  const { client } = await imitateEngine(t, json({}));
  assert.deepEqual(await client.ping(), {
    kind: "docker",
    apiVersion: "1.41",
    negotiatedVersion: "1.41",
    osType: "linux",
    server: "Docker/20.10.24 (linux)",
  });
});

test("ping knows Podman by its own header", async (t) => {
  const { client } = await imitateEngine(t, json({}), {}, { ...PING, "Libpod-Api-Version": "5.0.0" });
  assert.equal((await client.ping()).kind, "podman");
});

for (const [name, ask, path] of [
  ["version", (client) => client.version(), "/version"],
  ["info", (client) => client.info(), "/info"],
  ["inspectContainer", (client) => client.inspectContainer("web"), "/containers/web/json"],
  ["inspectImage", (client) => client.inspectImage("a/b:1@sha256:x"), "/images/a%2Fb%3A1%40sha256%3Ax/json"],
  ["an id with a way out", (client) => client.inspectContainer("../../x?y"), "/containers/..%2F..%2Fx%3Fy/json"],
  ["get", (client) => client.get("/networks?filters=%7B%7D"), "/networks?filters=%7B%7D"],
] as const satisfies readonly (readonly [string, (client: EngineClient) => Promise<unknown>, string])[]) {
  test(`${name} asks once for the API version and then for ${path}`, async (t) => {
    const { client, requests } = await imitateEngine(t, json({ a: 1 }));
    await ask(client);
    await ask(client);
    assert.deepEqual(requests, ["GET /_ping", `GET /v1.41${path}`, `GET /v1.41${path}`]);
  });
}

test("a document comes as text and as value", async (t) => {
  const { client } = await imitateEngine(t, json({ Id: "x" }));
  assert.deepEqual(await client.inspectContainer("x"), { text: '{"Id":"x"}', value: { Id: "x" } });
});

test("containers are listed with the stopped ones", async (t) => {
  const listed = {
    Id: "abc",
    Names: ["/web"],
    Image: "nginx",
    ImageID: "sha256:1",
    State: "exited",
    Labels: { a: "b" },
  };
  const { client, requests } = await imitateEngine(t, json([{ ...listed, Command: "x" }]));
  assert.deepEqual(await client.containers(), [listed]);
  assert.equal(requests[1], "GET /v1.41/containers/json?all=1");
});

for (const [answer, volumes] of [
  [{ Volumes: null, Warnings: null }, []],
  [
    { Volumes: [{ Name: "v", Driver: "local", Mountpoint: "/m", Options: null, Labels: null }] },
    [{ Name: "v", Driver: "local", Mountpoint: "/m", Options: {}, Labels: {} }],
  ],
] as const) {
  test(`volumes ${JSON.stringify(answer)}`, async (t) => {
    const { client } = await imitateEngine(t, json(answer));
    assert.deepEqual(await client.volumes(), volumes);
  });
}

for (const [status, body, code, said] of [
  [404, '{"message":"No such container: web"}', "NOT_FOUND", "No such container: web"],
  [403, '{"message":"denied by the gate"}', "FORBIDDEN", "denied by the gate"],
  [401, "", "FORBIDDEN", "answers 401"],
  [400, '{"message":"client version 1.51 is too new"}', "ENGINE_REFUSED", "too new"],
  [500, '{"message":"\u001b[2Jboom"}', "ENGINE_FAILED", "\\u{1b}[2Jboom"],
  [302, "", "BAD_ANSWER", "answers 302"],
  [200, "<html>", "BAD_ANSWER", "not answer in JSON"],
  [200, "[]", "BAD_ANSWER", "an object is missing"],
] as const) {
  test(`status ${status} with ${JSON.stringify(body)} is ${code}`, async (t) => {
    const { client } = await imitateEngine(t, (_, response) => {
      response.writeHead(status, { Location: "http://127.0.0.1:1/" }).end(body);
    });
    await assert.rejects(client.inspectContainer("web"), (error: Error & { code: string }) => {
      assert.equal(error.code, code);
      assert.ok(error.message.includes(said), error.message);
      return true;
    });
  });
}

for (const id of ["", ".", ".."]) {
  test(`the id ${JSON.stringify(id)} is not asked for`, async (t) => {
    const { client, requests } = await imitateEngine(t, json({}));
    await assert.rejects(client.inspectContainer(id), { code: "NOT_FOUND" });
    assert.deepEqual(requests, []);
  });
}

test("an answer of exactly the limit is read whole", async (t) => {
  const { client } = await imitateEngine(t, json("x".repeat(98)), { answerBytesMax: 100 });
  assert.equal(await client.get("/info"), "x".repeat(98));
});

test("one byte more is refused, and the connection is not kept", async (t) => {
  const { client } = await imitateEngine(t, json("x".repeat(99)), { answerBytesMax: 100 });
  await assert.rejects(client.get("/info"), { code: "BODY_TOO_LARGE" });
});

test("an answer within the time is waited for", async (t) => {
  const { client } = await imitateEngine(t, (_, response) => void setTimeout(() => response.end("1"), 20), {
    answerMsMax: 5000,
  });
  assert.equal(await client.get("/info"), 1);
});

test("an engine that is silent for longer is given up", async (t) => {
  const { client } = await imitateEngine(t, () => {}, { answerMsMax: 50 });
  await assert.rejects(client.get("/info"), { code: "UPSTREAM_TIMEOUT", message: /did not answer within 50 ms/ });
});

test("an engine that answers a byte at a time is given up too", async (t) => {
  const { client } = await imitateEngine(
    t,
    (_, response) => {
      const timer = setInterval(() => response.write(" "), 5);
      response.on("close", () => clearInterval(timer));
    },
    { answerMsMax: 80 },
  );
  await assert.rejects(client.get("/info"), { code: "UPSTREAM_TIMEOUT" });
});

test("an answer that breaks off is not taken for a whole one", async (t) => {
  const { client } = await imitateEngine(t, (_, response) => {
    response.writeHead(200, { "Content-Length": "100" });
    response.write("{}");
    setTimeout(() => response.destroy(), 20);
  });
  await assert.rejects(client.get("/info"), { code: "UPSTREAM_CLOSED" });
});

for (const [drops, outcome] of [
  [1, "opened again"],
  [2, "given up"],
] as const) {
  test(`a kept connection that the engine closes ${drops} times in a row is ${outcome}`, async (t) => {
    let left = 0;
    const { client } = await imitateEngine(t, (request, response) => {
      if (left > 0) {
        left -= 1;
        request.socket.destroy();
      } else {
        response.end("1");
      }
    });
    // Two connections are kept, so that the second try takes one that was used before, too.
    await Promise.all([client.get("/info"), client.get("/info")]);
    left = drops;
    const asked = client.get("/info");
    await (outcome === "given up" ? assert.rejects(asked, { code: "UPSTREAM_CLOSED" }) : assert.doesNotReject(asked));
  });
}

test("an engine that accepts and then does not shake hands is given up", async (t) => {
  const server = createTcpServer((socket) => void socket.on("error", () => {}));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const uri = `tcp://127.0.0.1:${port}`;
  const limits = { ...ENGINE_LIMITS, connectMsMax: 50 };
  const client = createEngineClient({ kind: "tcp", uri, host: "127.0.0.1", port, tls: { verify: false } }, limits);
  await assert.rejects(client.ping(), {
    code: "UPSTREAM_TIMEOUT",
    message: /did not accept the connection within 50 ms/,
  });
});

test("no more than the allowed number of connections is opened", async (t) => {
  let open = 0;
  let most = 0;
  const { client } = await imitateEngine(
    t,
    (_, response) => {
      open += 1;
      most = Math.max(most, open);
      setTimeout(() => {
        open -= 1;
        response.end("1");
      }, 10);
    },
    { socketsMax: 2 },
  );
  await Promise.all(Array.from({ length: 6 }, () => client.get("/info")));
  assert.equal(most, 2);
});

test("the API version is asked for again after a failure", async (t) => {
  const { client, server, endpoint } = await imitateEngine(t, json(1));
  assert.ok(endpoint.kind === "unix");
  await new Promise((resolve) => server.close(resolve));
  await assert.rejects(client.get("/info"), { code: "UPSTREAM_UNREACHABLE" });
  await new Promise<void>((resolve) => server.listen(endpoint.socketPath, resolve));
  assert.equal(await client.get("/info"), 1);
});

test("a socket that is not there is named, with what to do", async () => {
  const client = createEngineClient({ kind: "unix", uri: "unix:///nowhere.sock", socketPath: "/nowhere.sock" });
  await assert.rejects(client.ping(), {
    code: "UPSTREAM_UNREACHABLE",
    message:
      "cannot connect to the engine at unix:///nowhere.sock (ENOENT): is it running there? Name another one with --host or DOCKER_HOST",
  });
});

test("what does not speak HTTP is no engine", async (t) => {
  const endpoint = await listen(
    t,
    createTcpServer((socket) => socket.on("error", () => {}).end("SSH-2.0-OpenSSH_9.2\r\n")),
  );
  await assert.rejects(createEngineClient(endpoint).ping(), { code: "BAD_ANSWER" });
});

test("a TCP port that refuses is unreachable", async () => {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const client = createEngineClient({ kind: "tcp", uri: `tcp://127.0.0.1:${port}`, host: "127.0.0.1", port });
  await assert.rejects(client.ping(), { code: "UPSTREAM_UNREACHABLE", message: /ECONNREFUSED/ });
});

test("over TCP the engine is asked in the same way", async (t) => {
  const server = createServer((_, response) => response.writeHead(200, PING).end("OK"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.closeAllConnections());
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const client = createEngineClient({ kind: "tcp", uri: `tcp://127.0.0.1:${port}`, host: "127.0.0.1", port });
  t.after(() => client.close());
  assert.equal((await client.ping()).apiVersion, "1.41");
});
