import {
  containersOf,
  type PlacedContainer,
  type Pod,
  type PodMembership,
  type PodPath,
  type Workload,
} from "../../facts/index.ts";
import { type Note, readCapabilities } from "./capabilities.ts";
import { readConfinement } from "./confinement.ts";
import { ContainerDraft } from "./draft.ts";
import { readMounts, tokenIsMounted } from "./mounts.ts";
import type { ReadPod } from "./pod.ts";
import { readResources } from "./resources.ts";

/** What other objects of the file say of a pod. */
export interface Neighbours {
  /** `automountServiceAccountToken` of the pod's account. */
  readonly tokenByAccount: boolean | undefined;
  /** Handler of the pod's runtime class. */
  readonly runtimeHandler: string | undefined;
}

/** The container that findings about the whole pod stand on: the first ordinary one. */
function speaker(pod: Pod): PlacedContainer | undefined {
  const all = containersOf(pod);
  return all.find(({ list }) => list === "containers") ?? all[0];
}

/** One workload for each container of a pod, init and ephemeral ones included. */
export function workloadsOf(
  { pod, refused }: ReadPod,
  uri: string,
  neighbours: Neighbours,
  note: Note,
): readonly Workload[] {
  const members = containersOf(pod);
  const speaks = speaker(pod);
  return members.map((member) => {
    const draft = new ContainerDraft();
    const membership: PodMembership = {
      ...membershipOf(pod, refused, member, neighbours, member.path.join() === speaks?.path.join()),
      pathOf: (field) => draft.places.get(field),
    };
    const name = `${pod.name}/${member.container.name ?? ""}`;
    readContainer(draft, membership, neighbours, note);
    return {
      id: `${uri}#${[pod.kind, ...(pod.namespace === undefined ? [] : [pod.namespace]), name].join("/")}`,
      kind: "pod",
      name,
      source: pod.where(member.path),
      config: { Config: draft.image, HostConfig: draft.host },
      where: placesOf(draft, membership),
      unresolved: draft.unresolved,
      surroundings: { pod: membership },
    };
  });
}

function membershipOf(
  pod: Pod,
  refused: boolean,
  member: PlacedContainer,
  neighbours: Neighbours,
  speaksForPod: boolean,
): Omit<PodMembership, "pathOf"> {
  const { spec } = pod;
  const own = member.container.securityContext;
  const hostProcess = (own?.windowsOptions?.hostProcess ?? spec.securityContext?.windowsOptions?.hostProcess) === true;
  return {
    pod,
    refused,
    member,
    speaksForPod,
    hostUsers: spec.hostUsers,
    procMount: own?.procMount,
    shareProcessNamespace: spec.shareProcessNamespace === true && containersOf(pod).length > 1,
    automountServiceAccountToken: tokenIsMounted(pod, member, neighbours.tokenByAccount),
    hostProcess,
    windows: hostProcess || spec.os?.name === "windows" || spec.nodeSelector?.["kubernetes.io/os"] === "windows",
    runAsNonRoot: (own?.runAsNonRoot ?? spec.securityContext?.runAsNonRoot) === true,
    runtimeUnknown: (spec.runtimeClassName ?? "") !== "" && neighbours.runtimeHandler === undefined,
  };
}

function readContainer(
  draft: ContainerDraft,
  { pod, member }: PodMembership,
  { runtimeHandler }: Neighbours,
  note: Note,
): void {
  const { container, path } = member;
  const own = container.securityContext ?? {};
  const at = (name: string): PodPath => [...path, "securityContext", name];
  if (container.image !== undefined) {
    draft.image.Image = container.image;
  }
  draft.at("Config.Image", [...path, "image"]);
  readEnvironment(draft, member);
  readNamespaces(draft, pod);
  readUser(draft, pod, member);
  draft.at("HostConfig.Privileged", at("privileged"));
  if (own.privileged === true) {
    draft.setHost("Privileged", true, at("privileged"));
  }
  readCapabilities(draft, member, note);
  readConfinement(draft, pod, member, note);
  draft.at("HostConfig.ReadonlyRootfs", at("readOnlyRootFilesystem"));
  if (own.readOnlyRootFilesystem === true) {
    draft.setHost("ReadonlyRootfs", true, at("readOnlyRootFilesystem"));
  }
  if (own.procMount === "Unmasked") {
    draft.setHost("MaskedPaths", [], at("procMount"));
    draft.setHost("ReadonlyPaths", [], at("procMount"));
  }
  readMounts(draft, pod, member);
  readResources(draft, pod, member);
  readPorts(draft, member);
  const sysctls = pod.spec.securityContext?.sysctls ?? [];
  if (sysctls.length > 0) {
    const pairs = sysctls.map(({ name = "", value = "" }) => [name, value] as const);
    draft.setHost("Sysctls", Object.fromEntries(pairs), ["spec", "securityContext", "sysctls"]);
  }
  draft.at("HostConfig.Runtime", ["spec", "runtimeClassName"]);
  if (runtimeHandler !== undefined) {
    draft.host.Runtime = runtimeHandler;
  }
  if (draft.mounts.length > 0) {
    draft.host.Mounts = draft.mounts;
  }
  if (draft.securityOptions.length > 0) {
    draft.host.SecurityOpt = draft.securityOptions;
  }
}

