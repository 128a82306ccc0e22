import { touchedFiles } from "./paths.ts";
import type { CommandRule } from "./sign.ts";
import { textOfCommand as text } from "./text-of-command.ts";

/** From the container to its host. */
export const ESCAPE_RULES: readonly CommandRule[] = [
  {
    id: "chroot-into-host",
    attack: ["T1611"],
    weight: 80,
    because: {
      en: "chroot into the host's file system: from there on commands act on the host",
      ja: "ホストのファイルシステムへ chroot しました。以後のコマンドはホストに作用します",
    },
    holds: (deed, scene) =>
      deed.command.name === "chroot" &&
      scene
        .mountsOf(deed.container)
        .some(
          ({ source, target }) =>
            /^\/(?:host_mnt.*)?$/.test(source) &&
            deed.command.argv.some((word) => word.replace(/\/+$/, "") === target.replace(/\/+$/, "")),
        ),
  },
  {
    id: "chroot",
    attack: ["T1611"],
    weight: 35,
    because: { en: "chroot into another file system", ja: "別のファイルシステムへ chroot しました" },
    holds: ({ command, role }) => role !== "build" && command.name === "chroot" && command.argv.length > 1,
  },
  {
    id: "nsenter",
    attack: ["T1611"],
    weight: 80,
    because: {
      en: "nsenter into the namespaces of the host's first process: commands run on the host",
      ja: "ホストの最初のプロセスの名前空間へ nsenter で入りました。コマンドはホスト上で動きます",
    },
    holds: ({ command }) =>
      command.name === "nsenter" && /(?:-t\s*1\b|--target[= ]1\b|\/proc\/1\/ns)/.test(text(command)),
  },
  {
    id: "host-root-by-proc",
    attack: ["T1611"],
    weight: 70,
    because: {
      en: "The host's files were to be reached through /proc/1/root",
      ja: "/proc/1/root 経由でホストのファイルに触れようとしました",
    },
    holds: ({ command, role }) => role !== "build" && /\/proc\/1\/(?:root|cwd)\b/.test(text(command)),
  },
  {
    id: "disk-mounted",
    attack: ["T1611"],
    weight: 80,
    because: {
      en: "A disk of the host was to be mounted or read directly",
      ja: "ホストのディスクを直接マウントまたは読み出そうとしました",
    },
    holds: ({ command }) =>
      /^(?:mount|debugfs|dd|dumpe2fs|fdisk|kpartx|losetup)$/.test(command.name) &&
      /\/dev\/(?:sd[a-z]|vd[a-z]|xvd[a-z]|nvme\d|mmcblk|dm-|mapper\/|hd[a-z]|root|disk\/)/.test(text(command)),
  },
  {
    id: "release-agent",
    attack: ["T1611"],
    weight: 95,
    because: {
      en: "The host's kernel was to be made to run a program of the visitor (release_agent, core_pattern, uevent_helper, modprobe)",
      ja: "ホストのカーネルに訪問者のプログラムを実行させようとしました (release_agent、core_pattern、uevent_helper、modprobe)",
    },
    holds: (deed, scene) =>
      /\brelease_agent\b|\bnotify_on_release\b|\/proc\/sys\/kernel\/(?:core_pattern|modprobe|hotplug)|uevent_helper|binfmt_misc\/register/.test(
        `${text(deed.command)} ${deed.command.writes.map(({ path }) => path).join(" ")}`,
      ) || touchedFiles(deed, scene).some(({ path }) => /release_agent$/.test(path)),
  },
  {
    id: "cgroup-mounted",
    attack: ["T1611"],
    weight: 70,
    because: {
      en: "A cgroup hierarchy was to be mounted, the first step of an escape by release_agent",
      ja: "cgroup 階層をマウントさせようとしました。release_agent による脱出の第一歩です",
    },
    holds: ({ command }) => command.name === "mount" && /-t\s*cgroup\b/.test(text(command)),
  },
  {
    id: "engine-socket-used",
    attack: ["T1611", "T1610"],
    weight: 65,
    because: {
      en: "The engine's socket was to be used from inside the container",
      ja: "コンテナ内からエンジンのソケットを操作させようとしました",
    },
    holds: ({ command, role }) =>
      role !== "build" &&
      /(?:--unix-socket|unix:\/\/)\s*\S*docker\.sock|containerd\.sock|crio\.sock/.test(text(command)),
  },
  {
    id: "escape-tool",
    attack: ["T1611", "T1613"],
    weight: 90,
    because: {
      en: "A tool for breaking out of containers was to be used",
      ja: "コンテナ脱出用のツールを使わせようとしました",
    },
    holds: ({ command }) =>
      /\b(?:deepce(?:\.sh)?|amicontained|botb|break-out-the-box|cdk_linux\w*|peirates|kubeletmein|linpeas(?:\.sh)?|docker-escape|cve-\d{4}-\d+\S*)\b/i.test(
        text(command),
      ) || /^cdk$/.test(command.name),
  },
  {
    id: "kernel-exploit",
    attack: ["T1068"],
    weight: 90,
    because: {
      en: "An exploit for rights on the machine was to be run",
      ja: "権限昇格のエクスプロイトを実行させようとしました",
    },
    holds: ({ command }) =>
      /\b(?:dirtyc0?w|dirty[-_]?pipe|pwnkit|pkexec[-_]\w+|overlayfs-?exploit|gameoverlay|looney-?tunables|baron-?samedit|nimbuspwn)\b/i.test(
        text(command),
      ),
  },
  {
    id: "host-file-written",
    attack: ["T1611"],
    weight: 55,
    because: {
      en: "A file of the host was to be written through a directory that is mounted from it",
      ja: "マウントされたホストのディレクトリ経由でホストのファイルに書き込もうとしました",
    },
    holds: (deed, scene) =>
      scene.mountsOf(deed.container).some(({ source, readOnly }) => !readOnly && reachesHost(source)) &&
      touchedFiles(deed, scene).some(({ onHost }) => onHost),
  },
];

/** Directories whose files decide over the host: a project's own directory does not. */
export const reachesHost = (source: string): boolean =>
  /^\/(?:$|(?:etc|root|boot|proc|sys|dev|lib\w*|usr|bin|sbin|var|run|home)$|(?:etc|root|boot|usr|bin|sbin)\/|var\/(?:spool|run|lib\/(?:docker|kubelet|containerd))(?:\/|$)|run\/(?!user)\S*|home\/[^/]+$|home\/[^/]+\/\.ssh|host_mnt(?:\/[a-z])?$|mnt\/host\/[a-z]$|run\/desktop\/mnt\/host\/[a-z]$|[a-z]$|mnt\/[a-z]$)/.test(
    source,
  ) || /^[A-Za-z]:[\\/]*$/.test(source);

/** Sockets of engines. */
export const isEngineSocket = (source: string): boolean => /(?:docker|containerd|crio|podman)\.sock$/.test(source);
