import { all, any, lsm, ns, seccomp, told, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * A client that may only exec.
 *
 * Needs all of: a client with the right to exec, the first user namespace, and a container whose filter lets mount
 * through or that sees the host's processes. Equating it with a privileged container overstates it.
 */
export const execPrivileged = technique({
  id: "exec-privileged",
  attack: ["T1609", "T1611"],
  severity: "high",
  title: {
    en: "A privileged exec in this container reaches the host",
    ja: "このコンテナでの特権 exec はホストに到達する",
  },
  explanation: {
    en: "docker exec --privileged gives a process every capability and keeps the container's seccomp filter, devices, masked paths and AppArmor profile. Under the default filter mounting and joining namespaces stay refused. Where the filter is off, or the host's processes are visible, nothing holds it.",
    ja: "docker exec --privileged はプロセスに全ケーパビリティを与えるが、コンテナの seccomp、デバイス、マスクされたパス、AppArmor プロファイルはそのまま残る。既定のフィルタの下ではマウントや名前空間への参加は拒否される。フィルタがないか、ホストのプロセスが見える場合は、止めるものがない。",
  },
  basis: "measured",
  needs: all(
    told("engine-api.exec", "no"),
    userns.host,
    any(all(seccomp.allows("mount"), lsm.allows("mount")), all(ns.pid.host, lsm.allows("ptrace-host"))),
  ),
  gains: ["host-root"],
  examples: {
    open: [
      { line: "docker run --security-opt seccomp=unconfined busybox", host: { facts: { "engine-api.exec": "yes" } } },
      { line: "docker run --pid host busybox", host: { facts: { "engine-api.exec": "yes" } } },
    ],
    closed: [
      "docker run --security-opt seccomp=unconfined busybox",
      { line: "docker run busybox", host: { facts: { "engine-api.exec": "yes" } } },
      {
        line: "docker run --security-opt seccomp=unconfined busybox",
        host: { apparmor: true, facts: { "engine-api.exec": "yes" } },
      },
    ],
  },
});
