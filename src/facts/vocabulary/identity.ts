import type { Capability } from "../capability.ts";
import { boundingFrom, boundingHas } from "../container.ts";
import type { Expression } from "../expression.ts";
import { mayBeHostAccount, setuidGivesRoot } from "../identity.ts";
import { and, knownBoolean } from "../known.ts";
import { containerFact, fact, intern } from "./fact.ts";

/** The process is user 0 inside the container. */
export const uid0 = fact(
  "uid0",
  ({ identity }) => identity.uid0,
  ({ identity }) => identity.from,
  { negatable: true },
);

/** The process is user 0 of the host where files, sockets and processes are concerned. */
export const hostuid0 = fact(
  "hostuid0",
  ({ identity, container }) => and(identity.uid0, container.ids.sameIds),
  ({ identity, container }) => [...identity.from, ...container.ids.from],
  { negatable: true },
);

/** The configuration asks for a user other than root, by number or by name. */
export const userDeclaredNonRoot = containerFact(
  "user.declared-nonroot",
  ({ container }) => {
    const start = container.identities[0];
    return start === undefined || start.uid === 0 ? "no" : start.name === "?" ? "unknown" : "yes";
  },
  () => ["Config.User"],
  { negatable: true },
);

/** `no-new-privileges` is set: setuid files have no effect. */
export const noNewPrivileges = containerFact(
  "nnp",
  ({ container }) => container.noNewPrivileges,
  ({ container }) => {
    const index = container.security.decidedBy.noNewPrivileges;
    return [index < 0 ? "HostConfig.SecurityOpt" : `HostConfig.SecurityOpt[${index}]`];
  },
  { negatable: true },
);

/** A setuid file, or one with capabilities, gives root inside the container. */
export const setuidGives = containerFact(
  "setuid.gives-root",
  ({ host }) => setuidGivesRoot(host),
  () => ["host.setuidGivesRoot", "host.setuidInImage"],
);

/** The process's user is also an account of the host that runs something. */
export const matchesHostUser = fact(
  "uid.matches-host-user",
  ({ identity, container, host }) => {
    const { uid } = identity;
    if (uid === 0) {
      return "no";
    }
    const { hostUser, hostUser1000 } = host.values;
    if (hostUser !== undefined && uid !== undefined) {
      const [hostUid, hostGid] = hostUser.split(":").map(Number);
      return and(
        container.ids.sameIds,
        knownBoolean(uid === hostUid && (hostGid === undefined || identity.gids.includes(hostGid))),
      );
    }
    if (uid === 1000 && hostUser1000 !== undefined) {
      return and(container.ids.sameIds, knownBoolean(hostUser1000));
    }
    return and(container.ids.sameIds, uid === undefined || mayBeHostAccount(uid) ? "unknown" : "no");
  },
  () => ["Config.User", "host.hostUser"],
);

/** The process is in a numbered group of the host, by the name that the group usually has there. */
export const group = (name: "disk" | "kmem" | "input" | "tty"): Expression =>
  intern(`group(${name})`, () =>
    fact(
      `group(${name})`,
      ({ identity, container }) => {
        // Fixed numbers of Debian's base-passwd; other distributions agree on disk and kmem within a few.
        const numbers = { disk: 6, kmem: 15, input: 104, tty: 5 } as const;
        const member = identity.gids.includes(numbers[name]) ? "yes" : identity.gidsKnown ? "no" : "unknown";
        return and(container.ids.sameIds, member);
      },
      () => ["Config.User", "HostConfig.GroupAdd"],
    ),
  );

/** The process holds a capability: in the bounding set, and it is root (Docker sets no ambient capabilities). */
export const cap = (name: Capability): Expression =>
  intern(`cap(${name})`, () =>
    fact(
      `cap(${name})`,
      ({ container, identity }) => and(boundingHas(container, name), identity.uid0),
      ({ container, identity }) => [...boundingFrom(container, name), ...identity.from],
    ),
  );

/** A capability is in the list that the container was created with, whether or not its user can use it. */
export const capBounding = (name: Capability): Expression =>
  intern(`cap.bnd(${name})`, () =>
    containerFact(
      `cap.bnd(${name})`,
      ({ container }) => boundingHas(container, name),
      ({ container }) => boundingFrom(container, name),
    ),
  );

/** Words of the user namespace. */
export const userns = {
  /** Capabilities count in the host's first user namespace. */
  host: containerFact(
    "userns.host",
    ({ container }) => container.ids.initialUserNamespace,
    ({ container }) => container.ids.from,
    { negatable: true },
  ),
  /** Ids are the host's own. */
  sameIds: containerFact(
    "userns.same-ids",
    ({ container }) => container.ids.sameIds,
    ({ container }) => container.ids.from,
  ),
};

/** The engine runs without root: its containers are bounded to its account. */
export const rootless = containerFact(
  "rootless",
  ({ container }) => container.ids.rootless,
  () => ["host.rootless"],
  { negatable: true },
);

/** The configuration has `Privileged`. Only for techniques that name it; effects are facts of their own. */
export const privileged = containerFact(
  "privileged",
  ({ container }) => container.privileged,
  () => ["HostConfig.Privileged"],
);
