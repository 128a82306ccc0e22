/**
 * The Pod Security Standards once more, from their text and as plainly as it goes: of the object as it is written, without
 * the product's reader, its facts or its controls. Slow, without places and without words.
 */

type Json = Readonly<Record<string, unknown>>;

const NO_KEYS: Json = {};
const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce((inner, key) => ((inner ?? NO_KEYS) as Json)[key] ?? undefined, value);
const list = (value: unknown): readonly Json[] => (value ?? []) as readonly Json[];
const among = (value: unknown, ...allowed: readonly unknown[]): boolean => allowed.includes(value ?? undefined);

interface Asked {
  readonly spec: Json;
  readonly annotations: Readonly<Record<string, string>>;
  readonly minor: number;
}

const membersOf = ({ spec }: Asked): readonly Json[] =>
  ["initContainers", "containers", "ephemeralContainers"].flatMap((key) => list(spec[key]));

/** The security contexts of the containers, then that of the pod. */
const contextsOf = (asked: Asked): readonly unknown[] => [
  ...membersOf(asked).map((container) => container["securityContext"]),
  asked.spec["securityContext"],
];

const isWindows = ({ spec, minor }: Asked): boolean => minor >= 25 && at(spec, "os", "name") === "windows";
const ownUsers = ({ spec, minor }: Asked): boolean => minor >= 35 && spec["hostUsers"] === false;

const CAPABILITIES =
  "AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT".split(
    " ",
  );

const SYSCTLS: readonly (readonly [number, string])[] = [
  [0, "kernel.shm_rmid_forced"],
  [0, "net.ipv4.ip_local_port_range"],
  [0, "net.ipv4.tcp_syncookies"],
  [0, "net.ipv4.ping_group_range"],
  [0, "net.ipv4.ip_unprivileged_port_start"],
  [27, "net.ipv4.ip_local_reserved_ports"],
  [29, "net.ipv4.tcp_keepalive_time"],
  [29, "net.ipv4.tcp_fin_timeout"],
  [29, "net.ipv4.tcp_keepalive_intvl"],
  [29, "net.ipv4.tcp_keepalive_probes"],
  [32, "net.ipv4.tcp_rmem"],
  [32, "net.ipv4.tcp_wmem"],
  [37, "net.ipv4.tcp_slow_start_after_idle"],
  [37, "net.ipv4.tcp_notsent_lowat"],
];

const VOLUMES = "configMap downwardAPI emptyDir projected secret csi persistentVolumeClaim ephemeral image".split(" ");

const filters = (type: unknown): boolean => among(type, "RuntimeDefault", "Localhost");
const profileFits = (context: unknown, key: string): boolean =>
  at(context, key) === undefined || filters(at(context, key, "type"));

const annotationFits = (value: string | undefined, ...allowed: readonly string[]): boolean =>
  value === undefined || allowed.includes(value) || value.startsWith("localhost/");

const hostsOf = (container: Json): readonly unknown[] =>
  [
    ["livenessProbe"],
    ["readinessProbe"],
    ["startupProbe"],
    ["lifecycle", "postStart"],
    ["lifecycle", "preStop"],
  ].flatMap((path) => ["httpGet", "tcpSocket"].map((kind) => at(container, ...path, kind, "host")));

/** Each control: the version it begins with, and whether it lets the pod in. */
const BASELINE: Readonly<Record<string, readonly [number, (asked: Asked) => boolean]>> = {
  privileged: [0, (asked) => contextsOf(asked).every((context) => at(context, "privileged") !== true)],
  hostNamespaces: [0, ({ spec }) => ["hostNetwork", "hostPID", "hostIPC"].every((key) => spec[key] !== true)],
  hostPathVolumes: [0, ({ spec }) => list(spec["volumes"]).every((volume) => at(volume, "hostPath") === undefined)],
  hostPorts: [
    0,
    (asked) =>
      membersOf(asked).every((container) =>
        list(container["ports"]).every((port) => among(port["hostPort"], 0, undefined)),
      ),
  ],
  capabilities_baseline: [
    0,
    (asked) =>
      contextsOf(asked).every((context) =>
        list(at(context, "capabilities", "add")).every((name) => CAPABILITIES.includes(name as unknown as string)),
      ),
  ],
  appArmorProfile: [
    0,
    (asked) =>
      contextsOf(asked).every((context) => profileFits(context, "appArmorProfile")) &&
      Object.entries(asked.annotations).every(
        ([key, value]) =>
          !key.startsWith("container.apparmor.security.beta.kubernetes.io/") ||
          annotationFits(value, "", "runtime/default"),
      ),
  ],
  seLinuxOptions: [
    0,
    (asked) =>
      contextsOf(asked).every(
        (context) =>
          (among(
            at(context, "seLinuxOptions", "type"),
            undefined,
            "",
            "container_t",
            "container_init_t",
            "container_kvm_t",
          ) ||
            (asked.minor >= 31 && at(context, "seLinuxOptions", "type") === "container_engine_t")) &&
          among(at(context, "seLinuxOptions", "user"), undefined, "") &&
          among(at(context, "seLinuxOptions", "role"), undefined, ""),
      ),
  ],
  procMount: [
    0,
    (asked) =>
      ownUsers(asked) ||
      membersOf(asked).every((container) => among(at(container, "securityContext", "procMount"), undefined, "Default")),
  ],
  seccompProfile_baseline: [
    0,
    (asked) =>
      asked.minor >= 19
        ? contextsOf(asked).every((context) => profileFits(context, "seccompProfile"))
        : [
            "seccomp.security.alpha.kubernetes.io/pod",
            ...membersOf(asked).map(({ name }) => `container.seccomp.security.alpha.kubernetes.io/${String(name)}`),
          ].every((key) => annotationFits(asked.annotations[key], "runtime/default", "docker/default")),
  ],
  sysctls: [
    0,
    ({ spec, minor }) =>
      list(at(spec, "securityContext", "sysctls")).every(({ name }) =>
        SYSCTLS.some(([from, safe]) => from <= minor && safe === name),
      ),
  ],
  windowsHostProcess: [
    0,
    (asked) => contextsOf(asked).every((context) => at(context, "windowsOptions", "hostProcess") !== true),
  ],
  hostProbesAndHostLifecycle: [
    34,
    (asked) => membersOf(asked).every((container) => hostsOf(container).every((host) => among(host, undefined, ""))),
  ],
};

