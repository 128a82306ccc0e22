import { inContainers, securityPath, shown, violation } from "../pods/violation.ts";
import { control } from "./control.ts";

/** The default set of the runtimes without NET_RAW. Names are compared as written. */
const ALLOWED: ReadonlySet<string> = new Set([
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
]);

/** Capabilities beyond what a runtime gives by itself. */
export const capabilitiesBaseline = control({
  id: "capabilities_baseline",
  level: "baseline",
  title: { en: "Added capabilities", ja: "追加されたケーパビリティ" },
  explanation: {
    en: "Only capabilities of the default set may be added, and NET_RAW not even then. Names are compared as they are written, without CAP_.",
    ja: "追加できるのは既定の集合にあるケーパビリティだけで、NET_RAW は含まれません。名前は CAP_ を付けない表記のまま比較されます。",
  },
  aliases: { kubesec: ["CapSysAdmin"] },
  versions: [
    {
      from: 0,
      find: (pod) =>
        inContainers(pod, (placed) =>
          (placed.container.securityContext?.capabilities?.add ?? []).flatMap((name, index) =>
            ALLOWED.has(name)
              ? []
              : [
                  violation(
                    placed,
                    securityPath(placed, "capabilities", "add", index),
                    `adds the capability ${shown(name)}`,
                    `がケーパビリティ ${shown(name)} を追加しています`,
                  ),
                ],
          ),
        ),
    },
  ],
  examples: {
    refused: [
      "containers: [{name: a, image: a, securityContext: {capabilities: {add: [NET_RAW]}}}]",
      "containers: [{name: a, image: a, securityContext: {capabilities: {add: [CAP_CHOWN]}}}]",
    ],
    allowed: ["containers: [{name: a, image: a, securityContext: {capabilities: {add: [CHOWN]}}}]"],
  },
});
