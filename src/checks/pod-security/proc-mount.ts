import { hasOwnUsers } from "../pods/violation.ts";
import { control } from "./control.ts";
import { unusualProcMounts } from "./proc-mount-masked.ts";

/** The parts of /proc that runtimes hide. */
export const procMount = control({
  id: "procMount",
  level: "baseline",
  title: { en: "Masked /proc", ja: "/proc のマスク" },
  explanation: {
    en: "Runtimes hide parts of /proc and make others read-only. Showing them opens more of the kernel to attack; since v1.35 that is allowed to pods with users of their own (hostUsers: false).",
    ja: "ランタイムは /proc の一部を隠し、一部を読取り専用にします。外すと、攻撃できるカーネルの範囲が広がります。v1.35 以降、独自のユーザを持つ Pod(hostUsers: false)には許されます。",
  },
  aliases: { trivy: ["KSV-0027"] },
  versions: [
    { from: 0, find: unusualProcMounts },
    { from: 35, find: (pod) => (hasOwnUsers(pod) ? [] : unusualProcMounts(pod)) },
  ],
  examples: {
    refused: ["containers: [{name: a, image: a, securityContext: {procMount: Unmasked}}]"],
    allowed: [
      "containers: [{name: a, image: a, securityContext: {procMount: Default}}]",
      "{hostUsers: false, containers: [{name: a, image: a, securityContext: {procMount: Unmasked}}]}",
    ],
  },
});
