import { all, any, cap, gained, hostuid0, lsm, mount, onHost } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * A node of the host's disk on a path that the host sees.
 *
 * Needs all of: a writable bind of a host directory, CAP_MKNOD (given by default), user 0 of the host, and an attacker
 * who also runs code on the host as an ordinary user.
 */
export const mknodPeerDevice = technique({
  id: "mknod-peer-device",
  attack: ["T1611", "T1006"],
  severity: "high",
  title: {
    en: "A device node can be left for an account of the host",
    ja: "ホストのアカウント向けにデバイスノードを仕込める",
  },
  explanation: {
    en: "Docker lets a container create nodes of any device; only opening them is refused inside. On a bind the node is also seen by the host, where no such rule applies to an ordinary account that opens it. Bind sources mounted nodev are safe.",
    ja: "Docker はコンテナに任意のデバイスノードの作成を許し、コンテナ内で開くことだけを拒否する。バインド上に作ったノードはホストからも見え、それを開く一般アカウントにその規則は及ばない。nodev でマウントされたディレクトリなら安全である。",
  },
  basis: "documented",
  needs: all(
    mount.rwHost,
    cap("MKNOD"),
    hostuid0,
    any(onHost.attackerAccount, gained("host-uid-exec")),
    lsm.allows("file-host"),
  ),
  gains: ["raw-block-device"],
  examples: {
    open: [{ line: "docker run -v /srv/share:/mnt busybox", host: { facts: { "host.unpriv-user": "yes" } } }],
    closed: [
      "docker run -v /srv/share:/mnt busybox",
      {
        line: "docker run --cap-drop MKNOD -v /srv/share:/mnt busybox",
        host: { facts: { "host.unpriv-user": "yes" } },
      },
      { line: "docker run -v data:/mnt busybox", host: { facts: { "host.unpriv-user": "yes" } } },
    ],
  },
});
