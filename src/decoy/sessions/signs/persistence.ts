import type { Deed } from "../deeds.ts";
import { touchedFiles } from "./paths.ts";
import type { CommandRule, Scene } from "./sign.ts";
import { textOfCommand as text } from "./text-of-command.ts";

const touches = (deed: Deed, scene: Scene, pattern: RegExp, where: "host" | "container" | "any" = "any"): boolean =>
  touchedFiles(deed, scene).some(
    ({ path, onHost }) => pattern.test(path) && (where === "any" || (where === "host") === onHost),
  );

const AUTHORIZED_KEYS = /\/authorized_keys2?$/;
const CRON =
  /^\/(?:etc\/(?:cron(?:tab|tabs\/\w+|\.(?:d|hourly|daily|weekly|monthly)\/.+)|anacrontab)|var\/spool\/cron\/.+)$/;
const SYSTEMD = /\/(?:etc|lib|usr\/lib|run)\/systemd\/(?:system|user)\/[^/]+\.(?:service|path|socket)$/;
const RC = /^\/etc\/(?:rc\.local|rc\d?\.d\/.+|init\.d\/.+|inittab|local\.d\/.+)$/;
const SHELL_START =
  /\/(?:\.(?:bashrc|bash_profile|bash_login|bash_logout|bash_aliases|profile|zshrc|zprofile|zshenv|kshrc)|etc\/(?:profile|bash\.bashrc|zshrc|environment)|etc\/profile\.d\/.+)$/;
const SUDOERS = /^\/etc\/sudoers(?:$|\.d\/)/;
const ACCOUNTS = /^\/etc\/(?:passwd|shadow|group|gshadow)-?$/;

/** The same deed is worth more on the host than in a container. */
function onFile(
  id: string,
  attack: readonly string[],
  pattern: RegExp,
  weights: { readonly host: number; readonly container: number },
  en: string,
  ja: string,
): readonly CommandRule[] {
  return [
    {
      id: `host-${id}`,
      attack: [...attack, "T1611"],
      weight: weights.host,
      because: { en: `${en} on the host`, ja: `ホスト上で${/^[A-Za-z]/.test(ja) ? " " : ""}${ja}` },
      holds: (deed, scene) => touches(deed, scene, pattern, "host"),
    },
    {
      id,
      attack,
      weight: weights.container,
      buildWeight: 0,
      because: { en, ja },
      holds: (deed, scene) => touches(deed, scene, pattern, "container"),
    },
  ];
}

