import { sharing } from "../facts/index.ts";
import { check } from "./check.ts";

/**
 * Mounts cross between the container and the host.
 *
 * mount-propagation-shared says what follows with the right to mount.
 */
export const sharedPropagation = check({
  id: "shared-propagation",
  severity: "low",
  title: { en: "A mount is shared with the host in both directions", ja: "マウントがホストと双方向に共有されている" },
  explanation: {
    en: "Whatever is mounted below this directory in the container appears on the host, and stays there after the container is gone. Storage plug-ins need this; nearly everything else is served by rslave, which passes the host's mounts in and none out.",
    ja: "コンテナ内でこのディレクトリの下にマウントしたものはホストにも現れ、コンテナがなくなっても残る。ストレージプラグインには必要だが、それ以外のほとんどは、ホストのマウントを取り込むだけで外には出さない rslave で足りる。",
  },
  needs: sharing.sharedPropagation,
  field: "HostConfig.Binds",
  remedy: { summary: { en: "Use rslave or private propagation", ja: "伝播を rslave か private にする" } },
  aliases: {
    "cis-docker-1.6.0": ["5.20"],
    kics: ["volume_mounted_in_multiple_containers", "baa452f0-1f21-4a25-ace5-844e7a5f410d"],
  },
  examples: {
    flagged: [
      "docker run -v /mnt:/mnt:rshared busybox",
      "docker run --mount type=bind,source=/mnt,target=/mnt,bind-propagation=shared busybox",
    ],
    clean: ["docker run -v /mnt:/mnt:rslave busybox", "docker run -v /mnt:/mnt busybox"],
  },
});
