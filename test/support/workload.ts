import type { ContainerConfig, HostFacts, HostValues, Surroundings, Workload } from "../../src/facts/index.ts";

/** A workload for tests, without a reader: every field's place is the field itself. */
export function workloadOf(
  config: Partial<ContainerConfig>,
  surroundings: Surroundings = {},
  unresolved: ReadonlyMap<string, string> = new Map(),
): Workload {
  return {
    id: "test",
    kind: "create-request",
    name: "test",
    source: { uri: "test" },
    config: { Config: config.Config ?? {}, HostConfig: config.HostConfig ?? {} },
    where: (field) => ({ uri: "test", field }),
    unresolved,
    surroundings,
  };
}

/** A host for tests. */
export const hostOf = (values: HostValues): HostFacts => ({
  values,
  where: (key) => ({ uri: "host", field: `host.${key}` }),
});

/** The host that the examples of techniques are evaluated on. */
export const EXAMPLE_HOST: HostValues = {
  engineKind: "docker",
  engine: "28.5.1",
  createApi: "1.51",
  kernel: "6.8",
  cgroup: 2,
  nsdelegate: true,
  apparmor: false,
  selinux: false,
  rro: true,
  setuidInImage: false,
  rootless: false,
  usernsRemap: false,
  dockerGid: 998,
  dockerSockMode: "0660",
  peers: "plain",
  modules: true,
  lockdown: "none",
  yama: 1,
};
