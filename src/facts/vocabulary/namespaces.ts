import { knownBoolean } from "../known.ts";
import { containerFact } from "./fact.ts";

type NamespaceName = "pid" | "net" | "ipc" | "uts" | "cgroup";

const namespaceIsHost = (name: NamespaceName) =>
  containerFact(
    `ns.${name}.host`,
    ({ container }) => container.namespaces[name].host,
    ({ container }) => container.namespaces[name].from,
  );

const namespaceIsShared = (name: "pid" | "net" | "ipc") =>
  containerFact(
    `ns.${name}.container`,
    ({ container }) => container.namespaces[name].shared,
    ({ container }) => container.namespaces[name].from,
  );

/** Namespaces: the host's, or another container's. */
export const ns = {
  pid: { host: namespaceIsHost("pid"), container: namespaceIsShared("pid") },
  net: {
    host: namespaceIsHost("net"),
    container: namespaceIsShared("net"),
    /** The container has a network that other containers and the host are on. */
    bridge: containerFact(
      "ns.net.bridge",
      ({ container }) => {
        const mode = container.workload.config.HostConfig.NetworkMode ?? "";
        // Whether pods share a bridge is for the network plugin to say.
        return container.workload.kind === "pod" && mode === ""
          ? "unknown"
          : knownBoolean(mode !== "host" && mode !== "none");
      },
      () => ["HostConfig.NetworkMode"],
    ),
  },
  ipc: { host: namespaceIsHost("ipc"), container: namespaceIsShared("ipc") },
  uts: { host: namespaceIsHost("uts") },
  cgroup: { host: namespaceIsHost("cgroup") },
};
