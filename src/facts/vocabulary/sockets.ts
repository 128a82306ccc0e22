import { all, any, type Expression } from "../expression.ts";
import { mayBeHostAccount } from "../identity.ts";
import { and, type Known, knownBoolean, or } from "../known.ts";
import type { EffectiveMount } from "../mounts.ts";
import { canonicalPath, isAtOrBelow } from "../paths.ts";
import type { View } from "../view.ts";
import { lsm } from "./confinement.ts";
import { type ContainerView, containerFact, fact, intern } from "./fact.ts";
import { hostuid0, uid0 } from "./identity.ts";

/** Daemons whose socket is worth the host. */
export type SocketName =
  | "docker"
  | "containerd"
  | "crio"
  | "podman"
  | "podman-user"
  | "cri-dockerd"
  | "buildkit"
  | "dbus"
  | "systemd-private"
  | "root-daemon"
  | "ssh-agent"
  | "docker-user";

interface SocketForm {
  /** Canonical paths at which the daemon listens by default. */
  readonly paths: readonly string[];
  /** A bound path of this form is that socket wherever it lies. */
  readonly named: RegExp;
  /** Group that may connect: the engine's own, root's, or nobody's. */
  readonly group: "docker" | "root" | "none";
  readonly world: boolean;
}

/** Default paths as the daemons' own documentation and units give them. */
const SOCKETS: Readonly<Record<SocketName, SocketForm>> = {
  docker: {
    paths: ["/run/docker.sock"],
    named: /^(?!\/run\/user\/).*(^|\/)docker\.sock$/,
    group: "docker",
    world: false,
  },
  "docker-user": { paths: [], named: /^\/run\/user\/\d+(\/docker\.sock)?$/, group: "none", world: false },
  containerd: {
    paths: [
      "/run/containerd/containerd.sock",
      "/run/docker/containerd/containerd.sock",
      "/run/k3s/containerd/containerd.sock",
    ],
    named: /(^|\/)containerd\.sock$/,
    group: "root",
    world: false,
  },
  crio: { paths: ["/run/crio/crio.sock"], named: /(^|\/)crio\.sock$/, group: "root", world: false },
  podman: {
    paths: ["/run/podman/podman.sock"],
    named: /^(?!\/run\/user\/).*\/podman\.sock$/,
    group: "root",
    world: false,
  },
  "podman-user": { paths: [], named: /^\/run\/user\/\d+(\/podman(\/podman\.sock)?)?$/, group: "none", world: false },
  "cri-dockerd": {
    paths: ["/run/cri-dockerd.sock", "/run/dockershim.sock"],
    named: /(^|\/)(cri-dockerd|dockershim)\.sock$/,
    group: "root",
    world: false,
  },
  buildkit: { paths: ["/run/buildkit/buildkitd.sock"], named: /(^|\/)buildkitd\.sock$/, group: "root", world: false },
  dbus: { paths: ["/run/dbus/system_bus_socket"], named: /(^|\/)system_bus_socket$/, group: "none", world: true },
  "systemd-private": { paths: ["/run/systemd/private"], named: /^$/, group: "none", world: false },
  "root-daemon": {
    paths: [
      "/var/snap/lxd/common/lxd/unix.socket",
      "/var/lib/lxd/unix.socket",
      "/var/lib/incus/unix.socket",
      "/run/snapd.socket",
      "/run/libvirt/libvirt-sock",
    ],
    named: /(^|\/)(lxd\/unix\.socket|incus\/unix\.socket|libvirt-sock|snapd\.socket)$/,
    group: "root",
    world: false,
  },
  "ssh-agent": {
    paths: [],
    named: /(^|\/)(ssh-[^/]+\/agent\.\d+|S\.gpg-agent[^/]*|ssh-agent\.sock[^/]*|keyring\/ssh)$/,
    group: "none",
    world: true,
  },
};

/** Directories that hold a daemon's socket only where that daemon is installed; binding them alone proves nothing. */
const PRESENT_ONLY_IF_NAMED: ReadonlySet<SocketName> = new Set([
  "crio",
  "podman",
  "cri-dockerd",
  "buildkit",
  "root-daemon",
]);

function shownBy(view: ContainerView, name: SocketName, entry: EffectiveMount): Known {
  if (entry.plainVolume) {
    return "no";
  }
  const { hostPath } = entry;
  if (hostPath === undefined) {
    return "unknown";
  }
  const form = SOCKETS[name];
  if (form.named.test(hostPath)) {
    return "yes";
  }
  if (name === "docker" && showsEngineSocket(view, hostPath)) {
    return "yes";
  }
  const below = form.paths.some((path) => isAtOrBelow(path, hostPath));
  if (!below && name === "docker" && isUnknownSocket(hostPath)) {
    return "unknown";
  }
  // The directory is bound; whether a daemon listens in it is certain only for those of a Docker host.
  return below ? (PRESENT_ONLY_IF_NAMED.has(name) ? installed(view, name) : engineSocket(view, name)) : "no";
}

/** The engine's socket is where the host facts say, or where a socket of an unknown daemon is bound. */
function showsEngineSocket({ host }: ContainerView, hostPath: string): boolean {
  return host.values.engineSockets?.some((path) => isAtOrBelow(canonicalPath(path), hostPath)) ?? false;
}

/**
 * Sockets of daemons that have nothing to say over the host. Any other bound socket may be an engine's under another
 * name: that is unknown, not harmless.
 */
