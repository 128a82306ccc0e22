import type { Draft } from "./draft.ts";
import type { FlagUse } from "./flag.ts";
import { addEntry } from "./simple-effects.ts";

/**
 * `--cap-add` and `--cap-drop`. The client of docker 28.2 sends them in capitals with their prefix, sorted and without
 * repetition; which of the two lists wins is left to the engine. Podman's are kept as written.
 */
export function assembleCapabilities(draft: Draft): void {
  for (const [flag, field] of [
    ["cap-add", "CapAdd"],
    ["cap-drop", "CapDrop"],
  ] as const) {
    const byName = new Map<string, FlagUse>();
    for (const use of draft.usesOf(flag)) {
      const text = use.value?.text ?? "";
      const name = draft.tool === "podman" || use.value?.unknown.length !== 0 ? text : normalize(text);
      if (!byName.has(name)) {
        byName.set(name, use);
      }
    }
    const names = [...byName.keys()];
    for (const name of draft.tool === "podman" ? names : names.toSorted()) {
      const use = byName.get(name);
      if (use !== undefined) {
        addEntry(draft, use, "HostConfig", field, name, false);
      }
    }
  }
}

function normalize(capability: string): string {
  const name = capability.toUpperCase();
  return name === "ALL" || name.startsWith("CAP_") ? name : `CAP_${name}`;
}
