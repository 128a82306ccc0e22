import { all, any, lsm, mount, not, ns, peer, uid0, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Opening processes of other containers that run as the same user.
 *
 * Measured: uid 65534 with every capability dropped and no-new-privileges opened root and environment of another.
 */
export const pidHostPeerSameUid = technique({
  id: "pid-host-peer-same-uid",
  attack: ["T1055", "T1570"],
  severity: "medium",
  title: { en: "Containers of the same user can be entered", ja: "同じユーザで動く他のコンテナに入れる" },
  explanation: {
    en: "Two containers whose processes share user and group can inspect each other once one of them sees the host's processes, with every capability dropped and no-new-privileges set. Many images run as 65534 or 1000, so the coincidence is common.",
    ja: "uid と gid が同じコンテナどうしは、一方からホストのプロセスが見えれば、全ケーパビリティを落とし no-new-privileges を設定していても調べ合える。65534 や 1000 で動くイメージは多く、一致は珍しくない。",
  },
  basis: "measured",
  needs: all(any(ns.pid.host, mount.any("/proc")), not(uid0), peer.sameUser, userns.host, lsm.sameAsPeers),
  gains: ["other-container-control"],
  aliases: { "cis-docker-1.6.0": ["5.16"] },
  examples: {
    open: [
      {
        line: "docker run --pid host --cap-drop ALL --user 65534:65534 --security-opt no-new-privileges busybox",
        host: { peers: [{ name: "exporter", user: "65534:65534" }] },
      },
    ],
    possible: [{ line: "docker run --pid host --cap-drop ALL --user 65534:65534 busybox", host: { peers: "mixed" } }],
    closed: [
      "docker run --pid host --user 20000:20000 busybox",
      {
        line: "docker run --cap-drop ALL --user 65534:65534 busybox",
        host: { peers: [{ name: "exporter", user: "65534:65534" }] },
      },
    ],
  },
});
