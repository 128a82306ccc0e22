import {
  cleanPath,
  type MountConfig,
  type PlacedContainer,
  type Pod,
  type PodPath,
  type PodVolumeMount,
} from "../../facts/index.ts";
import type { ContainerDraft } from "./draft.ts";
import { REASONS } from "./messages.ts";

/** Where the kubelet puts the token of the pod's account. */
export const TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";

const PROPAGATION: Readonly<Record<string, string>> = { HostToContainer: "rslave", Bidirectional: "rshared" };

/**
 * Binds of the node's directories: hostPath volumes, below their subPath. Volumes of other kinds hold nothing of the
 * node and are left out.
 */
export function readMounts(draft: ContainerDraft, pod: Pod, member: PlacedContainer): void {
  const volumes = new Map((pod.spec.volumes ?? []).map((volume, index) => [volume.name ?? "", { volume, index }]));
  member.container.volumeMounts?.forEach((mount, index) => {
    const found = volumes.get(mount.name ?? "");
    if (found?.volume.hostPath === undefined) {
      return;
    }
    const path = [...member.path, "volumeMounts", index];
    const hostPath = found.volume.hostPath.path ?? "";
    const field = `HostConfig.Mounts[${draft.mounts.length}]`;
    if (mount.subPathExpr?.includes("$(") === true) {
      draft.unresolved.set(`${field}.Source`, REASONS.subPathExpr);
    }
    draft.mounts.push(mountOf(mount, below(hostPath, mount.subPath ?? mount.subPathExpr)));
    placeMount(draft, field, path, ["spec", "volumes", found.index, "hostPath", "path"]);
  });
}

function placeMount(draft: ContainerDraft, field: string, mount: PodPath, volume: PodPath): void {
  draft.at(field, mount);
  draft.at(`${field}.Source`, volume);
  draft.at(`${field}.ReadOnly`, [...mount, "readOnly"]);
  draft.at(`${field}.Target`, [...mount, "mountPath"]);
}

/** The kubelet lets no subPath lead out of the volume. */
function below(hostPath: string, subPath: string | undefined): string {
  const path = subPath === undefined || subPath === "" ? hostPath : `${hostPath}/${subPath}`;
  return cleanPath(path.startsWith("/") ? path : `/${path}`);
}

/** The runtime binds recursively; read-only reaches the mounts below only where the pod asks for it (Kubernetes 1.30). */
function mountOf(mount: PodVolumeMount, source: string): MountConfig {
  const recursion: Readonly<Record<string, MountConfig["BindOptions"]>> = {
    Enabled: { ReadOnlyForceRecursive: true },
    IfPossible: {},
  };
  return {
    Type: "bind",
    Source: source,
    Target: mount.mountPath ?? "",
    ...(mount.readOnly === true && { ReadOnly: true }),
    BindOptions: {
      Propagation: PROPAGATION[mount.mountPropagation ?? ""] ?? "rprivate",
      ...(recursion[mount.recursiveReadOnly ?? ""] ?? { ReadOnlyNonRecursive: true }),
    },
  };
}

/** Whether a token of the pod's account lies in this container. `byAccount`: what the account itself says of it. */
export function tokenIsMounted(pod: Pod, member: PlacedContainer, byAccount: boolean | undefined): boolean {
  const mounts = member.container.volumeMounts ?? [];
  const projected = new Set((pod.spec.volumes ?? []).filter((volume) => volume.projectsToken).map(({ name }) => name));
  if (mounts.some((mount) => projected.has(mount.name))) {
    return true;
  }
  const covered = mounts.some((mount) => cleanPath(mount.mountPath ?? "") === TOKEN_PATH);
  return !covered && (pod.spec.automountServiceAccountToken ?? byAccount ?? true);
}
