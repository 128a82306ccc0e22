import type { LocalizedText } from "../../base/index.ts";
import type { DaemonFacts } from "../../facts/index.ts";
import { setting } from "./answers.ts";
import { type HostCheck, NOT_APPLICABLE, passIf, UNKNOWN } from "./host-check.ts";

/** A file of the engine, and who may do what with it. */
interface GuardedFile {
  readonly id: string;
  readonly name: LocalizedText;
  /** Where it lies for this daemon; `undefined`: it has none. */
  readonly path: (daemon: DaemonFacts) => string | undefined;
  /** Bits that may be set. */
  readonly modeMax: number;
  /** Group that may own it beside root's. */
  readonly group: "root" | "docker";
  /** Numbers in CIS Docker Benchmark 1.6.0: of the owner, of the mode. */
  readonly owner: string;
  readonly mode: string;
}

const option =
  (flag: string) =>
  (daemon: DaemonFacts): string | undefined => {
    const value = setting(daemon, flag, flag);
    return typeof value === "object" && typeof value.value === "string" ? value.value : undefined;
  };

const fixed = (path: string) => (): string => path;

const FILES: readonly GuardedFile[] = [
  {
    id: "docker-service",
    name: { en: "docker.service", ja: "docker.service" },
    path: ({ units }) => units.get("docker.service"),
    modeMax: 0o644,
    group: "root",
    owner: "3.1",
    mode: "3.2",
  },
  {
    id: "docker-socket-unit",
    name: { en: "docker.socket", ja: "docker.socket" },
    path: ({ units }) => units.get("docker.socket"),
    modeMax: 0o644,
    group: "root",
    owner: "3.3",
    mode: "3.4",
  },
  {
    id: "etc-docker",
    name: { en: "/etc/docker", ja: "/etc/docker" },
    path: ({ configPath }) => configPath.replace(/\/[^/]*$/, ""),
    modeMax: 0o755,
    group: "root",
    owner: "3.5",
    mode: "3.6",
  },
  {
    id: "registry-certificates",
    name: { en: "the registries' certificates", ja: "レジストリの証明書" },
    path: fixed("/etc/docker/certs.d"),
    modeMax: 0o755,
    group: "root",
    owner: "3.7",
    mode: "3.8",
  },
  {
    id: "tls-ca",
    name: { en: "the CA certificate of TLS", ja: "TLS の CA 証明書" },
    path: option("tlscacert"),
    modeMax: 0o444,
    group: "root",
    owner: "3.9",
    mode: "3.10",
  },
  {
    id: "tls-certificate",
    name: { en: "the server's certificate", ja: "サーバ証明書" },
    path: option("tlscert"),
    modeMax: 0o444,
    group: "root",
    owner: "3.11",
    mode: "3.12",
  },
  {
    id: "tls-key",
    name: { en: "the server's private key", ja: "サーバの秘密鍵" },
    path: option("tlskey"),
    modeMax: 0o400,
    group: "root",
    owner: "3.13",
    mode: "3.14",
  },
  {
    id: "engine-socket",
    name: { en: "the engine's socket", ja: "エンジンのソケット" },
    path: ({ socketPath }) => socketPath,
    modeMax: 0o660,
    group: "docker",
    owner: "3.15",
    mode: "3.16",
  },
  {
    id: "daemon-json",
    name: { en: "daemon.json", ja: "daemon.json" },
    path: ({ configPath }) => configPath,
    modeMax: 0o644,
    group: "root",
    owner: "3.17",
    mode: "3.18",
  },
  {
    id: "default-docker",
    name: { en: "/etc/default/docker", ja: "/etc/default/docker" },
    path: fixed("/etc/default/docker"),
    modeMax: 0o644,
    group: "root",
    owner: "3.19",
    mode: "3.20",
  },
  {
    id: "sysconfig-docker",
    name: { en: "/etc/sysconfig/docker", ja: "/etc/sysconfig/docker" },
    path: fixed("/etc/sysconfig/docker"),
    modeMax: 0o644,
    group: "root",
    owner: "3.22",
    mode: "3.21",
  },
  {
    id: "containerd-socket",
    name: { en: "containerd's socket", ja: "containerd のソケット" },
    path: fixed("/run/containerd/containerd.sock"),
    modeMax: 0o660,
    group: "root",
    owner: "3.23",
    mode: "3.24",
  },
];

/** Paths whose owner and mode the checks will ask for. */
export const guardedPaths = (daemon: DaemonFacts): readonly string[] => FILES.flatMap(({ path }) => path(daemon) ?? []);

const octal = (mode: number): string => mode.toString(8).padStart(3, "0");

/** Who owns the engine's files, and who may write or read them. */
export const FILE_CHECKS: readonly HostCheck[] = FILES.flatMap((file): readonly HostCheck[] => [
  {
    id: `file-owner-${file.id}`,
    severity: file.group === "docker" ? "medium" : "low",
    title: { en: `${file.name.en} does not belong to root`, ja: `${file.name.ja} が root のものでない` },
    explanation: {
      en: `Whoever owns ${file.name.en} decides what the engine does, and the engine is root.`,
      ja: `${file.name.ja} の持ち主はエンジンの動きを決められます。エンジンは root です。`,
    },
    aliases: { "cis-docker-1.6.0": [file.owner] },
    examine: (daemon) =>
      withFile(daemon, file, ({ uid, gid }, path) => {
        const group =
          file.group === "docker" && typeof daemon.dockerGroup === "object" ? daemon.dockerGroup.value.gid : 0;
        return passIf(
          uid === 0 && (gid === 0 || gid === group),
          { uri: path },
          {
            en: `owned by ${uid}:${gid}`,
            ja: `所有者は ${uid}:${gid}`,
          },
        );
      }),
  },
  {
    id: `file-mode-${file.id}`,
    severity: file.group === "docker" ? "medium" : "low",
    title: { en: `${file.name.en} is open to more than it needs`, ja: `${file.name.ja} が必要以上に開かれている` },
    explanation: {
      en: `The mode of ${file.name.en} should be ${octal(file.modeMax)} or narrower: what others may write there, root will read.`,
      ja: `${file.name.ja} のモードは ${octal(file.modeMax)} かそれより狭くしてください。ほかの者が書いたものを root が読むことになります。`,
    },
    aliases: { "cis-docker-1.6.0": [file.mode] },
    examine: (daemon) =>
      withFile(daemon, file, ({ mode }, path) =>
        passIf(
          (mode & 0o777 & ~file.modeMax) === 0,
          { uri: path },
          { en: `mode ${octal(mode)}`, ja: `モード ${octal(mode)}` },
        ),
      ),
  },
]);

function withFile(
  daemon: DaemonFacts,
  file: GuardedFile,
  judge: (owner: { mode: number; uid: number; gid: number }, path: string) => ReturnType<HostCheck["examine"]>,
): ReturnType<HostCheck["examine"]> {
  if (!daemon.local) {
    return UNKNOWN;
  }
  const path = file.path(daemon);
  const told = path === undefined ? "absent" : daemon.files.get(path);
  if (told === undefined || told === "unknown") {
    return UNKNOWN;
  }
  // A rootless engine's files belong to its user, who is not root by design.
  return told === "absent" || path === undefined || daemon.rootless ? NOT_APPLICABLE : judge(told.value, path);
}