const HARMLESS_SOCKET =
  /(mysqld?|mariadb|php[\w.-]*|fpm[\w.-]*|\.s\.PGSQL\.\d+|postgres\w*|redis\w*|valkey|memcached|X\d+|wayland-\d+|pulse\w*|pipewire-\d+|native|u?wsgi\w*|gunicorn\w*|puma\w*|unicorn\w*|nginx\w*|clamd\w*|avahi\w*|cups|mongodb-\d+|dsocket|apm|statsd|socket|log|dev-log|stdout|syslog|notify|agent|pcscd\.comm|gpsd|web|app|api|http|rspamd|milter|opendkim|lmtp|saslauthd|mux)(\.sock(et)?)?$|\/(\.X11-unix|postgresql|mysqld|php|redis)\//i;

const isUnknownSocket = (hostPath: string): boolean =>
  /\.sock(et)?$/.test(hostPath) &&
  !HARMLESS_SOCKET.test(hostPath) &&
  !Object.values(SOCKETS).some(({ paths, named }) => named.test(hostPath) || paths.includes(hostPath));

/** A directory such as /run holds Docker's and containerd's sockets where Docker is the engine and not rootless. */
function engineSocket(view: ContainerView, name: SocketName): Known {
  const podman = view.host.values.engineKind === "podman";
  return podman && (name === "docker" || name === "containerd") ? "unknown" : "yes";
}

function installed(view: ContainerView, name: SocketName): Known {
  if (name === "podman" && view.host.values.engineKind === "podman") {
    return "unknown"; // the API service is off unless it was enabled
  }
  const said = view.host.values.facts?.[`host.daemon(${name})`];
  return said ?? "no";
}

const best = (view: ContainerView, name: SocketName): Known => {
  let value: Known = "no";
  for (const entry of view.container.mounts) {
    value = or(value, shownBy(view, name, entry));
  }
  return value;
};

/** The socket of a daemon is visible in the container. Read-only binds change nothing for sockets (measured). */
export const sock = (name: SocketName): Expression =>
  intern(`sock(${name})`, () =>
    containerFact(
      `sock(${name})`,
      (view) => (view.container.mounts.length === 0 ? "no" : best(view, name)),
      (view) => {
        const value = best(view, name);
        return value === "no"
          ? ["HostConfig.Binds"]
          : [
              ...new Set(
                view.container.mounts
                  .filter((entry) => shownBy(view, name, entry) === value)
                  .map((entry) => entry.from),
              ),
            ];
      },
    ),
  );

/** Whether one of the process's groups is the group of the socket, after mapping. */
function inSocketGroup({ identity, container, host }: View, form: SocketForm): Known {
  if (form.group === "none") {
    return "no";
  }
  const unknownGroups: Known = identity.gidsKnown ? "no" : "unknown";
  if (container.ids.sameIds === "no") {
    return or(
      mappedGroup(identity.gids, container.ids.gidOffset, form.group === "docker" ? host.values.dockerGid : 0),
      "no",
    );
  }
  const wanted = form.group === "root" ? 0 : host.values.dockerGid;
  if (wanted !== undefined) {
    return and(container.ids.sameIds, or(unknownGroups, knownBoolean(identity.gids.includes(wanted))));
  }
  // The number is not known: any ordinary group may be it, root's too where no docker group exists.
  const may = identity.gids.some(mayBeHostAccount) ? "unknown" : "no";
  return and(container.ids.sameIds, or(unknownGroups, may));
}

/** Group ids are mapped before they are compared: 998 inside is 100998 outside. */
function mappedGroup(gids: readonly number[], offset: number | undefined, wanted: number | undefined): Known {
  if (offset === undefined) {
    return wanted !== undefined && wanted >= 65_536 ? "unknown" : "no";
  }
  return knownBoolean(wanted !== undefined && gids.some((gid) => gid + offset === wanted));
}

/** Whether the mode of the socket lets everybody connect. */
function openToAll(view: ContainerView, name: SocketName): Known {
  const form = SOCKETS[name];
  if (name !== "docker" || view.host.values.dockerSockMode === undefined) {
    return knownBoolean(form.world);
  }
  const mode = Number.parseInt(view.host.values.dockerSockMode, 8);
  return Number.isNaN(mode) ? "unknown" : knownBoolean((mode & 0o002) !== 0);
}

const sockGroup = (name: SocketName): Expression =>
  intern(`sock.group(${name})`, () =>
    fact(
      `sock.group(${name})`,
      (view) => inSocketGroup(view, SOCKETS[name]),
      () => ["Config.User", "HostConfig.GroupAdd", "host.dockerGid"],
    ),
  );

const sockWorld = (name: SocketName): Expression =>
  intern(`sock.world(${name})`, () =>
    containerFact(
      `sock.world(${name})`,
      (view) => openToAll(view, name),
      () => ["host.dockerSockMode"],
    ),
  );

/** The mount that shows the socket maps ids, so that root inside is its owner. */
const sockIdMapped = (name: SocketName): Expression =>
  intern(`mount.idmapped(sock(${name}))`, () =>
    containerFact(
      `mount.idmapped(sock(${name}))`,
      (view) => {
        let value: Known = "no";
        for (const entry of view.container.mounts) {
          value = or(value, and(entry.idMapped, shownBy(view, name, entry)));
        }
        return value;
      },
      () => ["host.idmapMounts"],
    ),
  );

/** The process can connect to a daemon: the socket is visible, its owner, group or mode lets it, and the LSM too. */
export const reaches = (name: SocketName): Expression =>
  intern(`reaches(${name})`, () =>
    all(
      sock(name),
      any(hostuid0, sockGroup(name), sockWorld(name), all(uid0, sockIdMapped(name))),
      lsm.allows(name === "dbus" ? "dbus" : "sock-connect"),
    ),
  );

/** Names of the daemons whose socket is visible in a container, certainly or possibly. For views of one container. */
export function visibleSockets(view: ContainerView): readonly SocketName[] {
  return (Object.keys(SOCKETS) as SocketName[]).filter((name) => best(view, name) !== "no");
}
