import type { DaemonFacts } from "../../facts/index.ts";
import { type HostCheck, NOT_APPLICABLE, passIf, UNKNOWN } from "./host-check.ts";

/** Paths that auditd should watch, with their numbers in CIS Docker Benchmark 1.6.0. */
const WATCHED: readonly (readonly [number: string, id: string, path: (daemon: DaemonFacts) => string])[] = [
  ["1.1.3", "dockerd", () => "/usr/bin/dockerd"],
  ["1.1.4", "run-containerd", () => "/run/containerd"],
  ["1.1.5", "data-root", ({ info }) => String(info["DockerRootDir"] ?? "/var/lib/docker")],
  ["1.1.6", "etc-docker", () => "/etc/docker"],
  ["1.1.7", "docker-service", ({ units }) => units.get("docker.service") ?? "docker.service"],
  ["1.1.8", "containerd-socket", () => "/run/containerd/containerd.sock"],
  ["1.1.9", "docker-socket", ({ socketPath }) => socketPath ?? "/var/run/docker.sock"],
  ["1.1.10", "default-docker", () => "/etc/default/docker"],
  ["1.1.11", "daemon-json", ({ configPath }) => configPath],
  ["1.1.12", "containerd-config", () => "/etc/containerd/config.toml"],
  ["1.1.13", "sysconfig-docker", () => "/etc/sysconfig/docker"],
  ["1.1.14", "containerd", () => "/usr/bin/containerd"],
  ["1.1.15", "containerd-shim", () => "/usr/bin/containerd-shim"],
  ["1.1.16", "shim-runc-v1", () => "/usr/bin/containerd-shim-runc-v1"],
  ["1.1.17", "shim-runc-v2", () => "/usr/bin/containerd-shim-runc-v2"],
  ["1.1.18", "runc", () => "/usr/bin/runc"],
];

/** Paths whose presence the audit rules depend on. */
export const watchedPaths = (daemon: DaemonFacts): readonly string[] => WATCHED.map(([, , path]) => path(daemon));

/** `/var/run` is `/run`. */
const plain = (path: string): string => path.replace(/^\/var\/run\//, "/run/").replace(/\/+$/, "");

/** Whether a rule of auditd (`-w PATH …`, `-F path=PATH`, `-F dir=PATH`) watches a path or a directory above it. */
function watches(rule: string, path: string): boolean {
  const match = /^\s*-w\s+(\S+)|-F\s+(?:path|dir)=(\S+)/.exec(rule);
  const watched = plain(match?.[1] ?? match?.[2] ?? "");
  return watched !== "" && (plain(path) === watched || plain(path).startsWith(`${watched}/`));
}

const AUDIT_CHECKS: readonly HostCheck[] = WATCHED.map(([number, id, pathOf]) => ({
  id: `host-audit-${id}`,
  severity: "info",
  title: { en: `No audit rule watches ${id}`, ja: `${id} を監視する監査規則がない` },
  explanation: {
    en: "auditd keeps a record of who changed the engine's files, which an attacker who is root later cannot make undone if it is sent elsewhere. Add a line -w PATH -k docker to the rules.",
    ja: "auditd は、誰がエンジンのファイルを変えたかを記録します。別の場所に送れば、後から root になった攻撃者にも消せません。規則に -w パス -k docker を加えてください。",
  },
  aliases: { "cis-docker-1.6.0": [number] },
  examine: (daemon) => {
    const path = pathOf(daemon);
    const file = daemon.files.get(path);
    if (!daemon.local || file === undefined || file === "unknown" || daemon.auditRules === "unknown") {
      return UNKNOWN;
    }
    if (file === "absent") {
      return NOT_APPLICABLE;
    }
    const rules = daemon.auditRules === "absent" ? [] : daemon.auditRules.value;
    return passIf(
      rules.some((rule) => watches(rule, path)),
      { uri: path },
    );
  },
}));

/** The machine that the engine runs on. */
export const MACHINE_CHECKS: readonly HostCheck[] = [
  {
    id: "host-data-root-shared",
    severity: "info",
    title: {
      en: "The engine's data shares a partition with the system",
      ja: "エンジンのデータがシステムと同じ区画にある",
    },
    explanation: {
      en: "A container or an image that fills the engine's data then fills the system's disk as well. Give the data root a partition of its own.",
      ja: "コンテナやイメージがデータ領域を埋めると、システムのディスクも埋まります。専用の区画を割り当ててください。",
    },
    aliases: { "cis-docker-1.6.0": ["1.1.1"] },
    examine: ({ local, info, mountPoints }) => {
      const root = info["DockerRootDir"];
      return !local || typeof mountPoints === "string" || typeof root !== "string"
        ? UNKNOWN
        : passIf(mountPoints.value.includes(plain(root)), { uri: root });
    },
  },
  {
    id: "host-docker-group-members",
    severity: "medium",
    title: { en: "Users are in the docker group", ja: "docker グループにユーザがいる" },
    explanation: {
      en: "Each member of the group is root on the host: docker run -v /:/host is all it takes. Give them sudo, rootless Docker, or a socket of sekisho guard instead.",
      ja: "グループの各メンバーはホストの root です。docker run -v /:/host だけで足ります。sudo、rootless Docker、または sekisho guard のソケットに替えてください。",
    },
    aliases: { "cis-docker-1.6.0": ["1.1.2"] },
    examine: ({ local, rootless, dockerGroup }) => {
      if (!local || dockerGroup === "unknown") {
        return UNKNOWN;
      }
      if (dockerGroup === "absent" || rootless) {
        return NOT_APPLICABLE;
      }
      const { members } = dockerGroup.value;
      const names = members.join(", ");
      return passIf(members.length === 0, dockerGroup.place, { en: `members: ${names}`, ja: `メンバー: ${names}` });
    },
  },
  ...AUDIT_CHECKS,
];
