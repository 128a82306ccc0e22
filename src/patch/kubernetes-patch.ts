import { isMap, isScalar, isSeq } from "yaml";
import type { PodMembership, PodPath, Workload } from "../facts/index.ts";
import type { FilePatch, PatchContext } from "./file-patch.ts";
import { applyTextEdits, type TextEdit } from "./text-edit.ts";
import { removeEntries, scalarText } from "./yaml-edit.ts";
import { type Entry, YamlFile } from "./yaml-file.ts";
import { appendItem, type NewValue, setPath } from "./yaml-set.ts";

const PARTS = /^(?<root>HostConfig|Config|Env)\.?(?<key>\w*)(?<sign>\+=|-=|=|:)(?<value>[\s\S]*)$/;

/** Switches of the pod spec that stand for a namespace of the node. */
const NAMESPACES: Readonly<Record<string, string>> = {
  PidMode: "hostPID",
  IpcMode: "hostIPC",
  NetworkMode: "hostNetwork",
};

type Patches = readonly FilePatch[];

/** Ways to write one edit of the edit language into a manifest, the least intrusive first. */
export function kubernetesPatches(edit: string, context: PatchContext): readonly Patches[] {
  const membership = context.workload.surroundings.pod;
  const text = context.textOf(context.workload.source.uri);
  const { root = "", key = "", sign = "", value = "" } = PARTS.exec(edit)?.groups ?? {};
  if (membership === undefined || text === undefined) {
    return [];
  }
  const patch = new ManifestPatch(context.workload, membership, text);
  return (root === "Env" ? [patch.remove(patch.environment(value))] : waysFor(patch, key, sign, value))
    .filter((written) => written !== undefined)
    .map((written) => [{ uri: context.workload.source.uri, text: written }]);
}

function waysFor(patch: ManifestPatch, key: string, sign: string, value: string): readonly (string | undefined)[] {
  const namespace = NAMESPACES[key];
  if (namespace !== undefined) {
    return [patch.remove([["spec", namespace]]), patch.set([[["spec", namespace], { scalar: "false" }]])];
  }
  const own = (...names: string[]): PodPath => [...patch.container, "securityContext", ...names];
  switch (key) {
    case "User": {
      const [user = "", group] = (JSON.parse(value) as string).split(":");
      const groups: Setting[] = group === undefined ? [] : [[own("runAsGroup"), { scalar: group }]];
      return [patch.set([[own("runAsUser"), { scalar: user }], ...groups])];
    }
    case "Privileged":
      return [patch.remove([own("privileged")]), patch.set([[own("privileged"), { scalar: "false" }]])];
    case "CapDrop":
      return [patch.append(own("capabilities", "drop"), value)];
    case "CapAdd":
      return [patch.remove(patch.capabilities(value))];
    case "Mounts":
    case "Binds":
      return sign === ":"
        ? [
            patch.set(
              patch.mounts(value.replace(/=ro$/, "")).map((path) => [[...path, "readOnly"], { scalar: "true" }]),
            ),
          ]
        : patch.withoutMounts(value);
    case "SecurityOpt":
      return sign === "+=" ? securityAdded(patch, own, value) : [patch.removeOption(value)];
    case "UsernsMode":
      return value === '"private"' ? [patch.set([[["spec", "hostUsers"], { scalar: "false" }]])] : [];
    case "ReadonlyRootfs":
      return [patch.set([[own("readOnlyRootFilesystem"), { scalar: "true" }]])];
    case "MaskedPaths":
    case "ReadonlyPaths":
      return [patch.remove([own("procMount")])];
    case "GroupAdd":
      return [patch.remove(patch.groups(value))];
    case "Devices":
    case "DeviceRequests":
      return [patch.removeDevices(key, value)];
    default:
      return [];
  }
}

