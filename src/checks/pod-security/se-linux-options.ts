import type { Pod, PodSeLinuxOptions } from "../../facts/index.ts";
import { inContainers, type PodViolation, podSecurityPath, securityPath, shown, violation } from "../pods/violation.ts";
import { control } from "./control.ts";

const TYPES: ReadonlySet<string> = new Set(["", "container_t", "container_init_t", "container_kvm_t"]);
const TYPES_1_31: ReadonlySet<string> = new Set([...TYPES, "container_engine_t"]);

function find(pod: Pod, types: ReadonlySet<string>): readonly PodViolation[] {
  const wrong = (options: PodSeLinuxOptions | undefined): readonly (readonly ["type" | "user" | "role", string])[] =>
    (["type", "user", "role"] as const).flatMap((key) => {
      const value = options?.[key] ?? "";
      const fine = key === "type" ? types.has(value) : value === "";
      return fine ? [] : [[key, value] as const];
    });
  const sentence = (key: string, value: string): [string, string] => [
    `sets the SELinux ${key} ${shown(value)}`,
    `が SELinux の ${key} を ${shown(value)} にしています`,
  ];
  return [
    ...wrong(pod.spec.securityContext?.seLinuxOptions).map(([key, value]) =>
      violation(undefined, podSecurityPath("seLinuxOptions", key), ...sentence(key, value)),
    ),
    ...inContainers(pod, (placed) =>
      wrong(placed.container.securityContext?.seLinuxOptions).map(([key, value]) =>
        violation(placed, securityPath(placed, "seLinuxOptions", key), ...sentence(key, value)),
      ),
    ),
  ];
}

/** SELinux may keep a container in one of the types that confine it; user and role are the runtime's. */
export const seLinuxOptions = control({
  id: "seLinuxOptions",
  level: "baseline",
  title: { en: "SELinux options", ja: "SELinux オプション" },
  explanation: {
    en: "A container may take one of the types that confine containers, and since v1.31 container_engine_t. Another type, or any user or role, may take the confinement away.",
    ja: "指定できるのは、コンテナを制限する型(v1.31 以降は container_engine_t も)だけです。ほかの型や、user と role の指定は、制限を外すことになりえます。",
  },
  aliases: { trivy: ["KSV-0025"] },
  versions: [
    { from: 0, find: (pod) => find(pod, TYPES) },
    { from: 31, find: (pod) => find(pod, TYPES_1_31) },
  ],
  examples: {
    refused: [
      "{securityContext: {seLinuxOptions: {type: spc_t}}, containers: [{name: a, image: a}]}",
      "containers: [{name: a, image: a, securityContext: {seLinuxOptions: {user: system_u}}}]",
    ],
    allowed: [
      "{securityContext: {seLinuxOptions: {type: container_engine_t}}, containers: [{name: a, image: a}]}",
      "containers: [{name: a, image: a, securityContext: {seLinuxOptions: {level: 's0:c1,c2'}}}]",
    ],
  },
});
