import { all, any, cap, lsm, not, ns, peer, uid0 } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Joining the process namespace of another container.
 *
 * A remapped engine makes the two share a user namespace as well, so remapping does not close it.
 */
export const pidSharedContainer = technique({
  id: "pid-shared-container",
  attack: ["T1055"],
  severity: "medium",
  title: {
    en: "The container whose processes are shared can be controlled",
    ja: "PID 名前空間を共有する相手のコンテナを支配できる",
  },
  explanation: {
    en: "In the process namespace of another container its processes can be inspected as if it were this one, given the same user and capabilities, or CAP_SYS_PTRACE. That is what debug containers are for; it is a boundary less.",
    ja: "他のコンテナの PID 名前空間に入ると、同じユーザで同等のケーパビリティがあるか CAP_SYS_PTRACE があれば、相手のプロセスを自分のもののように調べられる。デバッグ用の構成として意図されたものだが、境界が一つ減る。",
  },
  basis: "measured",
  needs: all(
    ns.pid.container,
    lsm.sameAsPeers,
    any(all(uid0, peer.capsSuperset), cap("SYS_PTRACE"), all(not(uid0), peer.sameUser)),
  ),
  gains: ["other-container-control"],
  examples: {
    open: [
      "docker run --pid container:web busybox",
      "docker run --pid container:web --cap-drop ALL --cap-add SYS_PTRACE busybox",
    ],
    possible: [{ line: "docker run --pid container:web --user 1000:1000 busybox", host: { peers: "mixed" } }],
    closed: [
      "docker run busybox",
      "docker run --network container:web busybox",
      "docker run --pid container:web --cap-drop ALL busybox",
    ],
  },
});
