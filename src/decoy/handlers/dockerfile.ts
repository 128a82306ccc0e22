/** Dockerfiles as the classic builder reads them: instructions, and what they do to a configuration. */
import { cloneJson, type Json, type JsonRecord } from "../state/go-json.ts";
import { orderConfig } from "../state/images.ts";
import { strings } from "../state/mounts.ts";

export interface Instruction {
  /** Upper case. */
  readonly name: string;
  /** The rest of the line, joined. */
  readonly rest: string;
  readonly line: number;
}

/** Instructions of one file. */
export const INSTRUCTIONS_MAX = 200;

const KNOWN = new Set([
  "FROM",
  "RUN",
  "CMD",
  "LABEL",
  "MAINTAINER",
  "EXPOSE",
  "ENV",
  "ADD",
  "COPY",
  "ENTRYPOINT",
  "VOLUME",
  "USER",
  "WORKDIR",
  "ARG",
  "ONBUILD",
  "STOPSIGNAL",
  "HEALTHCHECK",
  "SHELL",
]);

/** The instructions of a file; a text is the builder's complaint. */
export function parseDockerfile(source: string): Instruction[] | string {
  const lines = source.split(/\r?\n/);
  const instructions: Instruction[] = [];
  for (let index = 0; index < lines.length && instructions.length < INSTRUCTIONS_MAX; index += 1) {
    const start = index;
    let text = (lines[index] ?? "").trimStart();
    if (text === "" || text.startsWith("#")) {
      continue;
    }
    while (/\\[ \t]*$/.test(text) && index + 1 < lines.length) {
      index += 1;
      const next = lines[index] ?? "";
      text = text.replace(/\\[ \t]*$/, "") + (/^\s*(?:#|$)/.test(next) ? "" : next);
      if (/^\s*#/.test(next)) {
        text += "\\";
      }
    }
    const match = /^(\S+)\s*(.*)$/s.exec(text.trimEnd());
    const name = (match?.[1] ?? "").toUpperCase();
    if (!KNOWN.has(name)) {
      return `dockerfile parse error line ${start + 1}: unknown instruction: ${name}`;
    }
    instructions.push({ name, rest: match?.[2] ?? "", line: start + 1 });
  }
  return instructions.length === 0 ? "file with no instructions" : instructions;
}

/** `["a","b"]` as a list, anything else as one for the shell. */
export function commandOf(rest: string): string[] {
  if (rest.trimStart().startsWith("[")) {
    try {
      const parsed: unknown = JSON.parse(rest);
      if (Array.isArray(parsed) && parsed.every((item) => typeof item === "string")) {
        return parsed;
      }
    } catch {
      // a shell line that begins with a bracket
    }
  }
  return ["/bin/sh", "-c", rest];
}

/** `A=1 B="two words"` or `A two words`. */
export function pairsOf(rest: string): [string, string][] {
  const first = rest.split(/\s/)[0] ?? "";
  if (!first.includes("=")) {
    return [[first, rest.slice(first.length).trim()]];
  }
  const pairs: [string, string][] = [];
  for (const [, name = "", value = ""] of rest.matchAll(/([^\s=]+)=((?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\])*)/g)) {
    pairs.push([name, value.replaceAll(/^(["'])(.*)\1$/gs, "$2").replaceAll(/\\(.)/g, "$1")]);
  }
  return pairs;
}

/** What an instruction changes in a configuration; it makes no layer. */
export function applyInstruction(config: JsonRecord, { name, rest }: Instruction): JsonRecord {
  const changed = cloneJson(config);
  const map = (field: string): Map<string, Json> =>
    new Map(changed[field] instanceof Map ? (changed[field] as Map<string, Json>) : []);
  switch (name) {
    case "ENV": {
      const variables = strings(changed["Env"]);
      for (const [key, value] of pairsOf(rest)) {
        const at = variables.findIndex((variable) => variable.startsWith(`${key}=`));
        variables.splice(at < 0 ? variables.length : at, at < 0 ? 0 : 1, `${key}=${value}`);
      }
      changed["Env"] = variables;
      break;
    }
    case "CMD":
      changed["Cmd"] = commandOf(rest);
      break;
    case "ENTRYPOINT":
      changed["Entrypoint"] = commandOf(rest);
      break;
    case "LABEL":
      changed["Labels"] = new Map([...map("Labels"), ...pairsOf(rest)]);
      break;
    case "EXPOSE":
      changed["ExposedPorts"] = new Map([
        ...map("ExposedPorts"),
        ...rest.split(/\s+/).map((port) => [port.includes("/") ? port : `${port}/tcp`, {}] as const),
      ]);
      break;
    case "VOLUME":
      changed["Volumes"] = new Map([
        ...map("Volumes"),
        ...(rest.startsWith("[") ? commandOf(rest) : rest.split(/\s+/)).map((path) => [path, {}] as const),
      ]);
      break;
    case "USER":
      changed["User"] = rest;
      break;
    case "WORKDIR":
      changed["WorkingDir"] = rest.startsWith("/")
        ? rest
        : `${String(changed["WorkingDir"]).replace(/\/$/, "")}/${rest}`;
      break;
    case "STOPSIGNAL":
      changed["StopSignal"] = rest;
      break;
    default:
      break;
  }
  return orderConfig(changed);
}

/** `changes` of commit and import: lines of a Dockerfile. */
export function applyChanges(config: JsonRecord, changes: readonly string[]): JsonRecord {
  const parsed = parseDockerfile(changes.join("\n"));
  return typeof parsed === "string" ? config : parsed.reduce(applyInstruction, config);
}
