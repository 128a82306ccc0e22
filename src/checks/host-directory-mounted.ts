import { sharing } from "../facts/index.ts";
import { check } from "./check.ts";

/**
 * A directory of the host's system is bound in.
 *
 * The techniques of the folder mounts say which of them lead to the host, and how.
 */
export const hostDirectoryMounted = check({
  id: "host-directory-mounted",
  severity: "info",
  title: { en: "A directory of the host's system is mounted", ja: "ホストのシステムディレクトリがマウントされている" },
  explanation: {
    en: "The container sees a part of the host that belongs to the system or to its users: /etc, /var, /home, /dev and the like. What it can do with it depends on the path and on its user, and is said by the findings above this one. Data of its own belongs into a volume or into a directory that is nobody else's.",
    ja: "/etc、/var、/home、/dev など、ホストのシステムや利用者の領域がコンテナから見えています。何ができるかはパスとユーザによって決まり、上位の指摘で示します。コンテナ自身のデータは、ボリュームか専用のディレクトリに置くとよいです。",
  },
  needs: sharing.systemDirectory,
  field: "HostConfig.Binds",
  remedy: {
    summary: { en: "Mount a volume, or a directory of its own", ja: "ボリュームか専用のディレクトリをマウントする" },
  },
  aliases: { kics: ["volume_has_sensitive_host_directory", "1c1325ff-831d-43a1-973e-839ae57dfcc0"] },
  examples: {
    flagged: [
      "docker run -v /etc:/host:ro busybox",
      "docker run -v /:/host busybox",
      "docker run -v /var/local/app:/data busybox",
      "docker run --mount type=bind,source=/home/app,target=/data busybox",
    ],
    clean: [
      "docker run -v /data:/data busybox",
      "docker run -v /varnish:/data busybox",
      "docker run -v data:/etc busybox",
      "docker run -v /etc/localtime:/etc/localtime:ro busybox",
    ],
  },
});
