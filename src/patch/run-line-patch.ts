import { canonicalPath, type Place, splitBind, type Workload } from "../facts/index.ts";
import { sameOption } from "../remedies/index.ts";
import { type FilePatch, type PatchContext, shortForm } from "./file-patch.ts";
import { commandWords, type RawWord } from "./shell-words.ts";
import { applyTextEdits, offsetOfPlace, type TextEdit } from "./text-edit.ts";

/** A run line, which also knows where its flags stand. */
interface FlaggedWorkload extends Workload {
  readonly whereFlag?: (field: string) => Place;
}

/** Flags for fields of the create body, as `docker run` and `podman run` name them. */
const FLAGS: Readonly<Record<string, string>> = {
  CapAdd: "--cap-add",
  CapDrop: "--cap-drop",
  SecurityOpt: "--security-opt",
  PidMode: "--pid",
  IpcMode: "--ipc",
  UTSMode: "--uts",
  NetworkMode: "--network",
  CgroupnsMode: "--cgroupns",
  UsernsMode: "--userns",
  GroupAdd: "--group-add",
  Runtime: "--runtime",
  User: "--user",
  CgroupParent: "--cgroup-parent",
  NanoCpus: "--cpus",
  RestartPolicy: "--restart",
};

const PARTS = /^(?<root>HostConfig|Config|Env)\.?(?<key>\w*)(?<sign>\+=|-=|=|:)(?<value>[\s\S]*)$/;

/** Ways to write one edit of the edit language into a run line, the least intrusive first. */
export function runLinePatches(edit: string, context: PatchContext): readonly (readonly FilePatch[])[] {
  const { uri } = context.workload.source;
  const text = context.textOf(uri);
  const { root = "", key = "", sign = "", value = "" } = PARTS.exec(edit)?.groups ?? {};
  const workload: FlaggedWorkload = context.workload;
  if (text === undefined || workload.whereFlag === undefined) {
    return [];
  }
  const patch = new RunLinePatch(workload, workload.whereFlag, text);
  const ways =
    root === "Env" ? [patch.remove(patch.environment(value))] : waysFor(patch, `${root}.${key}`, sign, value);
  return ways.filter((way) => way !== undefined).map((edits) => [{ uri, text: applyTextEdits(text, edits) }]);
}

type Edits = readonly TextEdit[] | undefined;

function waysFor(patch: RunLinePatch, field: string, sign: string, value: string): readonly Edits[] {
  const key = field.slice(field.indexOf(".") + 1);
  const flag = FLAGS[key];
  switch (sign) {
    case "+=":
      return flag === undefined ? [] : [patch.add(`${flag} ${quoted(value)}`)];
    case "-=": {
      const fields = patch.entries(key, value);
      return [patch.remove(fields), patch.withoutPart(fields, value)];
    }
    case ":":
      return [patch.makeReadOnly(patch.entries("Binds", value.replace(/=ro$/, "")))];
    default:
      return assigned(patch, field, flag, shortForm(key, JSON.parse(value)));
  }
}

function assigned(patch: RunLinePatch, field: string, flag: string | undefined, value: unknown): readonly Edits[] {
  if (Array.isArray(value)) {
    return [patch.remove(patch.entries(field.slice("HostConfig.".length), undefined))];
  }
  if (value === true) {
    return [patch.remove([field], "--read-only"), patch.add("--read-only")];
  }
  if (value === false || value === null || value === "") {
    return [patch.remove([field])];
  }
  const word = quoted(String(value));
  const given = flag === undefined ? [] : [patch.replace(field, word), patch.add(`${flag} ${word}`)];
  return value === "bridge" ? [patch.remove([field]), ...given] : given;
}

/** A word as a POSIX shell reads it back. */
const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/** Where a flag stands: its word, the word of its value, and its letter where several share a word. */
interface FlagRange {
  readonly flag: RawWord;
  /** The flag's own word where the value is a part of it. */
  readonly value: RawWord;
  /** Offset of the letter, where the flag is one of several behind one dash. */
  readonly letter: number | undefined;
}

class RunLinePatch {
  readonly #workload: Workload;
  readonly #whereFlag: (field: string) => Place;
  readonly #text: string;
  readonly #words: readonly RawWord[];

  constructor(workload: Workload, whereFlag: (field: string) => Place, text: string) {
    this.#workload = workload;
    this.#whereFlag = whereFlag;
    this.#text = text;
    this.#words = commandWords(text, this.#offset(workload.source));
  }

  #offset(place: Place): number {
    return offsetOfPlace(this.#text, place);
  }

