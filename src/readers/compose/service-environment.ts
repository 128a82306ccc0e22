import type { EnvEntry } from "./dotenv.ts";
import type { KeyReader, ServiceDraft } from "./draft.ts";
import { type Environment, type EnvironmentValue, lookUp } from "./environment.ts";
import { hostPath } from "./host-paths.ts";
import { ENV_FILE_CHARACTERS_MAX } from "./limits.ts";
import { MESSAGES, REASONS } from "./messages.ts";
import { childOf, itemsOf, type Written } from "./tree.ts";
import { booleanOf, pairsOf, textOf } from "./values.ts";

const FIELD = "Config.Env";

/** One variable of a container. */
interface Variable {
  readonly text: string;
  readonly offset: number;
  readonly reason: string | undefined;
}

/**
 * `env_file`: the variables of files, later files over earlier ones. What `environment` says stands above them, so it is
 * read before.
 */
export const readEnvFiles: KeyReader = (draft, written) => {
  draft.at(FIELD, written.node);
  const variables = new Map<string, Variable>();
  forEachFile(draft, written, FIELD, REASONS.envFile, (entries) => {
    for (const { key, value, offset } of entries) {
      const variable = variableOf(key, value, offset, draft.file.environment);
      variable === undefined ? variables.delete(key) : variables.set(key, variable);
    }
  });
  setEnvironment(draft, variables);
};

/** `environment`. A key without a value takes the value of whoever runs Compose. */
export const readEnvironment: KeyReader = (draft, written) => {
  draft.at(FIELD, written.node);
  const pairs = pairsOf(draft.file.problems, written);
  if (pairs === undefined) {
    draft.leaveOpen(FIELD, REASONS.wrongType("listOrMap"));
    return;
  }
  const variables = new Map<string, Variable>();
  for (const { key, value, reason, written: own } of pairs) {
    if (value === undefined) {
      const variable = variableOf(key, undefined, own.node.offset, draft.file.environment);
      variable === undefined ? variables.delete(key) : variables.set(key, variable);
    } else {
      variables.set(key, { text: `${key}=${value}`, offset: own.node.offset, reason });
    }
  }
  setEnvironment(draft, variables);
};

/** `label_file`. What `labels` says stands above it. */
export const readLabelFiles: KeyReader = (draft, written) => {
  const labels = new Map<string, string>();
  draft.at("Config.Labels", written.node);
  forEachFile(draft, written, "Config.Labels", REASONS.labelFile, (entries) => {
    for (const { key, value, offset } of entries) {
      labels.set(key, value?.text ?? "");
      draft.offsets.set(`Config.Labels.${key}`, offset);
      if (value?.unknown !== undefined) {
        draft.leaveOpen(`Config.Labels.${key}`, REASONS.variables(value.unknown));
      }
    }
  });
  draft.image.Labels = { ...Object.fromEntries(labels), ...draft.image.Labels };
};

function variableOf(
  key: string,
  value: EnvironmentValue | undefined,
  offset: number,
  environment: Environment,
): Variable | undefined {
  if (value === undefined) {
    const own = lookUp(environment, key);
    // Where it is set nowhere, Compose leaves it out.
    return own?.unknown === undefined
      ? own && { text: `${key}=${own.text}`, offset, reason: undefined }
      : { text: key, offset, reason: REASONS.callersEnvironment(key) };
  }
  return value.unknown === undefined
    ? { text: `${key}=${value.text}`, offset, reason: undefined }
    : { text: key, offset, reason: REASONS.variables(value.unknown) };
}

/** Adds variables that nothing above them sets. */
function setEnvironment(draft: ServiceDraft, variables: ReadonlyMap<string, Variable>): void {
  const env = [...(draft.image.Env ?? [])];
  const known = new Set(env.map((entry) => entry.split("=", 1)[0]));
  for (const [key, { text, offset, reason }] of variables) {
    if (known.has(key)) {
      continue;
    }
    const own = `${FIELD}[${env.length}]`;
    draft.offsets.set(own, offset);
    if (reason !== undefined) {
      draft.leaveOpen(own, reason);
    }
    env.push(text);
  }
  draft.image.Env = env;
}

/** Reads the files of `env_file` or `label_file`; offsets of the entries are those of the project. */
function forEachFile(
  draft: ServiceDraft,
  written: Written,
  field: string,
  reason: string,
  take: (entries: readonly EnvEntry[]) => void,
): void {
  const items = written.node.kind === "list" ? itemsOf(written.node, written.path) : [written];
  for (const item of items) {
    const part = (key: string) => (item.node.kind === "map" ? childOf(item.node, item.path, key) : undefined);
    const path = item.node.kind === "map" ? part("path") : item;
    const read = path && textOf(draft.file.problems, path, "envFile");
    if (path === undefined || read === undefined || read.reason !== undefined) {
      draft.leaveOpen(field, read?.reason ?? reason);
      continue;
    }
    const resolved = hostPath(read.text, draft.baseOf(path.node));
    const format = part("format");
    const raw = format?.node.kind === "scalar" && format.node.text === "raw";
    const entries = resolved.reason === undefined ? draft.file.envFiles.read(resolved.text, raw) : "missing";
    const required = part("required");
    if (typeof entries !== "string") {
      take(entries);
    } else if (
      entries === "too-large" ||
      required === undefined ||
      booleanOf(draft.file.problems, required).value !== false
    ) {
      const message =
        entries === "missing" ? MESSAGES.fileMissing(read.text) : MESSAGES.envFileTooLarge(ENV_FILE_CHARACTERS_MAX);
      draft.file.problems.note(path, message);
      draft.leaveOpen(field, reason);
    }
  }
}
