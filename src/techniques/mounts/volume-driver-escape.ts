import { all, any, hostuid0, mount } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Paths that are worth hiding in a volume. */
const PATHS = ["/", "/etc", "/root", "/proc", "/sys", "/dev", "/run", "/var/lib/docker", "/usr"];

/**
 * A named volume that is a bind in disguise.
 *
 * The engine hands the options of the local driver to mount(2) as root. What the mount then shows is judged by the
 * techniques for binds; this one names the disguise.
 */
export const volumeDriverEscape = technique({
  id: "volume-driver-escape",
  attack: ["T1611"],
  severity: "critical",
  title: {
    en: "A named volume shows a sensitive path of the host",
    ja: "名前付きボリュームがホストの重要なパスを見せる",
  },
  explanation: {
    en: "The local volume driver passes its options type, device and o to mount(2) as root. With o=bind a harmless-looking name stands for any directory of the host, and with a disk as device for its whole file system. Tools that read the list of binds only do not see it.",
    ja: "local ボリュームドライバは type、device、o の各オプションを root として mount(2) に渡す。o=bind なら無害に見える名前がホストの任意のディレクトリを、device がディスクならそのファイルシステム全体を指す。bind の一覧しか読まないツールには見えない。",
  },
  basis: "measured",
  needs: all(mount.fromVolumeOptions, any(...PATHS.map(mount.any)), hostuid0),
  gains: [],
  aliases: { "cis-docker-1.6.0": ["5.6"] },
  examples: {
    open: [
      "docker run --mount type=volume,source=data,target=/mnt,volume-opt=type=none,volume-opt=o=bind,volume-opt=device=/ busybox",
    ],
    closed: [
      "docker run --mount type=volume,source=data,target=/mnt busybox",
      "docker run --mount type=volume,source=data,target=/mnt,volume-opt=type=none,volume-opt=o=bind,volume-opt=device=/srv/data busybox",
    ],
  },
});
