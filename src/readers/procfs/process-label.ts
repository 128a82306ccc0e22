/** The confinement of a process by a security module, as /proc/PID/attr/current names it. */
export type ProcessLabel =
  | { readonly kind: "apparmor"; readonly profile: string; readonly mode: string }
  | {
      readonly kind: "selinux";
      readonly user: string;
      readonly role: string;
      readonly type: string;
      readonly level: string;
    }
  | { readonly kind: "other"; readonly text: string };

/**
 * AppArmor writes `docker-default (enforce)` or `unconfined`; SELinux `system_u:system_r:container_t:s0:c1,c2`, ended
 * by a zero byte. The name of a profile may hold any character, so its mode is looked for at the end.
 */
export function parseLabel(written: string): ProcessLabel {
  const text = written.replace(/[\0\s]+$/, "");
  if (text === "unconfined") {
    return { kind: "apparmor", profile: text, mode: text };
  }
  const appArmor = /^(.+) \((enforce|complain|kill|prompt|unconfined|mixed|user)\)$/.exec(text);
  if (appArmor !== null) {
    return { kind: "apparmor", profile: appArmor[1] ?? "", mode: appArmor[2] ?? "" };
  }
  const [user, role, type, ...level] = text.split(":");
  if (user !== undefined && role !== undefined && type !== undefined && /^\w+:\w+:\w+(?::|$)/.test(text)) {
    return { kind: "selinux", user, role, type, level: level.join(":") };
  }
  return { kind: "other", text };
}
