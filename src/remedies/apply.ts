import {
  canonicalPath,
  type HostConfig,
  type HostFacts,
  type HostValues,
  parseCapability,
  splitBind,
  type Workload,
} from "../facts/index.ts";

/** A workload on a host, before or after edits. */
export interface Subject {
  readonly workload: Workload;
  readonly host: HostFacts;
}

/** An edit that is not in the edit language, or that fits nothing in the configuration. */
export class EditError extends Error {
  override readonly name = "EditError";
  readonly code = "BAD_EDIT";
}

const FORM = /^(?<root>HostConfig|Config|host|Env)(?:\.(?<key>\w+))?(?<sign>\+=|-=|=|:)(?<rest>[\s\S]*)$/;

/**
 * Applies one edit of the edit language (docs/edits.md). Entries that are taken away leave an empty one behind, so that
 * every other field keeps its number and its place. Throws {@link EditError} for text that is no edit.
 */
export function applyEdit(subject: Subject, edit: string): Subject {
  const { root, key = "", sign, rest = "" } = FORM.exec(edit)?.groups ?? {};
  switch (root) {
    case "host":
      return { ...subject, host: withHostValue(subject.host, key as keyof HostValues, parseJson(rest, edit)) };
    case "Env":
      return withConfig(subject, {
        Env: (subject.workload.config.Config.Env ?? []).map((entry) => (entry.split("=", 1)[0] === rest ? "" : entry)),
      });
    case "Config":
      return withConfig(subject, { [key]: parseJson(rest, edit) ?? undefined });
    case "HostConfig":
      return withHostConfig(
        subject,
        editHostConfig(subject.workload.config.HostConfig, key as keyof HostConfig, sign ?? "", rest, edit),
      );
    default:
      throw new EditError(`${edit} is no edit: it should begin with HostConfig., Config., Env or host.`);
  }
}

/** Applies edits in order. */
export const applyEdits = (subject: Subject, edits: readonly string[]): Subject => edits.reduce(applyEdit, subject);

function parseJson(text: string, edit: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new EditError(`${edit}: the part after "=" is not JSON`, { cause: error });
  }
}

function withHostValue(host: HostFacts, key: keyof HostValues, value: unknown): HostFacts {
  const lockdown = key === "lockdown" && typeof value === "boolean" ? (value ? "integrity" : "none") : value;
  return { values: { ...host.values, [key]: lockdown ?? undefined }, where: host.where };
}

function withConfig(subject: Subject, change: object): Subject {
  const { workload } = subject;
  const config = { ...workload.config, Config: { ...workload.config.Config, ...change } };
  return {
    ...subject,
    workload: {
      ...workload,
      config,
      unresolved: without(
        workload.unresolved,
        Object.keys(change).map((key) => `Config.${key}`),
      ),
    },
  };
}

function withHostConfig(subject: Subject, change: Partial<HostConfig>): Subject {
  const { workload } = subject;
  const config = { ...workload.config, HostConfig: { ...workload.config.HostConfig, ...change } };
  const scalars = Object.entries(change).flatMap(([key, value]) => (Array.isArray(value) ? [] : [`HostConfig.${key}`]));
  return { ...subject, workload: { ...workload, config, unresolved: without(workload.unresolved, scalars) } };
}

function without(unresolved: ReadonlyMap<string, string>, fields: readonly string[]): ReadonlyMap<string, string> {
  if (!fields.some((field) => unresolved.has(field))) {
    return unresolved;
  }
  return new Map([...unresolved].filter(([field]) => !fields.includes(field)));
}

function editHostConfig(
  config: HostConfig,
  key: keyof HostConfig,
  sign: string,
  rest: string,
  edit: string,
): Partial<HostConfig> {
  switch (sign) {
    case "=":
      return { [key]: parseJson(rest, edit) ?? undefined };
    case "+=":
      return key === "Devices"
        ? { Devices: [...(config.Devices ?? []), { PathOnHost: rest }] }
        : { [key]: [...((config[key] as readonly string[] | undefined) ?? []), rest] };
    case "-=":
      return removed(config, key, rest);
    case ":":
      return madeReadOnly(config, rest, edit);
    default:
      throw new EditError(`${edit} is no edit: one of =, +=, -= or :PATH=ro was expected`);
  }
}

function removed(config: HostConfig, key: keyof HostConfig, item: string): Partial<HostConfig> {
  switch (key) {
    case "Binds":
    case "Mounts":
      // A bind may be written in either list; the edit names its source.
      return {
        ...(config.Binds && {
          Binds: config.Binds.map((bind) => (bind === item || sameSource(splitBind(bind).source, item) ? "" : bind)),
        }),
        ...(config.Mounts && {
          Mounts: config.Mounts.map((mount) =>
            sameSource(mount.Source ?? "", item) ? { Type: "removed", Target: "" } : mount,
          ),
        }),
      };
    case "Devices":
      return {
        Devices: (config.Devices ?? []).map((device) =>
          sameSource(device.PathOnHost, item) ? { PathOnHost: "" } : device,
        ),
      };
    case "CapAdd":
    case "CapDrop":
      return {
        [key]: (config[key] ?? []).map((name) => (parseCapability(name) === parseCapability(item) ? "" : name)),
      };
    case "SecurityOpt":
      return { SecurityOpt: (config[key] ?? []).map((option) => (sameOption(option, item) ? "" : option)) };
    default:
      return {
        [key]: ((config[key] as readonly string[] | undefined) ?? []).map((entry) => (entry === item ? "" : entry)),
      };
  }
}

/** `seccomp:unconfined` and `seccomp=unconfined` are one option in two spellings. */
export function sameOption(left: string, right: string): boolean {
  const spelled = (option: string) => option.replace(/^([\w-]+):/, "$1=");
  return spelled(left) === spelled(right);
}

function sameSource(source: string, item: string): boolean {
  return (
    source === item || (source.startsWith("/") && item.startsWith("/") && canonicalPath(source) === canonicalPath(item))
  );
}

function madeReadOnly(config: HostConfig, rest: string, edit: string): Partial<HostConfig> {
  const path = /^(.+)=ro$/.exec(rest)?.[1];
  if (path === undefined) {
    throw new EditError(`${edit} is no edit: :PATH=ro was expected`);
  }
  return {
    ...(config.Binds && {
      Binds: config.Binds.map((bind) => (sameSource(splitBind(bind).source, path) ? readOnlyBind(bind) : bind)),
    }),
    ...(config.Mounts && {
      Mounts: config.Mounts.map((mount) =>
        sameSource(mount.Source ?? "", path) ? { ...mount, ReadOnly: true } : mount,
      ),
    }),
  };
}

/** `source:target[:options]` with `ro` in place of `rw`. */
export function readOnlyBind(bind: string): string {
  const { source, target = "", options } = splitBind(bind);
  const kept = options.filter((option) => option !== "" && option !== "rw" && option !== "ro");
  return [source, target, ["ro", ...kept].join(",")].join(":");
}
