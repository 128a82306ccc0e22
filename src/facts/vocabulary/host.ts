import { invariant } from "../../base/index.ts";
import { CAPABILITIES } from "../capability.ts";
import { boundingHas, defaultCapabilities } from "../container.ts";
import type { Expression } from "../expression.ts";
import type { HostValues, PeerFacts } from "../host.ts";
import { mayBeHostAccount } from "../identity.ts";
import { and, type Known, knownBoolean, mayHold, or } from "../known.ts";
import { type HostSwitch, hostSwitch } from "../presumptions.ts";
import { isOlder } from "../version.ts";
import { fact, hostFact, intern } from "./fact.ts";

/** A switch of the host as a fact. */
const switchFact = (id: string, key: HostSwitch, negatable = false): Expression =>
  hostFact(
    id,
    ({ host }) => hostSwitch(host, key),
    () => [`host.${key}`],
    { negatable },
  );

/** A fact that only somebody who knows the host can tell, through `facts` of the host facts. */
export function told(id: string, otherwise: Known = "unknown"): Expression {
  const agreed = DEFAULTS.get(id) ?? otherwise;
  invariant(agreed === otherwise, `${id} has two defaults: ${agreed} and ${otherwise}`);
  DEFAULTS.set(id, otherwise);
  return intern(`told(${id})`, () =>
    hostFact(
      id,
      ({ host }) => host.values.facts?.[id] ?? otherwise,
      () => ["host.facts"],
    ),
  );
}

/** What each such fact is taken to be when nobody tells. */
const DEFAULTS = new Map<string, Known>();

/** Words of what else is on the host. */
export const onHost = {
  rootOnLocalBlock: switchFact("host.root-on-local-block", "rootOnLocalBlock"),
  dataRootOnRootFs: switchFact("host.dataroot-on-root-fs", "dataRootOnRootFs"),
  userInDockerGroup: switchFact("host.user-in-docker-group", "userInDockerGroup"),
  userSudo: switchFact("host.user-sudo", "userSudo"),
  engineTcpOpen: switchFact("host.engine-tcp-open", "engineTcpOpen"),
  engineTlsListener: switchFact("host.engine-tls-listener", "engineTlsListener"),
  kubelet: hostFact(
    "host.kubelet",
    ({ host }) =>
      or(
        hostSwitch(host, "kubelet"),
        knownBoolean(host.values.k8s !== undefined || host.values.seccompDefault !== undefined),
      ),
    () => ["host.kubelet"],
  ),
  /** cron reads its tables; nearly every distribution installs it or a timer that does the same. */
  cron: told("host.cron", "yes"),
  systemd: told("host.systemd", "yes"),
  /** The one who controls the container also has an account without rights on the host. */
  attackerAccount: told("host.unpriv-user", "no"),
  /** Somebody is logged in on the host: the account of `hostUser`, or account 1000. */
  session: hostFact(
    "host.user-session",
    ({ host }) =>
      host.values.hostUser1000 === true || host.values.hostUser !== undefined
        ? "yes"
        : (host.values.facts?.["host.user-session"] ?? "unknown"),
    () => ["host.hostUser", "host.hostUser1000"],
  ),
  cloudImds: told("host.cloud-imds"),
  rootProcessWithFewCapabilities: told("host.root-process-lowcaps"),
  /** Engine older than a version; `unknown` when it is not known. */
  engineOlderThan: (version: string): Expression =>
    intern(`engine.lt(${version})`, () =>
      hostFact(
        `engine.lt(${version})`,
        ({ host }) => isOlder(host.values.engine, version),
        () => ["host.engine"],
      ),
    ),
  /** The engine maps its containers' users by default; a client can still ask for `UsernsMode=host`. */
  usernsRemap: switchFact("engine.userns-remap", "usernsRemap"),
};

