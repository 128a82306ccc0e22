import type { PlacedContainer, Pod, PodPath, PodProfile } from "../../facts/index.ts";
import type { Note } from "./capabilities.ts";
import type { ContainerDraft } from "./draft.ts";
import { MESSAGES } from "./messages.ts";

const SECCOMP_POD = "seccomp.security.alpha.kubernetes.io/pod";
const SECCOMP_CONTAINER = "container.seccomp.security.alpha.kubernetes.io/";
const APPARMOR_CONTAINER = "container.apparmor.security.beta.kubernetes.io/";

interface Written {
  readonly profile: PodProfile;
  readonly path: PodPath;
}

/** Seccomp, AppArmor, SELinux and no-new-privileges, as the kubelet hands them to the runtime. */
export function readConfinement(draft: ContainerDraft, pod: Pod, member: PlacedContainer, note: Note): void {
  readSeccomp(draft, pod, member, note);
  readAppArmor(draft, pod, member);
  readSeLinux(draft, pod, member);
  const { container, path } = member;
  const escalation = [...path, "securityContext", "allowPrivilegeEscalation"];
  if (container.securityContext?.allowPrivilegeEscalation === false) {
    draft.addSecurityOption("no-new-privileges", escalation);
  }
}

/** The container's field wins over the pod's. */
function fieldOf(pod: Pod, member: PlacedContainer, name: "seccompProfile" | "appArmorProfile"): Written | undefined {
  const own = member.container.securityContext?.[name];
  if (own !== undefined) {
    return { profile: own, path: [...member.path, "securityContext", name] };
  }
  const common = pod.spec.securityContext?.[name];
  return common === undefined ? undefined : { profile: common, path: ["spec", "securityContext", name] };
}

/**
 * Without a field the filter is what the kubelet's `seccompDefault` says. The old annotations meant something up to
 * Kubernetes 1.26, so they leave the filter as unknown as it is without them.
 */
function readSeccomp(draft: ContainerDraft, pod: Pod, member: PlacedContainer, note: Note): void {
  const written = fieldOf(pod, member, "seccompProfile");
  draft.at("HostConfig.SecurityOpt", [...member.path, "securityContext"]);
  if (written === undefined) {
    for (const key of [`${SECCOMP_CONTAINER}${member.container.name ?? ""}`, SECCOMP_POD]) {
      if (pod.annotations[key] !== undefined) {
        note(["metadata", "annotations", key], MESSAGES.seccompAnnotation());
      }
    }
    return;
  }
  switch (written.profile.type) {
    case "RuntimeDefault":
      draft.addSecurityOption("seccomp=builtin", written.path);
      break;
    case "Localhost":
      draft.addSecurityOption(`seccomp=${written.profile.localhostProfile ?? "localhost"}`, written.path);
      break;
    default:
      // Unconfined, and what the API server would refuse.
      draft.addSecurityOption("seccomp=unconfined", written.path);
  }
}

/** Since Kubernetes 1.30 fields; the API server keeps the annotation in step, and a container's wins over the pod's field. */
function readAppArmor(draft: ContainerDraft, pod: Pod, member: PlacedContainer): void {
  const key = `${APPARMOR_CONTAINER}${member.container.name ?? ""}`;
  const annotation = pod.annotations[key];
  const own = member.container.securityContext?.appArmorProfile;
  if (own === undefined && annotation !== undefined) {
    const path: PodPath = ["metadata", "annotations", key];
    if (annotation === "unconfined") {
      draft.addSecurityOption("apparmor=unconfined", path);
    } else if (annotation.startsWith("localhost/")) {
      draft.addSecurityOption(`apparmor=${annotation.slice("localhost/".length)}`, path);
    }
    return;
  }
  const written = fieldOf(pod, member, "appArmorProfile");
  if (written?.profile.type === "Unconfined") {
    draft.addSecurityOption("apparmor=unconfined", written.path);
  } else if (written?.profile.type === "Localhost") {
    draft.addSecurityOption(`apparmor=${written.profile.localhostProfile ?? "localhost"}`, written.path);
  }
}

/** The container's options replace the pod's as a whole (kubelet, DetermineEffectiveSecurityContext). */
function readSeLinux(draft: ContainerDraft, pod: Pod, member: PlacedContainer): void {
  const own = member.container.securityContext?.seLinuxOptions;
  const options = own ?? pod.spec.securityContext?.seLinuxOptions;
  const path: PodPath =
    own === undefined
      ? ["spec", "securityContext", "seLinuxOptions"]
      : [...member.path, "securityContext", "seLinuxOptions"];
  for (const key of ["type", "user", "role", "level"] as const) {
    const value = options?.[key];
    if (value !== undefined && value !== "") {
      draft.addSecurityOption(`label=${key}:${value}`, [...path, key]);
    }
  }
}
