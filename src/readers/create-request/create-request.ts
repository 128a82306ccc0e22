import {
  decodeGo,
  effectiveHostConfig,
  type GoStruct,
  type GoTypeError,
  type GoValue,
  HOST_CONFIG,
  type JsonNode,
  type JsonObject,
} from "../../engine/index.ts";
import type { Workload } from "../../facts/index.ts";
import {
  containerConfigOf,
  documentsOf,
  hasMember,
  type JsonInput,
  type JsonSource,
  notAnObject,
  openJsonSource,
  trailingProblems,
  typeErrorText,
  whereIn,
} from "../container-json/index.ts";
import { problemOf, ReadError, type ReadProblem, type ReadResult } from "../read-result.ts";
import { BODY_TYPES, type BodyForm, formOf } from "./body-form.ts";
import { badFlatFieldNote, flatFieldNotes, keyNotes } from "./body-notes.ts";

/**
 * Reads the body of `POST /containers/create`, or an array of them, as an engine decodes it.
 *
 * A body that an engine would refuse gives an error and no workload: there is no container to examine.
 *
 * @throws {ReadError} when the text is not JSON, or not one body.
 */
export function readCreateRequest(input: JsonInput): ReadResult {
  const source = openJsonSource(input);
  const { root } = source.document;
  const workloads: Workload[] = [];
  const problems: ReadProblem[] = [];
  for (const [index, node] of documentsOf(source).entries()) {
    const id = root.kind === "array" ? `${input.uri}#${index}` : input.uri;
    try {
      const read = readBody(source, node, id);
      workloads.push(...read.workloads);
      problems.push(...read.problems);
    } catch (error) {
      if (!(error instanceof ReadError) || root.kind !== "array") {
        throw error;
      }
      problems.push(problemOf(error));
    }
  }
  return { workloads, problems: [...problems, ...trailingProblems(source)] };
}

function readBody(source: JsonSource, node: JsonNode, id: string): ReadResult {
  if (node.kind !== "object") {
    throw notAnObject(source, node);
  }
  refuseInspectDocument(source, node);
  const form = formOf(node);
  const decoded = decodeGo(BODY_TYPES[form], node);
  const refusals = decoded.errors.filter((error) => !isFlat(form, error));
  if (refusals.length > 0 || decoded.value?.kind !== "struct") {
    return { workloads: [], problems: refusals.map((error) => refusal(source, error)) };
  }
  const body = decoded.errors.length === 0 ? decoded.value : withoutFlatFields(decoded.value);
  const { hostConfig, obeyedByOldEngines, ignored } = effectiveHostConfig(body);
  const container = containerOf(body, form, hostConfig);
  const config = containerConfigOf(container);
  const workload: Workload = {
    id,
    kind: "create-request",
    name: config.Config.Image || id,
    source: source.placeAt(node.start),
    config,
    where: whereIn(source, container),
    unresolved: new Map(),
    surroundings: {},
  };
  return {
    workloads: [workload],
    problems: [
      ...decoded.errors.map((error) => badFlatFieldNote(source, typeErrorText(error), error.node.start)),
      ...flatFieldNotes(source, obeyedByOldEngines, ignored),
      ...keyNotes(source, node, form),
    ],
  };
}

/** What is wrong with a body that an engine would answer with an error. */
function refusal(source: JsonSource, error: GoTypeError): ReadProblem {
  const text = typeErrorText(error);
  return {
    severity: "error",
    message: {
      en: `${text.en}; an engine refuses this request`,
      ja: `${text.ja}。エンジンはこの要求を拒否します`,
    },
    place: source.placeAt(error.node.start, error.field),
  };
}

/** Whether an error is about a field of `HostConfig` at the top of the body, where engines from 27 do not look. */
function isFlat(form: BodyForm, error: GoTypeError): boolean {
  const [first = ""] = error.field.split(/[.[]/, 1);
  return form === "api" && (HOST_CONFIG.byName.has(first) || first === "Cpuset");
}

function withoutFlatFields(body: GoStruct): GoStruct {
  const kept = [...body.fields].filter(([name]) => !HOST_CONFIG.byName.has(name));
  return { ...body, fields: new Map(kept) };
}

/** A body in the layout of {@link ContainerConfig}, so that a field's path leads to where it was written. */
function containerOf(body: GoStruct, form: BodyForm, hostConfig: GoStruct | undefined): GoStruct {
  const config = form === "api" ? body : body.fields.get("Config");
  const fields = new Map<string, GoValue>();
  if (config !== undefined) {
    fields.set("Config", config);
  }
  if (hostConfig !== undefined) {
    fields.set("HostConfig", hostConfig);
  }
  return { kind: "struct", fields, at: body.at };
}

/** Read as a body, an inspect document would lose its `Config`: an engine does not know a member of that name. */
function refuseInspectDocument(source: JsonSource, node: JsonObject): void {
  if (["Id", "Config", "HostConfig"].every((name) => hasMember(node, name))) {
    throw new ReadError(
      "NOT_THIS_INPUT",
      {
        en: "this is an inspect document, not the body of a create request: give it as the output of `docker inspect`",
        ja: "これは作成要求の本文ではなく inspect の文書です。`docker inspect` の出力として渡してください",
      },
      source.placeAt(node.start),
    );
  }
}
