import type { ServiceDraft } from "./draft.ts";
import { containerPath } from "./host-paths.ts";
import { noteUnknownKeys } from "./known-keys.ts";
import { MESSAGES, REASONS } from "./messages.ts";
import type { Problems } from "./problems.ts";
import { childOf, type TreeNode, type Written } from "./tree.ts";
import { booleanOf, textOf } from "./values.ts";
import { fill } from "./variables.ts";
import { isHostPath, parseVolumeText, type VolumeText } from "./volume-text.ts";

/** Parts of a mount that can be unknown on their own; `""` is the whole of it. */
export type VolumePart = "" | "Source" | "Target" | "ReadOnly" | "BindOptions.Propagation";

/** One entry of `volumes`, short or long, before it becomes a Bind or a Mount. */
export interface ServiceVolume {
  readonly type: string;
  /** Empty: none (an anonymous volume, a tmpfs). */
  readonly source: string;
  readonly target: string;
  readonly readOnly?: boolean | undefined;
  readonly selinux?: string | undefined;
  readonly propagation?: string | undefined;
  readonly recursive?: string | undefined;
  readonly createHostPath?: boolean | undefined;
  readonly nocopy?: boolean | undefined;
  /** The short form as it was written, where it holds a variable that makes its source unknown. */
  readonly short?: string | undefined;
  readonly written: Written;
  /** Where the parts stand that have a node of their own. */
  readonly parts: ReadonlyMap<VolumePart, TreeNode>;
  /** What the file does not tell, and why. */
  readonly open: Map<VolumePart, string>;
}

const PROPAGATION = /^r?(private|shared|slave)$/;
const TYPES = new Set(["bind", "volume", "tmpfs", "npipe", "image", "cluster"]);
const LONG_KEYS = new Set(["type", "source", "target", "read_only", "consistency", "bind", "volume", "tmpfs", "image"]);

/** `[SOURCE:]TARGET[:OPTIONS]`. */
export function readShortVolume(draft: ServiceDraft, written: Written): ServiceVolume | undefined {
  const read = textOf(draft.file.problems, written, "volume");
  const { volumes } = draft.file.declarations;
  const parsed = read === undefined ? undefined : parseVolumeText(read.text, read.reason !== undefined, volumes);
  if (read === undefined || parsed === undefined) {
    return refuseVolume(draft, written, read !== undefined);
  }
  const { source = "", target, options } = parsed;
  const open = read.reason === undefined ? new Map<VolumePart, string>() : openParts(parsed, read.reason);
  // What begins with a variable may turn out as any path, and a lone variable as a whole entry.
  const sourceOpen = open.has("Source") || open.has("");
  const mayBeBind = isHostPath(source) || (sourceOpen && (source === "" || source.startsWith("$")));
  return {
    type: mayBeBind ? "bind" : "volume",
    short: mayBeBind && sourceOpen ? read.text : undefined,
    source,
    target: read.reason === undefined ? containerPath(target) : target,
    readOnly: options.includes("ro"),
    selinux: options.find((option) => option === "z" || option === "Z"),
    propagation: options.find((option) => PROPAGATION.test(option)),
    nocopy: options.includes("nocopy"),
    written,
    parts: new Map(),
    open,
  };
}

function openParts(parsed: VolumeText, reason: string): Map<VolumePart, string> {
  const holds = (text: string | undefined) => text !== undefined && fill(text).variables.length > 0;
  const open = new Map<VolumePart, string>();
  if (holds(parsed.source)) {
    open.set("Source", reason);
  }
  if (holds(parsed.target) && parsed.source !== undefined) {
    open.set("Target", reason);
  }
  if (parsed.options.some(holds)) {
    open.set("ReadOnly", reason).set("BindOptions.Propagation", reason);
  }
  // A lone variable, or a `$` that begins none.
  return open.size > 0 ? open : open.set("", reason);
}

function refuseVolume(draft: ServiceDraft, written: Written, report: boolean): undefined {
  if (report) {
    draft.file.problems.error(written, MESSAGES.wrongType("volume"));
  }
  draft.leaveOpen("HostConfig.Binds", REASONS.wrongType("volume"));
  draft.leaveOpen("HostConfig.Mounts", REASONS.wrongType("volume"));
  return undefined;
}

/** The long form: a mapping with `type`, `source`, `target` and options of its type. */
export function readLongVolume(draft: ServiceDraft, written: Written): ServiceVolume | undefined {
  const { problems } = draft.file;
  noteUnknownKeys(problems, written, LONG_KEYS);
  const { parts, open, text, flag } = partsReader(problems);
  const type = text(keyOf(written, "type"), "");
  if (type === undefined ? !open.has("") : !open.has("") && !TYPES.has(type)) {
    problems.error(keyOf(written, "type") ?? written, MESSAGES.wrongType("volumeType"));
    open.set("", REASONS.wrongType("volumeType"));
  }
  const target = text(keyOf(written, "target"), "Target");
  const source = text(keyOf(written, "source"), "Source");
  const noTarget = target === undefined && !open.has("Target");
  if (noTarget || (type === "bind" && source === undefined && !open.has("Source"))) {
    return refuseVolume(draft, written, true);
  }
  const bind = keyOf(written, "bind");
  return {
    // Where the type is unknown, a bind is the worst that it can be.
    type: open.has("") ? "bind" : (type ?? ""),
    source: source ?? "",
    target: open.has("Target") ? (target ?? "") : containerPath(target ?? ""),
    readOnly: flag(keyOf(written, "read_only"), "ReadOnly"),
    selinux: text(keyOf(bind, "selinux"), ""),
    propagation: text(keyOf(bind, "propagation"), "BindOptions.Propagation"),
    recursive: text(keyOf(bind, "recursive"), "ReadOnly"),
    createHostPath: flag(keyOf(bind, "create_host_path"), "BindOptions.Propagation"),
    nocopy: flag(keyOf(keyOf(written, "volume"), "nocopy"), ""),
    written,
    parts,
    open,
  };
}

/** The value of a key, where there is a mapping that has it. */
function keyOf(written: Written | undefined, key: string): Written | undefined {
  return written?.node.kind === "map" ? childOf(written.node, written.path, key) : undefined;
}

/** Reads parts of a mount and remembers where each stands and which of them the file does not tell. */
function partsReader(problems: Problems) {
  const parts = new Map<VolumePart, TreeNode>();
  const open = new Map<VolumePart, string>();
  const note = (written: Written, part: VolumePart, reason: string | undefined): void => {
    if (part !== "") {
      parts.set(part, written.node);
    }
    if (reason !== undefined && !open.has(part)) {
      open.set(part, reason);
    }
  };
  return {
    parts,
    open,
    text(written: Written | undefined, part: VolumePart): string | undefined {
      if (written === undefined) {
        return undefined;
      }
      const read = textOf(problems, written);
      note(written, part, read === undefined ? REASONS.wrongType("text") : read.reason);
      return read?.text;
    },
    flag(written: Written | undefined, part: VolumePart): boolean | undefined {
      if (written === undefined) {
        return undefined;
      }
      const read = booleanOf(problems, written);
      note(written, part, read.reason);
      return read.value;
    },
  };
}
