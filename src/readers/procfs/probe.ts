import type { HostValues, Place } from "../../facts/index.ts";
import type { LayerDraft } from "../host-facts/index.ts";
import type { HostSource } from "./host-source.ts";

/** Asks the host one thing and writes down what it learns. What it cannot learn it leaves out. */
export type Probe = (source: HostSource, draft: LayerDraft, options: HostProbeOptions) => void;

/** What the caller knows already. */
export interface HostProbeOptions {
  /** Where the engine keeps its data; `/var/lib/docker` if absent. */
  readonly dataRoot?: string;
  /** The engine's socket; `/run/docker.sock` if absent. */
  readonly engineSocket?: string;
}

/** The place of something that a file of the host says. */
export const placeOf = (path: string, key: keyof HostValues): Place => ({ uri: path, field: `host.${key}` });
