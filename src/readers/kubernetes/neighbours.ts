import type { Pod } from "../../facts/index.ts";
import type { MapNode } from "../yaml/index.ts";
import type { Neighbours } from "./container.ts";
import { groupOf } from "./kinds.ts";
import { textOf } from "./objects.ts";
import type { WrittenObject } from "./pod.ts";

/** Objects of a file that say something of the pods in it. */
export interface Surrounding {
  readonly of: (pod: Pod) => Neighbours;
}

/** Service accounts by namespace and name, runtime classes by name. Only what the file itself holds is known. */
export function surroundingOf(objects: readonly WrittenObject[]): Surrounding {
  const tokens = new Map<string, boolean>();
  const handlers = new Map<string, string>();
  for (const { node, kind, apiVersion } of objects) {
    const metadata = node.entries.get("metadata")?.value;
    const name = metadata?.kind === "map" ? textOf(metadata, "name") : undefined;
    if (name === undefined || metadata?.kind !== "map") {
      continue;
    }
    if (kind === "ServiceAccount" && groupOf(apiVersion) === "") {
      const mounts = booleanOf(node, "automountServiceAccountToken");
      if (mounts !== undefined) {
        tokens.set(accountKey(textOf(metadata, "namespace"), name), mounts);
      }
    }
    const handler = textOf(node, "handler");
    if (kind === "RuntimeClass" && groupOf(apiVersion) === "node.k8s.io" && handler !== undefined) {
      handlers.set(name, handler);
    }
  }
  return {
    of: ({ spec, namespace }) => ({
      tokenByAccount: tokens.get(accountKey(namespace, spec.serviceAccountName ?? spec.serviceAccount ?? "default")),
      runtimeHandler: handlers.get(spec.runtimeClassName ?? ""),
    }),
  };
}

const accountKey = (namespace: string | undefined, name: string): string => `${namespace ?? ""}/${name}`;

function booleanOf(node: MapNode, key: string): boolean | undefined {
  const value = node.entries.get(key)?.value;
  return value?.kind === "scalar" && typeof value.value === "boolean" ? value.value : undefined;
}
