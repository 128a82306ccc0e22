import type { Pod, PodPath, PodSpec, PodVolume } from "../../facts/index.ts";
import { formatPath, type Lines, type MapNode, nodeAt, type TreeNode, type TreePath } from "../yaml/index.ts";
import { Decoder } from "./decode.ts";
import { MESSAGES } from "./messages.ts";
import type { Problems } from "./problems.ts";
import { OBJECT_META, POD_SPEC, VOLUME_SOURCES } from "./shape.ts";

/** An object of the API as it stands in a file. */
export interface WrittenObject {
  readonly node: MapNode;
  readonly kind: string;
  readonly apiVersion: string;
  /** Where the object is in its document: nothing, or `items[2]`. */
  readonly path: TreePath;
}

/** A pod that was read, and whether the API server would take the object. */
export interface ReadPod {
  readonly pod: Pod;
  readonly refused: boolean;
}

interface Meta {
  readonly name?: string;
  readonly generateName?: string;
  readonly namespace?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
}

type DecodedVolume = Omit<PodVolume, "sources" | "projectsToken"> & {
  readonly [source: string]: unknown;
  readonly projected?: { readonly sources?: readonly { readonly serviceAccountToken?: unknown }[] };
};

/** Reads the pod of an object. `undefined`, and a problem, when there is none. */
export function readPod(
  object: WrittenObject,
  podPath: TreePath,
  lines: Lines,
  problems: Problems,
): ReadPod | undefined {
  const decoder = new Decoder(problems);
  const at = (path: TreePath): TreeNode | undefined => childAt(object.node, path);
  const specPath = [...podPath, "spec"];
  const specNode = at(specPath);
  const where = (path: TreePath) => {
    const { offset } = nodeAt(object.node, path);
    return lines.placeOf(offset, formatPath([...object.path, ...path]));
  };
  if (specNode === undefined || (specNode.kind === "scalar" && specNode.value === null)) {
    const { offset } = nodeAt(object.node, specPath);
    problems.add("error", offset, formatPath([...object.path, ...specPath]), MESSAGES.noSpec());
    return undefined;
  }
  const decodeMeta = (path: TreePath): Meta => {
    const node = at(path);
    return node === undefined ? {} : ((decoder.decode(node, OBJECT_META, [...object.path, ...path]) as Meta) ?? {});
  };
  const own = decodeMeta(["metadata"]);
  const meta = podPath.length === 0 ? own : decodeMeta([...podPath, "metadata"]);
  const spec = decoder.decode(specNode, POD_SPEC, [...object.path, ...specPath]) as PodSpec | undefined;
  if (spec === undefined) {
    return undefined; // the decoder has said why
  }
  if ((spec.containers?.length ?? 0) === 0 && !decoder.refused) {
    problems.add("error", specNode.offset, formatPath([...object.path, ...specPath]), MESSAGES.noContainers());
    decoder.refused = true;
  }
  const volumes = spec.volumes as unknown as readonly DecodedVolume[] | undefined;
  const pod: Pod = {
    kind: object.kind,
    name: own.name ?? own.generateName ?? "",
    namespace: own.namespace,
    annotations: meta.annotations ?? {},
    labels: meta.labels ?? {},
    spec: volumes === undefined ? spec : { ...spec, volumes: volumes.map(volumeOf) },
    where: (path: PodPath) => where(path[0] === "object" ? path.slice(1) : [...podPath, ...path]),
  };
  return { pod, refused: decoder.refused };
}

/** The API server makes an emptyDir of a volume without a source (core/v1 SetDefaults_Volume). */
function volumeOf(volume: DecodedVolume): PodVolume {
  const sources = Object.keys(volume).filter((key) => (VOLUME_SOURCES as readonly string[]).includes(key));
  const projectsToken = (volume.projected?.sources ?? []).some((source) => source.serviceAccountToken !== undefined);
  return {
    ...(volume.name !== undefined && { name: volume.name }),
    ...(volume.hostPath !== undefined && { hostPath: volume.hostPath }),
    sources: sources.length === 0 ? ["emptyDir"] : sources,
    ...(projectsToken && { projectsToken }),
  };
}

function childAt(node: TreeNode, path: TreePath): TreeNode | undefined {
  let current: TreeNode | undefined = node;
  for (const part of path) {
    current = current?.kind === "map" ? current.entries.get(String(part))?.value : undefined;
  }
  return current;
}
