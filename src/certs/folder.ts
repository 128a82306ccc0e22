/**
 * A folder with a small authority:
 *
 *     DIR/ca.pem, DIR/ca-key.pem                         the authority
 *     DIR/server/{cert,key}.pem                          for --tls-cert and --tls-key
 *     DIR/clients/NAME/{ca,cert,key}.pem                 for DOCKER_CERT_PATH
 */
import { createHash, createPrivateKey, X509Certificate } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CertError } from "./cert-error.ts";
import { issue, type KeyedCertificate, makeAuthority } from "./issue.ts";
import { DAYS_MAX, PEM_BYTES_MAX } from "./limits.ts";
import { clientNames, hostNames } from "./names.ts";

/** What is to be made. */
export interface CertPlan {
  readonly folder: string;
  /** Names and addresses of the server; none: a server's certificate is made only where there is none at all. */
  readonly hosts: readonly string[];
  readonly clients: readonly string[];
  readonly days: number;
  /** Replace certificates of the server and of clients that are there. The authority is never replaced. */
  readonly force: boolean;
  readonly now: Date;
}

/** A client that a certificate was made for. */
export interface IssuedClient {
  readonly name: string;
  /** Its folder, for DOCKER_CERT_PATH. */
  readonly folder: string;
  /** SHA-256 of its public key (SPKI), hex: `identity.certificateKey` of a policy. */
  readonly keySha256: string;
}

/** What was made. */
export interface CertReport {
  readonly authority: "made" | "used";
  /** Hosts of the server's certificate; absent: none was made. */
  readonly serverHosts?: readonly string[];
  readonly clients: readonly IssuedClient[];
  /** The last moment of what was made; absent: nothing was. */
  readonly notAfter?: Date;
  /** The authority ends earlier than the days that were asked for. */
  readonly shortened: boolean;
}

/** Names that a server has unless somebody gives others. */
const HOSTS_DEFAULT = ["localhost", "127.0.0.1", "::1"];

/** Makes what the plan says. Nothing is written when a part of it cannot be. @throws {CertError} or an error of a file */
export async function writeCertificates(plan: CertPlan): Promise<CertReport> {
  const { folder, days, now, force } = plan;
  checkDays(days);
  const hosts = plan.hosts.length > 0 || existsSync(join(folder, "server")) ? plan.hosts : HOSTS_DEFAULT;
  const servers = hostNames(hosts);
  const clients = clientNames(plan.clients);
  checkFolder(folder);
  if (!force) {
    refuseOverwriting(folder, servers.length > 0, clients);
  }
  const known = readAuthority(folder, now);
  const authority = known ?? (await makeAuthority(`Sekisho guard ${now.toISOString().slice(0, 10)}`, now));
  const server = servers.length > 0 ? await issue({ kind: "server", hosts: servers }, authority, days, now) : undefined;
  const issued = new Map<string, KeyedCertificate>();
  for (const name of clients) {
    issued.set(name, await issue({ kind: "client", name }, authority, days, now));
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (known === undefined) {
    writeNew(join(folder, "ca-key.pem"), authority.key, SECRET);
    writeNew(join(folder, "ca.pem"), authority.certificate, PUBLIC);
  }
  if (server !== undefined) {
    writePair(join(folder, "server"), server, force);
  }
  for (const [name, pair] of issued) {
    writePair(join(folder, "clients", name), pair, force, authority.certificate);
  }
  const made = [...(server === undefined ? [] : [server]), ...issued.values()][0];
  return {
    authority: known === undefined ? "made" : "used",
    ...(server !== undefined && { serverHosts: servers.map(({ value }) => value) }),
    clients: [...issued].map(([name, { certificate }]) => ({
      name,
      folder: join(folder, "clients", name),
      keySha256: keySha256(certificate),
    })),
    ...(made !== undefined && { notAfter: new X509Certificate(made.certificate).validToDate }),
    shortened: new X509Certificate(authority.certificate).validToDate.getTime() < now.getTime() + days * DAY_MS,
  };
}

const DAY_MS = 86_400_000;
const SECRET = 0o600;
const PUBLIC = 0o644;

function checkDays(days: number): void {
  if (!Number.isInteger(days) || days < 1 || days > DAYS_MAX) {
    throw new CertError({
      en: `--days takes a number from 1 to ${DAYS_MAX}`,
      ja: `--days には 1 から ${DAYS_MAX} までの整数を指定してください`,
    });
  }
}

/** A folder that everybody may write to is no place for the key of an authority. */
function checkFolder(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found !== undefined && (found.mode & 0o002) !== 0) {
    throw new CertError({
      en: `everybody may write to ${folder}: choose a folder of your own, or take the right away (chmod o-w)`,
      ja: `${folder} には誰でも書き込めます。自分専用のフォルダを選ぶか、権限を外してください（chmod o-w）`,
    });
  }
}

