import type { Place } from "./place.ts";

/**
 * A pod as its manifest describes it, in the API's own words (core/v1 up to Kubernetes 1.37): the fields that isolation
 * and the checks on pods depend on, decoded and of the right type. A field that is absent or null is left out; nothing
 * is defaulted but a volume without a source, which is an emptyDir.
 */
export interface Pod {
  /** The object in the file: `Deployment`, `web`. */
  readonly kind: string;
  readonly name: string;
  /** As written on the object; the context of whoever applies it decides where it is absent. */
  readonly namespace: string | undefined;
  readonly annotations: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: PodSpec;
  /**
   * The place of a field, by its path below the pod: `["spec", "hostPID"]`, `["metadata", "annotations", KEY]`, and
   * `["object", "metadata", "namespace"]` for the object around a template. A path that leads to nothing gives the place
   * of the last part that is there. Never throws.
   */
  readonly where: (path: PodPath) => Place;
}

/** Keys and indexes from the pod down. */
export type PodPath = readonly (string | number)[];

/** PodSpec. */
export interface PodSpec {
  readonly containers?: readonly PodContainer[];
  readonly initContainers?: readonly PodContainer[];
  readonly ephemeralContainers?: readonly PodContainer[];
  readonly volumes?: readonly PodVolume[];
  readonly securityContext?: PodSecurityContext;
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly hostUsers?: boolean;
  readonly shareProcessNamespace?: boolean;
  readonly serviceAccountName?: string;
  readonly serviceAccount?: string;
  readonly automountServiceAccountToken?: boolean;
  readonly runtimeClassName?: string;
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly restartPolicy?: string;
  readonly os?: { readonly name?: string };
  readonly hostAliases?: readonly { readonly ip?: string; readonly hostnames?: readonly string[] }[];
  readonly resources?: PodResources;
}

/** PodSecurityContext. */
export interface PodSecurityContext {
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly runAsNonRoot?: boolean;
  readonly supplementalGroups?: readonly number[];
  readonly fsGroup?: number;
  readonly seccompProfile?: PodProfile;
  readonly appArmorProfile?: PodProfile;
  readonly seLinuxOptions?: PodSeLinuxOptions;
  readonly windowsOptions?: PodWindowsOptions;
  readonly sysctls?: readonly { readonly name?: string; readonly value?: string }[];
}

/** Container, initContainer and EphemeralContainer. */
export interface PodContainer {
  readonly name?: string;
  readonly image?: string;
  readonly imagePullPolicy?: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly PodEnvironmentVariable[];
  readonly envFrom?: readonly { readonly secretRef?: { readonly name?: string } }[];
  readonly ports?: readonly PodPort[];
  readonly resources?: PodResources;
  readonly volumeMounts?: readonly PodVolumeMount[];
  readonly volumeDevices?: readonly { readonly name?: string; readonly devicePath?: string }[];
  readonly securityContext?: ContainerSecurityContext;
  readonly livenessProbe?: PodProbe;
  readonly readinessProbe?: PodProbe;
  readonly startupProbe?: PodProbe;
  readonly lifecycle?: { readonly postStart?: PodProbe; readonly preStop?: PodProbe };
  readonly restartPolicy?: string;
  readonly tty?: boolean;
  readonly targetContainerName?: string;
}

/** SecurityContext. */
export interface ContainerSecurityContext {
  readonly privileged?: boolean;
  readonly allowPrivilegeEscalation?: boolean;
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
  readonly readOnlyRootFilesystem?: boolean;
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly runAsNonRoot?: boolean;
  readonly procMount?: string;
  readonly seccompProfile?: PodProfile;
  readonly appArmorProfile?: PodProfile;
  readonly seLinuxOptions?: PodSeLinuxOptions;
  readonly windowsOptions?: PodWindowsOptions;
}

/** SeccompProfile and AppArmorProfile. */
export interface PodProfile {
  readonly type?: string;
  readonly localhostProfile?: string;
}

/** SELinuxOptions. */
export interface PodSeLinuxOptions {
  readonly type?: string;
  readonly user?: string;
  readonly role?: string;
  readonly level?: string;
}

/** WindowsSecurityContextOptions. */
export interface PodWindowsOptions {
  readonly hostProcess?: boolean;
  readonly runAsUserName?: string;
}

/** EnvVar. */
export interface PodEnvironmentVariable {
  readonly name?: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef?: { readonly name?: string; readonly key?: string } };
}

/** ContainerPort. */
export interface PodPort {
  readonly containerPort?: number;
  readonly hostPort?: number;
  readonly hostIP?: string;
  readonly protocol?: string;
}

/** ResourceRequirements. Quantities as they are written. */
export interface PodResources {
  readonly limits?: Readonly<Record<string, string>>;
  readonly requests?: Readonly<Record<string, string>>;
}

/** VolumeMount. */
export interface PodVolumeMount {
  readonly name?: string;
  readonly mountPath?: string;
  readonly subPath?: string;
  readonly subPathExpr?: string;
  readonly readOnly?: boolean;
  readonly recursiveReadOnly?: string;
  readonly mountPropagation?: string;
}

/** A probe or a lifecycle handler. */
export interface PodProbe {
  readonly httpGet?: { readonly host?: string };
  readonly tcpSocket?: { readonly host?: string };
}

/** Volume: its name and the names of the sources that are set (`hostPath`, `emptyDir`). */
export interface PodVolume {
  readonly name?: string;
  /** In the order of the file; `["emptyDir"]` where none is written, which is what the API server makes of it. */
  readonly sources: readonly string[];
  readonly hostPath?: { readonly path?: string; readonly type?: string };
  /** A projected volume with a token of the pod's account. */
  readonly projectsToken?: boolean;
}

/** Which of the lists of a pod a container stands in. */
export type PodContainerList = "containers" | "initContainers" | "ephemeralContainers";

/** A container of a pod, and the path to it. */
export interface PlacedContainer {
  readonly container: PodContainer;
  readonly list: PodContainerList;
  readonly path: PodPath;
}

/** Every container of a pod, in the order in which Kubernetes' own evaluator visits them. */
export function containersOf({ spec }: Pod): readonly PlacedContainer[] {
  const lists = ["initContainers", "containers", "ephemeralContainers"] as const;
  return lists.flatMap((list) =>
    (spec[list] ?? []).map((container, index) => ({ container, list, path: ["spec", list, index] })),
  );
}

/** What a container of a pod knows of its pod; the part of it that facts are derived from is effective. */
export interface PodMembership {
  readonly pod: Pod;
  /** The API server refuses the object, so no standard is asked of it. */
  readonly refused: boolean;
  /** The container that the workload is. */
  readonly member: PlacedContainer;
  /** Path below the pod of what set a field of the engine's form (`HostConfig.CapAdd[0]`). */
  readonly pathOf: (field: string) => PodPath | undefined;
  /** The one on which findings about the whole pod stand. */
  readonly speaksForPod: boolean;
  readonly hostUsers: boolean | undefined;
  readonly procMount: string | undefined;
  /** True only where there is another container to share with. */
  readonly shareProcessNamespace: boolean;
  /** False where no token of the pod's account is mounted into this container. */
  readonly automountServiceAccountToken: boolean;
  readonly hostProcess: boolean;
  readonly windows: boolean;
  /** The kubelet refuses to start it as user 0. */
  readonly runAsNonRoot: boolean;
  /** A runtime class decides over the isolation, and what it stands for is not known. */
  readonly runtimeUnknown: boolean;
}
