import type { Draft } from "./draft.ts";
import { cut } from "./go-values.ts";
import { refusedBecause } from "./messages.ts";

/** Anything that holds a `word=word` is a list of fields (docker/cli opts/network.go). */
const HAS_FIELDS = /\w+=\w+/;
const FIELD_NAME = /^(name|alias|ip|ip6|mac-address|link-local-ip|driver-opt|gw-priority)$/;
/** The engine's own modes; every other name is a network that somebody made. */
const BUILT_IN = /^(default|bridge|host|none|nat|container:.*)$/s;

/** All `--network` and `--net` flags: the first is the mode, the others are attached to the same container. */
export function assembleNetworks(draft: Draft): void {
  const uses = [...draft.usesOf("network"), ...draft.usesOf("net")].toSorted(
    (left, right) => left.offset - right.offset,
  );
  const names = new Set<string>();
  let builtIn = 0;
  for (const use of uses) {
    const text = use.value?.text ?? "";
    const isKnown = use.value?.unknown.length === 0;
    const name = draft.tool === "docker" && HAS_FIELDS.test(text) ? networkName(text) : text;
    if (names.size === 0) {
      draft.host.NetworkMode = name ?? text;
      draft.put("HostConfig.NetworkMode", use);
    }
    builtIn += BUILT_IN.test(name ?? text) ? 1 : 0;
    const isMixed = builtIn > 0 && builtIn <= names.size;
    if (draft.tool === "docker" && isKnown && (name === undefined || names.has(name) || isMixed)) {
      draft.refuse(use, name === undefined ? refusedBecause.badNetwork : refusedBecause.networksConflict);
    }
    names.add(name ?? text);
  }
}

function networkName(text: string): string | undefined {
  let name = "";
  for (const field of text.split(",")) {
    const [key, value] = cut(field.replaceAll('"', ""), "=");
    if (value === undefined || !FIELD_NAME.test(key.trim())) {
      return undefined;
    }
    name = key.trim() === "name" ? value.trim() : name;
  }
  return name === "" ? undefined : name;
}
