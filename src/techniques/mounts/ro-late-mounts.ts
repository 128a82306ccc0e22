import { all, any, hostuid0, lsm, mount } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Where Docker, containerd and Podman mount the root directories of containers. */
const PATHS = ["/var/lib/docker/overlay2", "/run/containerd", "/var/lib/containers/storage"];

/**
 * Containers that start later, seen through a read-only bind that receives mounts.
 *
 * Needs all of: a read-only bind with slave or shared propagation, the place where engines mount root directories below
 * it, and user 0 of the host. An id-mapped bind does not map what arrives later.
 */
export const roLateMounts = technique({
  id: "ro-late-mounts",
  attack: ["T1611", "T1570"],
  severity: "high",
  title: { en: "What the host mounts later arrives writable", ja: "ホストが後からマウントしたものは書込み可能で届く" },
  explanation: {
    en: "Recursive read-only changes the mounts that exist when the container starts. With slave propagation a file system that the host mounts afterwards arrives as it is, and the root directory of every new container is such a mount. Agents that run for months with the rslave recipe collect them.",
    ja: "再帰的な読取り専用が変えるのは、コンテナ起動時に存在するマウントだけである。slave 伝播では、ホストが後からマウントしたファイルシステムはそのまま届き、新しいコンテナのルートディレクトリもその 1 つである。rslave の手順で何か月も動くエージェントには、それらが溜まっていく。",
  },
  basis: "measured",
  needs: all(any(...PATHS.map(mount.receives)), hostuid0, lsm.allows("file-host")),
  gains: ["other-container-control"],
  examples: {
    open: ["docker run -v /:/host:ro,rslave busybox", "docker run -v /var/lib/docker:/mnt:ro,rslave busybox"],
    closed: [
      "docker run -v /:/host:ro busybox",
      "docker run -u 20000:20000 -v /:/host:ro,rslave busybox",
      "docker run -v /srv:/srv:ro,rslave busybox",
    ],
  },
});
