/** A certificate authority for one engine, made with the openssl of the machine. */
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runOrThrow } from "./command.ts";

/** Who a certificate speaks for. */
interface Subject {
  readonly commonName: string;
  readonly organisation: string;
}

/** The client whose certificate tests use unless they want another. */
export const FIRST_CLIENT: Subject = { commonName: "builder", organisation: "ci" };

/** A client that differs from the first in both names. */
export const SECOND_CLIENT: Subject = { commonName: "operator", organisation: "operations" };

/** Long enough for the longest test run, too short to be of use to anybody afterwards. */
const VALID_DAYS = 2;

const EXTENSIONS = `
[req]
distinguished_name = subject
[subject]
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
[server]
subjectAltName = DNS:localhost, IP:127.0.0.1
extendedKeyUsage = serverAuth
[client]
extendedKeyUsage = clientAuth
`;

/** The folders of the server and of two clients; each has ca.pem, cert.pem and key.pem, as the Docker CLI wants them. */
export interface CertificateFolders {
  readonly server: string;
  readonly firstClient: string;
  readonly secondClient: string;
}

/** Makes an authority, a server's certificate for 127.0.0.1 and localhost, and two clients' certificates. */
export async function writeCertificates(folder: string): Promise<CertificateFolders> {
  mkdirSync(folder, { mode: 0o700 });
  writeFileSync(join(folder, "openssl.cnf"), EXTENSIONS);
  const authority = await issue(folder, "authority", { commonName: "Sekisho tests", organisation: "Sekisho" });
  const [server, firstClient, secondClient] = await Promise.all([
    issue(folder, "server", { commonName: "localhost", organisation: "Sekisho" }, authority),
    issue(folder, "client", FIRST_CLIENT, authority),
    issue(folder, "client", SECOND_CLIENT, authority),
  ]);
  return { server, firstClient, secondClient };
}

/** Makes a key and its certificate; without an authority it signs itself. */
async function issue(folder: string, extensions: string, subject: Subject, authority?: string): Promise<string> {
  const own = join(folder, subject.commonName.replaceAll(" ", "-"));
  mkdirSync(own, { mode: 0o700 });
  const signer =
    authority === undefined ? [] : ["-CA", join(authority, "cert.pem"), "-CAkey", join(authority, "key.pem")];
  await runOrThrow("openssl", [
    ...["req", "-x509", "-config", join(folder, "openssl.cnf"), "-extensions", extensions, ...signer],
    ...["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc", "-days", String(VALID_DAYS)],
    ...["-subj", `/O=${subject.organisation}/CN=${subject.commonName}`],
    ...["-keyout", join(own, "key.pem"), "-out", join(own, "cert.pem")],
  ]);
  copyFileSync(join(authority ?? own, "cert.pem"), join(own, "ca.pem"));
  return own;
}
