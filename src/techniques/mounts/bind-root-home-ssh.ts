import { all, any, lsm, mount, rootOn } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Files whose content decides who logs in, or what runs then. */
const PATHS = ["/root/.ssh/authorized_keys", "/root/.bashrc", "/root/.bash_profile", "/root/.profile", "/root/.zshrc"];

/**
 * Writing into the home directory of root.
 *
 * Needs all of: a file there that logs in or runs something, writable, and root on that mount. A directory of the
 * container that is called /root does not count.
 */
export const bindRootHomeSsh = technique({
  id: "bind-root-home-ssh",
  attack: ["T1098.004", "T1546.004"],
  severity: "critical",
  title: { en: "The home of the host's root is writable", ja: "ホストの root のホームに書き込める" },
  explanation: {
    en: "A key added to root's authorized_keys logs in as root, and a line in a shell start file runs at root's next login. The container needs neither a capability nor a running SSH server for the second way.",
    ja: "root の authorized_keys に鍵を足せば root としてログインでき、シェルの起動ファイルに書いた行は root の次のログインで実行される。後者にはケーパビリティも SSH サーバも要らない。",
  },
  basis: "documented",
  needs: any(
    ...PATHS.map((path) => all(mount.rw(path), rootOn(path), any(lsm.allows("file-host"), mount.relabelled(path)))),
  ),
  gains: ["host-root"],
  examples: {
    open: [
      "docker run -v /root:/mnt busybox",
      "docker run -v /root/.ssh:/mnt busybox",
      "docker run -v /root/.bashrc:/mnt busybox",
    ],
    closed: [
      "docker run -v /root:/mnt:ro busybox",
      "docker run -v ollama:/root/.ollama busybox",
      "docker run -v /root/project:/mnt busybox",
    ],
  },
});
