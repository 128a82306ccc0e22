import { ns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Reaching abstract Unix sockets of the host.
 *
 * Abstract names live in the network namespace: no path, no mount and no file permission guards them (measured: one
 * seen with the host's network, none without).
 */
export const hostnetAbstractSockets = technique({
  id: "hostnet-abstract-sockets",
  attack: ["T1611"],
  severity: "medium",
  title: { en: "Abstract sockets of the host can be reached", ja: "ホストの抽象ソケットに届く" },
  explanation: {
    en: "Unix sockets with abstract names belong to the network namespace instead of the file system, and file permissions do not apply to them. A container in the host's network can connect to each of them; how far that leads depends on whether the daemon checks its caller. containerd's shim was the one that did not (CVE-2020-15257).",
    ja: "抽象名の Unix ソケットはファイルシステムではなくネットワーク名前空間に属し、ファイルの権限が効かない。ホストのネットワークにあるコンテナはそのすべてに接続でき、どこまで進めるかはデーモンが相手を確かめるかどうかで決まる。確かめていなかったのが containerd-shim である(CVE-2020-15257)。",
  },
  basis: "measured",
  needs: ns.net.host,
  gains: ["abstract-socket-access"],
  examples: {
    open: ["docker run --network host busybox", "docker run --network host --user 1000 --cap-drop ALL busybox"],
    closed: [
      "docker run --network bridge busybox",
      "docker run --network none busybox",
      "docker run -v /run/app.sock:/app.sock busybox",
    ],
  },
});
