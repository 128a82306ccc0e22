import { DOCKER_FLAGS } from "./docker-flags.ts";
import type { Draft } from "./draft.ts";
import type { Flag } from "./effect.ts";
import { type FlagUse, flagsByName } from "./flag.ts";
import { parseGoBoolean } from "./go-values.ts";
import { unresolvedBecause } from "./messages.ts";

/** Flags that Podman has and Docker has not (cmd/podman/common/create.go and containers/run.go of Podman 4 and 5). */
const PODMAN_ONLY_FLAGS: readonly Flag[] = [
  ...["arch", "authfile", "cert-dir", "cgroup-conf", "cgroups", "chrootdirs", "conmon-pidfile", "creds"],
  ...["decryption-key", "env-merge", "group-entry", "health-log-destination", "health-max-log-count"],
  ...["health-max-log-size", "health-on-failure", "health-startup-cmd", "health-startup-interval"],
  ...["health-startup-retries", "health-startup-success", "health-startup-timeout", "hosts-file", "hostuser"],
  ...["image-volume", "init-ctr", "init-path", "os", "passwd-entry", "personality", "pidfile", "pod-id-file"],
  ...["preserve-fd", "preserve-fds", "rdt-class", "requires", "retry", "retry-delay", "sdnotify", "seccomp-policy"],
  ...["secret", "shm-size-systemd", "signature-policy", "subgidname", "subuidname", "systemd", "timeout", "tz"],
  ...["umask", "unsetenv", "variant"],
]
  .map((name): Flag => ({ name, arity: "value" }))
  .concat(
    ["http-proxy", "no-hostname", "no-hosts", "passwd", "read-only-tmpfs", "replace", "rmi", "tls-verify"]
      .concat(["unsetenv-all", "rootfs"])
      .map((name): Flag => ({ name, arity: "boolean" })),
  )
  .concat([
    { name: "uidmap", arity: "value", effect: mapUsers },
    { name: "gidmap", arity: "value", effect: mapUsers },
    { name: "pod", arity: "value", effect: joinPod },
    { name: "env-host", arity: "boolean", effect: takeCallersEnvironment },
  ]);

/** A mapping of ids makes a user namespace (podman-run(1), --uidmap). */
function mapUsers(draft: Draft, use: FlagUse): void {
  if (draft.host.UsernsMode === undefined) {
    draft.host.UsernsMode = "private";
    draft.put("HostConfig.UsernsMode", use);
  }
}

/** A pod shares namespaces with its containers; which ones it was made with is not on this line. */
function joinPod(draft: Draft, use: FlagUse): void {
  for (const field of ["PidMode", "NetworkMode", "IpcMode", "UTSMode", "CgroupnsMode", "UsernsMode"] as const) {
    if (draft.host[field] === undefined) {
      draft.place(`HostConfig.${field}`, use.value?.offset ?? use.offset, use.offset);
      draft.leaveOpen(`HostConfig.${field}`, unresolvedBecause.pod(use.value?.text ?? ""));
    }
  }
}

function takeCallersEnvironment(draft: Draft, use: FlagUse): void {
  if (use.value === undefined || parseGoBoolean(use.value.text) === true) {
    draft.put("Config.Env", use);
    draft.leaveOpen("Config.Env", unresolvedBecause.callersEnvironment("--env-host"));
  }
}

/** Every flag of `podman run`, by name. Podman accepts Docker's flags too, some without effect. */
export const PODMAN_FLAGS_BY_NAME = flagsByName([...DOCKER_FLAGS, ...PODMAN_ONLY_FLAGS]);
