import { type PlacedContainer, parseCapability } from "../../facts/index.ts";
import type { ContainerDraft } from "./draft.ts";
import { MESSAGES } from "./messages.ts";

/** Says something about a field of the pod. */
export type Note = (path: readonly (string | number)[], message: ReturnType<(typeof MESSAGES)["windows"]>) => void;

/**
 * Brings the lists into Docker's order. containerd (internal/cri/opts, WithCapabilities) applies ADD ALL, DROP ALL, the
 * other adds and then the other drops, so that a capability that is in both lists is gone, where Docker keeps it.
 *
 * A name with `CAP_` is added by CRI-O and by nobody else, and dropped by CRI-O only: the worse case is taken for both.
 */
export function readCapabilities(draft: ContainerDraft, { container, path }: PlacedContainer, note: Note): void {
  const { add = [], drop = [] } = container.securityContext?.capabilities ?? {};
  const dropPath = [...path, "securityContext", "capabilities", "drop"];
  const addPath = [...path, "securityContext", "capabilities", "add"];
  const dropped = new Set<string>();
  const capDrop: string[] = [];
  drop.forEach((name, index) => {
    if (/^CAP_/i.test(name)) {
      note([...dropPath, index], MESSAGES.dropWithPrefix(name));
      return;
    }
    const parsed = parseCapability(name);
    if (parsed !== undefined) {
      dropped.add(parsed);
      draft.at(`HostConfig.CapDrop[${capDrop.length}]`, [...dropPath, index]);
      capDrop.push(parsed);
    }
  });
  const capAdd: string[] = [];
  add.forEach((name, index) => {
    const parsed = parseCapability(name);
    // What no kernel knows is left out by the runtime with a warning.
    if (parsed === undefined || dropped.has(parsed)) {
      return;
    }
    draft.at(`HostConfig.CapAdd[${capAdd.length}]`, [...addPath, index]);
    capAdd.push(parsed);
  });
  if (capDrop.length > 0) {
    draft.setHost("CapDrop", capDrop, dropPath);
  }
  if (capAdd.length > 0) {
    draft.setHost("CapAdd", capAdd, addPath);
  }
  draft.places.set("HostConfig.CapDrop", dropPath);
}
