import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { parse } from "yaml";
import { sekisho, testFolder } from "./support/cli.ts";
import { runCommand } from "./support/engines/command.ts";
import { fakeEngine } from "./support/fake-engine.ts";
import { runGate } from "./support/gate.ts";

const FOLDER = testFolder("guard-cert");

/** Certificates made by the command, and a gate that runs with them and with the policy lines that it printed. */
async function gateWithCertificates(context: TestContext, lines: (printed: string) => string) {
  const dir = join(FOLDER, context.name.replace(/\W+/g, "-"));
  const made = await sekisho(["guard", "cert", "--dir", dir, "--client", "ci", "other"]);
  assert.equal(made.status, 0, made.stderr);
  const printed = parse(lines(made.stdout)) as { clients: Record<string, object> };
  const policy = join(dir, "policy.yaml");
  const clients = { ci: { preset: "observer", ...printed.clients["ci"] } };
  writeFileSync(policy, JSON.stringify({ version: 1, clients }));
  const engine = await fakeEngine(FOLDER, { web: { Config: { Image: "i" }, HostConfig: {} } });
  context.after(engine.close);
  const server = join(dir, "server");
  const { uris } = await runGate(context, [
    ...["--policy", policy, "--listen", "tcp://127.0.0.1:0", "--upstream", engine.address],
    ...["--tls-cert", join(server, "cert.pem"), "--tls-key", join(server, "key.pem"), "--tls-ca", join(dir, "ca.pem")],
  ]);
  const port = uris[0]?.split(":").at(-1) ?? "";
  return { dir, port };
}

/** Status of a ping by HTTPS, with a client's folder or without any certificate; the word of the error if none came. */
const ping = (dir: string, port: string, client?: string): Promise<string> =>
  new Promise((told) => {
    const at = (name: string) => readFileSync(join(dir, "clients", client ?? "", name));
    const sent = request(
      {
        ...{ host: "127.0.0.1", servername: "localhost", port, path: "/_ping", agent: false },
        ca: readFileSync(join(dir, "ca.pem")),
        ...(client !== undefined && { cert: at("cert.pem"), key: at("key.pem") }),
      },
      (response) => {
        response.resume();
        told(String(response.statusCode));
      },
    );
    sent.on("error", (error: NodeJS.ErrnoException) => told(error.code ?? error.message));
    sent.end();
  });

for (const [how, lines] of [
  ["its key", (printed: string) => printed],
  ["its name", (printed: string) => printed.replace(/^ *certificateKey.*\n/gm, "").replace(/# (commonName)/g, "$1")],
] as const) {
  test(`over TLS the gate knows a client by ${how}, and lets in nobody else`, async (context) => {
    const { dir, port } = await gateWithCertificates(context, lines);
    assert.equal(await ping(dir, port, "ci"), "200");
    assert.notEqual(await ping(dir, port, "other"), "200");
    assert.notEqual(await ping(dir, port), "200");
  });
}

const noDocker = !(process.env["PATH"] ?? "").split(":").some((folder) => existsSync(join(folder, "docker")));

test("the docker command takes a client's folder as DOCKER_CERT_PATH", {
  skip: noDocker && "no docker command",
}, async (context) => {
  const { dir, port } = await gateWithCertificates(context, (printed) => printed);
  const docker = (client: string) =>
    runCommand("docker", ["ps", "--format", "{{.Names}}"], {
      env: {
        PATH: process.env["PATH"],
        HOME: dir,
        DOCKER_HOST: `tcp://localhost:${port}`,
        DOCKER_TLS_VERIFY: "1",
        DOCKER_CERT_PATH: join(dir, "clients", client),
      },
    });
  const [own, other] = [await docker("ci"), await docker("other")];
  assert.equal(own.stdout.trim(), "web", own.stderr);
  assert.equal(own.code, 0);
  assert.notEqual(other.code, 0);
});

test("the command says in Japanese what it cannot do, and writes nothing", async () => {
  const dir = join(FOLDER, "none");
  const { status, stderr } = await sekisho(["guard", "cert", "--dir", dir, "--days", "1.5", "--lang", "ja"]);
  assert.equal(status, 2);
  assert.match(stderr, /整数/);
  assert.ok(!existsSync(dir));
});
