import type { LocalizedText } from "../../base/index.ts";
import { evaluate, type HostFacts, type HostValues, NO_GAINS, type View } from "../../facts/index.ts";
import { isAffected } from "./affected.ts";
import type { Component, KnownFault } from "./known-fault.ts";
import { readRelease } from "./release.ts";
import { KNOWN_FAULTS } from "./table.ts";

export type { AffectedRange } from "./affected.ts";
export type { Component, KnownFault } from "./known-fault.ts";
export { KNOWN_FAULTS } from "./table.ts";

/** A fault that the host may have, by the version that it says it runs. */
export interface CveMatch {
  readonly fault: KnownFault;
  /** As the host gave it. */
  readonly version: string;
  /** Never certain: a version string does not show what a distribution mended. */
  readonly certainty: "possible";
  /** The version, the fixed ones, and what the number cannot tell. */
  readonly message: LocalizedText;
  /** Key of the host facts that the version came from; absent for versions that were handed over besides. */
  readonly hostKey?: keyof HostValues;
}

/** Versions of components for which the host facts have no key. */
export type FurtherVersions = Readonly<Partial<Record<Component, string>>>;

/** Where the host facts keep the version of a component. */
const HOST_KEYS: Readonly<
  Partial<Record<Component, "runc" | "containerd" | "engine" | "kernel" | "nvidiaToolkit" | "desktop">>
> = {
  runc: "runc",
  containerd: "containerd",
  "docker-engine": "engine",
  kernel: "kernel",
  "nvidia-container-toolkit": "nvidiaToolkit",
  "docker-desktop": "desktop",
};

/**
 * Faults whose range holds the version that the host gives, and whose other conditions the container meets or may meet
 * (without a view they are not asked). Versions that are unknown or cannot be read match nothing. Matches are findings
 * only: they give no gain and take no part in the fixpoint.
 */
export function matchCves(host: HostFacts, view?: View, further: FurtherVersions = {}): readonly CveMatch[] {
  return KNOWN_FAULTS.flatMap((fault) => {
    const hostKey = HOST_KEYS[fault.component];
    const version = further[fault.component] ?? versionFrom(host, fault.component);
    const release = version === undefined ? undefined : readRelease(version);
    if (version === undefined || release === undefined || !isAffected(release, fault) || !mayApply(fault, view)) {
      return [];
    }
    const message = messageOf(fault, version, release.packaged);
    const fromHost = hostKey !== undefined && further[fault.component] === undefined;
    return [{ fault, version, certainty: "possible", message, ...(fromHost ? { hostKey } : {}) } satisfies CveMatch];
  });
}

function versionFrom({ values }: HostFacts, component: Component): string | undefined {
  const key = HOST_KEYS[component];
  // Podman counts its releases on its own: 4.9 is no Docker Engine.
  if (key === undefined || (component === "docker-engine" && values.engineKind === "podman")) {
    return undefined;
  }
  return values[key];
}

function mayApply(fault: KnownFault, view: View | undefined): boolean {
  return fault.needs === undefined || view === undefined || evaluate(fault.needs, view, NO_GAINS) !== "no";
}

function messageOf(fault: KnownFault, version: string, packaged: boolean): LocalizedText {
  const fixed = fault.fixed.join(", ");
  return {
    en: `${fault.component} ${version} is older than the fix (${fixed}); it would lead to ${fault.gain.en}. ${packaged ? "This is a distribution's package, and distributions" : "Distributions"} add fixes to old versions without changing their number: its changelog tells.`,
    ja: `${fault.component} ${version} は修正版(${fixed})より古い。悪用された場合の結果: ${fault.gain.ja}。${packaged ? "これはディストリビューションのパッケージであり、" : ""}ディストリビューションは番号を変えずに修正を取り込むため、変更履歴で確認すること。`,
  };
}
