import type { EngineClient } from "../engine/index.ts";
import { readEngine } from "../readers/daemon/index.ts";
import { draftLayer, type HostLayer } from "../readers/host-facts/index.ts";
import { NODE_SOURCE, probeHost } from "../readers/procfs/index.ts";

/** What a live engine says of its host and, where the engine is on this host, what the host says of itself. */
export async function engineLayers(client: EngineClient): Promise<readonly HostLayer[]> {
  const { endpoint } = client;
  const [info, version] = await Promise.all([client.info(), client.version()]);
  const engine = readEngine(endpoint.uri, info.value, version.value);
  if (endpoint.kind !== "unix") {
    return [engine];
  }
  const dataRoot = engine.values.dataRoot;
  const sockets = draftLayer();
  sockets.set("engineSockets", [endpoint.socketPath], { uri: endpoint.uri });
  return [
    sockets.finish(),
    probeHost(NODE_SOURCE, { engineSocket: endpoint.socketPath, ...(dataRoot !== undefined && { dataRoot }) }),
    engine,
  ];
}
