import type { DaemonFacts, Place } from "../../facts/index.ts";

/** The place of a field of GET /info. */
export const infoPlace = ({ uri }: DaemonFacts, field: string): Place => ({ uri, field: `Info.${field}` });

/** Words of `SecurityOptions`: `rootless`, `userns`, `seccomp`, each with its settings. */
export function securityOptions({ info }: DaemonFacts): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const list = info["SecurityOptions"];
  return new Map(
    (Array.isArray(list) ? list : []).map((entry) => {
      const settings = new Map(
        String(entry)
          .split(",")
          .map((part) => [part.split("=")[0] ?? "", part.slice(part.indexOf("=") + 1)] as const),
      );
      return [settings.get("name") ?? String(entry), settings] as const;
    }),
  );
}

/** A member of an answer that is an object. */
export function objectIn(value: unknown, name: string): Readonly<Record<string, unknown>> {
  const member = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return typeof member === "object" && member !== null ? { ...member } : {};
}

/**
 * A setting of the daemon: from its command line (`--name value`, `--name=value`, `--name`), else from its configuration
 * file. `unknown` where neither can be read.
 */
export function setting(
  daemon: DaemonFacts,
  flag: string,
  key: string,
): { readonly value: unknown; readonly place: Place } | "unset" | "unknown" {
  const { commandLine, config } = daemon;
  if (typeof commandLine === "object") {
    const index = commandLine.value.findIndex((word) => word === `--${flag}` || word.startsWith(`--${flag}=`));
    const word = commandLine.value[index];
    if (word !== undefined) {
      const next = commandLine.value[index + 1];
      const value = word.includes("=")
        ? word.slice(word.indexOf("=") + 1)
        : next?.startsWith("-") === false
          ? next
          : true;
      return { value, place: commandLine.place };
    }
  }
  if (typeof config === "object" && Object.hasOwn(config.value, key)) {
    return { value: config.value[key], place: { ...config.place, field: key } };
  }
  return commandLine === "unknown" || config === "unknown" ? "unknown" : "unset";
}

/** A setting as a yes or no. */
export const isOn = (value: unknown): boolean => value === true || value === "true" || value === "1";
