import type { Draft } from "./draft.ts";
import type { Flag } from "./effect.ts";
import type { FlagUse } from "./flag.ts";
import { parseGoBoolean } from "./go-values.ts";
import { refusedBecause } from "./messages.ts";
import { addsText, setsText, switches } from "./simple-effects.ts";

/** Flags that say what runs in the container and as whom. */
export const PROCESS_FLAGS: readonly Flag[] = [
  { name: "name", arity: "value", effect: setName },
  { name: "user", short: "u", arity: "value", effect: setsText("Config", "User") },
  { name: "group-add", arity: "value", podmanSlice: true, effect: addsText("HostConfig", "GroupAdd") },
  { name: "tty", short: "t", arity: "boolean", effect: switches("Config", "Tty") },
  { name: "entrypoint", arity: "value", effect: setEntrypoint },
  { name: "health-cmd", arity: "value", effect: setHealthCommand },
  { name: "no-healthcheck", arity: "boolean", effect: disableHealthcheck },
  // Put together when all flags are read: variables.ts.
  { name: "env", short: "e", arity: "value" },
  { name: "env-file", arity: "value", podmanSlice: true },
  { name: "label", short: "l", arity: "value" },
  { name: "label-file", arity: "value", podmanSlice: true },
];

function setName(draft: Draft, use: FlagUse): void {
  draft.name = use.value?.text ?? "";
}

/** `--entrypoint ""` takes the image's entry point away: the command line sends one empty word. */
function setEntrypoint(draft: Draft, use: FlagUse): void {
  const text = use.value?.text ?? "";
  draft.config.Entrypoint = [text];
  if (draft.tool === "podman" && text.startsWith("[")) {
    const words = wordsOfJson(text);
    if (words === undefined) {
      draft.refuse(use, refusedBecause.badJson);
    }
    draft.config.Entrypoint = words ?? [text];
  }
  draft.put("Config.Entrypoint", use);
}

function wordsOfJson(text: string): string[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((word) => typeof word === "string") ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) {
      return undefined;
    }
    throw error;
  }
}

function setHealthCommand(draft: Draft, use: FlagUse): void {
  const text = use.value?.text ?? "";
  if (text !== "") {
    draft.config.Healthcheck = { Test: text === "none" && draft.tool === "podman" ? ["NONE"] : ["CMD-SHELL", text] };
    draft.put("Config.Healthcheck", use);
  }
}

function disableHealthcheck(draft: Draft, use: FlagUse): void {
  const isOn = use.value === undefined ? true : parseGoBoolean(use.value.text);
  if (isOn === undefined) {
    draft.refuse(use, refusedBecause.notBoolean);
  } else if (isOn) {
    draft.config.Healthcheck = { Test: ["NONE"] };
    draft.put("Config.Healthcheck", use);
  }
}