/** What is known of the other containers: none of them is more than plain, or the strongest holds the host. */
function strongestPeer(values: HostValues): { exists: Known; hostRoot: Known; plain: Known } {
  const { peers } = values;
  if (peers === undefined) {
    return { exists: "unknown", hostRoot: "unknown", plain: "unknown" };
  }
  if (typeof peers === "string") {
    if (peers === "none" || peers === "") {
      return { exists: "no", hostRoot: "no", plain: "no" };
    }
    const plain = peers === "plain";
    const strong = /privileged|sock|engine|root|SYS_ADMIN|host|ALL/i.test(peers);
    return { exists: "yes", hostRoot: plain ? "no" : strong ? "yes" : "unknown", plain: plain ? "yes" : "unknown" };
  }
  let hostRoot: Known = "no";
  for (const peer of peers) {
    hostRoot = or(hostRoot, holdsHost(peer));
  }
  return { exists: knownBoolean(peers.length > 0), hostRoot, plain: peers.length > 0 ? "yes" : "no" };
}

function holdsHost(peer: PeerFacts): Known {
  if (peer.hostRoot !== undefined) {
    return knownBoolean(peer.hostRoot);
  }
  return peer.privileged === true ? "yes" : "unknown";
}

/** Words of the other containers on the host. */
export const peer = {
  /** There are other containers. */
  exists: hostFact(
    "peer.exists",
    ({ host }) => strongestPeer(host.values).exists,
    () => ["host.peers"],
  ),
  /** One of them reaches host root itself. */
  hostRoot: hostFact(
    "peer.host-root",
    ({ host }) => strongestPeer(host.values).hostRoot,
    () => ["host.peers"],
  ),
  /** The container holds at least the capabilities of some other container of user 0. */
  capsSuperset: fact(
    "caps.superset-of-peer",
    ({ container, host, identity }) => {
      const { plain } = strongestPeer(host.values);
      const defaults = defaultCapabilities(host);
      let holds: Known = identity.uid0;
      for (const name of CAPABILITIES) {
        if (defaults.has(name)) {
          holds = and(holds, boundingHas(container, name));
        }
      }
      // Without the defaults it is still a superset of a container that dropped as much; nobody knows of one.
      return mayHold(holds) ? and(holds, plain) : plain === "yes" ? "no" : and(identity.uid0, "unknown");
    },
    ({ identity }) => ["HostConfig.CapDrop", ...identity.from, "host.peers"],
  ),
  /** Another container runs as the same user and group. */
  sameUser: fact(
    "peer.same-user",
    ({ identity, host }) => {
      const { peers } = host.values;
      if (identity.uid === 0) {
        return strongestPeer(host.values).exists;
      }
      if (peers === undefined || typeof peers === "string") {
        const unused = identity.uid !== undefined && !mayBeHostAccount(identity.uid);
        return unused || peers === "plain" || peers === "none" ? "no" : "unknown";
      }
      return knownBoolean(
        peers.some((other) => {
          const [uid, gid] = (other.user ?? "0:0").split(":").map(Number);
          return uid === identity.uid && (gid === undefined || identity.gids.includes(gid));
        }),
      );
    },
    () => ["Config.User", "host.peers"],
  ),
  /** Another container offers the whole API of an engine, or of the host's, to this one. */
  engineApi: hostFact(
    "peer.engine-api",
    ({ host }) => offersApi(host.values, false),
    () => ["host.peers"],
  ),
  /** Another container offers a filtered engine API to this one (a socket proxy). */
  scopedEngineApi: hostFact(
    "peer.engine-api-scoped",
    ({ host }) => offersApi(host.values, true),
    () => ["host.peers"],
  ),
  /** The engine that another container runs has the host's kernel at its feet. */
  privileged: hostFact(
    "peer.privileged",
    ({ host }) => {
      const { peers } = host.values;
      if (peers === undefined || typeof peers === "string") {
        return peers === "plain" || peers === "none"
          ? "no"
          : (peers?.includes("privileged") ?? false)
            ? "yes"
            : "unknown";
      }
      return knownBoolean(peers.some((other) => other.privileged === true || other.hostRoot === true));
    },
    () => ["host.peers"],
  ),
};

/** A filtered API names what it lets through; a whole one does not. */
function offersApi(values: HostValues, scoped: boolean): Known {
  const { peers } = values;
  if (peers === undefined || typeof peers === "string") {
    return "unknown";
  }
  return knownBoolean(
    peers.some(({ engineApi }) => engineApi !== undefined && /scoped|GET|filter|read/i.test(engineApi) === scoped),
  );
}
