import type { LocalizedText } from "../../base/index.ts";
import { parseCapability, splitBind, type Workload } from "../../facts/index.ts";
import type { HomeBasis, HomeVerdict } from "../../findings/index.ts";
import type { ReasonId } from "./reasons.ts";

/** A verdict, what it rests on, and why. */
export type Cell = readonly [verdict: HomeVerdict, basis: HomeBasis, reason?: ReasonId];

/** Something that a workload asks for, and what becomes of it in each home, in the order of HOMES. */
export interface Feature {
  readonly id: string;
  readonly title: LocalizedText;
  readonly asked: (workload: Workload) => boolean;
  readonly cells: readonly [Cell, Cell, Cell, Cell, Cell, Cell];
}

const worksM: Cell = ["works", "measured"];
const worksD: Cell = ["works", "documented"];
const works: Cell = ["works", "unverified"];
const ifM = (reason: ReasonId): Cell => ["conditional", "measured", reason];
const ifD = (reason: ReasonId): Cell => ["conditional", "documented", reason];
const ifU = (reason: ReasonId): Cell => ["conditional", "unverified", reason];
const noM = (reason: ReasonId): Cell => ["does-not", "measured", reason];
const noD = (reason: ReasonId): Cell => ["does-not", "documented", reason];
const noU = (reason: ReasonId): Cell => ["does-not", "unverified", reason];

const same = (text: string): LocalizedText => ({ en: text, ja: text });
const host = ({ config }: Workload) => config.HostConfig;
const adds =
  (...names: readonly string[]) =>
  (workload: Workload): boolean =>
    (host(workload).CapAdd ?? []).some((name) => names.includes(parseCapability(name) ?? ""));

const bindSources = (workload: Workload): readonly string[] => [
  ...(host(workload).Binds ?? []).flatMap((bind) => {
    const { source, target } = splitBind(bind);
    return target !== undefined && source.startsWith("/") ? [source] : [];
  }),
  ...(host(workload).Mounts ?? []).flatMap(({ Type, Source = "" }) => (Type === "bind" ? [Source] : [])),
];

/** Parts of a host of which much is for root only. */
const ROOTS_OWN = /^\/(?:$|(?:root|etc|boot|dev|proc|sys|lib\/modules|var\/(?:lib|log)|run|var\/run)(?:\/|$))/;

/** Sockets of container engines. */
const ENGINE_SOCKET = /\/(?:docker|podman|containerd|crio|buildkitd|cri-dockerd)\.sock$/;

/** A bound socket of an engine, or of a directory that is known to hold one. */
export const mountsSocket = (workload: Workload): boolean =>
  bindSources(workload).some((source) => ENGINE_SOCKET.test(source) || /^\/(?:var\/)?run\/?$|^\/$/.test(source));

/** Images that hold an engine, by the names under which they are published. */
const ENGINE_IMAGE =
  /(?:^|\/)(?:docker:[\w.-]*dind|docker:dind|dind|podman|buildkit|sysbox|[\w.-]*dind[\w.-]*)(?::|@|$)|:[\w.-]*dind[\w.-]*$/;

/** Runs an engine of its own inside. */
export const runsEngine = ({ config }: Workload): boolean =>
  ENGINE_IMAGE.test(config.Config.Image ?? "") ||
  [...(config.Config.Entrypoint ?? []), ...(config.Config.Cmd ?? [])].some((word) =>
    /(?:^|[/\s])(?:dockerd|buildkitd|containerd|podman)(?:\s|$)/.test(word),
  );

const ports = (workload: Workload): readonly (readonly [key: string, hostPort: number])[] =>
  Object.entries(host(workload).PortBindings ?? {}).flatMap(([key, bindings]) =>
    (bindings ?? []).map(({ HostPort = "" }) => [key, Number.parseInt(HostPort, 10) || 0] as const),
  );

const options = (workload: Workload, pattern: RegExp): boolean =>
  (host(workload).SecurityOpt ?? []).some((option) => pattern.test(option));

const joins = (workload: Workload): boolean =>
  [host(workload).PidMode, host(workload).IpcMode, host(workload).NetworkMode].some(
    (mode) => mode?.startsWith("container:") ?? false,
  );

const limits = (workload: Workload): boolean =>
  ["Memory", "NanoCpus", "PidsLimit", "CpuShares", "CpuQuota"].some(
    (key) => Number((host(workload) as Readonly<Record<string, unknown>>)[key] ?? 0) > 0,
  );

/**
 * Facts, one row a feature. Measured: tried on Docker 20.10.24 (rootless and remapped) and Podman 4.3.1. Documented: the
 * projects' own documents as of 2026 (docs.docker.com/engine/security/rootless and /userns-remap, Sysbox's user guide,
 * gvisor.dev, Kata's limitations). Unverified: neither yet.
 */
