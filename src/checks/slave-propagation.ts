import { sharing } from "../facts/index.ts";
import { check } from "./check.ts";

/** Mounts of the host reach the container, even those that are made later. */
export const slavePropagation = check({
  id: "slave-propagation",
  severity: "info",
  title: { en: "Later mounts of the host appear in the container", ja: "ホストの後からのマウントがコンテナに現れる" },
  explanation: {
    en: "With slave or rslave, whatever the host mounts below this directory while the container runs appears inside it too: a USB disk, a network share, another volume. A read-only bind does not make those read-only. Monitoring of file systems needs it; other programs are served by private propagation, which is the default.",
    ja: "slave や rslave では、コンテナの動作中にホストがこのディレクトリの下にマウントしたもの（USB ディスク、ネットワーク共有、別のボリュームなど）がコンテナ内にも現れます。バインドが読取り専用でも、それらは読取り専用になりません。ファイルシステムの監視には必要ですが、ほかのプログラムは既定の private で足ります。",
  },
  needs: sharing.slavePropagation,
  field: "HostConfig.Binds",
  remedy: { summary: { en: "Use private propagation", ja: "伝播を private にする" } },
  aliases: { kics: ["volume_mounted_in_multiple_containers", "baa452f0-1f21-4a25-ace5-844e7a5f410d"] },
  examples: {
    flagged: [
      "docker run -v /mnt:/mnt:rslave busybox",
      "docker run --mount type=bind,source=/mnt,target=/mnt,bind-propagation=slave busybox",
    ],
    clean: ["docker run -v /mnt:/mnt:rprivate busybox", "docker run -v /mnt:/mnt:rshared busybox"],
  },
});
