import type { Pod } from "../../facts/index.ts";
import { type PodViolation, podSecurityPath, shown, violation } from "../pods/violation.ts";
import { control } from "./control.ts";

/** Settings that belong to the pod's namespaces alone, by the version that took them in. */
const SAFE_SINCE: readonly (readonly [number, readonly string[]])[] = [
  [
    0,
    [
      "kernel.shm_rmid_forced",
      "net.ipv4.ip_local_port_range",
      "net.ipv4.tcp_syncookies",
      "net.ipv4.ping_group_range",
      "net.ipv4.ip_unprivileged_port_start",
    ],
  ],
  [27, ["net.ipv4.ip_local_reserved_ports"]],
  [
    29,
    [
      "net.ipv4.tcp_keepalive_time",
      "net.ipv4.tcp_fin_timeout",
      "net.ipv4.tcp_keepalive_intvl",
      "net.ipv4.tcp_keepalive_probes",
    ],
  ],
  [32, ["net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"]],
  [37, ["net.ipv4.tcp_slow_start_after_idle", "net.ipv4.tcp_notsent_lowat"]],
];

function find(pod: Pod, safe: ReadonlySet<string>): readonly PodViolation[] {
  return (pod.spec.securityContext?.sysctls ?? []).flatMap(({ name = "" }, index) =>
    safe.has(name)
      ? []
      : [
          violation(
            undefined,
            podSecurityPath("sysctls", index),
            `sets the kernel setting ${shown(name)}`,
            `がカーネル設定 ${shown(name)} を変えています`,
          ),
        ],
  );
}

/** Kernel settings that reach beyond the pod. */
export const sysctls = control({
  id: "sysctls",
  level: "baseline",
  title: { en: "Kernel settings", ja: "カーネル設定" },
  explanation: {
    en: "Only settings that are the pod's own may be set; the list grew with v1.27, v1.29, v1.32 and v1.37. Names are compared as written, so the form with slashes is refused.",
    ja: "変更できるのは Pod に閉じた設定だけです。一覧は v1.27、v1.29、v1.32、v1.37 で増えました。名前は表記のまま比較されるため、スラッシュを使う形は拒否されます。",
  },
  aliases: { trivy: ["KSV-0026"] },
  versions: SAFE_SINCE.map(([from]) => {
    const safe = new Set(SAFE_SINCE.flatMap(([since, names]) => (since <= from ? names : [])));
    return { from, find: (pod: Pod) => find(pod, safe) };
  }),
  examples: {
    refused: ["{securityContext: {sysctls: [{name: kernel.msgmax, value: '1'}]}, containers: [{name: a, image: a}]}"],
    allowed: [
      "{securityContext: {sysctls: [{name: net.ipv4.tcp_rmem, value: '1'}]}, containers: [{name: a, image: a}]}",
    ],
  },
});
