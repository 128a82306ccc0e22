import type { LocalizedText } from "../../base/index.ts";
import { addGpuRequest } from "./devices.ts";
import type { Draft } from "./draft.ts";
import type { Effect, Flag } from "./effect.ts";
import { refusedBecause } from "./messages.ts";
import { addMount } from "./mounts.ts";
import { addSecurityOption } from "./security-options.ts";
import { addsText, addsToMap, setsText, switches } from "./simple-effects.ts";

/** A namespace flag. The command line checks most of them itself; Podman has more modes. */
function setsMode(
  field: "PidMode" | "UTSMode" | "UsernsMode" | "CgroupnsMode",
  allowed: RegExp,
  shown: string,
): Effect {
  const refuses = (text: string, draft: Draft): LocalizedText | undefined =>
    draft.tool === "podman" || allowed.test(text) ? undefined : refusedBecause.badMode(shown);
  return setsText("HostConfig", field, refuses);
}

/** docker/cli opts.go of 28.2 lets these through; the list is older than the engine's own. */
const SYSCTL = /^(kernel\.(msgmax|msgmnb|msgmni|sem|shmall|shmmax|shmmni|shm_rmid_forced)$|net\.|fs\.mqueue\.)/;
const DEVICE_RULE = /^[acb] ([0-9]+|\*):([0-9]+|\*) [rwm]{1,3}$/;

/** Flags that move the border between the container and its host. */
export const ISOLATION_FLAGS: readonly Flag[] = [
  { name: "privileged", arity: "boolean", effect: switches("HostConfig", "Privileged") },
  { name: "security-opt", arity: "value", effect: addSecurityOption },
  { name: "pid", arity: "value", effect: setsMode("PidMode", /^(host|container:.+)?$/s, "host, container:NAME") },
  { name: "ipc", arity: "value", effect: setsText("HostConfig", "IpcMode") },
  { name: "uts", arity: "value", effect: setsMode("UTSMode", /^(host)?$/, "host") },
  { name: "userns", arity: "value", effect: setsMode("UsernsMode", /^(host)?$/, "host") },
  { name: "cgroupns", arity: "value", effect: setsMode("CgroupnsMode", /^(host|private)?$/, "host, private") },
  { name: "cgroup-parent", arity: "value", effect: setsText("HostConfig", "CgroupParent") },
  { name: "runtime", arity: "value", effect: setsText("HostConfig", "Runtime") },
  { name: "read-only", arity: "boolean", effect: switches("HostConfig", "ReadonlyRootfs") },
  { name: "tmpfs", arity: "value", effect: addsToMap("HostConfig", "Tmpfs", ":") },
  { name: "mount", arity: "value", effect: addMount },
  { name: "volumes-from", arity: "value", effect: addsText("HostConfig", "VolumesFrom", { entriesAlone: true }) },
  { name: "volume-driver", arity: "value", effect: setsText("HostConfig", "VolumeDriver") },
  { name: "gpus", arity: "value", effect: addGpuRequest },
  {
    name: "device-cgroup-rule",
    arity: "value",
    podmanSlice: true,
    effect: addsText("HostConfig", "DeviceCgroupRules", {
      entriesAlone: true,
      refuses: (text) => (DEVICE_RULE.test(text) ? undefined : refusedBecause.badDeviceRule),
    }),
  },
  {
    name: "sysctl",
    arity: "value",
    podmanSlice: true,
    effect: (draft, use) => {
      addsToMap("HostConfig", "Sysctls", "=", (key, value) =>
        value !== undefined && (draft.tool === "podman" || SYSCTL.test(key)) ? undefined : refusedBecause.badSysctl,
      )(draft, use);
    },
  },
  // Put together when all flags are read: capabilities.ts, volumes.ts, devices.ts and mounts.ts.
  { name: "cap-add", arity: "value", podmanSlice: true },
  { name: "cap-drop", arity: "value", podmanSlice: true },
  { name: "volume", short: "v", arity: "value" },
  { name: "device", arity: "value", podmanSlice: true },
  { name: "use-api-socket", arity: "boolean" },
];
