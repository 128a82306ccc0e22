export { config } from "./config.ts";
export { lsm, seccomp } from "./confinement.ts";
export { device, deviceRequest, diskRule, imageDeviceNodes } from "./devices.ts";
export { onHost, peer, told } from "./host.ts";
export {
  cap,
  capBounding,
  group,
  hostuid0,
  matchesHostUser,
  noNewPrivileges,
  privileged,
  rootless,
  setuidGives,
  uid0,
  userDeclaredNonRoot,
  userns,
} from "./identity.ts";
export { cgroup, hardening, kernel, modules, proc, sys, usernsUnprivileged } from "./kernel.ts";
export { kubernetes } from "./kubernetes.ts";
export { mount, rootOn } from "./mounts.ts";
export { ns } from "./namespaces.ts";
export { sharing } from "./sharing.ts";
export { reaches, type SocketName, sock, visibleSockets } from "./sockets.ts";
