import { all, lsm, mount, rootOn } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Changing the host's /dev.
 *
 * Not enough to open devices: the device cgroup still refuses them (measured). What is open are the directory itself,
 * /dev/shm, and the sockets below it.
 */
export const bindDevWritable = technique({
  id: "bind-dev-writable",
  attack: ["T1611"],
  severity: "medium",
  title: { en: "The host's /dev is writable", ja: "ホストの /dev に書き込める" },
  explanation: {
    en: "With the host's /dev bound writable, root removes or replaces device nodes that the host's programs open, and reads and changes the files in /dev/shm. Opening a disk there still fails, because the device cgroup has no rule for it. Passing single devices with --device needs no bind.",
    ja: "ホストの /dev を書込み可能でバインドすると、root はホストのプログラムが開くデバイスノードを削除・差替えでき、/dev/shm のファイルを読み書きできる。device cgroup に許可がないため、そこからディスクを開くことはできない。個々のデバイスは --device で渡せば、バインドは要らない。",
  },
  basis: "documented",
  needs: all(mount.rw("/dev"), rootOn("/dev"), lsm.allows("file-host")),
  gains: ["host-dos", "host-file-write(/dev/shm)"],
  aliases: { "cis-docker-1.6.0": ["5.6"] },
  examples: {
    open: ["docker run -v /dev:/host-dev busybox", "docker run -v /:/host busybox"],
    closed: [
      "docker run -v /dev:/host-dev:ro busybox",
      "docker run -v /dev/snd:/dev/snd busybox",
      "docker run --user 1000 -v /dev:/host-dev busybox",
    ],
  },
});
