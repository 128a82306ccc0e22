import { type FlagDeclaration, flagsByName } from "./flag.ts";

const value = (name: string, short?: string): FlagDeclaration =>
  short === undefined ? { name, arity: "value" } : { name, short, arity: "value" };
const boolean = (name: string, short?: string): FlagDeclaration =>
  short === undefined ? { name, arity: "boolean" } : { name, short, arity: "boolean" };

/** `docker --help` of 28.2.2. */
const DOCKER_GLOBAL_FLAGS: readonly FlagDeclaration[] = [
  value("config"),
  value("context", "c"),
  boolean("debug", "D"),
  boolean("help"),
  value("host", "H"),
  value("log-level", "l"),
  boolean("tls"),
  value("tlscacert"),
  value("tlscert"),
  value("tlskey"),
  boolean("tlsverify"),
  boolean("version", "v"),
];

/** cmd/podman/root.go of Podman 3 to 5. */
const PODMAN_GLOBAL_FLAGS: readonly FlagDeclaration[] = [
  ...["cdi-spec-dir", "cgroup-manager", "cni-config-dir", "conmon", "context", "cpu-profile", "default-mounts-file"],
  ...["events-backend", "hooks-dir", "identity", "imagestore", "log-level", "max-workers", "memory-profile", "module"],
  ...[
    "namespace",
    "network-backend",
    "network-cmd-path",
    "network-config-dir",
    "out",
    "pull-option",
    "registries-conf",
  ],
  ...["root", "runroot", "runtime", "runtime-flag", "ssh", "storage-driver", "storage-opt", "tls-ca", "tls-cert"],
  ...["tls-key", "tmpdir", "url", "volumepath"],
]
  .map((name) => value(name))
  .concat([
    value("connection", "c"),
    boolean("help"),
    boolean("noout"),
    boolean("remote", "r"),
    boolean("syslog"),
    boolean("trace"),
    boolean("transient-store"),
    boolean("version", "v"),
  ]);

/** Flags between the tool and its command. */
export const GLOBAL_FLAGS = {
  docker: flagsByName(DOCKER_GLOBAL_FLAGS),
  podman: flagsByName(PODMAN_GLOBAL_FLAGS),
} as const;
