/**
 * dockerd behind TLS with client certificates, on a port of 127.0.0.1.
 *
 * The engine's own 127.0.0.1 is in a network namespace of its own, out of a test's reach. Unix sockets cross network
 * namespaces, so two relays carry the bytes: test, 127.0.0.1 of the host, relay, unix socket, relay, 127.0.0.1 of the
 * engine. They do not read them: it is the engine that ends the TLS.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type CertificateFolders, writeCertificates } from "./certificates.ts";
import { dockerdCommand, dockerdSocketPath } from "./dockerd.ts";
import { EngineTestError } from "./engine-test-error.ts";
import { launch, logTail } from "./launch.ts";
import { ENGINE_START_MS_MAX } from "./limits.ts";
import type { Endpoint, EnginePlan, EngineRecipe } from "./recipe.ts";
import { waitUntil } from "./wait-until.ts";

/** Docker's port for TLS. Fixed, because nobody else is in the engine's network namespace. */
const INNER_PORT = 2376;

const RELAY = join(import.meta.dirname, "relay.ts");

export const tls: EngineRecipe = {
  kind: "tls",
  prerequisites: { programs: ["dockerd", "containerd", "runc", "openssl", "nsenter"], files: [] },
  plan: planTls,
};

async function planTls(folder: string): Promise<EnginePlan> {
  const certificates = await writeCertificates(join(folder, "certificates"));
  return {
    socketPath: dockerdSocketPath(folder),
    command: await dockerdCommand(folder, [
      `--host=tcp://127.0.0.1:${INNER_PORT}`,
      "--tlsverify",
      `--tlscacert=${join(certificates.server, "ca.pem")}`,
      `--tlscert=${join(certificates.server, "cert.pem")}`,
      `--tlskey=${join(certificates.server, "key.pem")}`,
    ]),
    env: {},
    privateCopies: [],
    open: (enginePid) => openToHost(folder, enginePid, certificates),
  };
}

async function openToHost(folder: string, enginePid: number, certificates: CertificateFolders): Promise<Endpoint> {
  const bridge = `unix:${join(folder, "relay.sock")}`;
  const inside = [process.execPath, RELAY, bridge, `tcp:${INNER_PORT}`, join(folder, "inner-relay")];
  launch(folder, "nsenter", [`--target=${enginePid}`, "--net", ...inside]);
  launch(folder, process.execPath, [RELAY, "tcp:0", bridge, join(folder, "outer-relay")]);
  await relayAddress(folder, "inner-relay");
  const { port } = JSON.parse(await relayAddress(folder, "outer-relay")) as { port: number };
  return {
    socketPath: dockerdSocketPath(folder),
    host: `tcp://127.0.0.1:${port}`,
    certPath: certificates.firstClient,
    otherCertPath: certificates.secondClient,
  };
}

/** What a relay writes when it accepts connections. */
async function relayAddress(folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  const address = await waitUntil(
    () => (existsSync(path) ? readFileSync(path, "utf8") : undefined),
    ENGINE_START_MS_MAX,
  );
  if (address === undefined) {
    throw new EngineTestError(
      "ENGINE_START_TIMEOUT",
      `the ${name} of the tls engine was not ready within ${ENGINE_START_MS_MAX} ms${logTail(folder)}`,
    );
  }
  return address;
}
