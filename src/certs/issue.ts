/** Keys and certificates. The library that writes them is loaded only when some are made. */
import { randomBytes, webcrypto } from "node:crypto";
import type * as X509 from "@peculiar/x509";
import { CLOCK_SKEW_MINUTES, DAYS_MAX } from "./limits.ts";
import type { HostName } from "./names.ts";

/** Certificate and key as PEM texts. */
export interface KeyedCertificate {
  readonly certificate: string;
  readonly key: string;
}

/** Whom a certificate is for. */
export type Subject =
  | { readonly kind: "server"; readonly hosts: readonly HostName[] }
  | { readonly kind: "client"; readonly name: string };

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

const DAY_MS = 86_400_000;

/** Bytes of a serial number: more randomness than the 64 bits that CAs owe (CA/Browser Forum, 7.1), fewer than 20 bytes (RFC 5280). */
const SERIAL_BYTES = 16;

/** Common names have at most 64 characters (X.520); what counts is among the alternative names anyway. */
const COMMON_NAME_CHARACTERS_MAX = 64;

let loading: Promise<typeof X509> | undefined;

function library(): Promise<typeof X509> {
  // The library finds its parts by metadata, so that has to be there first.
  loading ??= import("reflect-metadata").then(() => import("@peculiar/x509"));
  return loading;
}

/** Makes an authority that may sign certificates of servers and clients, and no further authorities. */
export async function makeAuthority(commonName: string, now: Date): Promise<KeyedCertificate> {
  const x509 = await library();
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: [{ CN: [commonName] }],
    ...validity(now, DAYS_MAX),
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: `${certificate.toString("pem")}\n`, key: await privatePem(x509, keys.privateKey) };
}

/** Makes a key and a certificate under an authority. It never outlives the authority. */
export async function issue(
  subject: Subject,
  authority: KeyedCertificate,
  days: number,
  now: Date,
): Promise<KeyedCertificate> {
  const x509 = await library();
  const issuer = new x509.X509Certificate(authority.certificate);
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const { notBefore, notAfter } = validity(now, days);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    issuer: issuer.subjectName,
    subject: [{ CN: [commonNameOf(subject)] }],
    notBefore,
    notAfter: new Date(Math.min(notAfter.getTime(), issuer.notAfter.getTime())),
    publicKey: keys.publicKey,
    signingKey: await signingKeyOf(x509, authority.key),
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([
        subject.kind === "server" ? x509.ExtendedKeyUsage.serverAuth : x509.ExtendedKeyUsage.clientAuth,
      ]),
      ...(subject.kind === "server" ? [new x509.SubjectAlternativeNameExtension([...subject.hosts])] : []),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  });
  return { certificate: `${certificate.toString("pem")}\n`, key: await privatePem(x509, keys.privateKey) };
}

const commonNameOf = (subject: Subject): string =>
  subject.kind === "client"
    ? subject.name
    : (subject.hosts.find(({ value }) => value.length <= COMMON_NAME_CHARACTERS_MAX)?.value ?? "engine");

/** Positive, and never shorter: the first byte is from 01 to 7f (RFC 5280, 4.1.2.2). */
function serialNumber(): string {
  const bytes = randomBytes(SERIAL_BYTES);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x01;
  return bytes.toString("hex");
}

const validity = (now: Date, days: number): { readonly notBefore: Date; readonly notAfter: Date } => ({
  notBefore: new Date(now.getTime() - CLOCK_SKEW_MINUTES * 60_000),
  notAfter: new Date(now.getTime() + days * DAY_MS),
});

async function privatePem(x509: typeof X509, key: webcrypto.CryptoKey): Promise<string> {
  return `${x509.PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY")}\n`;
}

async function signingKeyOf(x509: typeof X509, pem: string): Promise<webcrypto.CryptoKey> {
  const [key] = x509.PemConverter.decode(pem);
  return await webcrypto.subtle.importKey("pkcs8", key as ArrayBuffer, ALGORITHM, false, ["sign"]);
}
