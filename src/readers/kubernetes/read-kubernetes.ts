import { MIB } from "../../base/index.ts";
import type { PodPath, Workload } from "../../facts/index.ts";
import { ReadError, type ReadResult } from "../read-result.ts";
import { Lines, splitDocuments, YAML_BYTES_MAX, YAML_DOCUMENTS_MAX } from "../yaml/index.ts";
import { workloadsOf } from "./container.ts";
import { podPathOf } from "./kinds.ts";
import { CONTAINERS_MAX } from "./limits.ts";
import { MESSAGES } from "./messages.ts";
import { surroundingOf } from "./neighbours.ts";
import { readObjects } from "./objects.ts";
import { readPod } from "./pod.ts";
import { Problems } from "./problems.ts";

/**
 * Reads Kubernetes manifests, YAML or JSON, any number of documents: a workload for each container of every pod and pod
 * template. Throws {@link ReadError} when nothing of the text can be read as Kubernetes objects; everything else that is
 * wrong or not examined is a problem with its place.
 */
export function readKubernetes(text: string, uri: string): ReadResult {
  const lines = new Lines(uri, text);
  if (Buffer.byteLength(text) > YAML_BYTES_MAX) {
    throw new ReadError("TOO_LARGE", MESSAGES.tooLarge(YAML_BYTES_MAX / MIB), { uri });
  }
  const problems = new Problems(lines);
  const documents = splitDocuments(text);
  if (documents.length === 0) {
    throw new ReadError("NOT_THIS_INPUT", MESSAGES.nothing(), { uri });
  }
  if (documents.length > YAML_DOCUMENTS_MAX) {
    problems.add(
      "error",
      documents[YAML_DOCUMENTS_MAX]?.offset ?? 0,
      "",
      MESSAGES.tooManyDocuments(YAML_DOCUMENTS_MAX),
    );
  }
  const objects = readObjects(documents.slice(0, YAML_DOCUMENTS_MAX), problems);
  const surrounding = surroundingOf(objects);
  const workloads: Workload[] = [];
  for (const object of objects) {
    const podPath = podPathOf(object.kind, object.apiVersion);
    const read = podPath === undefined ? undefined : readPod(object, podPath, lines, problems);
    if (read === undefined) {
      continue;
    }
    const { pod } = read;
    const note = (path: PodPath, message: ReturnType<(typeof MESSAGES)["windows"]>): void => {
      problems.addAt("note", pod.where(path), message);
    };
    const found = workloadsOf(read, uri, surrounding.of(pod), note);
    if (workloads.length + found.length > CONTAINERS_MAX) {
      problems.add("error", object.node.offset, "", MESSAGES.tooManyContainers(CONTAINERS_MAX));
      break;
    }
    workloads.push(...found);
  }
  return { workloads, problems: problems.list() };
}
