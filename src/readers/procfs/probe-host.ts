import { draftLayer, type HostLayer } from "../host-facts/index.ts";
import { probeAccounts, probeEngineSocket } from "./account-probes.ts";
import type { HostSource } from "./host-source.ts";
import { findContainer } from "./inside-container.ts";
import {
  probeDmesgRestrict,
  probeKernel,
  probeKernelConfig,
  probeLockdown,
  probeModules,
  probeUserNamespaces,
} from "./kernel-probes.ts";
import { probeAppArmor, probeSelinux, probeYama } from "./lsm-probes.ts";
import { probeCgroup, probeStorage } from "./mount-probes.ts";
import type { HostProbeOptions, Probe } from "./probe.ts";
import { probeCloud, probeKubelet } from "./surroundings-probes.ts";

/** True of the kernel, and so of the host, from wherever they are asked. */
const OF_THE_KERNEL: readonly Probe[] = [
  probeKernel,
  probeKernelConfig,
  probeModules,
  probeLockdown,
  probeDmesgRestrict,
  probeSelinux,
  probeYama,
  probeCloud,
];

/** True of the file system and the namespaces that they are asked from. */
const OF_THE_SURROUNDINGS: readonly Probe[] = [
  probeAppArmor,
  probeUserNamespaces,
  probeCgroup,
  probeStorage,
  probeEngineSocket,
  probeAccounts,
  probeKubelet,
];

/**
 * Reads what the machine tells of itself. Only reads, starts nothing, and leaves out what it may not see.
 *
 * Inside a container only the kernel is the host's; the accounts, mounts and sockets there are the container's own.
 */
export function probeHost(source: HostSource, options: HostProbeOptions = {}): HostLayer {
  const draft = draftLayer();
  const sign = findContainer(source);
  if (sign !== undefined) {
    draft.note(
      {
        en: "this command runs inside a container: of the host only the kernel is read",
        ja: "このコマンドはコンテナの中で動いています。ホストについてはカーネルだけを調べます",
      },
      { uri: sign },
    );
  }
  for (const probe of sign === undefined ? [...OF_THE_KERNEL, ...OF_THE_SURROUNDINGS] : OF_THE_KERNEL) {
    probe(source, draft, options);
  }
  return draft.finish();
}
