import { all, any, cap, lsm, ns, seccomp, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Loading network programs in the host's network namespace. CAP_SYS_ADMIN stands in for CAP_BPF. */
export const bpfNet = technique({
  id: "bpf-net",
  attack: ["T1040"],
  severity: "high",
  title: {
    en: "Network programs can be attached to the host's interfaces",
    ja: "ホストのネットワークインタフェースに eBPF を付けられる",
  },
  explanation: {
    en: "In the host's network namespace, CAP_NET_ADMIN with the right to load programs puts a filter on every interface of the host. It sees and changes all traffic, below any firewall.",
    ja: "ホストのネットワーク名前空間では、CAP_NET_ADMIN とプログラムを読み込む権利があれば、ホストの全インタフェースにフィルタを付けられる。ファイアウォールより下で、すべての通信を見て書き換える。",
  },
  basis: "documented",
  needs: all(
    ns.net.host,
    cap("NET_ADMIN"),
    any(cap("BPF"), cap("SYS_ADMIN")),
    userns.host,
    seccomp.allows("bpf"),
    lsm.allows("kernel-capability"),
  ),
  gains: ["host-network-sniff", "host-network-admin"],
  aliases: { "cis-docker-1.6.0": ["5.4", "5.10"] },
  examples: {
    open: ["docker run --network host --cap-add BPF --cap-add NET_ADMIN busybox"],
    closed: ["docker run --cap-add BPF --cap-add NET_ADMIN busybox", "docker run --network host --cap-add BPF busybox"],
  },
});
