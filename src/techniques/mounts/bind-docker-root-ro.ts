import { all, any, lsm, mount, rootOn } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Of Docker, of its containerd image store (the default from Engine 29 on) and of Podman. */
const PATHS = [
  "/var/lib/docker/containers",
  "/var/lib/docker/overlay2",
  "/var/lib/docker/volumes",
  "/var/lib/containerd",
  "/var/lib/containers/storage",
];

/**
 * Reading where the engine keeps its containers.
 *
 * Needs all of: the data root, or a part of it that holds what containers keep, bound in any way, and root on that
 * mount.
 */
export const bindDockerRootRo = technique({
  id: "bind-docker-root-ro",
  attack: ["T1552.001", "T1005"],
  severity: "high",
  title: { en: "The engine's data root can be read", ja: "エンジンのデータルートを読める" },
  explanation: {
    en: "The stored configuration of every container holds its environment, passwords included, next to its logs, volumes and files. Reading it as root needs nothing but the bind, and read-only does not matter.",
    ja: "各コンテナの保存済み設定には、パスワードを含む環境変数が入っており、ログ、ボリューム、ファイルも並んでいる。root として読むにはバインドだけで足り、読取り専用かどうかは関係ない。",
  },
  basis: "documented",
  needs: any(
    ...PATHS.map((path) => all(mount.any(path), rootOn(path), any(lsm.allows("file-host"), mount.relabelled(path)))),
  ),
  gains: ["cred-theft", "other-container-read"],
  examples: {
    open: ["docker run -v /var/lib/docker:/mnt:ro busybox", "docker run -v /var/lib/docker/containers:/mnt:ro busybox"],
    closed: [
      "docker run -u 20000:20000 -v /var/lib/docker/containers:/mnt:ro busybox",
      "docker run -v data:/mnt:ro busybox",
      { line: "docker run -v /var/lib/docker:/mnt:ro busybox", host: { usernsRemap: true } },
    ],
  },
});
