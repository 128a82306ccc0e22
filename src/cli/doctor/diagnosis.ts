import type { LocalizedText } from "../../base/index.ts";
import { cleanPath, type DaemonFacts, type HostFacts, type Workload } from "../../facts/index.ts";
import type { Policy } from "../../policy/index.ts";
import type { HostSource } from "../../readers/procfs/index.ts";

/** What one look came to. `unknown`: it cannot be told from here. `none`: there is nothing to look at. */
export interface Diagnosis {
  readonly id: string;
  readonly status: "ok" | "bad" | "unknown" | "none";
  readonly title: LocalizedText;
  /** What was found, one line each; names that others chose are quoted. */
  readonly found: readonly LocalizedText[];
  /** What to do; absent when it is well. */
  readonly advice?: LocalizedText;
}

/** What is known. */
export interface DoctorInputs {
  readonly source: HostSource;
  /** This is the engine's host, and not a container on it. */
  readonly local: boolean;
  /** The engine; absent: it could not be asked. */
  readonly engine?: {
    readonly daemon: DaemonFacts;
    readonly host: HostFacts;
    readonly workloads: readonly Workload[];
    readonly complete: boolean;
    readonly socketPath?: string;
  };
  /** Containers that may have the engine's socket: the gate's own. */
  readonly gates: ReadonlySet<string>;
  readonly policy?: { readonly file: string; readonly rules: Policy };
}

/** Sockets of engines and runtimes: whoever has one needs no gate. */
export const RUNTIME_SOCKETS = [
  "/run/docker.sock",
  "/run/containerd/containerd.sock",
  "/run/podman/podman.sock",
  "/run/crio/crio.sock",
  "/run/cri-dockerd.sock",
  "/run/buildkit/buildkitd.sock",
] as const;

/** `/var/run` is `/run` on every system that these runtimes are for. */
export const plain = (path: string): string => cleanPath(path).replace(/^\/var\/run(?=\/|$)/, "/run");
