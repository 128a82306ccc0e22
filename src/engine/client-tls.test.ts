import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, type TestContext, test } from "node:test";
import { createEngineClient, type EngineTls } from "./index.ts";

const HAS_OPENSSL = spawnSync("openssl", ["version"]).status === 0;
const skip = !HAS_OPENSSL && process.env["SEKISHO_REQUIRE"] !== "all" ? "openssl makes the certificates" : false;

let folder = "";
const pem = (name: string) => readFileSync(join(folder, `${name}.pem`), "utf8");

before(() => {
  if (skip !== false) {
    return;
  }
  folder = mkdtempSync(join(tmpdir(), "sekisho-tls-"));
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  const keyed = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  openssl(
    "req",
    "-x509",
    ...keyed,
    "-keyout",
    "ca-key.pem",
    "-out",
    "ca.pem",
    "-subj",
    "/CN=test authority",
    "-days",
    "2",
  );
  writeFileSync(join(folder, "server.ext"), "subjectAltName=IP:127.0.0.1");
  writeFileSync(join(folder, "client.ext"), "extendedKeyUsage=clientAuth");
  for (const name of ["server", "client"]) {
    openssl("req", ...keyed, "-keyout", `${name}-key.pem`, "-out", `${name}.csr`, "-subj", `/CN=${name}`);
    const authority = ["-CA", "ca.pem", "-CAkey", "ca-key.pem", "-CAcreateserial", "-extfile", `${name}.ext`];
    openssl("x509", "-req", "-in", `${name}.csr`, ...authority, "-out", `${name}.pem`, "-days", "2");
  }
});

after(() => {
  if (folder !== "") {
    rmSync(folder, { recursive: true });
  }
});

async function pingOver(t: TestContext, tls: EngineTls | undefined, host = "127.0.0.1") {
  const options = { ca: pem("ca"), cert: pem("server"), key: pem("server-key"), requestCert: true };
  const server = createServer(options, (_, response) => response.writeHead(200, { "Api-Version": "1.41" }).end("OK"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const client = createEngineClient({
    kind: "tcp",
    uri: `tcp://${host}:${port}`,
    host,
    port,
    ...(tls === undefined ? {} : { tls }),
  });
  t.after(() => {
    client.close();
    server.closeAllConnections();
    server.close();
  });
  return client.ping();
}

test("certificates of one authority reach the engine", { skip }, async (t) => {
  const tls = { ca: pem("ca"), cert: pem("client"), key: pem("client-key"), verify: true };
  assert.equal((await pingOver(t, tls)).apiVersion, "1.41");
});

test("an engine of an unknown authority is refused", { skip }, async (t) => {
  const tls = { cert: pem("client"), key: pem("client-key"), verify: true };
  await assert.rejects(pingOver(t, tls), { code: "TLS_FAILED" });
});

test("unless nobody checks it", { skip }, async (t) => {
  const tls = { cert: pem("client"), key: pem("client-key"), verify: false };
  assert.equal((await pingOver(t, tls)).apiVersion, "1.41");
});

test("an engine under another name than its certificate's is refused", { skip }, async (t) => {
  const tls = { ca: pem("ca"), cert: pem("client"), key: pem("client-key"), verify: true };
  await assert.rejects(pingOver(t, tls, "localhost"), { code: "TLS_FAILED", message: /ERR_TLS_CERT_ALTNAME_INVALID/ });
});

test("a client without a certificate is turned away", { skip }, async (t) => {
  await assert.rejects(pingOver(t, { ca: pem("ca"), verify: true }), { code: "TLS_FAILED" });
});

test("plain HTTP to a TLS port gets no answer", { skip }, async (t) => {
  await assert.rejects(pingOver(t, undefined), { code: "UPSTREAM_CLOSED" });
});
