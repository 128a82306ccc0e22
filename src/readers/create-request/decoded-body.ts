import type { GoStruct, GoValue } from "../../engine/index.ts";
import type { Workload } from "../../facts/index.ts";
import { containerConfigOf } from "../container-json/index.ts";

/** A create body that was decoded already, with its `HostConfig` in place, as a workload. Its places have no lines. */
export function workloadOfDecodedBody(body: GoStruct, uri: string): Workload {
  const fields = new Map<string, GoValue>([["Config", body]]);
  const hostConfig = body.fields.get("HostConfig");
  if (hostConfig !== undefined) {
    fields.set("HostConfig", hostConfig);
  }
  const config = containerConfigOf({ kind: "struct", fields, at: body.at });
  return {
    id: uri,
    kind: "create-request",
    name: config.Config.Image || uri,
    source: { uri },
    config,
    where: (field) => ({ uri, field }),
    unresolved: new Map(),
    surroundings: {},
  };
}