function refuseOverwriting(folder: string, server: boolean, clients: readonly string[]): void {
  const parts = [...(server ? ["server"] : []), ...clients.map((name) => join("clients", name))];
  const there = parts.map((part) => join(folder, part)).filter((path) => existsSync(path));
  if (there.length > 0) {
    throw new CertError({
      en: `already there: ${there.join(", ")}; nothing was written. --force replaces them`,
      ja: `すでに存在するため、何も書き込みませんでした: ${there.join(", ")}。置き換えるには --force を付けてください`,
    });
  }
}

/** The authority of a folder; `undefined`: it has none yet. @throws {CertError} when it cannot be used */
function readAuthority(folder: string, now: Date): KeyedCertificate | undefined {
  const certPath = join(folder, "ca.pem");
  const keyPath = join(folder, "ca-key.pem");
  const [hasCert, hasKey] = [existsSync(certPath), existsSync(keyPath)];
  if (!hasCert && !hasKey) {
    return undefined;
  }
  const unusable = (en: string, ja: string): CertError =>
    new CertError({ en: `${folder}: the authority cannot be used: ${en}`, ja: `${folder}: 認証局を使えません。${ja}` });
  if (!hasCert || !hasKey) {
    const missing = hasCert ? "ca-key.pem" : "ca.pem";
    throw unusable(`${missing} is missing`, `${missing} がありません`);
  }
  const pair = { certificate: readPem(certPath), key: readPem(keyPath) };
  let certificate: X509Certificate;
  let fits: boolean;
  try {
    certificate = new X509Certificate(pair.certificate);
    const key = createPrivateKey(pair.key);
    fits = certificate.checkPrivateKey(key) && key.asymmetricKeyDetails?.namedCurve === "prime256v1";
  } catch (cause) {
    throw new CertError(
      {
        en: `${folder}: ca.pem or ca-key.pem is no PEM file without a passphrase`,
        ja: `${folder}: ca.pem または ca-key.pem が、パスフレーズなしの PEM ファイルではありません`,
      },
      { cause },
    );
  }
  if (!fits || !certificate.ca) {
    throw unusable(
      "ca-key.pem must be the P-256 key of ca.pem, and ca.pem an authority's certificate",
      "ca-key.pem は ca.pem に対応する P-256 の鍵、ca.pem は認証局の証明書である必要があります",
    );
  }
  if (now > certificate.validToDate) {
    throw unusable(
      `it ended on ${certificate.validTo}; begin anew in another folder`,
      `有効期限（${certificate.validTo}）が切れています。別のフォルダで作り直してください`,
    );
  }
  return pair;
}

function readPem(path: string): string {
  if (statSync(path).size > PEM_BYTES_MAX) {
    throw new CertError({ en: `${path} is no PEM file`, ja: `${path} は PEM ファイルではありません` });
  }
  return readFileSync(path, "utf8");
}

function writePair(folder: string, { certificate, key }: KeyedCertificate, force: boolean, authority?: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const write = force ? replace : writeNew;
  write(join(folder, "key.pem"), key, SECRET);
  write(join(folder, "cert.pem"), certificate, PUBLIC);
  if (authority !== undefined) {
    write(join(folder, "ca.pem"), authority, PUBLIC);
  }
}

/** Writes a file that must not be there yet. A crash leaves all of it or nothing. */
function writeNew(path: string, text: string, mode: number): void {
  const draft = writeDraft(path, text, mode);
  try {
    linkSync(draft, path); // unlike a renaming, fails where something is
  } finally {
    rmSync(draft);
  }
}

function replace(path: string, text: string, mode: number): void {
  renameSync(writeDraft(path, text, mode), path);
}

function writeDraft(path: string, text: string, mode: number): string {
  const draft = `${path}.${process.pid}.new`;
  rmSync(draft, { force: true });
  writeFileSync(draft, text, { mode, flag: "wx", flush: true });
  return draft;
}

const keySha256 = (certificate: string): string =>
  createHash("sha256")
    .update(new X509Certificate(certificate).publicKey.export({ type: "spki", format: "der" }))
    .digest("hex");
