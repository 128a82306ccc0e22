import { isAlias, isMap, isScalar, isSeq, type Node } from "yaml";
import { canonicalPath, isWritten, splitBind, type Workload } from "../facts/index.ts";
import { type FilePatch, type PatchContext, shortForm } from "./file-patch.ts";
import { applyTextEdits, type TextEdit } from "./text-edit.ts";
import { removeEntries, replaceScalar, scalarText, sourceOf } from "./yaml-edit.ts";
import { type Entry, YamlFile } from "./yaml-file.ts";
import { appendItem, extendAlias, type NewValue, setKey } from "./yaml-set.ts";

/** Keys of Compose for fields of the create body. */
const KEYS: Readonly<Record<string, string>> = {
  Privileged: "privileged",
  CapAdd: "cap_add",
  CapDrop: "cap_drop",
  Binds: "volumes",
  Mounts: "volumes",
  VolumesFrom: "volumes_from",
  Devices: "devices",
  DeviceCgroupRules: "device_cgroup_rules",
  DeviceRequests: "gpus",
  SecurityOpt: "security_opt",
  PidMode: "pid",
  IpcMode: "ipc",
  UTSMode: "uts",
  NetworkMode: "network_mode",
  CgroupnsMode: "cgroup",
  UsernsMode: "userns_mode",
  GroupAdd: "group_add",
  ReadonlyRootfs: "read_only",
  Runtime: "runtime",
  User: "user",
  CgroupParent: "cgroup_parent",
  NanoCpus: "cpus",
  RestartPolicy: "restart",
  MaskedPaths: "security_opt",
  ReadonlyPaths: "security_opt",
};

/** What stands for the engine's own choice where a key cannot be left out because something else sets it. */
const NEUTRAL: Readonly<Record<string, string>> = {
  Privileged: "false",
  PidMode: '""',
  IpcMode: "private",
  UTSMode: '""',
  UsernsMode: '""',
  CgroupnsMode: "private",
  NetworkMode: "bridge",
  Runtime: "runc",
};

const PARTS = /^(?<root>HostConfig|Config|Env)\.?(?<key>\w*)(?<sign>\+=|-=|=|:)(?<value>[\s\S]*)$/;

/**
 * Ways to write one edit of the edit language into Compose files, the least intrusive first. Whoever takes one reads the
 * files again and sees whether they say what they have to; the next way is for when they do not.
 */
export function composePatches(edit: string, context: PatchContext): readonly (readonly FilePatch[])[] {
  const { root = "", key = "", sign = "", value = "" } = PARTS.exec(edit)?.groups ?? {};
  const name = KEYS[key];
  const patch = new ComposePatch(context);
  if (root === "Env") {
    return ways(patch.removeAt(patch.envFields(value)));
  }
  if (name === undefined) {
    return [];
  }
  switch (sign) {
    case "+=": {
      const item = scalarText(
        key === "SecurityOpt" && value === "no-new-privileges" ? "no-new-privileges:true" : value,
      );
      return ways(patch.add(name, item), patch.override(key, name));
    }
    case "-=":
      return ways(patch.removeAt(patch.fieldsOf(key, value)), patch.override(key, name));
    case ":":
      return ways(patch.makeReadOnly(patch.sourceFields(value.replace(/=ro$/, ""))), patch.override(key, name));
    default:
      return patch.assignments(root, key, name, value);
  }
}

const ways = (...found: readonly (readonly FilePatch[] | undefined)[]): readonly (readonly FilePatch[])[] =>
  found.filter((way) => way !== undefined);

class ComposePatch {
  readonly #context: PatchContext;
  readonly #files = new Map<string, YamlFile | undefined>();

  constructor(context: PatchContext) {
    this.#context = context;
  }

