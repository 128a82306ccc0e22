import type { LocalizedText } from "../../base/index.ts";
import { type Known, knownBoolean, type PeerFacts, parseCapability } from "../../facts/index.ts";

/** How one key of the file is read: what it may look like in words, and its value, or `undefined` when it does not. */
export interface ValueKind<Value> {
  readonly expected: LocalizedText;
  readonly read: (value: unknown) => Value | undefined;
}

export const BOOLEAN: ValueKind<boolean> = {
  expected: { en: "true or false", ja: "true または false" },
  read: (value) => (typeof value === "boolean" ? value : undefined),
};

export const TEXT: ValueKind<string> = {
  expected: { en: "a string", ja: "文字列" },
  read: (value) => (typeof value === "string" && value !== "" ? value : undefined),
};

/** Not a number: 20.10 and 20.1 are two versions and one number. */
export const VERSION: ValueKind<string> = {
  expected: {
    en: 'a version in quotes, for example "28.5.1"',
    ja: '引用符で囲んだバージョン。例: "28.5.1"',
  },
  read: (value) => (typeof value === "string" && /^v?\d/.test(value) ? value : undefined),
};

export const COUNT: ValueKind<number> = {
  expected: { en: "a whole number from 0", ja: "0 以上の整数" },
  read: readCount,
};

/** First id, or the rest of a line of /etc/subuid after the user's name. */
export const FIRST_ID: ValueKind<number> = {
  expected: { en: 'the first id, for example 100000 or "100000:65536"', ja: '最初の id。例: 100000 や "100000:65536"' },
  read(value) {
    const first = typeof value === "string" ? /^(\d+)(?::\d+)?$/.exec(value)?.[1] : undefined;
    return readCount(first === undefined ? value : Number(first));
  },
};

export const MODE: ValueKind<string> = {
  expected: { en: 'an octal mode in quotes, for example "0660"', ja: '引用符で囲んだ 8 進のモード。例: "0660"' },
  read: (value) => (typeof value === "string" && /^0?[0-7]{3}$/.test(value) ? value.padStart(4, "0") : undefined),
};

export const USER: ValueKind<string> = {
  expected: { en: 'uid:gid, for example "1000:1000"', ja: 'uid:gid。例: "1000:1000"' },
  read: readUser,
};

export const CGROUP: ValueKind<1 | 2> = {
  expected: { en: "1 or 2", ja: "1 または 2" },
  read: (value) => (value === 1 || value === "1" ? 1 : value === 2 || value === "2" ? 2 : undefined),
};

export const LOCKDOWN: ValueKind<"none" | "integrity" | "confidentiality"> = {
  expected: {
    en: '"none", "integrity", "confidentiality", true or false',
    ja: '"none"、"integrity"、"confidentiality"、true、false のいずれか',
  },
  read(value) {
    if (typeof value === "boolean") {
      return value ? "integrity" : "none";
    }
    return value === "none" || value === "integrity" || value === "confidentiality" ? value : undefined;
  },
};

/** One of a few words. */
export const oneOf = <Word extends string>(...words: readonly Word[]): ValueKind<Word> => ({
  expected: {
    en: words.map((word) => `"${word}"`).join(" or "),
    ja: words.map((word) => `"${word}"`).join(" または "),
  },
  read: (value) => words.find((word) => word === value),
});

export const KERNEL_OPTIONS: ValueKind<readonly string[]> = {
  expected: {
    en: 'a list of kernel options, for example ["BINFMT_MISC"]',
    ja: 'カーネルオプションの配列。例: ["BINFMT_MISC"]',
  },
  read: (value) => readStrings(value)?.map((name) => name.replace(/^CONFIG_/, "")),
};

export const CAPABILITY_LIST: ValueKind<readonly string[]> = {
  expected: { en: 'a list of capabilities, for example ["CHOWN"]', ja: 'ケーパビリティの配列。例: ["CHOWN"]' },
  read(value) {
    const names = readStrings(value)?.map(parseCapability);
    const read = names?.filter((name) => name !== undefined && name !== "ALL");
    return read?.length === names?.length ? read : undefined;
  },
};

export const PATHS: ValueKind<readonly string[]> = {
  expected: {
    en: 'a list of absolute paths, for example ["/run/docker.sock"]',
    ja: '絶対パスの配列。例: ["/run/docker.sock"]',
  },
  read(value) {
    const paths = readStrings(value);
    return paths?.every((path) => path.startsWith("/")) ? paths : undefined;
  },
};

export const PEERS: ValueKind<string | readonly PeerFacts[]> = {
  expected: {
    en: '"plain", "none", what the strongest has, or a list of { "name": … }',
    ja: '"plain"、"none"、最も強いものの説明、または { "name": … } の配列',
  },
  read(value) {
    if (typeof value === "string") {
      return value;
    }
    return Array.isArray(value) && value.every(isPeer) ? value : undefined;
  },
};

export const NAME_MAP: ValueKind<Readonly<Record<string, string>>> = {
  expected: {
    en: 'an object of user names, for example { "node": "1000:1000" }',
    ja: 'ユーザー名のオブジェクト。例: { "node": "1000:1000" }',
  },
  read: (value) => readEntries(value, readUser),
};

export const OBJECT: ValueKind<Readonly<Record<string, unknown>>> = {
  expected: { en: "an object", ja: "オブジェクト" },
  read: (value) => readEntries(value, (entry) => entry ?? null),
};

/** Facts by name; a list names those that hold. */
export const FACTS: ValueKind<Readonly<Record<string, Known>>> = {
  expected: {
    en: 'a list of names, or an object of "yes", "no", "unknown", true or false',
    ja: '名前の配列、または "yes"、"no"、"unknown"、true、false のオブジェクト',
  },
  read(value) {
    const names = readStrings(value);
    return names === undefined ? readEntries(value, readKnown) : Object.fromEntries(names.map((name) => [name, "yes"]));
  },
};

function readKnown(value: unknown): Known | undefined {
  if (typeof value === "boolean") {
    return knownBoolean(value);
  }
  return value === "yes" || value === "no" || value === "unknown" ? value : undefined;
}

function readCount(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function readUser(value: unknown): string | undefined {
  if (typeof value === "string") {
    return /^\d+(?::\d+)?$/.test(value) ? value : undefined;
  }
  return readCount(value)?.toString();
}

function readStrings(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : undefined;
}

function readEntries<Value>(
  value: unknown,
  read: (entry: unknown) => Value | undefined,
): Readonly<Record<string, Value>> | undefined {
  if (!isObject(value)) {
    return undefined;
  }
  const entries: [string, Value][] = [];
  for (const [name, entry] of Object.entries(value)) {
    const result = read(entry);
    if (result === undefined) {
      return undefined;
    }
    entries.push([name, result]);
  }
  return Object.fromEntries(entries);
}

const PEER_FIELDS: ReadonlyMap<string, "string" | "boolean"> = new Map([
  ["name", "string"],
  ["engineApi", "string"],
  ["user", "string"],
  ["privileged", "boolean"],
  ["hostRoot", "boolean"],
]);

/** Unknown fields of a peer are let be, as unknown keys of the file are. */
function isPeer(value: unknown): value is PeerFacts {
  return (
    isObject(value) &&
    typeof value["name"] === "string" &&
    Object.entries(value).every(([field, entry]) => [undefined, typeof entry].includes(PEER_FIELDS.get(field)))
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
