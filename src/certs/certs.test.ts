import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { CertError, type CertPlan, DAYS_MAX, NAMES_MAX, writeCertificates } from "./index.ts";

const ROOT = mkdtempSync(join(tmpdir(), "sekisho-certs-"));
after(() => rmSync(ROOT, { recursive: true }));

const NOW = new Date("2026-11-24T12:00:00Z");

let folders = 0;
const newFolder = () => {
  folders += 1;
  return join(ROOT, `authority-${folders}`);
};

const make = (folder: string, plan: Partial<CertPlan> = {}) =>
  writeCertificates({ folder, hosts: [], clients: [], days: 30, force: false, now: NOW, ...plan });

const read = (...path: string[]) => new X509Certificate(readFileSync(join(...path)));

test("a server and clients under an authority of their own", async () => {
  const folder = newFolder();
  const report = await make(folder, { hosts: ["gate.example", "192.0.2.7", "*.ci.example"], clients: ["ci", "ops"] });
  const authority = read(folder, "ca.pem");
  const server = read(folder, "server", "cert.pem");
  const client = read(folder, "clients", "ci", "cert.pem");
  assert.ok(authority.ca && authority.checkIssued(authority));
  assert.ok(!server.ca && server.checkIssued(authority) && server.verify(authority.publicKey));
  assert.ok(!client.ca && client.checkIssued(authority) && client.verify(authority.publicKey));
  assert.equal(server.subjectAltName, "DNS:gate.example, IP Address:192.0.2.7, DNS:*.ci.example");
  // Each is good for its own side only.
  assert.deepEqual(server.keyUsage, ["1.3.6.1.5.5.7.3.1"]);
  assert.deepEqual(client.keyUsage, ["1.3.6.1.5.5.7.3.2"]);
  assert.equal(client.subject, "CN=ci");
  assert.equal(client.publicKey.asymmetricKeyDetails?.namedCurve, "prime256v1");
  assert.deepEqual(
    report.clients.map(({ name }) => name),
    ["ci", "ops"],
  );
  const serials = [authority, server, client, read(folder, "clients", "ops", "cert.pem")].map(
    (one) => one.serialNumber,
  );
  assert.equal(new Set(serials).size, serials.length);
  assert.ok(serials.every((serial) => serial.length === 32 && Number.parseInt(serial.slice(0, 2), 16) < 0x80));
  assert.ok(server.validFromDate < NOW, "a clock that is behind");
  assert.equal(server.validToDate.toISOString(), "2026-12-24T12:00:00.000Z");
});

test("keys are for their owner's eyes only", async () => {
  const folder = newFolder();
  await make(folder, { clients: ["ci"] });
  for (const key of ["ca-key.pem", "server/key.pem", "clients/ci/key.pem"]) {
    assert.equal(statSync(join(folder, key)).mode & 0o777, 0o600, key);
  }
  assert.equal(statSync(folder).mode & 0o777, 0o700);
});

test("a client is added later to the same authority, and the server stays", async () => {
  const folder = newFolder();
  await make(folder);
  const [authority, server] = [readFileSync(join(folder, "ca.pem")), readFileSync(join(folder, "server", "cert.pem"))];
  const report = await make(folder, { clients: ["later"] });
  assert.equal(report.authority, "used");
  assert.equal(report.serverHosts, undefined);
  assert.deepEqual(readFileSync(join(folder, "ca.pem")), authority);
  assert.deepEqual(readFileSync(join(folder, "server", "cert.pem")), server);
  assert.deepEqual(readFileSync(join(folder, "clients", "later", "ca.pem")), authority);
  assert.ok(read(folder, "clients", "later", "cert.pem").verify(read(folder, "ca.pem").publicKey));
});

test("nothing is overwritten, and nothing else is written beside it", async () => {
  const folder = newFolder();
  await make(folder, { clients: ["ci"] });
  const before = readFileSync(join(folder, "clients", "ci", "key.pem"));
  await assert.rejects(make(folder, { clients: ["new", "ci"] }), CertError);
  await assert.rejects(make(folder, { hosts: ["other.example"] }), CertError);
  assert.deepEqual(readFileSync(join(folder, "clients", "ci", "key.pem")), before);
  assert.ok(!existsSync(join(folder, "clients", "new")));
});

