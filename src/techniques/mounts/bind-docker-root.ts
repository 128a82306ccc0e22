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
 * Writing where the engine keeps its containers.
 *
 * Needs all of: the data root, or a part of it that decides what containers run, writable, and root on that mount.
 */
export const bindDockerRoot = technique({
  id: "bind-docker-root",
  attack: ["T1611", "T1554"],
  severity: "critical",
  title: { en: "The engine's data root is writable", ja: "エンジンのデータルートに書き込める" },
  explanation: {
    en: "The root directories, volumes and stored settings of every container lie in the data root. Writing them changes what the other containers run, and a stored host configuration that now says privileged is believed at the engine's next start.",
    ja: "すべてのコンテナのルートディレクトリ、ボリューム、保存済み設定はデータルートにある。書き込めば他のコンテナが実行するものを変えられ、privileged に書き換えた設定はエンジンの次の起動時にそのまま使われる。",
  },
  basis: "documented",
  needs: any(
    ...PATHS.map((path) => all(mount.rw(path), rootOn(path), any(lsm.allows("file-host"), mount.relabelled(path)))),
  ),
  gains: ["other-container-control", "host-file-write(/var/lib/docker)"],
  examples: {
    open: [
      "docker run -v /var/lib/docker:/mnt busybox",
      "docker run -v /var/lib/docker/containers:/mnt busybox",
      "docker run -v /var/lib/containerd:/mnt busybox",
    ],
    closed: [
      "docker run -v /var/lib/docker:/mnt:ro busybox",
      "docker run -v data:/mnt busybox",
      "docker run -v /var/lib/docker/volumes/data/_data:/mnt busybox",
    ],
  },
});
