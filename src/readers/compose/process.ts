import { type KeyReader, put, type ServiceDraft } from "./draft.ts";
import { splitShellWords } from "./shell-words.ts";
import { childOf, type Written } from "./tree.ts";
import { mapOf, readBoolean, readRecord, readText, readTexts, refuse } from "./values.ts";

/** `command` and `entrypoint`: a list, or a line that is split into words. */
export function readCommand(name: "Cmd" | "Entrypoint"): KeyReader {
  const field = `Config.${name}`;
  return (draft, written) => {
    if (written.node.kind === "list") {
      put(draft.image, name, readTexts(draft, written, field));
      return;
    }
    const line = readText(draft, written, field);
    if (line === undefined) {
      return;
    }
    const words = splitShellWords(line);
    if (words === undefined) {
      refuse(draft, written, field, "command");
      draft.image[name] = [line];
      return;
    }
    draft.image[name] = words;
  };
}

/** `labels`. */
export const readLabels: KeyReader = (draft, written) => {
  put(draft.image, "Labels", readRecord(draft, written, "Config.Labels"));
};

/** `healthcheck`: a line is run by the container's shell. */
export const readHealthcheck: KeyReader = (draft, written) => {
  const field = "Config.Healthcheck";
  const map = mapOf(draft, written, field);
  draft.at(field, written.node);
  const disable = map && childOf(map, written.path, "disable");
  if (disable !== undefined && readBoolean(draft, disable, field) === true) {
    draft.image.Healthcheck = { Test: ["NONE"] };
    return;
  }
  const test = map && childOf(map, written.path, "test");
  if (test !== undefined) {
    const words = readHealthTest(draft, test);
    put(draft.image, "Healthcheck", words && { Test: words });
    if (words?.[0] === "NONE") {
      draft.at(field, test.node);
    }
  }
};

function readHealthTest(draft: ServiceDraft, written: Written): readonly string[] | undefined {
  const field = "Config.Healthcheck.Test";
  if (written.node.kind === "list") {
    return readTexts(draft, written, field);
  }
  const line = readText(draft, written, field);
  return line === undefined ? undefined : ["CMD-SHELL", line];
}

/** `logging`. */
export const readLogging: KeyReader = (draft, written) => {
  const field = "HostConfig.LogConfig";
  const map = mapOf(draft, written, field);
  draft.at(field, written.node);
  if (map === undefined) {
    return;
  }
  const driver = childOf(map, written.path, "driver");
  const options = childOf(map, written.path, "options");
  const type = driver && readText(draft, driver, `${field}.Type`);
  const config = options && readRecord(draft, options, `${field}.Config`);
  draft.host.LogConfig = {
    ...(type === undefined ? {} : { Type: type }),
    ...(config === undefined ? {} : { Config: config }),
  };
};

/** `log_driver` and `log_opt` of a version 1 file. */
export const readLegacyLogDriver: KeyReader = (draft, written) => {
  const type = readText(draft, written, "HostConfig.LogConfig.Type");
  draft.host.LogConfig = { ...draft.host.LogConfig, ...(type === undefined ? {} : { Type: type }) };
};

export const readLegacyLogOptions: KeyReader = (draft, written) => {
  const config = readRecord(draft, written, "HostConfig.LogConfig.Config");
  draft.host.LogConfig = { ...draft.host.LogConfig, ...(config === undefined ? {} : { Config: config }) };
};

/** `tmpfs`: `PATH[:OPTIONS]`, one or a list. */
export const readTmpfs: KeyReader = (draft, written) => {
  const field = "HostConfig.Tmpfs";
  const texts =
    written.node.kind === "list" ? readTexts(draft, written, field) : single(readText(draft, written, field));
  const entries = texts?.map((text, index): [string, string] => {
    const colon = text.indexOf(":");
    const path = colon === -1 ? text : text.slice(0, colon);
    draft.offsets.set(`${field}.${path}`, draft.offsets.get(`${field}[${index}]`) ?? written.node.offset);
    return [path, colon === -1 ? "" : text.slice(colon + 1)];
  });
  put(draft.host, "Tmpfs", entries && Object.fromEntries(entries));
};

const single = (text: string | undefined): string[] | undefined => (text === undefined ? undefined : [text]);
