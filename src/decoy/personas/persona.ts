/** A version of the engine as it was built and packaged: what all installations of it have in common. */
import type { HeadDialect } from "../http/index.ts";

export interface Persona {
  /** What `--persona` takes. */
  readonly name: string;
  readonly version: string;
  readonly apiVersion: string;
  readonly minApiVersion: string;
  readonly gitCommit: string;
  readonly goVersion: string;
  /** RFC 3339, as `/version` has it. */
  readonly buildTime: string;
  readonly platformName: string;
  readonly containerd: { readonly version: string; readonly commit: string };
  readonly runc: { readonly version: string; readonly commit: string };
  readonly init: { readonly version: string; readonly commit: string };
  readonly operatingSystem: string;
  readonly osVersion: string;
  /** Kernels that the distribution shipped, release and version text. */
  readonly kernels: readonly [KernelBuild, ...KernelBuild[]];
  readonly cgroup: { readonly version: 1 | 2; readonly driver: "cgroupfs" | "systemd" };
  readonly dialect: HeadDialect;
  readonly emptyLengthIsWrong: boolean;
}

export interface KernelBuild {
  readonly release: string;
  readonly version: string;
}

/** Debian's own build of the last 20.10: API 1.12 to 1.41, so nearly every bot is understood. Recorded from a real engine. */
const DEBIAN_20_10: Persona = {
  name: "debian-20.10",
  version: "20.10.24+dfsg1",
  apiVersion: "1.41",
  minApiVersion: "1.12",
  gitCommit: "5d6db84",
  goVersion: "go1.19.8",
  buildTime: "2026-05-07T21:09:36.000000000+00:00",
  platformName: "",
  containerd: { version: "1.6.20~ds1", commit: "1.6.20~ds1-1+deb12u3" },
  runc: { version: "1.1.5+ds1", commit: "1.1.5+ds1-1+deb12u1" },
  init: { version: "0.19.0", commit: "" },
  operatingSystem: "Debian GNU/Linux 12 (bookworm)",
  osVersion: "12",
  kernels: [
    { release: "6.1.0-18-amd64", version: "#1 SMP PREEMPT_DYNAMIC Debian 6.1.76-1 (2024-02-01)" },
    { release: "6.1.0-21-amd64", version: "#1 SMP PREEMPT_DYNAMIC Debian 6.1.90-1 (2024-05-03)" },
    { release: "6.1.0-25-amd64", version: "#1 SMP PREEMPT_DYNAMIC Debian 6.1.106-3 (2024-08-26)" },
    { release: "6.1.0-28-amd64", version: "#1 SMP PREEMPT_DYNAMIC Debian 6.1.119-1 (2024-11-22)" },
    { release: "6.1.0-31-amd64", version: "#1 SMP PREEMPT_DYNAMIC Debian 6.1.128-1 (2025-02-07)" },
    { release: "6.1.0-37-amd64", version: "#1 SMP PREEMPT_DYNAMIC Debian 6.1.140-1 (2025-05-22)" },
  ],
  cgroup: { version: 1, driver: "cgroupfs" },
  dialect: "go1.19",
  emptyLengthIsWrong: false,
};

/** Docker's own packages of 24.0 on Ubuntu 22.04: API 1.12 to 1.43. Written from the changes of the API. */
const CE_24: Persona = {
  ...DEBIAN_20_10,
  name: "ce-24.0",
  version: "24.0.7",
  apiVersion: "1.43",
  gitCommit: "311b9ff",
  goVersion: "go1.20.10",
  buildTime: "2023-10-26T09:07:41.000000000+00:00",
  platformName: "Docker Engine - Community",
  containerd: { version: "1.6.25", commit: "d8f198a4ed8892c764191ef7b3b06d8a2eeb5c7f" },
  runc: { version: "1.1.10", commit: "v1.1.10-0-g18a0cb0" },
  init: { version: "0.19.0", commit: "de40ad0" },
  operatingSystem: "Ubuntu 22.04.3 LTS",
  osVersion: "22.04",
  kernels: [
    { release: "5.15.0-88-generic", version: "#98-Ubuntu SMP Mon Oct 2 15:18:56 UTC 2023" },
    { release: "5.15.0-91-generic", version: "#101-Ubuntu SMP Tue Nov 14 13:30:08 UTC 2023" },
    { release: "5.15.0-97-generic", version: "#107-Ubuntu SMP Wed Feb 7 13:26:48 UTC 2024" },
    { release: "5.15.0-105-generic", version: "#115-Ubuntu SMP Mon Apr 15 09:52:04 UTC 2024" },
  ],
  cgroup: { version: 2, driver: "systemd" },
  dialect: "go1.20",
};

/** Docker's own packages of 28 on Ubuntu 24.04: API 1.24 to 1.50. Written from the changes of the API. */
const CE_28: Persona = {
  ...CE_24,
  name: "ce-28.2",
  version: "28.2.2",
  apiVersion: "1.50",
  minApiVersion: "1.24",
  gitCommit: "45873be",
  goVersion: "go1.24.3",
  buildTime: "2025-05-30T12:07:26.000000000+00:00",
  containerd: { version: "1.7.27", commit: "05044ec0a9a75232cad458027ca83437aae3f4da" },
  runc: { version: "1.2.5", commit: "v1.2.5-0-g59923ef" },
  operatingSystem: "Ubuntu 24.04.2 LTS",
  osVersion: "24.04",
  kernels: [
    { release: "6.8.0-57-generic", version: "#59-Ubuntu SMP PREEMPT_DYNAMIC Sat Mar 15 17:40:59 UTC 2025" },
    { release: "6.8.0-58-generic", version: "#60-Ubuntu SMP PREEMPT_DYNAMIC Fri Mar 14 18:29:48 UTC 2025" },
    { release: "6.8.0-60-generic", version: "#63-Ubuntu SMP PREEMPT_DYNAMIC Tue Apr 15 19:04:15 UTC 2025" },
  ],
  emptyLengthIsWrong: true,
};

export const PERSONAS: readonly [Persona, ...Persona[]] = [DEBIAN_20_10, CE_24, CE_28];

export function personaNamed(name: string): Persona | undefined {
  return PERSONAS.find((persona) => persona.name === name);
}