  #file(uri: string): YamlFile | undefined {
    if (!this.#files.has(uri)) {
      const text = this.#context.textOf(uri);
      this.#files.set(uri, text === undefined ? undefined : new YamlFile(text));
    }
    return this.#files.get(uri);
  }

  /** The service's own pair in a file. */
  #service(file: YamlFile): Entry | undefined {
    const { name } = this.#context.workload;
    return file.entryOf(["services", name]) ?? file.entryOf([name]);
  }

  /** `HostConfig.X=JSON`, `Config.User="1:2"`. */
  assignments(root: string, key: string, name: string, value: string): readonly (readonly FilePatch[])[] {
    const field = `${root}.${key}`;
    if (key === "MaskedPaths" || key === "ReadonlyPaths") {
      return ways(this.removeAt([field]));
    }
    if (key === "DeviceRequests") {
      const { DeviceRequests = [] } = this.#context.workload.config.HostConfig;
      return ways(this.removeAt(DeviceRequests.map((_, index) => `${field}[${index}]`)));
    }
    const parsed: unknown = shortForm(key, JSON.parse(value));
    if (Array.isArray(parsed)) {
      return ways(this.removeAt(this.#allOf(key)), this.override(key, name));
    }
    const leaves = parsed === "" || parsed === null || parsed === false || parsed === "private" || parsed === "bridge";
    const text = leaves ? (NEUTRAL[key] ?? scalarText(String(parsed))) : scalarText(String(parsed));
    const set = this.setOwn(name, { scalar: text });
    return leaves
      ? ways(this.removeAt([field]), this.#replaceAt(field, text), set)
      : ways(this.#replaceAt(field, text), set);
  }

  #allOf(key: string): readonly string[] {
    const { HostConfig } = this.#context.workload.config;
    const list = HostConfig[key as keyof typeof HostConfig];
    return Array.isArray(list) ? list.map((_, index) => `HostConfig.${key}[${index}]`) : [];
  }

  /** Fields of a list that hold an entry. */
  fieldsOf(key: string, item: string): readonly string[] {
    if (key === "Binds" || key === "Mounts") {
      return this.sourceFields(item);
    }
    const { HostConfig } = this.#context.workload.config;
    const list = (HostConfig[key as keyof typeof HostConfig] ?? []) as readonly unknown[];
    const after = (this.#context.wanted.config.HostConfig[key as keyof typeof HostConfig] ?? []) as readonly unknown[];
    return list.flatMap((entry, index) =>
      JSON.stringify(entry) === JSON.stringify(after[index]) ? [] : [`HostConfig.${key}[${index}]`],
    );
  }

  /** Fields of the mounts that show a host path or a volume. */
  sourceFields(path: string): readonly string[] {
    const { Binds = [], Mounts = [] } = this.#context.workload.config.HostConfig;
    const same = (source: string) =>
      source === path ||
      (source.startsWith("/") && path.startsWith("/") && canonicalPath(source) === canonicalPath(path));
    return [
      ...Binds.flatMap((bind, index) =>
        bind === path || same(splitBind(bind).source) ? [`HostConfig.Binds[${index}]`] : [],
      ),
      ...Mounts.flatMap((mount, index) => (same(mount.Source ?? "") ? [`HostConfig.Mounts[${index}]`] : [])),
    ];
  }

  envFields(name: string): readonly string[] {
    const env = this.#context.workload.config.Config.Env ?? [];
    return env.flatMap((entry, index) => (entry.split("=", 1)[0] === name ? [`Config.Env[${index}]`] : []));
  }

  /** The entry that sets a field, where it stands in the service itself. */
  #ownEntry(field: string): { file: YamlFile; entry: Entry; service: Entry; uri: string } | undefined {
    const { workload } = this.#context;
    const place = workload.where(field);
    const file = this.#file(place.uri);
    const service = file && this.#service(file);
    if (file === undefined || service === undefined || !(isWritten(workload, field) || !field.includes("["))) {
      return undefined;
    }
    const entry = file.entryAt(place);
    if (entry === undefined || entry === service || !file.isWithin(entry, service)) {
      return undefined;
    }
    return { file, entry, service, uri: place.uri };
  }

  /** Takes entries out where they stand. The item of a list goes as a whole, whatever part of it a place points to. */
  removeAt(fields: readonly string[]): readonly FilePatch[] | undefined {
    const found = new Map<string, Set<Entry>>();
    for (const field of fields) {
      const own = this.#ownEntry(field);
      if (own === undefined) {
        return undefined;
      }
      const entry = field.includes("[") ? itemOf(own.entry, own.service) : own.entry;
      found.set(own.uri, (found.get(own.uri) ?? new Set()).add(entry));
    }
    const patches = Array.from(found, ([uri, entries]) => this.#without(uri, entries));
    return patches.length > 0 && patches.every((patch) => patch !== undefined) ? patches : undefined;
  }

  #without(uri: string, entries: ReadonlySet<Entry>): FilePatch | undefined {
    const text = removeEntries(this.#context.textOf(uri) ?? "", entries, (file) => this.#service(file));
    return text === undefined ? undefined : { uri, text };
  }

  #patched(uri: string, file: YamlFile, edits: readonly TextEdit[] | undefined): readonly FilePatch[] | undefined {
    return edits && [{ uri, text: applyTextEdits(file.text, edits) }];
  }

  #replaceAt(field: string, text: string): readonly FilePatch[] | undefined {
    const own = this.#ownEntry(field);
    const node = own?.entry.value;
    if (own === undefined || node == null || !isScalar(node) || own.entry.parent !== own.service) {
      return undefined;
    }
    const value = /^".*"$/.test(text) ? (JSON.parse(text) as string) : text;
    return this.#patched(own.uri, own.file, replaceScalar(node, value));
  }

  /** Adds an entry to the service's own list, or makes the list. */
  add(name: string, item: string): readonly FilePatch[] | undefined {
    const { uri } = this.#context.workload.source;
    const file = this.#file(uri);
    const service = file && this.#service(file);
    if (file === undefined || service === undefined) {
      return undefined;
    }
    const own = isMap(service.value)
      ? service.value.items.find((pair) => isScalar(pair.key) && pair.key.value === name)
      : undefined;
    const list = own?.value;
    const edits = isSeq(list) ? appendItem(file, list, item) : this.#set(file, service, name, { items: [item] });
    return this.#patched(uri, file, edits);
  }

  /** Sets a key of the service itself. */
  setOwn(name: string, value: NewValue): readonly FilePatch[] | undefined {
    const { uri } = this.#context.workload.source;
    const file = this.#file(uri);
    const service = file && this.#service(file);
    return file && service && this.#patched(uri, file, this.#set(file, service, name, value));
  }

  #set(file: YamlFile, service: Entry, name: string, value: NewValue): readonly TextEdit[] | undefined {
    if (service.value !== null && isAlias(service.value)) {
      return extendAlias(file, service, name, value);
    }
    return setKey(file, service, name, value);
  }

  /** Writes the whole list as it has to be into the service itself, over what it takes over from elsewhere. */
  override(key: string, name: string): readonly FilePatch[] | undefined {
    const { wanted, workload } = this.#context;
    const file = this.#file(workload.source.uri);
    const service = file && this.#service(file);
    const takesOver =
      isMap(service?.value) && service.value.items.some((pair) => isScalar(pair.key) && pair.key.value === "extends");
    const items = name === "volumes" ? this.#volumeItems() : listOf(wanted, key);
    if (items === undefined) {
      return undefined;
    }
    // Lists of an extended service come before one's own, unless one says otherwise.
    const tag = takesOver ? { tag: items.length === 0 ? "!reset" : "!override" } : {};
    return this.setOwn(name, { items, ...tag });
  }

  /** The volumes that are left, as they were written where one line holds each. */
  #volumeItems(): readonly string[] | undefined {
    const { wanted, workload } = this.#context;
    const { Binds = [], Mounts = [] } = wanted.config.HostConfig;
    const kept = [
      ...Binds.map((bind, index) => ({
        gone: bind === "",
        field: `HostConfig.Binds[${index}]`,
        changed: bind !== workload.config.HostConfig.Binds?.[index],
        text: scalarText(bind),
      })),
      ...Mounts.map((mount, index) => ({
        gone: mount.Type === "removed",
        field: `HostConfig.Mounts[${index}]`,
        changed: mount !== workload.config.HostConfig.Mounts?.[index],
        text: longVolume(mount),
      })),
    ].filter(({ gone }) => !gone);
    return kept.map(({ field, changed, text }) => (changed ? text : (this.#asWritten(field) ?? text)));
  }

  /** An item of a list as it stands in the service's own file, where paths mean the same. */
  #asWritten(field: string): string | undefined {
    const { workload } = this.#context;
    const place = workload.where(field);
    const file = place.uri === workload.source.uri ? this.#file(place.uri) : undefined;
    const entry = file?.entryAt(place);
    const item = entry && isSeq(entry.holder) ? entry.value : undefined;
    return file && item ? sourceOf(file, item as Node) : undefined;
  }

  /** Makes mounts read-only where they stand: an option of the short form, a key of the long one. */
  makeReadOnly(fields: readonly string[]): readonly FilePatch[] | undefined {
    const edits = new Map<YamlFile, { uri: string; found: TextEdit[] }>();
    for (const field of fields) {
      const own = this.#ownEntry(field);
      const found = own && readOnlyEdits(own.file, itemOf(own.entry, own.service));
      if (own === undefined || found === undefined) {
        return undefined;
      }
      const known = edits.get(own.file) ?? { uri: own.uri, found: [] };
      known.found.push(...found);
      edits.set(own.file, known);
    }
    return edits.size === 0
      ? undefined
      : Array.from(edits, ([file, { uri, found }]): FilePatch => ({ uri, text: applyTextEdits(file.text, found) }));
  }
}

/** The item of the service's list in which an entry lies; the entry itself where it lies in none. */
function itemOf(entry: Entry, service: Entry): Entry {
  let item = entry;
  for (let outer: Entry | undefined = entry; outer !== undefined && outer !== service; outer = outer.parent) {
    if (isSeq(outer.holder) && outer.parent?.parent === service) {
      item = outer;
    }
  }
  return item;
}

function readOnlyEdits(file: YamlFile, entry: Entry): readonly TextEdit[] | undefined {
  const { value } = entry;
  if (isMap(value)) {
    return setKey(file, entry, "read_only", { scalar: "true" });
  }
  if (!isScalar(value) || typeof value.value !== "string") {
    return undefined;
  }
  const { source, target = "", options } = splitBind(value.value);
  const kept = options.filter((option) => option !== "rw" && option !== "ro" && option !== "");
  return replaceScalar(value as Node, [source, target, ["ro", ...kept].join(",")].join(":"));
}

function listOf(workload: Workload, key: string): readonly string[] | undefined {
  const list = workload.config.HostConfig[key as keyof Workload["config"]["HostConfig"]];
  if (!Array.isArray(list)) {
    return list === undefined ? [] : undefined;
  }
  const items = list.map((entry: unknown) => (typeof entry === "string" ? entry : deviceText(entry)));
  return items.filter((entry) => entry !== "").map(scalarText);
}

function deviceText(entry: unknown): string {
  const {
    PathOnHost = "",
    PathInContainer,
    CgroupPermissions,
  } = entry as {
    PathOnHost?: string;
    PathInContainer?: string;
    CgroupPermissions?: string;
  };
  return PathOnHost === "" ? "" : [PathOnHost, PathInContainer ?? PathOnHost, CgroupPermissions ?? "rwm"].join(":");
}

function longVolume(mount: NonNullable<Workload["config"]["HostConfig"]["Mounts"]>[number]): string {
  const pairs = [
    `type: ${mount.Type}`,
    ...(mount.Source === undefined ? [] : [`source: ${scalarText(mount.Source)}`]),
    `target: ${scalarText(mount.Target)}`,
    ...(mount.ReadOnly === true ? ["read_only: true"] : []),
    ...(mount.BindOptions?.Propagation === undefined ? [] : [`bind: {propagation: ${mount.BindOptions.Propagation}}`]),
  ];
  return `{${pairs.join(", ")}}`;
}
