import { canonicalPath, isAtOrBelow } from "../../facts/index.ts";

/** Sockets through which a node's containers are made. */
const RUNTIME_SOCKETS = [
  "/run/docker.sock",
  "/run/containerd/containerd.sock",
  "/run/crio/crio.sock",
  "/run/podman/podman.sock",
  "/run/cri-dockerd.sock",
  "/run/buildkit/buildkitd.sock",
  "/run/k3s/containerd/containerd.sock",
] as const;

/** The runtime's socket that a host path shows: itself, or a directory above it. */
export function runtimeSocketIn(hostPath: string): string | undefined {
  const path = canonicalPath(hostPath);
  return RUNTIME_SOCKETS.find((socket) => isAtOrBelow(socket, path));
}
