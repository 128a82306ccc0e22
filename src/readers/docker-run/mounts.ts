import type { LocalizedText } from "../../base/index.ts";
import type { MountConfig } from "../../facts/index.ts";
import type { Draft } from "./draft.ts";
import { reasonFor, unknownIn } from "./draft.ts";
import type { FlagUse, FlagValue } from "./flag.ts";
import { cut, parseCsvRecord, parseGoBoolean, parseSize } from "./go-values.ts";
import { refusedBecause, unresolvedBecause } from "./messages.ts";
import { absolutePath } from "./paths.ts";
import { addEntry } from "./simple-effects.ts";

/** A mount while its options are read. */
interface MountDraft {
  type: string;
  source: string | undefined;
  target: string;
  readOnly: boolean;
  /** The text that decided `readOnly`, for unknown values. */
  readOnlyText: string;
  propagation: string | undefined;
  nonRecursive: boolean | undefined;
  readOnlyNonRecursive: boolean;
  readOnlyForceRecursive: boolean;
  driver: string | undefined;
  driverOptions: Map<string, string>;
  /** The option families that were used: `bind`, `volume`, `tmpfs`, `image`. */
  readonly families: Set<string>;
}

/** Sets an option; `false` when the value is refused. `value` is `undefined` where the option stands alone. */
type MountOption = (mount: MountDraft, value: string | undefined) => boolean;

const setsReadOnly: MountOption = (mount, value) => {
  mount.readOnlyText = value ?? "";
  const parsed = value === undefined ? true : parseGoBoolean(value);
  mount.readOnly = parsed ?? mount.readOnly;
  return parsed !== undefined;
};

const setsSource: MountOption = (mount, value) => {
  mount.source = value;
  return value !== undefined;
};

const setsTarget: MountOption = (mount, value) => {
  mount.target = value ?? "";
  return value !== undefined;
};

const setsRecursion: MountOption = (mount, value) => {
  switch (value) {
    case "enabled":
      return true;
    case "disabled":
      mount.nonRecursive = true;
      break;
    case "writable":
      mount.readOnlyNonRecursive = true;
      break;
    case "readonly":
      mount.readOnlyForceRecursive = true;
      break;
    default:
      return false;
  }
  mount.families.add("bind");
  return true;
};

/** An option that nothing here depends on. */
const ignored =
  (family: string, accepts: (value: string) => boolean = () => true): MountOption =>
  (mount, value) => {
    mount.families.add(family);
    return value !== undefined && accepts(value);
  };

/** opts/mount.go of docker/cli 28.2. */
const MOUNT_OPTIONS: Readonly<Record<string, MountOption>> = {
  type: (mount, value) => {
    mount.type = value?.toLowerCase() ?? "";
    return mount.type !== "";
  },
  source: setsSource,
  src: setsSource,
  target: setsTarget,
  dst: setsTarget,
  destination: setsTarget,
  readonly: setsReadOnly,
  ro: setsReadOnly,
  consistency: (_mount, value) => value !== undefined,
  "bind-propagation": (mount, value) => {
    mount.families.add("bind");
    mount.propagation = value?.toLowerCase();
    return value !== undefined;
  },
  "bind-nonrecursive": (mount, value) => {
    mount.families.add("bind");
    mount.nonRecursive = value === undefined ? true : parseGoBoolean(value);
    return mount.nonRecursive !== undefined;
  },
  "bind-recursive": setsRecursion,
  "volume-nocopy": (mount, value) => {
    mount.families.add("volume");
    return value === undefined || parseGoBoolean(value) !== undefined;
  },
  "volume-subpath": ignored("volume"),
  "volume-label": ignored("volume"),
  "volume-driver": (mount, value) => {
    mount.families.add("volume");
    mount.driver = value;
    return value !== undefined;
  },
  "volume-opt": (mount, value) => {
    mount.families.add("volume");
    const [key, option = ""] = cut(value ?? "", "=");
    if (key !== "") {
      mount.driverOptions.set(key, option);
    }
    return value !== undefined;
  },
  "image-subpath": ignored("image"),
  "tmpfs-size": ignored("tmpfs", (value) => parseSize(value) !== undefined),
  "tmpfs-mode": ignored("tmpfs", (value) => /^[0-7]{1,11}$/.test(value)),
};

/** One `--mount` flag. */
export function addMount(draft: Draft, use: FlagUse): void {
  const { value } = use;
  if (value === undefined) {
    return;
  }
  const fields = parseCsvRecord(value.text);
  const mount: MountDraft = {
    type: "volume",
    source: undefined,
    target: "",
    readOnly: false,
    readOnlyText: "",
    propagation: undefined,
    nonRecursive: undefined,
    readOnlyNonRecursive: false,
    readOnlyForceRecursive: false,
    driver: undefined,
    driverOptions: new Map(),
    families: new Set(),
  };
  if (fields === undefined) {
    draft.refuse(use, refusedBecause.notCsv);
  }
  const refusal = readOptions(fields ?? [], mount, value, draft) ?? inconsistency(mount, draft);
  if (refusal !== undefined && fields !== undefined && value.unknown.length === 0) {
    draft.refuse(use, refusal);
  }
  const field = addEntry(draft, use, "HostConfig", "Mounts", mountConfig(mount, draft), true);
  narrowUnresolved(draft, field, mount, value);
}

