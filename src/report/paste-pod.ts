import type { PasteLine } from "./paste-line.ts";

const PARTS = /^(?<root>HostConfig|Config|Env)\.?(?<key>\w*)(?<sign>\+=|-=|=|:)(?<value>[\s\S]*)$/;

/** Switches of the pod spec that stand for a namespace of the node. */
const NAMESPACES: Readonly<Record<string, string>> = {
  PidMode: "hostPID",
  IpcMode: "hostIPC",
  NetworkMode: "hostNetwork",
};

const put = (...lines: readonly string[]): PasteLine[] => lines.map((text) => ({ sign: "+", text }));
const take = (...lines: readonly string[]): PasteLine[] => lines.map((text) => ({ sign: "-", text }));

/** The lines of a pod spec that carry an edit out; `undefined` when a manifest has no words for it. */
export function podLines(edit: string): PasteLine[] | undefined {
  const { root, key = "", sign = "", value = "" } = PARTS.exec(edit)?.groups ?? {};
  if (root === "Env") {
    return take(`env: ${value}`);
  }
  const namespace = NAMESPACES[key];
  if (namespace !== undefined) {
    return take(`${namespace}: true`);
  }
  switch (key) {
    case "User":
      return userLines(value);
    case "Privileged":
      return take("securityContext:", "  privileged: true");
    case "CapAdd":
    case "CapDrop":
      return capabilityLines(key === "CapAdd" ? "add" : "drop", sign, value);
    case "Mounts":
    case "Binds":
      return sign === ":"
        ? put(
            `volumeMounts: # of the hostPath ${value.replace(/=ro$/, "")}`,
            "  - readOnly: true",
            "    recursiveReadOnly: Enabled",
          )
        : take("volumes:", `  - hostPath: {path: ${value}}`);
    case "SecurityOpt":
      return securityLines(sign, value);
    case "UsernsMode":
      return put("hostUsers: false");
    case "ReadonlyRootfs":
      return put("securityContext:", "  readOnlyRootFilesystem: true");
    case "MaskedPaths":
    case "ReadonlyPaths":
      return take("securityContext:", "  procMount: Unmasked");
    case "GroupAdd":
      return take("securityContext:", `  supplementalGroups: [${value}]`);
    case "Devices":
    case "DeviceRequests":
      return take("resources:", `  limits: # the device${sign === "-=" ? ` ${value}` : ""}`);
    default:
      return undefined;
  }
}

function userLines(value: string): PasteLine[] {
  const [user = "", group] = value.replaceAll('"', "").split(":");
  return put("securityContext:", `  runAsUser: ${user}`, ...(group === undefined ? [] : [`  runAsGroup: ${group}`]));
}

function capabilityLines(list: "add" | "drop", sign: string, value: string): PasteLine[] {
  const lines = ["securityContext:", "  capabilities:", `    ${list}: [${value}]`];
  return sign === "+=" ? put(...lines) : take(...lines);
}

function securityLines(sign: string, value: string): PasteLine[] | undefined {
  if (sign === "+=") {
    return value === "no-new-privileges"
      ? put("securityContext:", "  allowPrivilegeEscalation: false")
      : value === "seccomp=builtin"
        ? put("securityContext:", "  seccompProfile: {type: RuntimeDefault}")
        : undefined;
  }
  const option = /^(seccomp|apparmor|label)/.exec(value)?.[1] ?? "";
  const field = { seccomp: "seccompProfile", apparmor: "appArmorProfile", label: "seLinuxOptions" }[option];
  return field === undefined ? undefined : take("securityContext:", `  ${field}: # ${value.slice(0, 40)}`);
}
