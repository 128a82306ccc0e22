import { all, any, cap, lsm, matchesHostUser, mount, rootOn } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Files whose content decides who logs in, or what runs then. */
const PATHS = [
  "/home/*/.ssh/authorized_keys",
  "/home/*/.bashrc",
  "/home/*/.bash_profile",
  "/home/*/.profile",
  "/home/*/.zshrc",
  "/home/*/.config/autostart",
  "/home/*/.config/systemd/user",
];

/**
 * Writing into a user's home directory.
 *
 * Needs all of: a file there that logs in or runs something, writable, and an id that may write it. Root that dropped
 * every capability may not: the files belong to somebody else.
 */
export const bindHome = technique({
  id: "bind-home",
  attack: ["T1098.004", "T1546.004"],
  severity: "high",
  title: { en: "Homes of the host's users are writable", ja: "ホスト利用者のホームに書き込める" },
  explanation: {
    en: "Whoever writes a user's authorized_keys, shell start files or autostart entries runs code as that user at the next login. It takes that user's own id, or root with CAP_DAC_OVERRIDE or CAP_SETUID, both of which Docker gives by default. A project folder below the home does not give it.",
    ja: "利用者の authorized_keys、シェルの起動ファイル、自動起動の設定に書き込める者は、次のログイン時にその利用者としてコードを実行できる。要るのは同じ uid か、CAP_DAC_OVERRIDE または CAP_SETUID を持つ root であり、どちらも Docker の既定で与えられる。ホームの下のプロジェクト用フォルダだけでは成り立たない。",
  },
  basis: "documented",
  needs: any(
    ...PATHS.map((path) =>
      all(
        mount.rw(path),
        any(all(rootOn(path), any(cap("DAC_OVERRIDE"), cap("SETUID"))), matchesHostUser),
        any(lsm.allows("file-host"), mount.relabelled(path)),
      ),
    ),
  ),
  gains: ["host-uid-exec"],
  examples: {
    open: [
      "docker run -v /home:/mnt busybox",
      "docker run -v /home/dev:/mnt busybox",
      "docker run -v /home/dev/.ssh:/mnt busybox",
      "docker run -v /home/dev/.config:/mnt busybox",
    ],
    possible: ["docker run -u 1000:1000 -v /home/dev:/mnt busybox"],
    closed: [
      "docker run -v /home/dev/src:/workspace busybox",
      "docker run -v /home:/mnt:ro busybox",
      "docker run --cap-drop ALL -v /home/dev:/mnt busybox",
      "docker run -u 20000:20000 -v /home:/mnt busybox",
    ],
  },
});