function securityAdded(
  patch: ManifestPatch,
  own: (...names: string[]) => PodPath,
  value: string,
): (string | undefined)[] {
  switch (value) {
    case "no-new-privileges":
      return [patch.set([[own("allowPrivilegeEscalation"), { scalar: "false" }]])];
    case "seccomp=builtin":
      return [patch.set([[own("seccompProfile", "type"), { scalar: "RuntimeDefault" }]])];
    default:
      return [];
  }
}

type Setting = readonly [path: PodPath, value: NewValue];

/** One container of a manifest, to be written into. */
class ManifestPatch {
  readonly container: PodPath;
  readonly #workload: Workload;
  readonly #membership: PodMembership;
  readonly #text: string;

  constructor(workload: Workload, membership: PodMembership, text: string) {
    this.#workload = workload;
    this.#membership = membership;
    this.#text = text;
    this.container = membership.member.path;
  }

  /** The pair `spec` of the pod in a text in which nothing before the container was changed. */
  #spec(file: YamlFile): Entry | undefined {
    return file.itemAt(this.#workload.source)?.parent?.parent;
  }

  /** What stands at a path below the pod. */
  #at(file: YamlFile, path: PodPath): Entry | undefined {
    const spec = this.#spec(file);
    const [top = "", ...rest] = path;
    let entry = spec && file.beside(spec, String(top));
    for (const part of rest) {
      entry = entry && file.child(entry, part);
    }
    return entry;
  }

  /** Takes out what stands at paths; a list or mapping that is left empty goes with it. */
  remove(paths: readonly PodPath[]): string | undefined {
    const file = new YamlFile(this.#text);
    const entries = paths.map((path) => this.#at(file, path));
    const tops = new Set(entries.map((entry) => entry && topOf(entry, this.#spec(file)?.holder)));
    if (entries.length === 0 || entries.includes(undefined)) {
      return undefined;
    }
    const starts = new Set([...tops].map((top) => top?.start));
    return removeEntries(this.#text, new Set(entries.filter((entry) => entry !== undefined)), (_, entry) => {
      for (let outer: Entry | undefined = entry; outer !== undefined; outer = outer.parent) {
        if (starts.has(outer.start) && outer.key !== undefined && (outer.key === "spec" || outer.key === "metadata")) {
          return outer;
        }
      }
      return undefined;
    });
  }

  /** Sets values one after the other; all of them stand behind where the container begins, or there is but one. */
  set(settings: readonly Setting[]): string | undefined {
    let text = this.#text;
    for (const [path, value] of settings) {
      const file = new YamlFile(text);
      const edits = this.#edits(file, path, value);
      if (edits === undefined) {
        return undefined;
      }
      text = applyTextEdits(text, edits);
    }
    return settings.length === 0 ? undefined : text;
  }

  #edits(file: YamlFile, path: PodPath, value: NewValue): readonly TextEdit[] | undefined {
    const depth = path.findLastIndex((part) => typeof part === "number") + 1 || 1;
    const base = this.#at(file, path.slice(0, depth));
    const there = this.#at(file, path)?.value;
    const quoted = file.isJson && !/^(?:true|false|\d+)$/.test(value.scalar ?? "true");
    const written = quoted ? { ...value, scalar: JSON.stringify(value.scalar) } : value;
    if (there?.range != null && isScalar(there) && there.range[1] > there.range[0]) {
      return [{ start: there.range[0], end: there.range[1], text: written.scalar ?? "" }];
    }
    return base && setPath(file, base, path.slice(depth).map(String), written);
  }

  /** Adds an item to a list, or makes the list. */
  append(path: PodPath, item: string): string | undefined {
    const file = new YamlFile(this.#text);
    const list = this.#at(file, path)?.value;
    const text = file.isJson ? JSON.stringify(item) : scalarText(item);
    const edits =
      isSeq(list) && list.items.length > 0 ? appendItem(file, list, text) : this.#edits(file, path, { items: [text] });
    return edits && applyTextEdits(this.#text, edits);
  }

  /** Paths of the entries that set fields of the engine's form. */
  #pathsOf(fields: readonly string[]): readonly PodPath[] {
    return fields.flatMap((field) => {
      const path = this.#membership.pathOf(field);
      return path === undefined ? [] : [path];
    });
  }

  environment(name: string): readonly PodPath[] {
    const { env = [] } = this.#membership.member.container;
    return env.flatMap((entry, index) => (entry.name === name ? [[...this.container, "env", index]] : []));
  }

  capabilities(name: string): readonly PodPath[] {
    const { CapAdd = [] } = this.#workload.config.HostConfig;
    return this.#pathsOf(CapAdd.flatMap((entry, index) => (entry === name ? [`HostConfig.CapAdd[${index}]`] : [])));
  }

  /** The container's mounts of a directory of the node. */
  mounts(source: string): readonly PodPath[] {
    const { Mounts = [] } = this.#workload.config.HostConfig;
    return this.#pathsOf(
      Mounts.flatMap((mount, index) => (mount.Source === source ? [`HostConfig.Mounts[${index}]`] : [])),
    );
  }

  /** Without the mounts; the volume goes too where nobody else mounts it. */
  withoutMounts(source: string): readonly (string | undefined)[] {
    const mounts = this.mounts(source);
    const { pod, member } = this.#membership;
    const gone = new Set(mounts.map((path) => path.at(-1)));
    const names = new Set(mounts.map((path) => member.container.volumeMounts?.[path.at(-1) as number]?.name));
    const { spec } = pod;
    const everybody = [...(spec.containers ?? []), ...(spec.initContainers ?? []), ...(spec.ephemeralContainers ?? [])];
    const used = new Set(
      everybody.flatMap((container) =>
        (container.volumeMounts ?? []).flatMap(({ name }, index) =>
          container === member.container && gone.has(index) ? [] : [name],
        ),
      ),
    );
    const volumes = (spec.volumes ?? []).flatMap(({ name }, index): PodPath[] =>
      names.has(name) && !used.has(name) ? [["spec", "volumes", index]] : [],
    );
    return [this.remove([...mounts, ...volumes]), this.remove(mounts)];
  }

  removeOption(option: string): string | undefined {
    const { SecurityOpt = [] } = this.#workload.config.HostConfig;
    return this.remove(
      this.#pathsOf(
        SecurityOpt.flatMap((entry, index) => (entry === option ? [`HostConfig.SecurityOpt[${index}]`] : [])),
      ),
    );
  }

  groups(group: string): readonly PodPath[] {
    const { supplementalGroups = [], fsGroup } = this.#membership.pod.spec.securityContext ?? {};
    const common: PodPath = ["spec", "securityContext"];
    return [
      ...supplementalGroups.flatMap((entry, index) =>
        String(entry) === group ? [[...common, "supplementalGroups", index]] : [],
      ),
      ...(String(fsGroup) === group ? [[...common, "fsGroup"]] : []),
    ];
  }

  /** Extended resources stand among the limits and, equal, among the requests. */
  removeDevices(key: "Devices" | "DeviceRequests", node: string): string | undefined {
    const list = this.#workload.config.HostConfig[key] ?? [];
    const fields = list.flatMap((entry, index) =>
      key === "DeviceRequests" || ("PathOnHost" in entry && entry.PathOnHost === node)
        ? [`HostConfig.${key}[${index}]`]
        : [],
    );
    const limits = this.#pathsOf(fields);
    const file = new YamlFile(this.#text);
    const requests = limits
      .map((path) => path.map((part) => (part === "limits" ? "requests" : part)))
      .filter((path) => this.#at(file, path) !== undefined);
    return this.remove([...limits, ...requests]);
  }
}

/** The pair right in a mapping in which, or in whose pairs, an entry lies. */
function topOf(entry: Entry, holder: Entry["holder"] | undefined): Entry | undefined {
  let top: Entry | undefined = entry;
  while (top !== undefined && top.holder !== holder) {
    top = top.parent;
  }
  return top !== undefined && isMap(top.holder) ? top : undefined;
}
