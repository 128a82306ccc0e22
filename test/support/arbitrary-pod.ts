import fc from "fast-check";

/** A value that is there or not. */
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined });

/** A switch that is off nearly always: with several of them few pods would be let in. */
const seldom = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(undefined, false) },
  { weight: 1, arbitrary: fc.constant(true) },
);

const profile = maybe(fc.record({ type: fc.constantFrom("RuntimeDefault", "Localhost", "Unconfined") }));

const user = maybe(fc.constantFrom(0, 1, 1000, 20_000));

const capability = fc.constantFrom("ALL", "CHOWN", "NET_BIND_SERVICE", "NET_RAW", "SYS_ADMIN", "SYS_MODULE", "CAP_BPF");

const securityContext = fc.record({
  privileged: seldom,
  allowPrivilegeEscalation: maybe(fc.boolean()),
  readOnlyRootFilesystem: maybe(fc.boolean()),
  runAsNonRoot: maybe(fc.boolean()),
  runAsUser: user,
  procMount: maybe(fc.constantFrom("Default", "Unmasked")),
  seccompProfile: profile,
  appArmorProfile: profile,
  seLinuxOptions: maybe(fc.record({ type: maybe(fc.constantFrom("container_t", "spc_t")) })),
  windowsOptions: maybe(fc.record({ hostProcess: fc.boolean() })),
  capabilities: maybe(
    fc.record({
      add: maybe(fc.array(capability, { maxLength: 2 })),
      drop: maybe(fc.array(capability, { maxLength: 2 })),
    }),
  ),
});

/** A security context that the restricted level likes, so that pods that pass are made often enough. */
const hardened = fc.constant({
  allowPrivilegeEscalation: false,
  runAsNonRoot: true,
  seccompProfile: { type: "RuntimeDefault" },
  capabilities: { drop: ["ALL"] },
});

const hostPath = fc.constantFrom("/", "/etc", "/var/run/docker.sock", "/run", "/srv/data", "/dev", "/proc");

const volume = fc.oneof<fc.MaybeWeightedArbitrary<object>[]>(
  { weight: 1, arbitrary: hostPath.map((path) => ({ hostPath: { path } })) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      {},
      { emptyDir: {} },
      { secret: { secretName: "s" } },
      { nfs: { server: "s", path: "/" } },
    ),
  },
);

const container = fc.record({
  image: fc.constantFrom("nginx", "nginx:1"),
  securityContext: fc.oneof(maybe(securityContext), hardened, hardened, hardened),
  ports: fc.constantFrom(undefined, undefined, [{ containerPort: 80 }], [{ containerPort: 80, hostPort: 80 }]),
  volumeMounts: maybe(fc.constant([{ name: "v0", mountPath: "/v" }])),
});

const containers = fc
  .array(container, { minLength: 1, maxLength: 2 })
  .map((list) => list.map((one, index) => ({ name: `c${index}`, ...one })));

/** Pods: half of their containers are hardened, and most things are left out most of the time. */
export const arbitraryPod: fc.Arbitrary<object> = fc
  .record({
    containers,
    initContainers: maybe(containers),
    volumes: maybe(fc.array(volume, { minLength: 1, maxLength: 2 })),
    securityContext: maybe(fc.record({ runAsNonRoot: maybe(fc.boolean()), runAsUser: user, seccompProfile: profile })),
    hostNetwork: seldom,
    hostPID: seldom,
    hostIPC: seldom,
    hostUsers: fc.constantFrom(undefined, undefined, true, false),
    automountServiceAccountToken: maybe(fc.boolean()),
    shareProcessNamespace: maybe(fc.boolean()),
  })
  .map(({ volumes, ...spec }) => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "pod" },
    spec: { ...spec, ...(volumes && { volumes: volumes.map((one, index) => ({ name: `v${index}`, ...one })) }) },
  }));
