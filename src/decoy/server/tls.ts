/** The certificate of a decoy that listens with TLS: made once for each installation, as an administrator would have. */
import { webcrypto } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createSecureContext, type SecureContext } from "node:tls";

const YEAR_MS = 365 * 86_400_000;

/** Opens the key and certificate in the folder; makes them when they are not there. Without a folder they are new. */
export async function openTls(folder: string | undefined, hostname: string): Promise<SecureContext> {
  const keyPath = folder === undefined ? undefined : join(folder, "engine", "server-key.pem");
  const certPath = folder === undefined ? undefined : join(folder, "engine", "server-cert.pem");
  if (keyPath !== undefined && certPath !== undefined && existsSync(keyPath) && existsSync(certPath)) {
    return createSecureContext({ key: readFileSync(keyPath), cert: readFileSync(certPath) });
  }
  const { key, cert } = await makeCertificate(hostname);
  if (folder !== undefined && keyPath !== undefined && certPath !== undefined) {
    mkdirSync(join(folder, "engine"), { recursive: true, mode: 0o700 });
    writeFileSync(keyPath, key, { mode: 0o600 });
    writeFileSync(certPath, cert, { mode: 0o600 });
  }
  return createSecureContext({ key, cert });
}

/** A certificate for the host name, signed by itself. The library is loaded only when it is needed. */
async function makeCertificate(hostname: string): Promise<{ key: string; cert: string }> {
  await import("reflect-metadata");
  const { PemConverter, SubjectAlternativeNameExtension, X509CertificateGenerator } = await import("@peculiar/x509");
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const cert = await X509CertificateGenerator.createSelfSigned({
    serialNumber: Buffer.from(webcrypto.getRandomValues(new Uint8Array(8))).toString("hex"),
    name: `CN=${hostname}`,
    notBefore: new Date(Date.now() - YEAR_MS / 4),
    notAfter: new Date(Date.now() + YEAR_MS),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new SubjectAlternativeNameExtension([
        { type: "dns", value: hostname },
        { type: "dns", value: "localhost" },
      ]),
    ],
  });
  const key = PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey), "PRIVATE KEY");
  return { key, cert: cert.toString("pem") };
}
