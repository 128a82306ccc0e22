import { quoteUntrusted } from "../../base/index.ts";
import type { Place, Workload } from "../../facts/index.ts";
import { assembleCapabilities } from "./capabilities.ts";
import { assembleDevices } from "./devices.ts";
import { DOCKER_FLAGS_BY_NAME } from "./docker-flags.ts";
import { Draft, type RunSurroundings, reasonFor } from "./draft.ts";
import type { FlagProblem, FlagUse } from "./flag.ts";
import { parseCsvRecord, parseGoBoolean } from "./go-values.ts";
import { namesArguments } from "./hidden-arguments.ts";
import { SHOWN_CHARACTERS_MAX, SPLIT_UNKNOWN_PARTS_MAX } from "./limits.ts";
import { message, refusedBecause, unresolvedBecause } from "./messages.ts";
import { assembleApiSocket } from "./mounts.ts";
import { assembleNetworks } from "./networks.ts";
import { parseFlags } from "./parse-flags.ts";
import type { PlaceFinder } from "./places.ts";
import { PODMAN_FLAGS_BY_NAME } from "./podman-flags.ts";
import { assemblePorts } from "./ports.ts";
import type { RunCommand } from "./run-command.ts";
import type { ShellWord } from "./shell/index.ts";
import type { Tool } from "./tool.ts";
import { assembleEnvironment, assembleLabels } from "./variables.ts";
import { assembleVolumes } from "./volumes.ts";

/** A workload that was written as a run line. */
export interface RunLine extends Workload {
  readonly tool: Tool;
  /** Like `where`, but the place of the flag and not of its value: what an editor would remove. */
  readonly whereFlag: (field: string) => Place;
}

/** What became of one command. */
export interface RunLineResult {
  readonly runLine: RunLine | undefined;
  readonly problems: readonly FlagProblem[];
}

const FLAGS = { docker: DOCKER_FLAGS_BY_NAME, podman: PODMAN_FLAGS_BY_NAME } as const;

/** Turns one command into a workload. `idOf` makes its id unique among the others. */
export function readRunCommand(
  command: RunCommand,
  places: PlaceFinder,
  surroundings: RunSurroundings,
  idOf: (name: string) => string,
): RunLineResult {
  const { tool, verb, start } = command;
  const parsed = parseFlags(command.words, { tool, verb, flags: FLAGS[tool] });
  const uses = tool === "podman" ? parsed.uses.flatMap(splitSlice) : parsed.uses;
  const draft = new Draft(command, uses, surroundings, parsed.problems);
  if (draft.usesOf("help").some(isOn)) {
    draft.problems.push({ severity: "note", offset: start.offset, message: message.printsHelp(tool) });
    return { runLine: undefined, problems: draft.problems };
  }
  const [image, ...words] = parsed.rest;
  if (image === undefined) {
    draft.problems.push({ severity: "error", offset: start.offset, message: message.noImage(tool, verb) });
    return { runLine: undefined, problems: draft.problems };
  }
  applyFlags(draft, uses);
  applyImage(draft, image);
  applyWords(draft, words);
  leaveAllOpen(draft, parsed.hidden, image);
  return { runLine: finish(draft, start, places, idOf, image), problems: draft.problems };
}

/** Words that may hold any flags leave every field open. */
function leaveAllOpen(draft: Draft, hidden: readonly ShellWord[], image: ShellWord): void {
  if (namesArguments(image)) {
    const text = message.hiddenArguments(image.unknown[0]?.source ?? "");
    draft.problems.push({ severity: "error", offset: image.offset, message: text });
  }
  const word = namesArguments(image) ? image : hidden[0];
  if (word !== undefined) {
    draft.leaveOpen("*", unresolvedBecause.hiddenArguments(word.unknown[0]?.source ?? word.text));
  }
}

function applyFlags(draft: Draft, uses: readonly FlagUse[]): void {
  for (const use of uses) {
    FLAGS[draft.tool].get(`--${use.flag.name}`)?.effect?.(draft, use);
  }
  assembleCapabilities(draft);
  assembleEnvironment(draft);
  assembleLabels(draft);
  assembleVolumes(draft);
  assembleDevices(draft);
  assembleNetworks(draft);
  assemblePorts(draft);
  assembleApiSocket(draft);
  refuseConflicts(draft);
}

