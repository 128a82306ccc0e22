import fc from "fast-check";

/** Left out mostly: with all of it no pod would be let in. */
const seldom = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });

const profile = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ type: "RuntimeDefault" }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      { type: "Localhost", localhostProfile: "p.json" },
      { type: "Unconfined" },
      { type: "runtimedefault" },
      {},
    ),
  },
);

const seLinux = fc.record(
  {
    type: fc.constantFrom(
      "container_t",
      "container_init_t",
      "container_kvm_t",
      "container_engine_t",
      "spc_t",
      "",
      "Container_t",
    ),
    user: fc.constantFrom("", "system_u"),
    role: fc.constantFrom("", "system_r"),
    level: fc.constant("s0"),
  },
  { requiredKeys: [] },
);

const windows = fc.record({ hostProcess: fc.boolean(), runAsUserName: fc.constant("a") }, { requiredKeys: [] });

const names = fc.array(
  fc.constantFrom("ALL", "all", "NET_BIND_SERVICE", "CHOWN", "CAP_CHOWN", "NET_RAW", "SYS_ADMIN", "chown"),
  { maxLength: 2 },
);

const shared = {
  runAsUser: seldom(fc.constantFrom(0, 1, 1000)),
  runAsNonRoot: fc.constantFrom(true, true, true, undefined, false, null),
  seccompProfile: fc.oneof(profile, fc.constantFrom(undefined, null)),
  appArmorProfile: seldom(profile),
  seLinuxOptions: seldom(seLinux),
  windowsOptions: seldom(windows),
};

const containerContext = fc.record({
  ...shared,
  privileged: seldom(fc.boolean()),
  allowPrivilegeEscalation: fc.constantFrom(false, false, false, true, undefined),
  procMount: seldom(fc.constantFrom("Default", "Unmasked", "")),
  capabilities: fc.oneof(
    { weight: 3, arbitrary: fc.constant({ drop: ["ALL"] }) },
    { weight: 1, arbitrary: fc.record({ add: names, drop: names }, { requiredKeys: [] }) },
  ),
});

const handler = fc.constantFrom(
  { httpGet: { port: 80, path: "/" } },
  { httpGet: { port: 80, host: "" } },
  { httpGet: { port: 80, host: "127.0.0.1" } },
  { tcpSocket: { port: 80, host: "example.org" } },
  { tcpSocket: { port: 80 } },
  { exec: { command: ["a"] } },
);

const container = fc.record(
  {
    image: fc.constant("a"),
    securityContext: fc.oneof({ weight: 6, arbitrary: containerContext }, { weight: 1, arbitrary: fc.constant(null) }),
    ports: seldom(fc.constantFrom([{ containerPort: 80, hostPort: 0 }], [{ containerPort: 80, hostPort: 8080 }])),
    livenessProbe: seldom(handler),
    readinessProbe: seldom(handler),
    startupProbe: seldom(handler),
    lifecycle: seldom(fc.record({ postStart: handler, preStop: handler }, { requiredKeys: [] })),
  },
  { requiredKeys: ["image"] },
);

const list = (prefix: string, least: number) =>
  fc
    .array(container, { minLength: least, maxLength: 2 })
    .map((members) => members.map((one, index) => ({ name: `${prefix}${index}`, ...one })));

const volume = fc.constantFrom(
  ...[
    "emptyDir configMap secret projected downwardAPI csi persistentVolumeClaim ephemeral image hostPath nfs gitRepo",
    "gcePersistentDisk awsElasticBlockStore iscsi glusterfs rbd flexVolume cinder cephfs flocker fc azureFile",
    "vsphereVolume quobyte azureDisk photonPersistentDisk portworxVolume scaleIO storageos",
  ].flatMap((line) => line.split(" ").map((key) => ({ [key]: {} }))),
  {},
  { emptyDir: null },
  { hostPath: null },
);

const sysctl = fc.constantFrom(
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_rmem",
  "net.ipv4.tcp_notsent_lowat",
  "net/ipv4/tcp_syncookies",
  "kernel.msgmax",
);

const annotationKey = fc.constantFrom(
  "seccomp.security.alpha.kubernetes.io/pod",
  "container.seccomp.security.alpha.kubernetes.io/c0",
  "container.seccomp.security.alpha.kubernetes.io/i1",
  "container.seccomp.security.alpha.kubernetes.io/nobody",
  "container.apparmor.security.beta.kubernetes.io/c0",
  "container.apparmor.security.beta.kubernetes.io/nobody",
);
const annotationValue = fc.constantFrom(
  "",
  "runtime/default",
  "docker/default",
  "localhost/p",
  "unconfined",
  "localhost",
);

/** Pods in which everything may stand that the standards ask for, at every level that has the field. */
export const wholePod = fc
  .record({
    annotations: seldom(fc.dictionary(annotationKey, annotationValue, { maxKeys: 2 })),
    spec: fc.record({
      containers: list("c", 1),
      initContainers: seldom(list("i", 0)),
      ephemeralContainers: seldom(list("e", 0)),
      volumes: seldom(fc.array(volume, { maxLength: 2 })),
      securityContext: fc.oneof(
        fc.record({
          ...shared,
          sysctls: seldom(
            fc.array(
              sysctl.map((name) => ({ name, value: "1" })),
              { maxLength: 2 },
            ),
          ),
        }),
        fc.constant(undefined),
      ),
      hostNetwork: seldom(fc.boolean()),
      hostPID: seldom(fc.boolean()),
      hostIPC: seldom(fc.boolean()),
      hostUsers: fc.constantFrom(undefined, undefined, true, false),
      os: seldom(fc.constantFrom({ name: "windows" }, { name: "linux" })),
    }),
  })
  .map(({ annotations, spec: { volumes, ...spec } }) => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "pod", ...(annotations && { annotations }) },
    spec: { ...spec, ...(volumes && { volumes: volumes.map((one, index) => ({ name: `v${index}`, ...one })) }) },
  }));