function readOptions(
  fields: readonly string[],
  mount: MountDraft,
  value: FlagValue,
  draft: Draft,
): LocalizedText | undefined {
  let refusal: LocalizedText | undefined;
  for (const field of fields) {
    const [written, text] = cut(field, "=");
    const option = Object.hasOwn(MOUNT_OPTIONS, written.toLowerCase())
      ? MOUNT_OPTIONS[written.toLowerCase()]
      : undefined;
    const accepted = option?.(mount, text) ?? draft.tool === "podman"; // Podman has more options (`relabel`, `U`, …)
    if (!accepted && unknownIn(field, value) === undefined) {
      refusal ??= refusedBecause.badMountKey(field);
    }
  }
  return refusal;
}

function inconsistency(mount: MountDraft, draft: Draft): LocalizedText | undefined {
  if (mount.target === "") {
    return draft.tool === "podman" && mount.source !== undefined ? undefined : refusedBecause.noMountTarget;
  }
  const foreign = [...mount.families].find((family) => family !== mount.type);
  if (foreign !== undefined && draft.tool === "docker") {
    return refusedBecause.mixedMountOptions(`${foreign}-*`, mount.type);
  }
  if ((mount.readOnlyNonRecursive || mount.readOnlyForceRecursive) && !mount.readOnly) {
    return refusedBecause.needsReadOnly;
  }
  return mount.readOnlyForceRecursive && mount.propagation !== "rprivate"
    ? refusedBecause.needsPrivatePropagation
    : undefined;
}

function mountConfig(mount: MountDraft, draft: Draft): MountConfig {
  const { workingDirectory } = draft.surroundings;
  const source =
    isRelative(mount.source) && workingDirectory !== undefined
      ? absolutePath(workingDirectory, mount.source ?? "")
      : mount.source;
  return {
    Type: mount.type,
    ...(source === undefined ? {} : { Source: source }),
    Target: mount.target === "" && draft.tool === "podman" ? (mount.source ?? "") : mount.target,
    ...(mount.readOnly ? { ReadOnly: true } : {}),
    ...(mount.families.has("bind") ? { BindOptions: bindOptions(mount) } : {}),
    ...(mount.families.has("volume") ? { VolumeOptions: { DriverConfig: driverConfig(mount) } } : {}),
  };
}

function bindOptions(mount: MountDraft): NonNullable<MountConfig["BindOptions"]> {
  return {
    ...(mount.propagation === undefined ? {} : { Propagation: mount.propagation }),
    ...(mount.nonRecursive === true ? { NonRecursive: true } : {}),
    ...(mount.readOnlyNonRecursive ? { ReadOnlyNonRecursive: true } : {}),
    ...(mount.readOnlyForceRecursive ? { ReadOnlyForceRecursive: true } : {}),
  };
}

function driverConfig(mount: MountDraft): { Name?: string; Options?: Record<string, string> } {
  return {
    ...(mount.driver === undefined ? {} : { Name: mount.driver }),
    ...(mount.driverOptions.size > 0 ? { Options: Object.fromEntries(mount.driverOptions) } : {}),
  };
}

/** Whatever begins with a dot, `.hidden` included; `x/y` is left for the engine to refuse. */
function isRelative(source: string | undefined): boolean {
  return source?.startsWith(".") === true;
}

/** Says which part of a mount is open, so that the rest of it still counts. */
function narrowUnresolved(draft: Draft, field: string, mount: MountDraft, value: FlagValue): void {
  const because = draft.unresolved.get(field);
  const parts = [
    ["Source", mount.source ?? ""],
    ["Target", mount.target],
    ["ReadOnly", mount.readOnlyText],
  ] as const;
  const open = parts.filter(([, text]) => unknownIn(text, value) !== undefined);
  const accountedFor = value.unknown.every((part) =>
    open.some(([, text]) => unknownIn(text, { ...value, unknown: [part] })),
  );
  if (because !== undefined && accountedFor) {
    draft.unresolved.delete(field);
    for (const [name, text] of open) {
      const part = unknownIn(text, value);
      if (part !== undefined) {
        draft.leaveOpen(`${field}.${name}`, reasonFor(part, text));
      }
    }
  }
  if (isRelative(mount.source) && draft.surroundings.workingDirectory === undefined) {
    draft.leaveOpen(`${field}.Source`, unresolvedBecause.workingDirectory(mount.source ?? ""));
  }
}

/**
 * `--use-api-socket` binds the socket that the command line itself talks to, after all other mounts. It also copies the caller's registry logins into
 * the container, which no field of the create request shows (docker/cli 28.2 cli/command/container/create.go).
 */
export function assembleApiSocket(draft: Draft): void {
  const use = draft.usesOf("use-api-socket").at(-1);
  if (use === undefined || (use.value !== undefined && parseGoBoolean(use.value.text) !== true)) {
    return;
  }
  const engine = draft.engine;
  if (engine !== undefined && engine.unknown.length === 0 && !engine.text.startsWith("unix://")) {
    draft.refuse(use, refusedBecause.socketOnly);
  }
  const socket: MountConfig = {
    Type: "bind",
    Source: engine?.text.replace(/^unix:\/\//, "") ?? "/var/run/docker.sock",
    Target: "/var/run/docker.sock",
    BindOptions: {},
  };
  const field = addEntry(draft, use, "HostConfig", "Mounts", socket, true);
  if (engine?.unknown[0] !== undefined) {
    draft.leaveOpen(`${field}.Source`, reasonFor(engine.unknown[0], engine.text));
  }
}
