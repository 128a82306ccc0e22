import type { LocalizedText } from "../base/index.ts";
import { type HostConfig, hostSwitch, parseSecurityOptions } from "../facts/index.ts";
import type { Subject } from "./apply.ts";

/**
 * Why the engine would refuse to make or start this container; `undefined` when it would not.
 *
 * With userns-remap: moby daemon/daemon_unix.go, verifyContainerSettings and verifyPlatformContainerSettings (read), and
 * measured on Engine 20.10.24 by userns-remap.engine.test.ts.
 */
export function engineRefusal({ workload, host }: Subject): LocalizedText | undefined {
  const { HostConfig } = workload.config;
  if (workload.kind === "pod") {
    return podRefusal(HostConfig);
  }
  if (
    hostSwitch(host, "usernsRemap") !== "yes" ||
    HostConfig.UsernsMode === "host" ||
    host.values.engineKind === "podman"
  ) {
    return undefined;
  }
  const refused = [
    HostConfig.Privileged === true ? "--privileged" : undefined,
    HostConfig.PidMode === "host" ? "--pid=host" : undefined,
    HostConfig.NetworkMode === "host" ? "--network=host" : undefined,
  ].filter((flag) => flag !== undefined);
  if (refused.length === 0) {
    return undefined;
  }
  const flags = refused.join(", ");
  return {
    en: `with userns-remap the engine refuses ${flags} unless the container asks for --userns=host, which undoes the remapping`,
    ja: `userns-remap 下ではエンジンが ${flags} を拒否する。--userns=host を付ければ通るが、それでは再マップが無効になる`,
  };
}

/** What the API server refuses (pkg/apis/core/validation: ValidateSecurityContext, validateHostUsers). */
function podRefusal(config: HostConfig): LocalizedText | undefined {
  if (config.Privileged === true && parseSecurityOptions(config.SecurityOpt ?? []).noNewPrivileges) {
    return {
      en: "the API server refuses allowPrivilegeEscalation: false together with privileged: true",
      ja: "API サーバは、allowPrivilegeEscalation: false と privileged: true の併用を拒否する",
    };
  }
  const shared = [
    config.PidMode === "host" ? "hostPID" : undefined,
    config.IpcMode === "host" ? "hostIPC" : undefined,
    config.NetworkMode === "host" ? "hostNetwork" : undefined,
  ].filter((field) => field !== undefined);
  if (config.UsernsMode !== "private" || shared.length === 0) {
    return undefined;
  }
  const fields = shared.join(", ");
  return {
    en: `the API server refuses hostUsers: false together with ${fields}`,
    ja: `API サーバは、hostUsers: false と ${fields} の併用を拒否する`,
  };
}
