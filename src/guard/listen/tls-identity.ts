import { constants, createHash, type X509Certificate } from "node:crypto";
import type { TLSSocket, TlsOptions } from "node:tls";
import { GateConfigError } from "../gate-error.ts";

/** Which certificate is which client. Each rule that is given must hold; a client may have several. */
export interface CertificateRule {
  readonly client: string;
  /** SHA-256 of the public key (SPKI), base64 or hex: the key is enough, whoever signed the certificate. */
  readonly publicKeySha256?: string;
  /** Names, believed when the authority of the listener has signed the certificate. */
  readonly commonName?: string;
  readonly organizationalUnit?: string;
  /** As `DNS:ci.example`, `URI:spiffe://…`, `email:…`. */
  readonly subjectAltName?: string;
}

/** TLS of a listener, as paths: they are read again when they change. */
export interface TlsIdentityConfig {
  readonly certPath: string;
  readonly keyPath: string;
  /** The authority of the clients' certificates; absent: clients are known by their keys alone. */
  readonly clientCaPath?: string;
  readonly rules: readonly CertificateRule[];
}

/** Reads a file of PEM texts. @throws when it cannot be read */
export type ReadPem = (path: string) => string;

/** Options for the TLS server. No session is resumed: a certificate is looked at each time. */
export function tlsOptions(config: TlsIdentityConfig, readPem: ReadPem): TlsOptions {
  checkRules(config);
  try {
    return {
      cert: readPem(config.certPath),
      key: readPem(config.keyPath),
      ...(config.clientCaPath !== undefined && { ca: readPem(config.clientCaPath) }),
      minVersion: "TLSv1.2",
      requestCert: true,
      // Decided per connection: a key that is pinned needs no authority.
      rejectUnauthorized: false,
      secureOptions: constants.SSL_OP_NO_TICKET | constants.SSL_OP_NO_RENEGOTIATION,
      ALPNProtocols: ["http/1.1"],
    };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new GateConfigError(
      { en: `cannot read the certificates: ${why}`, ja: `証明書を読み込めません: ${why}` },
      { cause },
    );
  }
}

function checkRules({ rules, clientCaPath }: TlsIdentityConfig): void {
  for (const { client, publicKeySha256, commonName, organizationalUnit, subjectAltName } of rules) {
    const names = [commonName, organizationalUnit, subjectAltName].some((name) => name !== undefined);
    if (publicKeySha256 === undefined && !names) {
      throw new GateConfigError({
        en: `the client ${client} is known by nothing: give it a public key or a name of its certificate`,
        ja: `クライアント ${client} を識別する手掛かりがありません。公開鍵または証明書の名前を指定してください。`,
      });
    }
    if (names && clientCaPath === undefined) {
      throw new GateConfigError({
        en: `the client ${client} is known by a name, and a name means nothing without an authority: give the listener a client CA`,
        ja: `クライアント ${client} は名前で識別されていますが、認証局がなければ名前は信用できません。リスナーにクライアント CA を指定してください。`,
      });
    }
  }
}

/** The client that a connection's certificate belongs to, by the first rule that holds. */
export function clientOf(socket: TLSSocket, rules: readonly CertificateRule[], now: Date): string | undefined {
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined || now < certificate.validFromDate || now > certificate.validToDate) {
    return undefined;
  }
  return rules.find((rule) => holds(rule, certificate, socket.authorized))?.client;
}

function holds(rule: CertificateRule, certificate: X509Certificate, authorized: boolean): boolean {
  const { publicKeySha256, commonName, organizationalUnit, subjectAltName } = rule;
  const pinned = publicKeySha256 !== undefined;
  if (pinned && !isKey(publicKeySha256, certificate)) {
    return false;
  }
  const subject = subjectOf(certificate);
  return (
    (pinned || authorized) &&
    (commonName === undefined || (authorized && isOnly(subject.get("CN"), commonName))) &&
    (organizationalUnit === undefined || (authorized && subject.get("OU")?.includes(organizationalUnit) === true)) &&
    (subjectAltName === undefined || (authorized && alternativeNames(certificate).includes(subjectAltName)))
  );
}

/** A certificate with two common names has none: which one is meant is anybody's guess. */
const isOnly = (values: readonly string[] | undefined, wanted: string): boolean =>
  values?.length === 1 && values[0] === wanted;

function isKey(wanted: string, certificate: X509Certificate): boolean {
  const digest = createHash("sha256")
    .update(certificate.publicKey.export({ type: "spki", format: "der" }))
    .digest();
  return wanted.toLowerCase() === digest.toString("hex") || wanted === digest.toString("base64");
}

/** `CN=ci\nOU=builds`, one attribute a line; Node escapes line feeds in values. */
function subjectOf(certificate: X509Certificate): ReadonlyMap<string, readonly string[]> {
  const attributes = new Map<string, string[]>();
  for (const line of certificate.subject.split("\n")) {
    const equals = line.indexOf("=");
    const name = line.slice(0, equals);
    attributes.set(name, [...(attributes.get(name) ?? []), line.slice(equals + 1)]);
  }
  return attributes;
}

/** Names as `DNS:a, URI:b`. One that Node had to quote is not taken apart and never matches. */
function alternativeNames(certificate: X509Certificate): readonly string[] {
  const { subjectAltName = "" } = certificate;
  return subjectAltName.includes('"') ? [] : subjectAltName.split(", ");
}
