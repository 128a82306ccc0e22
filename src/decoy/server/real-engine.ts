/**
 * Whether a real engine is within reach of this user. A decoy belongs on a host of its own: whoever breaks out of it
 * must find nothing. Nothing is opened or asked; the file system's answer is enough.
 */
import { accessSync, constants, statSync } from "node:fs";

/** Sockets and data of engines in their usual places. */
const PLACES = [
  { path: "/var/run/docker.sock", kind: "socket" },
  { path: "/run/docker.sock", kind: "socket" },
  { path: "/run/containerd/containerd.sock", kind: "socket" },
  { path: "/run/podman/podman.sock", kind: "socket" },
  { path: "/run/crio/crio.sock", kind: "socket" },
  { path: "/var/lib/docker/containers", kind: "data" },
  { path: "/var/lib/containers/storage", kind: "data" },
] as const;

/** The first socket or data of a real engine that this user can use; undefined: none. */
export function reachableEngine(environment: NodeJS.ProcessEnv): string | undefined {
  const own = environment["XDG_RUNTIME_DIR"];
  const places = [
    ...PLACES,
    ...(own === undefined
      ? []
      : [
          { path: `${own}/docker.sock`, kind: "socket" as const },
          { path: `${own}/podman/podman.sock`, kind: "socket" as const },
        ]),
  ];
  const found = places.find(({ path, kind }) => (kind === "socket" ? isUsableSocket(path) : isReadable(path)));
  if (found !== undefined) {
    return found.path;
  }
  const host = environment["DOCKER_HOST"];
  return host === undefined || host === "" ? undefined : `DOCKER_HOST=${host}`;
}

function isUsableSocket(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return statSync(path).isSocket();
  } catch {
    return false; // not there, or not ours
  }
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false; // not there, or not ours
  }
}
