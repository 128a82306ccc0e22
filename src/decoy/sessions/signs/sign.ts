import type { LocalizedText } from "../../../base/index.ts";
import type { Certainty } from "../../../findings/index.ts";
import type { Act, SceneContainer } from "../acts/index.ts";
import type { Deed, Deeds, HostMount, PlacedPath } from "../deeds.ts";

/**
 * How a sign is known:
 *
 * - `observed`: it stands in the requests;
 * - `likely`: it follows from what such a request is ordinarily for;
 * - `reported`: published reports say so of a campaign whose mark stands in the requests.
 */
export type SignBasis = "observed" | "likely" | "reported";

/** Something in a visit that means something, with the place where it stands. */
export interface Sign {
  /** Id of the rule. */
  readonly rule: string;
  /** ATT&CK v17 ids, T1496 unsplit. */
  readonly attack: readonly string[];
  /** How much it speaks for an attack: 50 is enough alone, 0 is context. */
  readonly weight: number;
  readonly basis: SignBasis;
  readonly because: LocalizedText;
  /** Number of the request. */
  readonly request: number;
  /** What was sent, as sent: untrusted. */
  readonly quote: string;
}

/** What the analyser says of a container that the visitor made. */
export interface ContainerGains {
  readonly container: SceneContainer;
  readonly gains: readonly {
    readonly gain: string;
    readonly certainty: Certainty;
    readonly techniques: readonly string[];
  }[];
}

/** Everything that a rule may look at. */
export interface Scene extends Deeds {
  readonly acts: readonly Act[];
  readonly userAgents: readonly string[];
  readonly containers: readonly ContainerGains[];
  readonly mountsOf: (container: SceneContainer | undefined) => readonly HostMount[];
  readonly place: (deed: Deed, path: string) => PlacedPath;
}

/** A rule over one command. */
export interface CommandRule {
  readonly id: string;
  readonly attack: readonly string[];
  readonly weight: number;
  /** Weight inside an image build, where installing and fetching is ordinary; default: as elsewhere. */
  readonly buildWeight?: number;
  readonly because: LocalizedText;
  readonly holds: (deed: Deed, scene: Scene) => boolean;
}

/** A rule over the whole visit. */
export interface SceneRule {
  readonly id: string;
  readonly find: (scene: Scene) => readonly Omit<Sign, "rule">[];
}
