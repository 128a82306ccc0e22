import { invariant, type LocalizedText } from "../../base/index.ts";
import { decodeGo, type GoTypeError, type JsonNode, type JsonObject } from "../../engine/index.ts";
import type { DescribedImage, Workload } from "../../facts/index.ts";
import {
  asString,
  containerConfigOf,
  documentsOf,
  type JsonInput,
  type JsonSource,
  notAnObject,
  openJsonSource,
  trailingProblems,
  typeErrorText,
  whereIn,
} from "../container-json/index.ts";
import { problemOf, ReadError, type ReadProblem, type ReadResult } from "../read-result.ts";
import { indexContainers, SHORT_ID_CHARACTERS } from "./container-index.ts";
import { readImage } from "./image.ts";
import { INSPECT_DOCUMENT, inspectedKind } from "./inspect-document.ts";
import { type ObservedContainer, observedContainer, surroundingsOf } from "./observed.ts";
import { isPodmans, untoldByPodman, withDockersNames } from "./podman.ts";
import { unresolvedFields } from "./unresolved.ts";

/** A container that exists: what it was made from, and what its engine says of it. */
export interface InspectedWorkload extends Workload {
  readonly observed: ObservedContainer;
}

export interface InspectResult extends ReadResult {
  readonly workloads: readonly InspectedWorkload[];
  readonly images: readonly DescribedImage[];
}

/**
 * Reads what `docker inspect`, `docker container inspect`, `docker image inspect` and Podman's commands of the same names print: an array of
 * documents, or one.
 *
 * Containers of one text know each other, so that `container:ID` and `VolumesFrom` can be followed.
 *
 * @throws {ReadError} when the text is not JSON, or describes neither a container nor an image.
 */
export function readInspect(input: JsonInput): InspectResult {
  const source = openJsonSource(input);
  const containers = new Map<string, Workload>();
  const ids = new Set<string>();
  const workloads: InspectedWorkload[] = [];
  const images: DescribedImage[] = [];
  const problems: ReadProblem[] = [];
  let firstSkipped: ReadError | undefined;
  for (const node of documentsOf(source)) {
    if (node.kind === "object" && inspectedKind(node) === "container") {
      const read = readContainer(source, node, containers, ids);
      workloads.push(read.workload);
      problems.push(...read.problems);
      continue;
    }
    if (node.kind === "object" && inspectedKind(node) === "image") {
      const { image, errors } = readImage(source, node, (name) => uniqueId(`${source.uri}#${name}`, ids));
      images.push(image);
      problems.push(...errors.map((error) => typeProblem(source, error)));
      continue;
    }
    const error = notAContainer(source, node);
    firstSkipped ??= error;
    problems.push(problemOf(error));
  }
  if (workloads.length + images.length === 0 && firstSkipped !== undefined) {
    throw firstSkipped;
  }
  indexContainers(containers, workloads);
  return { workloads, images, problems: [...problems, ...trailingProblems(source)] };
}

interface ReadContainer {
  readonly workload: InspectedWorkload;
  readonly problems: readonly ReadProblem[];
}

function readContainer(
  source: JsonSource,
  node: JsonObject,
  containers: ReadonlyMap<string, Workload>,
  ids: Set<string>,
): ReadContainer {
  const decoded = decodeGo(INSPECT_DOCUMENT, node);
  invariant(decoded.value?.kind === "struct", "an object decodes into a struct");
  const isPodman = isPodmans(node, decoded.value);
  const container = isPodman ? withDockersNames(decoded.value) : decoded.value;
  const observed = observedContainer(container, isPodman ? "podman" : "docker");
  const name = asString(container.fields.get("Name")).replace(/^\//, "") || observed.id.slice(0, SHORT_ID_CHARACTERS);
  const workload: InspectedWorkload = {
    id: uniqueId(`${source.uri}#${name}`, ids),
    kind: "container",
    name,
    source: source.placeAt(node.start),
    config: containerConfigOf(container),
    where: whereIn(source, container),
    unresolved: unresolvedFields(decoded.errors, isPodman ? untoldByPodman(node, container) : undefined),
    surroundings: { ...surroundingsOf(container), containers },
    observed,
  };
  return { workload, problems: decoded.errors.map((error) => typeProblem(source, error)) };
}

/** Names repeat where the documents of several hosts are in one file. */
function uniqueId(wanted: string, taken: Set<string>): string {
  let id = wanted;
  for (let number = taken.size + 1; taken.has(id); number++) {
    id = `${wanted}~${number}`;
  }
  taken.add(id);
  return id;
}

function typeProblem(source: JsonSource, error: GoTypeError): ReadProblem {
  return { severity: "error", message: typeErrorText(error), place: source.placeAt(error.node.start, error.field) };
}

function notAContainer(source: JsonSource, node: JsonNode): ReadError {
  if (node.kind !== "object") {
    return notAnObject(source, node);
  }
  return new ReadError("NOT_THIS_INPUT", OTHER_TEXT, source.placeAt(node.start));
}

const OTHER_TEXT: LocalizedText = {
  en: "this describes no container (there is no HostConfig): give the output of `docker inspect` for a container",
  ja: "これはコンテナーの文書ではありません（HostConfig がありません）。コンテナーに対する `docker inspect` の出力を渡してください",
};