/** Ways to come back, and accounts to come back with. */
export const PERSISTENCE_RULES: readonly CommandRule[] = [
  ...onFile(
    "authorized-keys",
    ["T1098.004"],
    AUTHORIZED_KEYS,
    { host: 90, container: 40 },
    "An SSH key was to be allowed in",
    "SSH 鍵でのログインを許可させようとしました",
  ),
  ...onFile(
    "cron-file",
    ["T1053.003"],
    CRON,
    { host: 80, container: 20 },
    "A cron job was to be planted",
    "cron ジョブを仕掛けようとしました",
  ),
  ...onFile(
    "systemd-unit",
    ["T1543.002"],
    SYSTEMD,
    { host: 80, container: 20 },
    "A systemd service was to be planted",
    "systemd サービスを仕掛けようとしました",
  ),
  ...onFile(
    "rc-script",
    ["T1037.004"],
    RC,
    { host: 80, container: 15 },
    "A start-up script was to be changed",
    "起動スクリプトを書き換えようとしました",
  ),
  ...onFile(
    "shell-start-file",
    ["T1546.004"],
    SHELL_START,
    { host: 70, container: 25 },
    "A file that every shell reads at its start was to be changed",
    "シェルの起動時に読まれるファイルを書き換えようとしました",
  ),
  ...onFile(
    "sudoers",
    ["T1548.003"],
    SUDOERS,
    { host: 80, container: 15 },
    "The rules of sudo were to be changed",
    "sudo の規則を書き換えようとしました",
  ),
  ...onFile(
    "account-files",
    ["T1136.001", "T1098"],
    ACCOUNTS,
    { host: 80, container: 15 },
    "The files of user accounts were to be changed",
    "ユーザーアカウントのファイルを書き換えようとしました",
  ),
  ...onFile(
    "preload",
    ["T1574.006", "T1014"],
    /^\/etc\/ld\.so\.preload$/,
    { host: 95, container: 60 },
    "A library was to be put before every program (ld.so.preload)",
    "あらゆるプログラムに先立って読み込まれるライブラリを仕掛けようとしました (ld.so.preload)",
  ),
  ...onFile(
    "sshd-config",
    ["T1098.004", "T1021.004"],
    /\/sshd?_config(?:$|\.d\/)/,
    { host: 80, container: 25 },
    "The SSH server was to be set up anew",
    "SSH サーバーの設定を書き換えようとしました",
  ),
  ...onFile(
    "pam",
    ["T1556.003"],
    /^\/(?:etc\/pam\.d\/.+|.*\/pam_\w+\.so)$/,
    { host: 90, container: 40 },
    "The way that logins are checked was to be changed",
    "ログインの認証方法 (PAM) を書き換えようとしました",
  ),
  {
    id: "crontab",
    attack: ["T1053.003"],
    weight: 40,
    buildWeight: 0,
    because: { en: "The table of cron jobs was to be replaced", ja: "cron ジョブの表を置き換えようとしました" },
    holds: ({ command }) => command.name === "crontab" && !/\s-[lr]\b/.test(text(command)),
  },
  {
    id: "cron-service",
    attack: ["T1053.003"],
    weight: 15,
    buildWeight: 0,
    because: {
      en: "A cron daemon was to be installed or started",
      ja: "cron デーモンをインストールまたは起動させようとしました",
    },
    holds: ({ command }) =>
      /^(?:cron|crond|busybox crond)$/.test(command.name) ||
      (/^(?:service|systemctl|rc-service)$/.test(command.name) && /\bcron(?:d|ie)?\b/.test(text(command))) ||
      (isInstall(command.name, text(command)) && /\s(?:cron|cronie|dcron)\b/.test(text(command))),
  },
  {
    id: "at-job",
    attack: ["T1053.002"],
    weight: 20,
    because: { en: "A job for later was to be left with at", ja: "at で後から動くジョブを残そうとしました" },
    holds: ({ command }) => command.name === "at" || command.name === "batch",
  },
  {
    id: "service-enabled",
    attack: ["T1543.002"],
    weight: 25,
    buildWeight: 0,
    because: {
      en: "A service was to be started at every boot",
      ja: "起動のたびにサービスが動くようにしようとしました",
    },
    holds: ({ command }) =>
      (command.name === "systemctl" && /\s(?:enable|daemon-reload|link)\b/.test(text(command))) ||
      /^(?:update-rc\.d|chkconfig|rc-update)$/.test(command.name),
  },
  {
    id: "account-made",
    attack: ["T1136.001"],
    weight: 45,
    buildWeight: 0,
    because: { en: "A user account was to be made", ja: "ユーザーアカウントを作成させようとしました" },
    holds: ({ command }) => /^(?:useradd|adduser|newusers)$/.test(command.name),
  },
  {
    id: "account-changed",
    attack: ["T1098"],
    weight: 40,
    buildWeight: 0,
    because: {
      en: "The password or the groups of an account were to be changed",
      ja: "アカウントのパスワードまたはグループを変更させようとしました",
    },
    holds: ({ command }) => /^(?:chpasswd|passwd|usermod|gpasswd)$/.test(command.name),
  },
  {
    id: "kernel-module",
    attack: ["T1547.006", "T1014"],
    weight: 70,
    because: { en: "A kernel module was to be loaded", ja: "カーネルモジュールを読み込ませようとしました" },
    holds: ({ command }) =>
      command.name === "insmod" ||
      (command.name === "modprobe" &&
        !/\s(?:-r\s+)?(?:msr|fuse|overlay|br_netfilter|ip_tables|iptable_\w+|wireguard|tun|nf_\w+)\b/.test(
          text(command),
        )),
  },
  {
    id: "ssh-server",
    attack: ["T1021.004"],
    weight: 25,
    buildWeight: 5,
    because: {
      en: "An SSH server was to be installed or started in the container",
      ja: "コンテナ内に SSH サーバーをインストールまたは起動させようとしました",
    },
    holds: ({ command }) =>
      /^(?:sshd|dropbear)$/.test(command.name) ||
      (isInstall(command.name, text(command)) && /openssh-server|dropbear/.test(text(command))) ||
      (command.name === "service" && /\bsshd?\b/.test(text(command))),
  },
  {
    id: "ssh-key-made",
    attack: ["T1098.004"],
    weight: 15,
    because: { en: "An SSH key was to be generated", ja: "SSH 鍵を生成させようとしました" },
    holds: ({ command }) => command.name === "ssh-keygen" && !/\s-[lFRH]/.test(text(command)),
  },
  {
    id: "set-user-id",
    attack: ["T1548.001"],
    weight: 50,
    buildWeight: 15,
    because: {
      en: "A file was to be run with its owner's rights (setuid)",
      ja: "所有者の権限で動くファイル (setuid) を作らせようとしました",
    },
    holds: ({ command }) =>
      command.name === "chmod" && /\s(?:[ug]\+s|\+s|[ug]+\+[rwx]*s|[2467]7[0-7]{2}|4[0-7]{3})\b/.test(text(command)),
  },
];

/** A package manager told to install. */
export const isInstall = (name: string, words: string): boolean =>
  /^(?:apt|apt-get|aptitude|apk|yum|dnf|microdnf|zypper|pacman|opkg|pip\d?|npm|snap|brew)$/.test(name) &&
  /\s(?:install|add|-S\w*|i)\s/.test(`${words} `);