function readEnvironment(draft: ContainerDraft, { container, path }: PlacedContainer): void {
  const env: string[] = [];
  container.env?.forEach(({ name = "", value }, index) => {
    if (value !== undefined) {
      draft.at(`Config.Env[${env.length}]`, [...path, "env", index]);
      env.push(`${name}=${value}`);
    }
  });
  if (env.length > 0) {
    draft.image.Env = env;
  }
}

function readNamespaces(draft: ContainerDraft, { spec }: Pod): void {
  for (const [mode, field, on] of [
    ["PidMode", "hostPID", spec.hostPID],
    ["IpcMode", "hostIPC", spec.hostIPC],
    ["NetworkMode", "hostNetwork", spec.hostNetwork],
  ] as const) {
    draft.at(`HostConfig.${mode}`, ["spec", field]);
    if (on === true) {
      draft.host[mode] = "host";
    }
  }
  draft.at("HostConfig.UsernsMode", ["spec", "hostUsers"]);
  if (spec.hostUsers === false) {
    draft.host.UsernsMode = "private";
  }
}

/** The container's fields win over the pod's. Without a group the process is in group 0, or in the image's. */
function readUser(draft: ContainerDraft, { spec }: Pod, { container, path }: PlacedContainer): void {
  const common = spec.securityContext ?? {};
  const own = container.securityContext ?? {};
  const user = own.runAsUser ?? common.runAsUser;
  const group = own.runAsGroup ?? common.runAsGroup;
  draft.at(
    "Config.User",
    own.runAsUser === undefined && common.runAsUser !== undefined
      ? ["spec", "securityContext", "runAsUser"]
      : [...path, "securityContext", "runAsUser"],
  );
  if (user !== undefined) {
    draft.image.User = group === undefined ? String(user) : `${user}:${group}`;
  }
  const groups = [...(common.supplementalGroups ?? []), ...(common.fsGroup === undefined ? [] : [common.fsGroup])];
  if (groups.length > 0) {
    draft.setHost("GroupAdd", groups.map(String), ["spec", "securityContext", "supplementalGroups"]);
  }
}

function readPorts(draft: ContainerDraft, { container, path }: PlacedContainer): void {
  const bindings: Record<string, { HostIp: string; HostPort: string }[]> = {};
  container.ports?.forEach(({ containerPort = 0, hostPort = 0, hostIP = "", protocol = "TCP" }, index) => {
    if (hostPort !== 0) {
      const key = `${containerPort}/${protocol.toLowerCase()}`;
      bindings[key] = [...(bindings[key] ?? []), { HostIp: hostIP, HostPort: String(hostPort) }];
      draft.at("HostConfig.PortBindings", [...path, "ports", index, "hostPort"]);
    }
  });
  if (Object.keys(bindings).length > 0) {
    draft.host.PortBindings = bindings;
  }
}

/** A field that is not written takes the place of what holds it, and the container's own in the end. */
function placesOf({ places }: ContainerDraft, { pod, member }: PodMembership): Workload["where"] {
  const ofPod: Readonly<Record<string, PodPath>> = {
    "Pod.kind": ["object"],
    "Pod.procMount": [...member.path, "securityContext", "procMount"],
    "Pod.shareProcessNamespace": ["spec", "shareProcessNamespace"],
    "Pod.automountServiceAccountToken": ["spec", "automountServiceAccountToken"],
    "Pod.hostProcess": [...member.path, "securityContext", "windowsOptions", "hostProcess"],
  };
  return (field) => {
    let name = field;
    while (name !== "") {
      const path = places.get(name) ?? ofPod[name];
      if (path !== undefined) {
        return pod.where(path);
      }
      const end = Math.max(name.lastIndexOf("."), name.lastIndexOf("["));
      name = end === -1 ? "" : name.slice(0, end);
    }
    return pod.where(member.path);
  };
}