/** With the baseline control whose place it takes. */
const RESTRICTED: Readonly<Record<string, readonly [number, (asked: Asked) => boolean, string?]>> = {
  procMount_restricted: [
    35,
    (asked) =>
      membersOf(asked).every((container) => among(at(container, "securityContext", "procMount"), undefined, "Default")),
    "procMount",
  ],
  seccompProfile_restricted: [
    19,
    (asked) => {
      const { spec } = asked;
      const common = at(spec, "securityContext", "seccompProfile");
      return (
        isWindows(asked) ||
        (contextsOf(asked).every((context) => profileFits(context, "seccompProfile")) &&
          (common !== undefined ||
            membersOf(asked).every((container) => at(container, "securityContext", "seccompProfile") !== undefined)))
      );
    },
    "seccompProfile_baseline",
  ],
  restrictedVolumes: [
    0,
    ({ spec }) =>
      list(spec["volumes"]).every((volume) => {
        const sources = Object.keys(volume).filter((key) => key !== "name" && volume[key] != null);
        return sources.length === 0 || sources.some((source) => VOLUMES.includes(source));
      }),
    "hostPathVolumes",
  ],
  allowPrivilegeEscalation: [
    8,
    (asked) =>
      isWindows(asked) ||
      membersOf(asked).every((container) => at(container, "securityContext", "allowPrivilegeEscalation") === false),
  ],
  runAsNonRoot: [
    0,
    (asked) => {
      const values = contextsOf(asked).map((context) => at(context, "runAsNonRoot"));
      return (
        ownUsers(asked) ||
        (!values.includes(false) && (values.at(-1) === true || values.slice(0, -1).every((value) => value === true)))
      );
    },
  ],
  runAsUser: [23, (asked) => ownUsers(asked) || contextsOf(asked).every((context) => at(context, "runAsUser") !== 0)],
  capabilities_restricted: [
    22,
    (asked) =>
      isWindows(asked) ||
      membersOf(asked).every(
        (container) =>
          (list(at(container, "securityContext", "capabilities", "drop")) as unknown as string[]).includes("ALL") &&
          list(at(container, "securityContext", "capabilities", "add")).every(
            (name) => (name as unknown as string) === "NET_BIND_SERVICE",
          ),
      ),
    "capabilities_baseline",
  ],
};

/** The names of the controls that refuse a pod, by level. */
export function plainPodSecurity(
  pod: { readonly metadata?: unknown; readonly spec: Json },
  minor: number,
): { readonly baseline: readonly string[]; readonly restricted: readonly string[] } {
  const annotations = (at(pod.metadata, "annotations") ?? {}) as Readonly<Record<string, string>>;
  const asked: Asked = { spec: pod.spec, annotations, minor };
  const refused = Object.entries(BASELINE).flatMap(([id, [from, fits]]) => (from <= minor && !fits(asked) ? [id] : []));
  const inForce = Object.entries(RESTRICTED).filter(([, [from]]) => from <= minor);
  const replaced = new Set(inForce.map(([, [, , replaces]]) => replaces));
  return {
    baseline: refused.sort(),
    restricted: [
      ...refused.filter((id) => !replaced.has(id)),
      ...inForce.flatMap(([id, [, fits]]) => (fits(asked) ? [] : [id])),
    ].sort(),
  };
}
