import { infoPlace, isOn, objectIn, securityOptions, setting } from "./answers.ts";
import { type HostCheck, NOT_APPLICABLE, PASS, passIf, UNKNOWN } from "./host-check.ts";

/** CIS Docker Benchmark 1.6.0; the words are ours. */
const cis = (number: string) => ({ "cis-docker-1.6.0": [number] });

/** How the daemon is set up. Most can be told from its own answers, also of a remote one. */
export const DAEMON_CHECKS: readonly HostCheck[] = [
  {
    id: "daemon-not-rootless",
    severity: "low",
    title: { en: "The engine runs as root", ja: "エンジンが root で動いている" },
    explanation: {
      en: "Whoever takes over the engine, or a container that shares its users, is root on the host. Rootless mode makes that an ordinary user; sekisho audit --compat says what it would ask of your containers.",
      ja: "エンジンを乗っ取った者は、ホストの root になります。rootless モードなら一般ユーザにとどまります。sekisho audit --compat が、コンテナに必要な変更を示します。",
    },
    aliases: cis("2.1"),
    examine: (daemon) => passIf(daemon.rootless, infoPlace(daemon, "SecurityOptions")),
  },
  {
    id: "daemon-bridge-icc",
    severity: "low",
    title: { en: "Containers on the default bridge reach each other", ja: "既定のブリッジのコンテナが互いに届く" },
    explanation: {
      en: "On the default bridge every container may connect to every other. Use networks of your own for what belongs together, and set icc to false.",
      ja: "既定のブリッジでは、どのコンテナもほかのすべてに接続できます。まとまりごとにネットワークを作り、icc を false にしてください。",
    },
    aliases: cis("2.2"),
    examine: ({ bridge }) =>
      typeof bridge === "string"
        ? bridge === "absent"
          ? NOT_APPLICABLE
          : UNKNOWN
        : passIf(bridge.value["com.docker.network.bridge.enable_icc"] === "false", bridge.place),
  },
  {
    id: "daemon-log-level",
    severity: "info",
    title: { en: "The daemon logs too little or too much", ja: "デーモンのログが少なすぎるか多すぎる" },
    explanation: {
      en: "The level info tells what happened without drowning it. Below it, traces of an attack are missing.",
      ja: "info は起きたことを過不足なく残します。それより少ないと、攻撃の跡が残りません。",
    },
    aliases: cis("2.3"),
    examine: (daemon) => {
      if (daemon.info["Debug"] === true) {
        return { status: "fail", place: infoPlace(daemon, "Debug") };
      }
      const level = setting(daemon, "log-level", "log-level");
      return level === "unknown" ? UNKNOWN : level === "unset" ? PASS : passIf(level.value === "info", level.place);
    },
  },
  {
    id: "daemon-iptables-off",
    severity: "low",
    title: { en: "The engine may not manage packet filter rules", ja: "エンジンがパケットフィルタを管理できない" },
    explanation: {
      en: "Without its own rules networks of containers are not kept apart and published ports work in other ways than people expect.",
      ja: "エンジンの規則がないと、コンテナのネットワークは分離されず、公開ポートの動きも予想と変わります。",
    },
    aliases: cis("2.4"),
    examine: (daemon) => {
      const value = setting(daemon, "iptables", "iptables");
      return value === "unknown" ? UNKNOWN : value === "unset" ? PASS : passIf(isOn(value.value), value.place);
    },
  },
  {
    id: "daemon-insecure-registry",
    severity: "medium",
    title: { en: "A registry is used without verified TLS", ja: "検証した TLS を使わないレジストリがある" },
    explanation: {
      en: "Whoever stands between can replace every image that comes from it. Give the registry a certificate.",
      ja: "経路上の者が、そこから来るイメージをすべて差し替えられます。レジストリに証明書を用意してください。",
    },
    aliases: cis("2.5"),
    examine: (daemon) => {
      const registries = objectIn(daemon.info, "RegistryConfig");
      const ranges = registries["InsecureRegistryCIDRs"];
      const extra = (Array.isArray(ranges) ? ranges : []).filter(
        (range) => range !== "127.0.0.0/8" && range !== "::1/128",
      );
      const indexes = Object.values(objectIn(registries, "IndexConfigs"));
      const open = indexes.some(
        (index) => typeof index === "object" && index !== null && "Secure" in index && index.Secure === false,
      );
      return passIf(extra.length === 0 && !open, infoPlace(daemon, "RegistryConfig"));
    },
  },
  {
    id: "daemon-storage-aufs",
    severity: "info",
    title: { en: "The storage driver is aufs", ja: "ストレージドライバが aufs" },
    explanation: {
      en: "aufs is no part of the kernel and is not looked after. Use overlay2.",
      ja: "aufs はカーネルの一部ではなく、保守されていません。overlay2 を使ってください。",
    },
    aliases: cis("2.6"),
    examine: (daemon) => passIf(daemon.info["Driver"] !== "aufs", infoPlace(daemon, "Driver")),
  },
  {
    id: "daemon-tcp-without-tls",
    severity: "high",
    title: {
      en: "The engine's API is open on TCP without verified TLS",
      ja: "検証した TLS のない TCP で API が開いている",
    },
    explanation: {
      en: "Whoever reaches the port is root on the host: this is how the attack of sekisho demo begins. Use the unix socket, SSH, or TLS with client certificates; better, put sekisho guard in front.",
      ja: "ポートに届く者はホストの root です。sekisho demo の攻撃はここから始まります。unix ソケット、SSH、クライアント証明書つきの TLS を使い、前に sekisho guard を置いてください。",
    },
    aliases: cis("2.7"),
    examine: (daemon) => {
      const warnings = daemon.info["Warnings"];
      const warned =
        Array.isArray(warnings) &&
        warnings.some((warning) => /API is accessible on (?:tcp|http):/i.test(String(warning)));
      if (warned) {
        return { status: "fail", place: infoPlace(daemon, "Warnings") };
      }
      const { commandLine, config } = daemon;
      if (daemon.uri.startsWith("tcp://") && typeof commandLine !== "object") {
        return UNKNOWN;
      }
      const words = typeof commandLine === "object" ? commandLine.value : [];
      const hosts = typeof config === "object" && Array.isArray(config.value["hosts"]) ? config.value["hosts"] : [];
      const open = [...words, ...hosts].map(String).find((word) => /(?:^|=)tcp:\/\//.test(word));
      if (open !== undefined) {
        const verified = setting(daemon, "tlsverify", "tlsverify");
        return typeof verified === "object" && isOn(verified.value)
          ? PASS
          : { status: "fail", place: typeof commandLine === "object" ? commandLine.place : { uri: daemon.configPath } };
      }
      return commandLine === "unknown" ? UNKNOWN : PASS;
    },
  },
  {
    id: "daemon-ulimits-default",
    severity: "info",
    title: { en: "No default limits for open files and processes", ja: "開けるファイルなどの既定の上限がない" },
    explanation: {
      en: "A default-ulimits setting bounds what one container may take of the host.",
      ja: "default-ulimits は、1 つのコンテナがホストから取れる量を限ります。",
    },
    aliases: cis("2.8"),
    examine: (daemon) => {
      const value = setting(daemon, "default-ulimit", "default-ulimits");
      return value === "unknown"
        ? UNKNOWN
        : passIf(value !== "unset", { uri: daemon.configPath, field: "default-ulimits" });
    },
  },
  {
    id: "daemon-userns-not-remapped",
    severity: "low",
    title: { en: "Root in a container is root on the host", ja: "コンテナの root がホストの root である" },
    explanation: {
      en: "userns-remap gives containers users of their own: a container that breaks out is nobody. Rootless mode does the same.",
      ja: "userns-remap はコンテナに別のユーザ番号を与え、脱出しても一般ユーザ未満です。rootless モードも同じ効果があります。",
    },
    aliases: cis("2.9"),
    examine: (daemon) =>
      daemon.rootless
        ? NOT_APPLICABLE
        : passIf(securityOptions(daemon).has("userns"), infoPlace(daemon, "SecurityOptions")),
  },
  {
    id: "daemon-cgroup-parent",
    severity: "low",
    title: { en: "Containers get an unusual cgroup parent", ja: "コンテナに通常と違う cgroup の親が与えられる" },
    explanation: {
      en: "Limits of the usual parent then do not hold. Leave cgroup-parent unset.",
      ja: "通常の親の制限が効かなくなります。cgroup-parent は設定しないでください。",
    },
    aliases: cis("2.10"),
    examine: (daemon) => {
      const value = setting(daemon, "cgroup-parent", "cgroup-parent");
      return value === "unknown"
        ? UNKNOWN
        : value === "unset"
          ? PASS
          : passIf(value.value === "" || value.value === "/docker", value.place);
    },
  },
  {
    id: "daemon-base-device-size",
    severity: "info",
    title: { en: "The size of the base device was changed", ja: "ベースデバイスの大きさが変えられている" },
    explanation: {
      en: "dm.basesize can only grow, and each image and container may take as much of the disk.",
      ja: "dm.basesize は増やすことしかできず、各イメージとコンテナがそれだけディスクを使えます。",
    },
    aliases: cis("2.11"),
    examine: (daemon) => {
      if (daemon.info["Driver"] !== "devicemapper") {
        return NOT_APPLICABLE;
      }
      const value = setting(daemon, "storage-opt", "storage-opts");
      return value === "unknown"
        ? UNKNOWN
        : value === "unset"
          ? PASS
          : passIf(!JSON.stringify(value.value).includes("dm.basesize"), value.place);
    },
  },
  {
    id: "daemon-no-authorization",
    severity: "info",
    title: { en: "Every client of the API may do everything", ja: "API のどのクライアントも何でもできる" },
    explanation: {
      en: "Without an authorization plugin or a gate, access to the socket is root. sekisho guard decides request by request.",
      ja: "認可プラグインも関門もなければ、ソケットに届くことは root と同じです。sekisho guard が要求ごとに判断します。",
    },
    aliases: cis("2.12"),
    examine: (daemon) => {
      const plugins = objectIn(daemon.info, "Plugins")["Authorization"];
      return daemon.kind === "podman"
        ? NOT_APPLICABLE
        : passIf(Array.isArray(plugins) && plugins.length > 0, infoPlace(daemon, "Plugins.Authorization"));
    },
  },
  {
    id: "daemon-logs-stay-local",
    severity: "info",
    title: { en: "Logs of containers stay on this host", ja: "コンテナのログがこのホストにしかない" },
    explanation: {
      en: "Whoever takes the host takes its logs. Send them elsewhere, or collect them.",
      ja: "ホストを取った者はログも消せます。別の場所に送るか、収集してください。",
    },
    aliases: cis("2.13"),
    examine: (daemon) =>
      passIf(
        !["json-file", "local", "none", ""].includes(String(daemon.info["LoggingDriver"] ?? "")),
        infoPlace(daemon, "LoggingDriver"),
      ),
  },
  {
    id: "daemon-new-privileges",
    severity: "low",
    title: {
      en: "Programs may gain privileges unless a container forbids it",
      ja: "禁じない限り、プログラムが権限を得られる",
    },
    explanation: {
      en: 'With "no-new-privileges": true in daemon.json setuid files have no effect in any container that does not ask otherwise.',
      ja: 'daemon.json に "no-new-privileges": true とすると、別に指定しない限りどのコンテナでも setuid ファイルが効きません。',
    },
    aliases: cis("2.14"),
    examine: (daemon) => passIf(securityOptions(daemon).has("no-new-privileges"), infoPlace(daemon, "SecurityOptions")),
  },
  {
    id: "daemon-live-restore",
    severity: "info",
    title: { en: "Containers stop when the daemon does", ja: "デーモンが止まるとコンテナも止まる" },
    explanation: {
      en: "live-restore keeps them running while the daemon is updated, so that updates are not put off.",
      ja: "live-restore があればデーモンの更新中も動き続け、更新を先延ばしにせずに済みます。",
    },
    aliases: cis("2.15"),
    examine: (daemon) =>
      objectIn(daemon.info, "Swarm")["LocalNodeState"] === "active"
        ? NOT_APPLICABLE
        : passIf(daemon.info["LiveRestoreEnabled"] === true, infoPlace(daemon, "LiveRestoreEnabled")),
  },
  {
    id: "daemon-userland-proxy",
    severity: "info",
    title: { en: "Published ports go through a proxy process", ja: "公開ポートがプロキシのプロセスを通る" },
    explanation: {
      en: "One process of root for each port, where packet filter rules do the same. Set userland-proxy to false.",
      ja: "ポートごとに root のプロセスが 1 つ増えます。パケットフィルタで足りるので、userland-proxy を false にしてください。",
    },
    aliases: cis("2.16"),
    examine: (daemon) => {
      const value = setting(daemon, "userland-proxy", "userland-proxy");
      if (value === "unknown") {
        return UNKNOWN;
      }
      return value === "unset"
        ? { status: "fail", place: { uri: daemon.configPath, field: "userland-proxy" } }
        : passIf(!isOn(value.value), value.place);
    },
  },
  {
    id: "daemon-seccomp-off",
    severity: "medium",
    title: { en: "Containers have no seccomp filter by default", ja: "既定でコンテナに seccomp フィルタがない" },
    explanation: {
      en: "Without the engine's filter about sixty more system calls reach the kernel from every container.",
      ja: "エンジンのフィルタがないと、どのコンテナからも約 60 個多くのシステムコールがカーネルに届きます。",
    },
    aliases: cis("2.17"),
    examine: (daemon) => {
      const seccomp = securityOptions(daemon).get("seccomp");
      return passIf(
        seccomp !== undefined && seccomp.get("profile") !== "unconfined",
        infoPlace(daemon, "SecurityOptions"),
      );
    },
  },
  {
    id: "daemon-experimental",
    severity: "info",
    title: { en: "Experimental features are on", ja: "実験的な機能が有効" },
    explanation: {
      en: "They are less looked at. Checkpoints, for one, take a directory of the host.",
      ja: "検証が浅い機能です。たとえばチェックポイントはホストのディレクトリを受け取ります。",
    },
    aliases: cis("2.18"),
    examine: (daemon) => passIf(daemon.info["ExperimentalBuild"] !== true, infoPlace(daemon, "ExperimentalBuild")),
  },
  {
    id: "swarm-active",
    severity: "info",
    title: { en: "The engine is part of a swarm", ja: "エンジンがスウォームに参加している" },
    explanation: {
      en: "A swarm opens ports and lets managers start containers here. Leave it where it is not used.",
      ja: "スウォームはポートを開き、マネージャがここでコンテナを起動できるようにします。使わないなら離脱してください。",
    },
    aliases: cis("5.1"),
    examine: (daemon) => {
      const state = objectIn(daemon.info, "Swarm")["LocalNodeState"];
      return state === undefined
        ? UNKNOWN
        : passIf(state === "inactive" || state === "", infoPlace(daemon, "Swarm.LocalNodeState"));
    },
  },
  {
    id: "swarm-autolock-off",
    severity: "low",
    title: {
      en: "The swarm's keys lie unlocked on the managers",
      ja: "スウォームの鍵がマネージャに無施錠で置かれている",
    },
    explanation: {
      en: "With autolock the keys of the raft log and of TLS are needed by hand after a restart. Keep the unlock key elsewhere.",
      ja: "autolock を有効にすると、再起動後に鍵の入力が必要になります。解錠鍵は別の場所に保管してください。",
    },
    aliases: cis("7.5"),
    examine: (daemon) => {
      const swarm = objectIn(daemon.info, "Swarm");
      if (swarm["ControlAvailable"] !== true) {
        return NOT_APPLICABLE;
      }
      const spec = objectIn(objectIn(swarm, "Cluster"), "Spec");
      return passIf(
        objectIn(spec, "EncryptionConfig")["AutoLockManagers"] === true,
        infoPlace(daemon, "Swarm.Cluster.Spec.EncryptionConfig"),
      );
    },
  },
  {
    id: "swarm-many-managers",
    severity: "info",
    title: { en: "The swarm has more managers than it needs", ja: "スウォームのマネージャが必要以上に多い" },
    explanation: {
      en: "Each manager holds the keys of the whole swarm. Three or five are enough.",
      ja: "どのマネージャもスウォーム全体の鍵を持ちます。3 か 5 で足ります。",
    },
    aliases: cis("7.1"),
    examine: (daemon) => {
      const swarm = objectIn(daemon.info, "Swarm");
      const managers = swarm["Managers"];
      return swarm["ControlAvailable"] !== true || typeof managers !== "number"
        ? NOT_APPLICABLE
        : passIf(managers <= 7, infoPlace(daemon, "Swarm.Managers"));
    },
  },
];
