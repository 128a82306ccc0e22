/** What a field of the API holds. `any` is not looked into. */
export type Shape =
  | "string"
  | "boolean"
  | "integer"
  | "quantity"
  | "any"
  | { readonly list: Shape }
  | { readonly map: Shape }
  | Fields;

/** An object with these fields; others are not known. */
export interface Fields {
  readonly fields: Readonly<Record<string, Shape>>;
}

const object = (fields: Readonly<Record<string, Shape>>): Fields => ({ fields });

/** Fields that exist and that nothing here depends on. */
const others = (names: string): Readonly<Record<string, Shape>> =>
  Object.fromEntries(names.split(" ").map((name) => [name, "any" as const]));

const strings: Shape = { list: "string" };

const profile = object({ type: "string", localhostProfile: "string" });

const seLinuxOptions = object({ user: "string", role: "string", type: "string", level: "string" });

const windowsOptions = object({
  hostProcess: "boolean",
  runAsUserName: "string",
  gmsaCredentialSpecName: "string",
  gmsaCredentialSpec: "string",
});

const resources = object({ limits: { map: "quantity" }, requests: { map: "quantity" }, claims: "any" });

const httpGet = object({ host: "string", path: "string", scheme: "string", port: "any", httpHeaders: "any" });

const tcpSocket = object({ host: "string", port: "any" });

const handler = object({ httpGet, tcpSocket, exec: "any", sleep: "any" });

const probe = object({
  httpGet,
  tcpSocket,
  ...others(
    "exec grpc initialDelaySeconds timeoutSeconds periodSeconds successThreshold failureThreshold terminationGracePeriodSeconds",
  ),
});

const containerSecurityContext = object({
  privileged: "boolean",
  allowPrivilegeEscalation: "boolean",
  readOnlyRootFilesystem: "boolean",
  runAsNonRoot: "boolean",
  runAsUser: "integer",
  runAsGroup: "integer",
  procMount: "string",
  capabilities: object({ add: strings, drop: strings }),
  seccompProfile: profile,
  appArmorProfile: profile,
  seLinuxOptions,
  windowsOptions,
});

const container = object({
  name: "string",
  image: "string",
  imagePullPolicy: "string",
  command: strings,
  args: strings,
  restartPolicy: "string",
  tty: "boolean",
  targetContainerName: "string",
  securityContext: containerSecurityContext,
  resources,
  livenessProbe: probe,
  readinessProbe: probe,
  startupProbe: probe,
  lifecycle: object({ postStart: handler, preStop: handler, stopSignal: "any" }),
  ports: {
    list: object({
      name: "string",
      containerPort: "integer",
      hostPort: "integer",
      hostIP: "string",
      protocol: "string",
    }),
  },
  env: {
    list: object({
      name: "string",
      value: "string",
      valueFrom: object({
        secretKeyRef: object({ name: "string", key: "string", optional: "any" }),
        ...others("configMapKeyRef fieldRef resourceFieldRef fileKeyRef"),
      }),
    }),
  },
  envFrom: {
    list: object({ secretRef: object({ name: "string", optional: "any" }), ...others("prefix configMapRef") }),
  },
  volumeMounts: {
    list: object({
      name: "string",
      mountPath: "string",
      subPath: "string",
      subPathExpr: "string",
      readOnly: "boolean",
      recursiveReadOnly: "string",
      mountPropagation: "string",
    }),
  },
  volumeDevices: { list: object({ name: "string", devicePath: "string" }) },
  ...others(
    "workingDir stdin stdinOnce terminationMessagePath terminationMessagePolicy resizePolicy restartPolicyRules",
  ),
});

/** The sources of a volume; pointers in the API, so that `{}` is set and `null` is not. */
export const VOLUME_SOURCES = [
  "hostPath",
  "emptyDir",
  "gcePersistentDisk",
  "awsElasticBlockStore",
  "gitRepo",
  "secret",
  "nfs",
  "iscsi",
  "glusterfs",
  "persistentVolumeClaim",
  "rbd",
  "flexVolume",
  "cinder",
  "cephfs",
  "flocker",
  "downwardAPI",
  "fc",
  "azureFile",
  "configMap",
  "vsphereVolume",
  "quobyte",
  "azureDisk",
  "photonPersistentDisk",
  "projected",
  "portworxVolume",
  "scaleIO",
  "storageos",
  "csi",
  "ephemeral",
  "image",
] as const;

const volume = object({
  ...others(VOLUME_SOURCES.join(" ")),
  name: "string",
  hostPath: object({ path: "string", type: "string" }),
  projected: object({
    sources: {
      list: object(others("secret downwardAPI configMap serviceAccountToken clusterTrustBundle podCertificate")),
    },
    defaultMode: "any",
  }),
});

const podSecurityContext = object({
  runAsUser: "integer",
  runAsGroup: "integer",
  runAsNonRoot: "boolean",
  fsGroup: "integer",
  supplementalGroups: { list: "integer" },
  seccompProfile: profile,
  appArmorProfile: profile,
  seLinuxOptions,
  windowsOptions,
  sysctls: { list: object({ name: "string", value: "string" }) },
  ...others("fsGroupChangePolicy supplementalGroupsPolicy seLinuxChangePolicy"),
});

/** PodSpec (core/v1, Kubernetes 1.37). */
export const POD_SPEC = object({
  containers: { list: container },
  initContainers: { list: container },
  ephemeralContainers: { list: container },
  volumes: { list: volume },
  securityContext: podSecurityContext,
  hostNetwork: "boolean",
  hostPID: "boolean",
  hostIPC: "boolean",
  hostUsers: "boolean",
  shareProcessNamespace: "boolean",
  serviceAccountName: "string",
  serviceAccount: "string",
  automountServiceAccountToken: "boolean",
  runtimeClassName: "string",
  nodeName: "string",
  hostname: "string",
  restartPolicy: "string",
  os: object({ name: "string" }),
  hostAliases: { list: object({ ip: "string", hostnames: strings }) },
  resources,
  nodeSelector: { map: "string" },
  ...others(
    "terminationGracePeriodSeconds activeDeadlineSeconds dnsPolicy imagePullSecrets subdomain affinity " +
      "schedulerName tolerations priorityClassName priority dnsConfig readinessGates enableServiceLinks " +
      "preemptionPolicy overhead topologySpreadConstraints setHostnameAsFQDN schedulingGates resourceClaims " +
      "hostnameOverride workloadRef schedulingGroup",
  ),
});

/** The part of ObjectMeta that is read. */
export const OBJECT_META = object({
  name: "string",
  namespace: "string",
  generateName: "string",
  annotations: { map: "string" },
  labels: { map: "string" },
  ...others(
    "selfLink uid resourceVersion generation creationTimestamp deletionTimestamp deletionGracePeriodSeconds " +
      "ownerReferences finalizers managedFields clusterName",
  ),
});
