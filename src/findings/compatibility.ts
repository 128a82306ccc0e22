import type { LocalizedText } from "../base/index.ts";

/** Homes with less of the host in reach than an ordinary engine, in the order of reports. */
export const HOMES = ["rootless-docker", "userns-remap", "rootless-podman", "sysbox", "gvisor", "kata"] as const;

/** One of them. */
export type Home = (typeof HOMES)[number];

/** Names of the homes, which are the same in every language. */
export const HOME_NAMES: Readonly<Record<Home, string>> = {
  "rootless-docker": "rootless Docker",
  "userns-remap": "userns-remap",
  "rootless-podman": "rootless Podman",
  sysbox: "Sysbox",
  gvisor: "gVisor",
  kata: "Kata Containers",
};

/** Whether something works in a home. */
export type HomeVerdict = "works" | "conditional" | "does-not";

/** What a verdict rests on: tried on an engine, said by the project's own documents, or neither yet. */
export type HomeBasis = "measured" | "documented" | "unverified";

/** What a feature of a workload becomes in a home. */
export interface FeatureInHome {
  /** Stable name, for example `network-host`. */
  readonly feature: string;
  readonly title: LocalizedText;
  readonly verdict: HomeVerdict;
  /** Why, and on what it depends. Absent where it just works. */
  readonly reason?: LocalizedText;
  readonly basis: HomeBasis;
}

/** A workload in a home: as good as its worst feature. */
export interface WorkloadInHome {
  readonly home: Home;
  readonly verdict: HomeVerdict;
  readonly features: readonly FeatureInHome[];
}

/** Another way to do what a workload does with an engine. */
export interface Alternative {
  readonly id: string;
  readonly text: LocalizedText;
}

/** What the safer homes make of one workload. */
export interface Compatibility {
  readonly homes: readonly WorkloadInHome[];
  /** Ways to do without an engine inside, or without its socket. Empty where there is neither. */
  readonly alternatives: readonly Alternative[];
}

/** One of the limits of rootless engines that people know of, and how it stands today. */
export interface RootlessLimit {
  readonly id: string;
  readonly title: LocalizedText;
  readonly verdict: HomeVerdict;
  readonly text: LocalizedText;
}
