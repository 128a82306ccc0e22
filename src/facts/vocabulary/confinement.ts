import type { Expression } from "../expression.ts";
import { knownBoolean, not as negated, or } from "../known.ts";
import { type LsmOperation, lsmAllows, lsmOff, lsmSameAsPeers } from "../lsm.ts";
import { seccompAllows } from "../seccomp/index.ts";
import { type ContainerView, containerFact, intern } from "./fact.ts";

const securityOptionFrom = (view: ContainerView, option: "seccomp" | "appArmor" | "label"): string[] => {
  const index = view.container.security.decidedBy[option];
  return [index < 0 ? "HostConfig.SecurityOpt" : `HostConfig.SecurityOpt[${index}]`];
};

const seccompFrom = (view: ContainerView): readonly string[] =>
  view.container.privileged !== "no" && view.container.seccomp.kind === "off"
    ? ["HostConfig.Privileged"]
    : securityOptionFrom(view, "seccomp");

/** Words of the system call filter. */
export const seccomp = {
  /** The filter lets a call through. `unshare-user` is the creation of a user namespace. */
  allows: (syscall: string): Expression =>
    intern(`seccomp.allows(${syscall})`, () =>
      containerFact(
        `seccomp.allows(${syscall})`,
        ({ container }) => seccompAllows(container.seccomp, syscall, container.bounding),
        seccompFrom,
      ),
    ),
  /** No filter, or one that refuses nothing that matters. */
  off: containerFact(
    "seccomp.off",
    ({ container }) =>
      container.seccomp.kind === "unknown" ? "unknown" : knownBoolean(container.seccomp.kind === "off"),
    seccompFrom,
  ),
  /** The engine's own profile. */
  default: containerFact(
    "seccomp.default",
    ({ container }) =>
      container.seccomp.kind === "unknown" ? "unknown" : knownBoolean(container.seccomp.kind === "default"),
    seccompFrom,
    { negatable: true },
  ),
};

const lsmFrom = ({ container }: ContainerView): readonly string[] => [
  ...new Set([...container.lsm.appArmor.from, ...container.lsm.selinux.from]),
];

/** Words of AppArmor and SELinux together. */
export const lsm = {
  /** Both modules let an operation through. */
  allows: (operation: LsmOperation): Expression =>
    intern(`lsm.allows(${operation})`, () =>
      containerFact(
        `lsm.allows(${operation})`,
        ({ container, host }) => lsmAllows(container.lsm, operation, host),
        lsmFrom,
      ),
    ),
  /** Neither module confines the container. */
  off: containerFact("lsm.off", ({ container }) => lsmOff(container.lsm), lsmFrom),
  /** Other containers run under the same confinement, which lets equals at each other. */
  sameAsPeers: containerFact("lsm.same-profile-or-off", ({ container }) => lsmSameAsPeers(container.lsm), lsmFrom),
  /** SELinux does not confine the container. */
  selinuxOff: containerFact(
    "selinux.off",
    ({ container }) => negated(or(container.lsm.selinux.standard, container.lsm.selinux.custom)),
    ({ container }) => container.lsm.selinux.from,
  ),
  /** docker-default is what confines the container. */
  dockerDefault: containerFact("apparmor.docker-default", ({ container }) => container.lsm.appArmor.standard, lsmFrom),
};