/** Combinations that the command line refuses (docker/cli 28.2 opts.go). */
function refuseConflicts(draft: Draft): void {
  const remove = draft.usesOf("rm").at(-1);
  const { RestartPolicy, LogConfig } = draft.host;
  const restarts = RestartPolicy !== undefined && RestartPolicy.Name !== "no" && RestartPolicy.Name !== "";
  if (draft.tool === "docker" && remove !== undefined && isOn(remove) && restarts) {
    draft.problems.push({ severity: "error", offset: remove.offset, message: message.conflict("--rm", "--restart") });
  }
  const health = ["health-cmd", "health-interval", "health-retries", "health-timeout", "health-start-period"]
    .flatMap((name) => draft.usesOf(name))
    .find((use) => !/^0?$/.test(use.value?.text ?? ""));
  if (health !== undefined && draft.usesOf("no-healthcheck").some(isOn)) {
    const text = message.conflict(health.written, "--no-healthcheck");
    draft.problems.push({ severity: "error", offset: health.offset, message: text });
  }
  const logOption = draft.usesOf("log-opt")[0];
  if (LogConfig?.Type === "none" && logOption !== undefined) {
    draft.refuse(logOption, refusedBecause.driverTakesNoOptions);
  }
}

function isOn(use: FlagUse): boolean {
  return use.value === undefined || parseGoBoolean(use.value.text) === true;
}

/** Podman reads `--cap-add A,B` as two values. */
function splitSlice(use: FlagUse): readonly FlagUse[] {
  const { flag, value } = use;
  if (flag.podmanSlice !== true || value === undefined || value.unknown.length > SPLIT_UNKNOWN_PARTS_MAX) {
    return [use];
  }
  const fields = parseCsvRecord(value.text) ?? [];
  if (fields.length < 2) {
    return [use];
  }
  return fields.map((text) => {
    const unknown = value.unknown.flatMap((part) => {
      const symbol = value.text.slice(part.start, part.end);
      const start = text.indexOf(symbol);
      return start < 0 ? [] : [{ ...part, start, end: start + symbol.length }];
    });
    return { ...use, value: { text, offset: value.offset, unknown } };
  });
}

/** distribution/reference, without its limits of length: a digest, or a name in lower case with a tag. */
const IMAGE =
  /^([a-z][\w-]*(:\/\/|:))?([\w.[\]-]+(:\d+)?\/)?[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*(:[\w][\w.-]*)?(@[A-Za-z][\w+.-]*:[0-9a-fA-F]+)?$/;

function applyImage(draft: Draft, image: ShellWord): void {
  const use: FlagUse = {
    flag: { name: "image", arity: "value" },
    written: "IMAGE",
    offset: image.offset,
    value: { text: image.text, offset: image.offset, unknown: image.unknown },
  };
  if (draft.usesOf("rootfs").some(isOn)) {
    return; // podman: the operand is a directory
  }
  draft.config.Image = image.text;
  draft.put("Config.Image", use);
  if (draft.tool === "docker" && image.unknown.length === 0 && !looksLikeImage(image.text)) {
    draft.problems.push({ severity: "error", offset: image.offset, message: message.badImage(image.text) });
  }
}

function looksLikeImage(text: string): boolean {
  const shown = text.slice(0, 4 * SHOWN_CHARACTERS_MAX);
  return shown === text && IMAGE.test(text);
}

function applyWords(draft: Draft, words: readonly ShellWord[]): void {
  if (words.length === 0) {
    return;
  }
  draft.config.Cmd = words.map((word) => word.text);
  words.forEach((word, index) => {
    const field = `Config.Cmd[${index}]`;
    draft.place(field, word.offset, word.offset);
    const part = word.unknown[0];
    if (part !== undefined) {
      draft.leaveOpen(field, reasonFor(part, word.text));
    }
  });
}

function finish(
  draft: Draft,
  start: ShellWord,
  places: PlaceFinder,
  idOf: (name: string) => string,
  image: ShellWord,
): RunLine {
  const name = quoteUntrusted(
    draft.name === undefined || draft.name === "" ? image.text : draft.name,
    SHOWN_CHARACTERS_MAX,
  );
  const source = places.placeAt(start.offset);
  return {
    id: idOf(name),
    kind: "run-line",
    name,
    tool: draft.tool,
    source,
    config: draft.result,
    where: draft.finder(places, source, "value"),
    whereFlag: draft.finder(places, source, "flag"),
    unresolved: draft.unresolved,
    surroundings: {},
  };
}
