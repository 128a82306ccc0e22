import type { Flag } from "./effect.ts";
import { flagsByName } from "./flag.ts";
import { ISOLATION_FLAGS } from "./isolation-flags.ts";
import { PROCESS_FLAGS } from "./process-flags.ts";
import { RESOURCE_FLAGS } from "./resource-flags.ts";

/** Flags of which nothing here depends; they must be known all the same, or the image would not be found. */
const OTHER_FLAGS: readonly Flag[] = [
  ...["add-host", "annotation", "blkio-weight", "blkio-weight-device", "cidfile", "cpu-count", "cpu-percent"],
  ...["cpu-period", "cpu-rt-period", "cpu-rt-runtime", "cpuset-cpus", "cpuset-mems", "device-read-bps"],
  ...["device-read-iops", "device-write-bps", "device-write-iops", "dns", "dns-opt", "dns-option", "dns-search"],
  ...["domainname", "health-interval", "health-retries", "health-start-interval", "health-start-period"],
  ...["health-timeout", "io-maxbandwidth", "io-maxiops", "ip", "ip6", "isolation", "kernel-memory", "link"],
  ...["link-local-ip", "mac-address", "memory-reservation", "memory-swap", "memory-swappiness", "net-alias"],
  ...["network-alias", "platform", "pull", "shm-size", "stop-signal", "stop-timeout"],
].map((name): Flag => ({ name, arity: "value" }));

const OTHER_SHORT_FLAGS: readonly Flag[] = [
  { name: "attach", short: "a", arity: "value" },
  { name: "detach", short: "d", arity: "boolean", verbs: ["run"] },
  { name: "detach-keys", arity: "value", verbs: ["run"] },
  { name: "disable-content-trust", arity: "boolean" },
  { name: "help", arity: "boolean" },
  { name: "hostname", short: "h", arity: "value" },
  { name: "init", arity: "boolean" },
  { name: "interactive", short: "i", arity: "boolean" },
  { name: "quiet", short: "q", arity: "boolean" },
  { name: "rm", arity: "boolean" },
  { name: "sig-proxy", arity: "boolean", verbs: ["run"] },
  { name: "workdir", short: "w", arity: "value" },
];

/** Every flag of `docker run` 28.2.2, the hidden `--net`, `--net-alias` and `--dns-opt` included. */
export const DOCKER_FLAGS: readonly Flag[] = [
  ...PROCESS_FLAGS,
  ...ISOLATION_FLAGS,
  ...RESOURCE_FLAGS,
  ...OTHER_FLAGS,
  ...OTHER_SHORT_FLAGS,
];

/** {@link DOCKER_FLAGS} by name. */
export const DOCKER_FLAGS_BY_NAME = flagsByName(DOCKER_FLAGS);
