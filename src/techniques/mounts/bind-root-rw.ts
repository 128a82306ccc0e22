import { all, lsm, mount, rootOn } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * A writable bind of the host's root directory.
 *
 * Needs all of: / bound writable, and root on that mount. No capability is needed. Not enough: a user other than root,
 * who is held by the modes of the files.
 */
export const bindRootRw = technique({
  id: "bind-root-rw",
  attack: ["T1611", "T1098.004"],
  severity: "critical",
  title: { en: "The host's whole file system is writable", ja: "ホストのファイルシステム全体に書き込める" },
  explanation: {
    en: "With / bound writable, user 0 of the container owns the host's files and can change any of them. Dropped capabilities do not help, because owning the file is enough. A user namespace, a user other than root or an enforcing SELinux stops it.",
    ja: "/ が書込み可能でバインドされていると、コンテナの uid 0 はホストのファイルの所有者であり、どれでも書き換えられる。所有者であれば足りるので、ケーパビリティを落としても防げない。ユーザ名前空間、root 以外のユーザ、強制中の SELinux が防ぐ。",
  },
  basis: "measured",
  needs: all(mount.rw("/"), rootOn("/"), lsm.allows("file-host")),
  gains: ["host-file-write(*)", "host-file-read(*)"],
  aliases: { "cis-docker-1.6.0": ["5.6"] },
  examples: {
    open: [
      "docker run -v /:/mnt busybox",
      "docker run --cap-drop ALL --security-opt no-new-privileges -v /:/mnt busybox",
    ],
    closed: [
      "docker run -v /:/mnt:ro busybox",
      "docker run -u 20000:20000 -v /:/mnt busybox",
      "docker run -v /srv:/mnt busybox",
      { line: "docker run -v /:/mnt busybox", host: { usernsRemap: true } },
      { line: "docker run -v /:/mnt busybox", host: { selinux: true, engineSelinux: true } },
    ],
  },
});
