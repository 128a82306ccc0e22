import { reaches } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * The API of containerd through its socket.
 *
 * Needs all of: the socket or a directory above it bound, root of the host or its group, and an LSM that lets the
 * container connect.
 */
export const sockContainerd = technique({
  id: "sock-containerd",
  attack: ["T1611", "T1610", "T1552.007"],
  severity: "critical",
  title: { en: "containerd's socket is reachable", ja: "containerd のソケットに到達できる" },
  explanation: {
    en: "containerd starts containers with any root directory and any rights for whoever connects, and no authorization plugin of Docker stands before it. The socket belongs to root:root with mode 0660, so a numeric user without a group, who gets group 0, connects too.",
    ja: "containerd は、接続した者のために任意のルートディレクトリと権限でコンテナを起動し、その前に Docker の認可プラグインは置かれない。ソケットは root:root の 0660 なので、グループを省いた数値のユーザもグループ 0 となり接続できる。",
  },
  basis: "measured",
  needs: reaches("containerd"),
  gains: ["engine-api", "host-root"],
  examples: {
    open: [
      "docker run -v /run/containerd:/run/containerd:ro busybox",
      "docker run -u 1000 --cap-drop ALL --security-opt no-new-privileges -v /run/containerd:/run/containerd:ro busybox",
    ],
    closed: [
      "docker run -u 1000:1000 -v /run/containerd:/run/containerd busybox",
      { line: "docker run -v /run/containerd:/run/containerd busybox", host: { usernsRemap: true } },
      "docker run -v /run/app:/run/app busybox",
    ],
  },
});