export const FEATURES: readonly Feature[] = [
  {
    id: "privileged",
    title: same("--privileged"),
    asked: (workload) => host(workload).Privileged === true,
    cells: [
      ifM("ownUsersOnly"),
      noM("refusedWithRemap"),
      ifD("ownUsersOnly"),
      noD("sysboxRefuses"),
      ifD("sentryOnly"),
      ifD("guestOnly"),
    ],
  },
  {
    id: "userns-host",
    title: same("--userns=host"),
    asked: (workload) => host(workload).UsernsMode === "host",
    cells: [worksM, ifM("filesOfRemapped"), ifD("meansSomethingElse"), noD("sysboxRefuses"), works, works],
  },
  {
    id: "pid-host",
    title: same("--pid=host"),
    asked: (workload) => host(workload).PidMode === "host",
    cells: [
      noM("notInUserNamespace"),
      noM("refusedWithRemap"),
      ifD("viewOfTheUser"),
      noD("sysboxRefuses"),
      noU("ownKernel"),
      noD("ownKernel"),
    ],
  },
  {
    id: "network-host",
    title: same("--network=host"),
    asked: (workload) => host(workload).NetworkMode === "host",
    cells: [
      ifM("rootlessKitNetwork"),
      noM("refusedWithRemap"),
      worksD,
      noD("sysboxRefuses"),
      ifD("hostinet"),
      noD("ownKernel"),
    ],
  },
  {
    id: "ipc-host",
    title: same("--ipc=host"),
    asked: (workload) => host(workload).IpcMode === "host",
    cells: [
      noM("notInUserNamespace"),
      noM("notInUserNamespace"),
      ifD("viewOfTheUser"),
      noU("sysboxRefuses"),
      noU("ownKernel"),
      noU("ownKernel"),
    ],
  },
  {
    id: "uts-host",
    title: same("--uts=host"),
    asked: (workload) => host(workload).UTSMode === "host",
    cells: [worksM, worksM, ifD("viewOfTheUser"), noU("sysboxRefuses"), noU("ownKernel"), noU("ownKernel")],
  },
  {
    id: "joins-container",
    title: { en: "a namespace of another container", ja: "別のコンテナの名前空間" },
    asked: joins,
    cells: [worksD, ifD("sameMapping"), worksD, ifD("sameMapping"), ifD("samePodOnly"), ifD("samePodOnly")],
  },
  {
    id: "cap-sys-admin",
    title: { en: "CAP_SYS_ADMIN, for mounts of its own", ja: "CAP_SYS_ADMIN(自身の名前空間でのマウント)" },
    asked: adds("SYS_ADMIN", "ALL"),
    cells: [worksM, worksM, worksD, worksD, worksD, worksD],
  },
  {
    id: "cap-sys-time",
    title: same("CAP_SYS_TIME"),
    asked: adds("SYS_TIME"),
    cells: [
      noM("hostClock"),
      noM("hostClock"),
      noD("hostClock"),
      noD("hostClock"),
      noU("hostClock"),
      ifD("guestClock"),
    ],
  },
  {
    id: "cap-net-admin",
    title: same("CAP_NET_ADMIN"),
    asked: adds("NET_ADMIN"),
    cells: [worksM, worksM, worksD, worksD, ifD("ownNetworkStack"), worksD],
  },
  {
    id: "cap-kernel",
    title: same("CAP_SYS_MODULE, CAP_SYS_RAWIO, CAP_SYS_BOOT"),
    asked: adds("SYS_MODULE", "SYS_RAWIO", "SYS_BOOT"),
    cells: [
      noD("kernelOfHost"),
      noD("kernelOfHost"),
      noD("kernelOfHost"),
      noD("kernelOfHost"),
      noD("kernelOfHost"),
      ifD("guestOnly"),
    ],
  },
  {
    id: "cap-mknod",
    title: same("CAP_MKNOD"),
    asked: adds("MKNOD"),
    cells: [noM("noNodes"), noM("noNodes"), noD("noNodes"), noD("noNodes"), works, worksD],
  },
  {
    id: "device",
    title: { en: "devices of the host", ja: "ホストのデバイス" },
    asked: (workload) =>
      (host(workload).Devices ?? []).length > 0 ||
      (host(workload).DeviceRequests ?? []).length > 0 ||
      (host(workload).DeviceCgroupRules ?? []).length > 0,
    cells: [
      ifM("modeDecides"),
      ifM("modeDecides"),
      ifD("keepGroups"),
      ifD("nobodysNode"),
      ifD("fewDevices"),
      ifD("vfioOrBlock"),
    ],
  },
  {
    id: "root-only-bind",
    title: { en: "directories of the host that belong to root", ja: "root が所有するホストのディレクトリ" },
    asked: (workload) => bindSources(workload).some((source) => ROOTS_OWN.test(source) && !ENGINE_SOCKET.test(source)),
    cells: [noM("onlyRootReads"), noM("onlyRootReads"), noD("onlyRootReads"), ifD("idMapped"), worksD, worksD],
  },
  {
    id: "engine-socket",
    title: { en: "the socket of an engine", ja: "エンジンのソケット" },
    asked: (workload) => bindSources(workload).some((source) => ENGINE_SOCKET.test(source)),
    cells: [
      ifD("ownSocket"),
      noD("onlyRootReads"),
      ifD("ownSocket"),
      ifU("socketIsTheHost"),
      ifU("socketIsTheHost"),
      ifU("socketIsTheHost"),
    ],
  },
  {
    id: "limits",
    title: { en: "limits of memory, CPU or processes", ja: "メモリ・CPU・プロセス数の制限" },
    asked: limits,
    cells: [ifM("cgroupDelegation"), worksM, ifD("cgroupDelegation"), worksD, worksD, worksD],
  },
  {
    id: "oom-score",
    title: same("--oom-score-adj < 0"),
    asked: (workload) => (host(workload).OomScoreAdj ?? 0) < 0,
    cells: [
      ifM("droppedSilently"),
      noM("needsResource"),
      noD("needsResource"),
      ifU("needsResource"),
      ifU("droppedSilently"),
      ifU("virtualized"),
    ],
  },
  {
    id: "ulimits",
    title: { en: "limits of open files and the like (ulimit)", ja: "開けるファイル数などの制限(ulimit)" },
    asked: (workload) => (host(workload).Ulimits ?? []).length > 0,
    cells: [
      ifD("aboveHardLimit"),
      ifD("needsResource"),
      ifD("aboveHardLimit"),
      works,
      ifU("virtualized"),
      ifU("virtualized"),
    ],
  },
  {
    id: "published-port",
    title: { en: "published ports", ja: "公開ポート" },
    asked: (workload) => ports(workload).length > 0,
    cells: [ifD("clientAddress"), worksD, worksD, worksD, worksD, worksD],
  },
  {
    id: "low-port",
    title: { en: "a published port below 1024", ja: "1024 未満の公開ポート" },
    asked: (workload) => ports(workload).some(([, port]) => port > 0 && port < 1024),
    cells: [ifM("lowPorts"), worksM, ifD("lowPorts"), worksD, worksD, worksD],
  },
  {
    id: "sctp-port",
    title: { en: "a published SCTP port", ja: "SCTP の公開ポート" },
    asked: (workload) => ports(workload).some(([key]) => key.endsWith("/sctp")),
    cells: [noD("sctpListed"), ifM("sctpModule"), noD("sctpListed"), works, noU("ownStackNoSctp"), works],
  },
  {
    id: "mandatory-access-control",
    title: {
      en: "an AppArmor profile or SELinux label of its own",
      ja: "AppArmor プロファイルや SELinux ラベルの指定",
    },
    asked: (workload) => options(workload, /^(?:apparmor|label)[:=](?!unconfined$|disable$)/),
    cells: [noD("noAppArmor"), worksD, ifD("seLinuxOnly"), ifU("noAppArmor"), noU("notInside"), ifU("hypervisorOnly")],
  },
  {
    id: "seccomp-profile",
    title: { en: "a seccomp profile of its own", ja: "独自の seccomp プロファイル" },
    asked: (workload) => options(workload, /^seccomp[:=](?!unconfined$|builtin$)/),
    cells: [worksM, worksM, ifM("profileByPath"), ifD("ownProfile"), noD("notInside"), ifU("ownProfile")],
  },
  {
    id: "inner-engine",
    title: { en: "an engine inside (Docker-in-Docker)", ja: "コンテナ内のエンジン(Docker-in-Docker)" },
    asked: runsEngine,
    cells: [
      ifD("innerPrivileges"),
      noM("innerNeedsPrivileged"),
      ifD("innerPrivileges"),
      worksD,
      ifD("gvisorEngine"),
      worksD,
    ],
  },
  {
    id: "volume-driver",
    title: { en: "a volume driver that is no part of the engine", ja: "エンジンの外のボリュームドライバ" },
    asked: (workload) =>
      !["", "local"].includes(host(workload).VolumeDriver ?? "") ||
      (host(workload).Mounts ?? []).some(
        ({ VolumeOptions }) => !["", "local"].includes(VolumeOptions?.DriverConfig?.Name ?? ""),
      ),
    cells: [
      ifD("pluginOfHost"),
      ifD("pluginOfHost"),
      noD("noPlugins"),
      ifU("pluginOfHost"),
      ifU("pluginOfHost"),
      ifU("pluginOfHost"),
    ],
  },
];
