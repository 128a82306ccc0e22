import { all, hostuid0, lsm, sock } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Sockets of LXD, Incus, libvirt and snapd.
 *
 * Needs all of: such a socket bound, or a directory above it on a host that has the daemon, and user 0 of the host.
 */
export const sockOtherRoot = technique({
  id: "sock-other-root",
  attack: ["T1611", "T1610"],
  severity: "high",
  title: { en: "The socket of another root daemon is reachable", ja: "他の root デーモンのソケットに到達できる" },
  explanation: {
    en: "LXD, Incus, libvirt and snapd run as root and start machines, containers or packages with any directory of the host for a caller who is root. Their sockets lie in places that nobody expects to be dangerous. A group of their own may connect as well; its number is known to the host only.",
    ja: "LXD、Incus、libvirt、snapd は root で動き、root の呼出し元のために、ホストの任意のディレクトリを使う仮想マシンやコンテナ、パッケージを起動する。ソケットは危険と思われにくい場所にある。専用グループも接続できるが、その番号はホストにしか分からない。",
  },
  basis: "documented",
  needs: all(sock("root-daemon"), hostuid0, lsm.allows("sock-connect")),
  gains: ["host-root"],
  examples: {
    open: [
      "docker run -v /var/lib/incus/unix.socket:/s busybox",
      "docker run -v /run/libvirt/libvirt-sock:/s busybox",
      {
        line: "docker run -v /var/snap/lxd/common/lxd:/mnt busybox",
        host: { facts: { "host.daemon(root-daemon)": "yes" } },
      },
    ],
    closed: [
      "docker run -v /run/libvirt:/mnt busybox",
      "docker run -u 1000:1000 -v /var/lib/incus/unix.socket:/s busybox",
      { line: "docker run -v /run/libvirt/libvirt-sock:/s busybox", host: { usernsRemap: true } },
    ],
  },
});
