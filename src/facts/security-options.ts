/** `SecurityOpt` as the engine reads it (moby daemon/daemon_unix.go, parseSecurityOpt, and container/container_unix.go). */
export interface SecurityOptions {
  /** Text after `seccomp=`: `unconfined`, `builtin`, or a profile as JSON. `undefined` or empty: the engine's default. */
  readonly seccomp: string | undefined;
  readonly appArmor: string | undefined;
  readonly label: {
    readonly disable: boolean;
    readonly type: string | undefined;
    readonly level: string | undefined;
    readonly user: string | undefined;
    readonly role: string | undefined;
  };
  readonly noNewPrivileges: boolean;
  readonly writableCgroups: boolean;
  /** Podman only: paths that are no longer masked (`unmask=ALL`). */
  readonly unmask: readonly string[];
  /** Entries that make the engine refuse the container. */
  readonly refused: readonly string[];
  /** Index of the entry that decided, by option; -1 when no entry did. */
  readonly decidedBy: Readonly<Record<"seccomp" | "appArmor" | "label" | "noNewPrivileges", number>>;
}

/** Go's strconv.ParseBool. */
const GO_BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...["1", "t", "T", "TRUE", "true", "True"].map((word) => [word, true] as const),
  ...["0", "f", "F", "FALSE", "false", "False"].map((word) => [word, false] as const),
]);

const NOTHING: SecurityOptions = {
  seccomp: undefined,
  appArmor: undefined,
  label: { disable: false, type: undefined, level: undefined, user: undefined, role: undefined },
  noNewPrivileges: false,
  writableCgroups: false,
  unmask: [],
  refused: [],
  decidedBy: { seccomp: -1, appArmor: -1, label: -1, noNewPrivileges: -1 },
};

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

type Draft = Omit<Writable<SecurityOptions>, "label" | "unmask" | "refused" | "decidedBy"> & {
  label: Writable<SecurityOptions["label"]>;
  unmask: string[];
  refused: string[];
  decidedBy: Writable<SecurityOptions["decidedBy"]>;
};

/**
 * Reads the list: bare words, `key=value`, and the old `key:value`. Where a key stands twice the last one wins
 * (measured on Engine 20.10.24 for seccomp and no-new-privileges).
 */
export function parseSecurityOptions(options: readonly string[]): SecurityOptions {
  if (options.length === 0) {
    return NOTHING;
  }
  const draft: Draft = {
    ...NOTHING,
    label: { ...NOTHING.label },
    unmask: [],
    refused: [],
    decidedBy: { ...NOTHING.decidedBy },
  };
  options.forEach((option, index) => {
    if (option !== "" && !readOption(draft, option, index)) {
      draft.refused.push(option);
    }
  });
  return draft;
}

function readOption(draft: Draft, option: string, index: number): boolean {
  if (option === "no-new-privileges") {
    draft.noNewPrivileges = true;
    draft.decidedBy.noNewPrivileges = index;
    return true;
  }
  if (option === "disable") {
    draft.label.disable = true;
    draft.decidedBy.label = index;
    return true;
  }
  const separator = option.includes("=") ? option.indexOf("=") : option.indexOf(":");
  return separator > 0 && readPair(draft, option.slice(0, separator), option.slice(separator + 1), index);
}

function readPair(draft: Draft, key: string, value: string, index: number): boolean {
  switch (key) {
    case "seccomp":
      draft.seccomp = value;
      draft.decidedBy.seccomp = index;
      return true;
    case "apparmor":
      draft.appArmor = value;
      draft.decidedBy.appArmor = index;
      return true;
    case "label":
      draft.decidedBy.label = index;
      return readLabel(draft.label, value);
    case "no-new-privileges": {
      const flag = GO_BOOLEANS.get(value);
      draft.noNewPrivileges = flag ?? draft.noNewPrivileges;
      draft.decidedBy.noNewPrivileges = index;
      return flag !== undefined;
    }
    case "writable-cgroups":
      draft.writableCgroups = GO_BOOLEANS.get(value) ?? false;
      return GO_BOOLEANS.has(value);
    case "unmask":
      draft.unmask.push(...value.split(":"));
      return true;
    case "mask":
    case "proc-opts":
      return true; // Podman; they only add confinement
    default:
      return false; // among them systempaths, which is a word of the CLI and refused by the engine
  }
}

function readLabel(label: Draft["label"], value: string): boolean {
  const [key, text] = [value.slice(0, Math.max(value.indexOf(":"), 0)), value.slice(value.indexOf(":") + 1)];
  switch (key) {
    case "":
      label.disable = label.disable || value === "disable";
      return value === "disable" || value === "nested";
    case "type":
    case "level":
    case "user":
    case "role":
      label[key] = text;
      return true;
    default:
      return key === "filetype";
  }
}
