import type { HostFacts } from "./host.ts";
import { and, type Known, knownBoolean, not } from "./known.ts";
import { isUnresolved } from "./namespaces.ts";
import type { Workload } from "./workload.ts";

/** A user that a process of the container is, or can become. */
export interface Identity {
  /** `0`, `1000`, or a name whose number is not known. */
  readonly name: string;
  /** The number inside the container; `undefined` when only the image knows. */
  readonly uid: number | undefined;
  readonly uid0: Known;
  /** Numbers inside the container. */
  readonly gids: readonly number[];
  /** The list above is complete. */
  readonly gidsKnown: boolean;
  /** Whether a process can become this user. */
  readonly reachable: Known;
  /** It is the user that the container starts as. */
  readonly start: boolean;
  readonly from: readonly string[];
}

/** Names that mean the same number in every image we know of: `root` by definition of the kernel's user 0. */
const ROOT_NAMES = new Set(["root", "0", "00"]);

/**
 * The users that a process of the container can be: the one that it starts as and, where a setuid file may lead there,
 * root with the bounding capabilities.
 */
export function deriveIdentities(workload: Workload, host: HostFacts, noNewPrivileges: Known): readonly Identity[] {
  const start = startIdentity(workload, host);
  if (start.uid0 === "yes") {
    return [start];
  }
  const reachable = and(not(noNewPrivileges), setuidGivesRoot(host));
  if (reachable === "no") {
    return [start];
  }
  return [
    start,
    {
      name: "0",
      uid: 0,
      uid0: "yes",
      gids: start.gids,
      gidsKnown: start.gidsKnown,
      reachable,
      start: false,
      from: ["Config.User", "HostConfig.SecurityOpt", "host.setuidGivesRoot"],
    },
  ];
}

/** Whether a setuid file of the image gives root. Images have `su` or `sudo` more often than not, so it is never presumed away. */
export function setuidGivesRoot(host: HostFacts): Known {
  const { setuidGivesRoot: gives, setuidInImage: exists } = host.values;
  if (exists === false) {
    return "no";
  }
  return gives === undefined ? "unknown" : knownBoolean(gives);
}

function startIdentity(workload: Workload, host: HostFacts): Identity {
  const from = ["Config.User"];
  const written = isUnresolved(workload, "Config.User") ? undefined : (workload.config.Config.User ?? "");
  if (written === undefined) {
    return {
      name: "?",
      uid: undefined,
      uid0: "unknown",
      gids: [],
      gidsKnown: false,
      reachable: "yes",
      start: true,
      from,
    };
  }
  if (written === "" && workload.surroundings.pod?.runAsNonRoot === true) {
    // The kubelet compares the image's user with 0 before it starts the container.
    return {
      name: "non-root",
      uid: undefined,
      uid0: "no",
      gids: [],
      gidsKnown: false,
      reachable: "yes",
      start: true,
      from,
    };
  }
  const user = written === "" ? (workload.surroundings.image?.user ?? "") : written;
  const groupAdd = workload.config.HostConfig.GroupAdd ?? [];
  const [namedUser = "", namedGroup] = (user === "" ? "0:0" : user).split(":");
  const mapped = host.values.nameMap?.[namedUser]?.split(":") ?? [namedUser];
  const uid = ROOT_NAMES.has(namedUser) ? 0 : parseId(mapped[0]);
  // A numeric user without a group gets group 0 (measured on Engine 20.10.24), a named one its own.
  const group = namedGroup ?? mapped[1] ?? (uid === undefined ? undefined : "0");
  const gid = group === "root" ? 0 : parseId(group);
  const added = groupAdd.map((name) => (name === "root" ? 0 : parseId(name)));
  const gids = [gid, ...added].filter((id): id is number => id !== undefined);
  return {
    name: uid === undefined ? namedUser : String(uid),
    uid,
    uid0: uid === undefined ? "unknown" : knownBoolean(uid === 0),
    gids,
    gidsKnown: gids.length === added.length + 1 && !isUnresolved(workload, "HostConfig.GroupAdd"),
    reachable: "yes",
    start: true,
    from,
  };
}

function parseId(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}

/** Highest id that a host is likely to have given to somebody: 1 to 999 are system accounts, 1000 and up are people. */
const ORDINARY_ID_MAX = 9_999;

/** `nobody` and `nogroup`, which several daemons run as. */
const NOBODY = 65_534;

/** Whether an account with this number may exist on a host of which nothing is known. */
export function mayBeHostAccount(id: number): boolean {
  return id <= ORDINARY_ID_MAX || id === NOBODY;
}
