import { POD_SECURITY_MINOR_MAX } from "../checks/index.ts";
import { type HostFacts, type PeerFacts, splitBind, type Workload } from "../facts/index.ts";
import type { WorkloadResult } from "../findings/index.ts";
import { engineRefusal } from "../remedies/index.ts";
import { type Analysis, analyse, pathsOf } from "./analyse.ts";
import { findingsOf } from "./findings.ts";
import { findFixes } from "./fixes.ts";
import { hostOfWorkload, podFindings, podSecurityOf } from "./pods.ts";

/** What the audit says of one workload, with the analysis that it rests on. */
export interface WorkloadAudit extends WorkloadResult {
  readonly workload: Workload;
  readonly host: HostFacts;
  readonly analysis: Analysis;
}

/** How an audit is done. */
export interface AuditOptions {
  readonly fixes: boolean;
  /** The workloads are all the containers of this host: each one's peers are the others. */
  readonly peersAreKnown: boolean;
  /** Minor version of the Pod Security Standards; the newest that is known if absent. */
  readonly podSecurityMinor?: number;
}

/** Audits workloads on one host. Pure. */
export function auditWorkloads(
  workloads: readonly Workload[],
  knownHost: HostFacts,
  options: AuditOptions,
): readonly WorkloadAudit[] {
  const host = withSockets(knownHost, workloads);
  const peers = options.peersAreKnown && host.values.peers === undefined ? describePeers(workloads, host) : undefined;
  return workloads.map((workload, index) => {
    const others =
      peers === undefined
        ? host
        : withPeers(
            host,
            peers.filter((_, other) => other !== index),
          );
    return auditWorkload(workload, others, options.fixes, options.podSecurityMinor);
  });
}

/** Audits one workload. Pure. */
export function auditWorkload(
  workload: Workload,
  knownHost: HostFacts,
  withFixes: boolean,
  podSecurityMinor: number = POD_SECURITY_MINOR_MAX,
): WorkloadAudit {
  const host = hostOfWorkload(workload, knownHost);
  const evaluation = podSecurityOf(workload, podSecurityMinor);
  const analysis = analyse(workload, host);
  const { goal, fixes, refused } = withFixes
    ? findFixes(workload, host, analysis)
    : { goal: undefined, fixes: [], refused: [] };
  return {
    workload,
    host,
    analysis,
    id: workload.id,
    kind: workload.kind,
    name: workload.name,
    source: workload.source,
    unresolved: workload.unresolved,
    gains: analysis.gains,
    paths: pathsOf(analysis),
    findings: findingsOf(analysis, podFindings(workload, evaluation)),
    // A verdict on half of a pod would pass for one on the whole.
    ...(evaluation !== undefined && !workload.surroundings.pod?.refused && { podSecurity: evaluation.verdict }),
    goal,
    fixes,
    refused,
    refusal: engineRefusal({ workload, host }),
  };
}

/** What each container is to the others: whether it holds the host by itself, and the user that it runs as. */
function describePeers(workloads: readonly Workload[], host: HostFacts): readonly PeerFacts[] {
  const alone: HostFacts = withPeers(host, []);
  return workloads.map((workload) => {
    const { facts, gains } = analyse(workload, alone);
    const start = facts.identities[0];
    return {
      name: workload.name,
      hostRoot: gains.some(({ gain }) => gain === "host-root"),
      privileged: facts.privileged !== "no",
      ...(start?.uid !== undefined && { user: [start.uid, ...start.gids.slice(0, 1)].join(":") }),
    };
  });
}

function withPeers(host: HostFacts, peers: readonly PeerFacts[]): HostFacts {
  return { values: { ...host.values, peers }, where: host.where };
}

/** Where one container binds docker.sock, a directory that another one binds holds the engine's socket too. */
function withSockets(host: HostFacts, workloads: readonly Workload[]): HostFacts {
  const bound = workloads.flatMap(({ config, surroundings }) => [
    ...(config.HostConfig.Binds ?? []).map((bind) => splitBind(bind).source),
    ...(config.HostConfig.Mounts ?? []).map((mount) => mount.Source ?? ""),
    ...(surroundings.resolvedMounts ?? []).map((mount) => mount.source),
  ]);
  const sockets = bound.filter((path) => path.startsWith("/") && path.endsWith("/docker.sock"));
  if (sockets.length === 0) {
    return host;
  }
  const engineSockets = [...new Set([...(host.values.engineSockets ?? []), ...sockets])];
  return { values: { ...host.values, engineSockets }, where: host.where };
}
