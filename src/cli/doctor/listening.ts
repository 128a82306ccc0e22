import type { LocalizedText } from "../../base/index.ts";
import type { Diagnosis, DoctorInputs } from "./diagnosis.ts";

/** Ports that engines listen on: Docker's without and with TLS. */
const PLAIN_PORT = 2375;

/** Lines of a table of sockets that are looked at. */
const SOCKETS_MAX = 100_000;

/** State of a socket that listens (include/net/tcp_states.h). */
const LISTEN = "0A";

const TITLE: LocalizedText = {
  en: `something listens on TCP ${PLAIN_PORT}, Docker's port without TLS`,
  ja: `TCP ${PLAIN_PORT}（TLS のない Docker のポート）での待ち受け`,
};

/** Sockets that listen on Docker's plain port, by the kernel's own tables. */
export function listeningPorts({ source, local }: DoctorInputs): Diagnosis {
  const id = "plain-port-open";
  const texts = local ? ["/proc/net/tcp", "/proc/net/tcp6"].map((path) => source.text(path)) : [];
  const tables = texts.filter((text) => typeof text === "string");
  if (tables.length === 0) {
    return { id, status: "unknown", title: TITLE, found: [] };
  }
  const addresses = tables.flatMap((table) => listeners(table, PLAIN_PORT));
  return addresses.length === 0
    ? { id, status: "ok", title: TITLE, found: [] }
    : {
        id,
        status: "bad",
        title: TITLE,
        found: [...new Set(addresses)].map((address) => ({
          en: `listening on ${address}`,
          ja: `${address} で待ち受けています`,
        })),
        advice: {
          en: "take tcp:// out of the daemon's hosts: on loopback, too, every process and every container on the host's network is root by it",
          ja: "デーモンの hosts から tcp:// を外してください。ループバックでも、ホストの全プロセスとホストネットワークのコンテナが root になれます",
        },
      };
}

function listeners(table: string, port: number): readonly string[] {
  return table
    .split("\n", SOCKETS_MAX)
    .slice(1)
    .flatMap((line) => {
      const [, local = "", , state] = line.trim().split(/\s+/);
      const [address = "", hex = ""] = local.split(":");
      return state === LISTEN && Number.parseInt(hex, 16) === port ? [`${addressOf(address)}:${port}`] : [];
    });
}

/** Addresses stand in the kernel's own byte order, four bytes at a time: the first of each four is the last. */
function addressOf(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).reverse());
  if (bytes.length === 4) {
    return bytes.map((byte) => Number.parseInt(byte, 16)).join(".");
  }
  const groups = Array.from({ length: 8 }, (_, index) => bytes.slice(2 * index, 2 * index + 2).join(""));
  return `[${groups.map((group) => Number.parseInt(group || "0", 16).toString(16)).join(":")}]`;
}
