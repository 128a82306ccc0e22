import { exists, type HostSource } from "./host-source.ts";

/** Files that an engine puts into its containers: Docker's and Podman's. */
const MARKS = ["/.dockerenv", "/run/.containerenv"];

const OWN_PID_NAMESPACE = "/proc/self/ns/pid";

/** PROC_PID_INIT_INO of include/uapi/linux/nsfs.h: the first pid namespace has the same number on every kernel. */
const FIRST_PID_NAMESPACE = "pid:[4026531836]";

/**
 * The file that shows that this process runs in a container; `undefined` on the host itself.
 *
 * A pid namespace of its own is proof. A mark alone is none: disk images of virtual machines made from a container carry
 * it too. It counts when the mounts are not those of the first process, as in a container with the host's pids.
 */
export function findContainer(source: HostSource): string | undefined {
  const pids = source.link(OWN_PID_NAMESPACE);
  if (typeof pids === "string" && pids !== FIRST_PID_NAMESPACE) {
    return OWN_PID_NAMESPACE;
  }
  const ownMounts = source.link("/proc/self/ns/mnt");
  const hasMountsOfFirst = typeof ownMounts === "string" && ownMounts === source.link("/proc/1/ns/mnt");
  return hasMountsOfFirst ? undefined : MARKS.find((path) => exists(source, path) === true);
}