  #wordAt(offset: number): RawWord | undefined {
    return this.#words.find(({ start, end }) => start <= offset && offset < end);
  }

  #rangeOf(field: string): FlagRange | undefined {
    const flagOffset = this.#offset(this.#whereFlag(field));
    const flag = this.#wordAt(flagOffset);
    const value = this.#wordAt(this.#offset(this.#workload.where(field)));
    if (flag === undefined || value === undefined || flag === this.#words[0]) {
      return undefined;
    }
    const short = /^-[A-Za-z]/.test(this.#text.slice(flag.start, flag.end));
    return { flag, value, letter: short ? Math.max(flagOffset, flag.start + 1) : undefined };
  }

  /** Fields of list entries that an edit names by their value; all of the list without one. */
  entries(key: string, item: string | undefined): readonly string[] {
    const { HostConfig } = this.#workload.config;
    const same = (source: string) =>
      source === item || (source.startsWith("/") && canonicalPath(source) === canonicalPath(item ?? ""));
    if (key === "Binds" || key === "Mounts") {
      const { Binds = [], Mounts = [] } = HostConfig;
      return [
        ...Binds.flatMap((bind, index) =>
          bind === item || same(splitBind(bind).source) ? [`HostConfig.Binds[${index}]`] : [],
        ),
        ...Mounts.flatMap((mount, index) => (same(mount.Source ?? "") ? [`HostConfig.Mounts[${index}]`] : [])),
      ];
    }
    const list = (HostConfig[key as keyof typeof HostConfig] ?? []) as readonly (string | { PathOnHost?: string })[];
    return list.flatMap((entry, index) =>
      item === undefined || (typeof entry === "string" ? sameOption(entry, item) : same(entry.PathOnHost ?? ""))
        ? [`HostConfig.${key}[${index}]`]
        : [],
    );
  }

  environment(name: string): readonly string[] {
    const env = this.#workload.config.Config.Env ?? [];
    return env.flatMap((entry, index) => (entry.split("=", 1)[0] === name ? [`Config.Env[${index}]`] : []));
  }

  /** Takes flags out with their values, and the blanks behind them. `only`: no other flag than this one. */
  remove(fields: readonly string[], only?: string): Edits {
    const ranges = fields.map((field) => this.#rangeOf(field));
    const edits = new Map<number, TextEdit>();
    for (const range of ranges) {
      if (range === undefined || (only !== undefined && !this.#source(range.flag).startsWith(only))) {
        return undefined;
      }
      for (const edit of this.#removal(range)) {
        edits.set(edit.start, edit);
      }
    }
    return edits.size === 0 ? undefined : [...edits.values()];
  }

  #source({ start, end }: RawWord): string {
    return this.#text.slice(start, end);
  }

  /** From the beginning of a word to the beginning of the next one that stays. */
  #whole(first: RawWord, last: RawWord): TextEdit {
    const next = this.#words.find(({ start }) => start >= last.end);
    return { start: first.start, end: next?.start ?? last.end, text: "" };
  }

  #removal({ flag, value, letter }: FlagRange): readonly TextEdit[] {
    const cluster = letter !== undefined && (letter > flag.start + 1 || (value !== flag && flag.end > letter + 1));
    if (!cluster) {
      return [this.#whole(flag, value)];
    }
    // `-itv /a:/b`: the letter, and its value behind it or in the next word.
    return value === flag
      ? [{ start: letter, end: flag.end, text: "" }]
      : [{ start: letter, end: letter + 1, text: "" }, this.#whole(value, value)];
  }

  /** One of several values that stand in one word, with commas between them (Podman). */
  withoutPart(fields: readonly string[], item: string): Edits {
    const range = fields[0] === undefined ? undefined : this.#rangeOf(fields[0]);
    if (range === undefined || fields.length !== 1) {
      return undefined;
    }
    const source = this.#source(range.value);
    const at = source
      .toLowerCase()
      .search(new RegExp(`(?<=[=,'"]|^)(?:cap_)?${literal(item.toLowerCase())}(?=[,'"]|$)`));
    if (at < 0) {
      return undefined;
    }
    const length = source.slice(at).search(/[,'"]|$/);
    const comma = source[at + length] === "," ? [0, 1] : source[at - 1] === "," ? [1, 0] : [0, 0];
    const start = range.value.start + at - (comma[0] ?? 0);
    return [{ start, end: range.value.start + at + length + (comma[1] ?? 0), text: "" }];
  }

  /** Puts a flag before the image, on a line of its own where the image stands on one. */
  add(flag: string): Edits {
    const image = this.#wordAt(this.#offset(this.#workload.where("Config.Image")));
    if (image === undefined || this.#workload.config.Config.Image === undefined) {
      return undefined;
    }
    const broken = /\\\r?\n[ \t]*$/.exec(this.#text.slice(0, image.start))?.[0] ?? "";
    return [{ start: image.start, end: image.start, text: broken === "" ? `${flag} ` : `${flag} ${broken}` }];
  }

  /** Puts another value in the place of a flag's value. */
  replace(field: string, value: string): Edits {
    const range = this.#rangeOf(field);
    if (range === undefined) {
      return undefined;
    }
    const source = this.#source(range.value);
    const inFlag = range.value === range.flag;
    const head = inFlag ? (/^--[\w-]+=|^-[A-Za-z]+?=?(?=[^A-Za-z=])/.exec(source)?.[0] ?? "") : "";
    return inFlag && head === ""
      ? undefined
      : [{ start: range.value.start + head.length, end: range.value.end, text: value }];
  }

  /** `:ro` behind a short bind, `readonly` in a long one. */
  makeReadOnly(fields: readonly string[]): Edits {
    const edits = fields.map((field) => {
      const range = this.#rangeOf(field);
      return range && readOnlyEdit(this.#source(range.value), range.value, field.includes(".Mounts"));
    });
    return edits.length === 0 || edits.includes(undefined) ? undefined : edits.filter((edit) => edit !== undefined);
  }
}

function readOnlyEdit(source: string, { start }: RawWord, long: boolean): TextEdit {
  const closing = /['"]$/.exec(source)?.[0] ?? "";
  const body = source.slice(0, source.length - closing.length);
  const end = start + body.length;
  if (long) {
    const off = /,(?:readonly|ro)=(?:false|0)\b/.exec(body);
    return off === null
      ? { start: end, end, text: ",readonly" }
      : { start: start + off.index, end: start + off.index + off[0].length, text: ",readonly" };
  }
  const options = /(?<=:[^:]+:)[a-zA-Z,]+$/.exec(body)?.[0];
  const kept = (options ?? "").split(",").filter((option) => option !== "" && option !== "rw" && option !== "ro");
  return options === undefined
    ? { start: end, end, text: ":ro" }
    : { start: end - options.length, end, text: ["ro", ...kept].join(",") };
}

/** A text as a pattern that matches it. */
const literal = (text: string): string => text.replace(/[^\w]/g, "\\$&");
