import { pathsOfHostChecks } from "../checks/index.ts";
import { type EngineClient, EngineError } from "../engine/index.ts";
import type { DaemonFacts } from "../facts/index.ts";
import { readEngine } from "../readers/daemon/index.ts";
import { readDaemonHost, withFiles } from "../readers/daemon-host/index.ts";
import { draftLayer, type HostLayer } from "../readers/host-facts/index.ts";
import { NODE_SOURCE, probeHost } from "../readers/procfs/index.ts";

/** What is known of a live engine and its host. */
export interface EngineHost {
  readonly layers: readonly HostLayer[];
  readonly daemon: DaemonFacts;
}

/** What a live engine says of its host and, where the engine is on this host, what the host says of itself. */
export async function engineLayers(client: EngineClient): Promise<EngineHost> {
  const { endpoint } = client;
  const [info, version, bridge] = await Promise.all([client.info(), client.version(), bridgeOf(client)]);
  const engine = readEngine(endpoint.uri, info.value, version.value);
  const asked = readDaemonHost(
    {
      kind: (await client.ping()).kind,
      uri: endpoint.uri,
      info: info.value,
      version: version.value,
      ...(bridge && { bridge }),
      ...(endpoint.kind === "unix" && { socketPath: endpoint.socketPath }),
    },
    NODE_SOURCE,
  );
  const daemon = withFiles(asked, pathsOfHostChecks(asked), NODE_SOURCE);
  if (endpoint.kind !== "unix") {
    return { layers: [engine], daemon };
  }
  const dataRoot = engine.values.dataRoot;
  const sockets = draftLayer();
  sockets.set("engineSockets", [endpoint.socketPath], { uri: endpoint.uri });
  const layers = [
    sockets.finish(),
    probeHost(NODE_SOURCE, { engineSocket: endpoint.socketPath, ...(dataRoot !== undefined && { dataRoot }) }),
    engine,
  ];
  return { layers, daemon };
}

/** The default bridge, whose options say whether containers reach each other. Some engines have none. */
async function bridgeOf(client: EngineClient): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    const network = await client.get("/networks/bridge");
    return typeof network === "object" && network !== null ? { ...network } : undefined;
  } catch (error) {
    if (error instanceof EngineError) {
      return undefined;
    }
    throw error;
  }
}
