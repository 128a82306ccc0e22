import {
  DockerfileParser,
  type Instruction,
  JSONInstruction,
  ModifiableInstruction,
  Onbuild,
  type ParserDirective,
  PropertyInstruction,
} from "dockerfile-ast";
import { MIB } from "../../base/index.ts";
import type { Dockerfile, DockerfileInstruction, DockerfileStage, ShellCommand } from "../../facts/index.ts";
import { ReadError } from "../read-result.ts";
import { shellCommands } from "./shell-commands.ts";
import { substitute } from "./variables.ts";

/** Largest Dockerfile. */
export const DOCKERFILE_BYTES_MAX = MIB;

/** Most lines: the parser's time grows faster than the file. */
export const DOCKERFILE_LINES_MAX = 20_000;

const RUNS = new Set(["RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK"]);

/** Whether a text looks like a Dockerfile: its first instruction is FROM, or ARG before it. */
export const looksLikeDockerfile = (text: string): boolean =>
  /^\uFEFF?(?:[ \t]*(?:#[^\n]*)?\r?\n|[ \t]*ARG\s[^\n]*\n)*[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*[^\s:]+[^\s]*(?:[ \t]+AS[ \t]+\S+)?[ \t]*(?:#[^\n]*)?\r?(?:\n|$)/i.test(
    text.slice(0, 64 * 1024),
  );

/** Reads a Dockerfile. @throws {ReadError} when it is too large or has no FROM. */
export function readDockerfile(text: string, uri: string): Dockerfile {
  if (
    Buffer.byteLength(text) > DOCKERFILE_BYTES_MAX ||
    text.split("\n", DOCKERFILE_LINES_MAX + 1).length > DOCKERFILE_LINES_MAX
  ) {
    const limit = `${DOCKERFILE_BYTES_MAX} bytes and ${DOCKERFILE_LINES_MAX} lines`;
    throw new ReadError("TOO_LARGE", { en: `larger than ${limit}`, ja: `上限(${limit})を超えています` }, { uri });
  }
  const parsed = DockerfileParser.parse(text);
  const instructions = parsed.getInstructions().flatMap((instruction) => toInstruction(instruction, text, uri, false));
  const first = instructions.findIndex(({ keyword }) => keyword === "FROM");
  if (first < 0) {
    throw new ReadError(
      "NOT_THIS_INPUT",
      { en: "a Dockerfile begins with FROM, and here is none", ja: "Dockerfile には FROM が必要ですが、ありません" },
      { uri },
    );
  }
  const globalArgs = instructions.slice(0, first).filter(({ keyword }) => keyword === "ARG");
  const syntax = parsed
    .getDirectives()
    .find((directive: ParserDirective) => directive.getName().toLowerCase() === "syntax");
  return { uri, syntax: syntax?.getValue(), globalArgs, stages: stagesOf(instructions.slice(first), globalArgs) };
}

function toInstruction(
  instruction: Instruction,
  source: string,
  uri: string,
  onbuild: boolean,
): DockerfileInstruction[] {
  if (instruction instanceof Onbuild) {
    const trigger = instruction.getTriggerInstruction();
    return trigger === null ? [] : toInstruction(trigger, source, uri, true);
  }
  const { start } = instruction.getRange();
  const keyword = instruction.getKeyword();
  const flags = instruction instanceof ModifiableInstruction ? instruction.getFlags() : [];
  const json = instruction instanceof JSONInstruction && instruction.getOpeningBracket() !== null;
  const items =
    json && instruction instanceof JSONInstruction
      ? instruction.getJSONStrings().map((item) => unquoted(item.getValue()))
      : [];
  const pairs =
    instruction instanceof PropertyInstruction
      ? instruction
          .getProperties()
          .map((property) => ({ name: property.getName(), value: property.getValue() ?? undefined }))
      : [];
  const words = json ? items : instruction.getArguments().map((argument) => unquoted(argument.getValue()));
  return [
    {
      keyword,
      onbuild,
      flags: flags.map((flag) => ({ name: flag.getName(), value: flag.getValue() ?? "" })),
      words: words.filter((word) => !flags.some((flag) => word === flag.toString())),
      json,
      pairs,
      commands: RUNS.has(keyword) ? commandsOf(instruction, json, items) : [],
      place: { uri, line: start.line + 1, column: start.character + 1, field: keyword },
    },
  ];
}

function commandsOf(instruction: Instruction, json: boolean, items: readonly string[]): readonly ShellCommand[] {
  if (json) {
    // ["sh", "-c", "…"]: the third word is the text that a shell reads.
    const shell = /(?:^|\/)(?:ba|da|z|a)?sh$/.test(items[0] ?? "") && /^-\w*c/.test(items[1] ?? "");
    return shell ? shellCommands(items[2] ?? "") : [{ words: items, joinedBy: "" }];
  }
  const heredocs = heredocsOf(instruction);
  const text = (instruction.getArgumentsContent() ?? "").replace(/^(?:--\S+\s+)+/, "");
  const bare = instruction.getKeyword() === "HEALTHCHECK" ? text.replace(/^.*?\bCMD\s+/is, "") : text;
  return [...(heredocs.length > 0 ? [] : shellCommands(bare)), ...heredocs.flatMap(shellCommands)];
}

/** Texts of the here-documents of a RUN. */
function heredocsOf(instruction: Instruction): readonly string[] {
  if (!("getHeredocs" in instruction)) {
    return [];
  }
  const text = instruction.toString();
  const body = instruction.getRawArgumentsContent() ?? text;
  const match = /^(?:--\S+\s+)*[^\n]*?<<-?\s*["']?(\w+)["']?[^\n]*\n/.exec(body);
  if (match === null) {
    return [];
  }
  const rest = body.slice(match[0].length);
  const end = new RegExp(`^\\t*${match[1]}\\s*$`, "m").exec(rest);
  return [end === null ? rest : rest.slice(0, end.index)];
}

const unquoted = (word: string): string => /^(["'])([\s\S]*)\1$/.exec(word)?.[2] ?? word;

function stagesOf(
  instructions: readonly DockerfileInstruction[],
  globalArgs: readonly DockerfileInstruction[],
): readonly DockerfileStage[] {
  const globals = new Map(globalArgs.flatMap(({ pairs }) => pairs.map(({ name, value }) => [name, value] as const)));
  const stages: DockerfileStage[] = [];
  let from: DockerfileInstruction | undefined;
  let rest: DockerfileInstruction[] = [];
  const close = (): void => {
    if (from !== undefined) {
      stages.push(stageOf(from, rest, globals, stages));
    }
  };
  for (const instruction of instructions) {
    if (instruction.keyword === "FROM" && !instruction.onbuild) {
      close();
      from = instruction;
      rest = [];
    } else {
      rest.push(instruction);
    }
  }
  close();
  return stages;
}

function stageOf(
  from: DockerfileInstruction,
  instructions: readonly DockerfileInstruction[],
  globals: ReadonlyMap<string, string | undefined>,
  earlier: readonly DockerfileStage[],
): DockerfileStage {
  const [written = "", as, name] = from.words;
  const image = substitute(written, globals);
  const base = earlier.findLastIndex((stage) => stage.name !== undefined && stage.name === image?.toLowerCase());
  return {
    name: as?.toUpperCase() === "AS" ? name?.toLowerCase() : undefined,
    image,
    base: base < 0 ? undefined : base,
    from,
    instructions,
    user: userOf(instructions, globals),
  };
}

function userOf(
  instructions: readonly DockerfileInstruction[],
  globals: ReadonlyMap<string, string | undefined>,
): DockerfileStage["user"] {
  const values = new Map<string, string | undefined>();
  let user: DockerfileStage["user"];
  for (const { keyword, onbuild, pairs, words, place } of instructions) {
    if (onbuild) {
      continue;
    }
    if (keyword === "ARG") {
      for (const { name, value } of pairs) {
        values.set(name, value === undefined ? globals.get(name) : substitute(value, values));
      }
    } else if (keyword === "ENV") {
      for (const { name, value } of pairs) {
        values.set(name, substitute(value ?? "", values));
      }
    } else if (keyword === "USER") {
      user = { name: substitute(words[0] ?? "", values) ?? "unknown", place };
    }
  }
  return user;
}