test("--force replaces what is named and leaves the authority and the others", async () => {
  const folder = newFolder();
  await make(folder, { clients: ["ci", "ops"] });
  const kept = ["ca.pem", "ca-key.pem", "server/key.pem", "clients/ops/key.pem"].map((path) => join(folder, path));
  const before = kept.map((path) => readFileSync(path, "utf8"));
  const old = readFileSync(join(folder, "clients", "ci", "key.pem"), "utf8");
  await make(folder, { clients: ["ci"], force: true });
  assert.notEqual(readFileSync(join(folder, "clients", "ci", "key.pem"), "utf8"), old);
  assert.deepEqual(
    kept.map((path) => readFileSync(path, "utf8")),
    before,
  );
});

test("no certificate outlives its authority", async () => {
  const folder = newFolder();
  await make(folder);
  const later = new Date(NOW.getTime() + (DAYS_MAX - 10) * 86_400_000);
  const report = await make(folder, { clients: ["late"], now: later });
  assert.ok(report.shortened);
  const ends = read(folder, "ca.pem").validToDate;
  assert.deepEqual(read(folder, "clients", "late", "cert.pem").validToDate, ends);
  await assert.rejects(make(folder, { clients: ["later"], now: new Date(ends.getTime() + 1_000) }), /ended/);
});

test("an authority that lost a half, or has the key of another, is not used", async () => {
  const [half, other, swapped, text] = [newFolder(), newFolder(), newFolder(), newFolder()];
  for (const folder of [half, other, swapped, text]) {
    await make(folder);
  }
  rmSync(join(half, "ca-key.pem"));
  writeFileSync(join(swapped, "ca-key.pem"), readFileSync(join(other, "ca-key.pem")));
  writeFileSync(join(text, "ca.pem"), "not a certificate");
  for (const folder of [half, swapped, text]) {
    await assert.rejects(make(folder, { clients: ["ci"] }), CertError);
    assert.ok(!existsSync(join(folder, "clients")));
  }
  await make(other, { clients: ["ci"] });
});

test("a folder that everybody may write to is refused, one of a group is not", async () => {
  const [open, shared] = [newFolder(), newFolder()];
  mkdirSync(open);
  mkdirSync(shared);
  chmodSync(open, 0o777);
  chmodSync(shared, 0o770);
  await assert.rejects(make(open), CertError);
  await make(shared);
});

for (const [kind, name, good] of [
  ["clients", "ci", true],
  ["clients", "agent-7.build_x", true],
  ["clients", "a".repeat(63), true],
  ["clients", "a".repeat(64), false],
  ["clients", "..", false],
  ["clients", "../ci", false],
  ["clients", "ci/../../x", false],
  ["clients", "", false],
  ["clients", "ci\n", false],
  ["clients", "CN=ci", false],
  ["hosts", "gate", true],
  ["hosts", "*.gate.example", true],
  ["hosts", "gate.*.example", false],
  ["hosts", "gate.example:2376", false],
  ["hosts", "tcp://gate", false],
  ["hosts", "::1", true],
  ["hosts", "192.0.2.256", false],
  ["hosts", "関所.example", false],
  ["hosts", "-gate", false],
] as const) {
  test(`${kind} ${JSON.stringify(name.slice(0, 30))}: ${good ? "made" : "refused"}`, async () => {
    const made = make(newFolder(), { [kind]: [name] });
    await (good ? made : assert.rejects(made, CertError));
  });
}

test("days and names have bounds", async () => {
  await assert.rejects(make(newFolder(), { days: 0 }), CertError);
  await assert.rejects(make(newFolder(), { days: DAYS_MAX + 1 }), CertError);
  await make(newFolder(), { days: DAYS_MAX });
  const names = Array.from({ length: NAMES_MAX + 1 }, (_, index) => `host-${index}`);
  await assert.rejects(make(newFolder(), { hosts: names }), CertError);
  await make(newFolder(), { hosts: names.slice(1) });
});
