import type { Alternative, RootlessLimit } from "../../findings/index.ts";

/** Ways to do without an engine inside a container, the least powerful first. */
export const ENGINE_ALTERNATIVES: readonly Alternative[] = [
  {
    id: "buildah",
    text: {
      en: "Only images are built: buildah with chroot isolation and the vfs store. It was measured to need eight capabilities and a narrow seccomp profile: no CAP_SYS_ADMIN, no device, no socket.",
      ja: "イメージを作るだけなら、chroot 隔離と vfs を使う buildah。実測では 8 個のケーパビリティと限定した seccomp プロファイルで足り、CAP_SYS_ADMIN もデバイスもソケットも要りません。",
    },
  },
  {
    id: "rootless-buildkit",
    text: {
      en: "Only images are built: rootless BuildKit (buildctl-daemonless.sh with --oci-worker-no-process-sandbox). Its guide switches seccomp and AppArmor off; a narrow profile that lets the namespace calls through is enough.",
      ja: "イメージを作るだけなら、rootless の BuildKit(buildctl-daemonless.sh と --oci-worker-no-process-sandbox)。手引きでは seccomp と AppArmor を切りますが、名前空間の呼出しだけを許すプロファイルで足ります。",
    },
  },
  {
    id: "rootless-engine",
    text: {
      en: "An engine is needed: a rootless dockerd beside the job, as the job's own user. What breaks out is that user.",
      ja: "エンジンが必要なら、ジョブ専用のユーザで動く rootless dockerd を横に置きます。脱出しても得られるのはそのユーザの権限です。",
    },
  },
  {
    id: "sysbox",
    text: {
      en: "An engine inside is needed: Sysbox, which was made for it. It has to be installed on the host by root.",
      ja: "コンテナ内にエンジンが必要なら、そのために作られた Sysbox。ホストへの導入には root が必要です。",
    },
  },
  {
    id: "micro-vm",
    text: {
      en: "The jobs are strangers': Kata Containers or gVisor put another kernel between; privileged then means the guest's.",
      ja: "信頼できないジョブには、別のカーネルを挟む Kata Containers か gVisor。privileged はゲスト側の意味になります。",
    },
  },
  {
    id: "guard",
    text: {
      en: "The socket has to stay: put sekisho guard before it, which lets only such containers through as cannot take the host.",
      ja: "ソケットを残すなら、手前に sekisho guard を置きます。ホストを奪えないコンテナだけを通します。",
    },
  },
  {
    id: "kaniko",
    text: {
      en: "Kaniko is no answer any more: its repository was archived in 2025.",
      ja: "Kaniko は選べません。リポジトリは 2025 年にアーカイブされました。",
    },
  },
];

/** The limits of rootless engines that were written down in 2020, as they stand today (docs.docker.com, September 2026). */
export const ROOTLESS_LIMITS: readonly RootlessLimit[] = [
  {
    id: "cgroups",
    title: { en: "cgroups (limits, docker top)", ja: "cgroup(制限、docker top)" },
    verdict: "conditional",
    text: {
      en: "Works since Engine 20.10 with cgroup v2 and systemd. Otherwise limits are accepted and silently not applied, top and pause fail, and stats shows the whole machine; docker info then says Cgroup Driver: none.",
      ja: "Engine 20.10 以降、cgroup v2 と systemd があれば動きます。それ以外では制限は受け付けられても適用されず、top と pause は失敗し、stats はマシン全体の値になります(docker info の Cgroup Driver が none)。",
    },
  },
  {
    id: "apparmor",
    title: { en: "AppArmor", ja: "AppArmor" },
    verdict: "does-not",
    text: {
      en: "Still not supported; the option is accepted and does nothing.",
      ja: "今も非対応です。オプションは受け付けられますが効きません。",
    },
  },
  {
    id: "checkpoint",
    title: { en: "checkpoint and restore", ja: "チェックポイントと復元" },
    verdict: "does-not",
    text: { en: "Still not supported.", ja: "今も非対応です。" },
  },
  {
    id: "overlay-network",
    title: { en: "overlay networks", ja: "オーバーレイネットワーク" },
    verdict: "does-not",
    text: { en: "Still not supported, and so no Swarm services.", ja: "今も非対応で、Swarm のサービスも使えません。" },
  },
  {
    id: "sctp",
    title: { en: "SCTP ports", ja: "SCTP ポート" },
    verdict: "does-not",
    text: {
      en: "Still listed as not supported; Engine 20.10 accepts the option without an error.",
      ja: "今も非対応とされています。Engine 20.10 では指定してもエラーになりません。",
    },
  },
];
