import { asksMetadata } from "./network-commands.ts";
import { namesPath } from "./paths.ts";
import type { CommandRule } from "./sign.ts";
import { textOfCommand as text } from "./text-of-command.ts";

/** A process of a container that was there before the visitor came. */
const inOthersContainer = (deed: { role: string; container: { madeByVisitor: boolean } | undefined }): boolean =>
  (deed.role === "exec" || deed.role === "stream") && deed.container?.madeByVisitor === false;

const KEYS = /\/\.ssh\/(?:id_\w+|config|known_hosts|\*)|\bid_(?:rsa|dsa|ed25519|ecdsa)\b|\.(?:pem|ppk|p12|pfx)\b/;
const CREDENTIAL_FILES =
  /\.aws\/(?:credentials|config|\*)|\.docker\/config\.json|\.dockercfg|\.kube\/config|\/kubeconfig|\.git-credentials|\.netrc|\.s3cfg|\.boto\b|gcloud\/(?:credentials|access_tokens|application_default)|\.azure\/|\/\.env\b|wp-config\.php|\.pgpass|\.my\.cnf|\.npmrc|\.pypirc|shadowsocks|filezilla|credentials\.json|secrets?\.(?:ya?ml|json)|\.config\/(?:rclone|gh|hub)|\/root\/\.(?:aws|azure|kube|docker)|monerowallet|wallet\.dat/i;

/** Looking for secrets, and looking around. */
export const CREDENTIAL_RULES: readonly CommandRule[] = [
  {
    id: "cloud-metadata",
    attack: ["T1552.005"],
    weight: 60,
    because: {
      en: "The cloud's metadata service was to be asked for credentials",
      ja: "クラウドのメタデータサービスから認証情報を取り出させようとしました",
    },
    holds: (deed) => asksMetadata(deed),
  },
  {
    id: "environment-of-others",
    attack: ["T1552.001", "T1552.007"],
    weight: 25,
    because: {
      en: "The environment of a running container was read: passwords often stand there",
      ja: "稼働中のコンテナの環境変数が読み出されました。パスワードがよく置かれる場所です",
    },
    holds: (deed) =>
      inOthersContainer(deed) &&
      ((/^(?:env|printenv|set|export)$/.test(deed.command.name) && deed.command.argv.length === 1) ||
        /\/proc\/(?:self|\d+|\*)\/environ/.test(text(deed.command))),
  },
  {
    id: "environment-of-processes",
    attack: ["T1552.001"],
    weight: 30,
    because: { en: "The environment of processes was to be read", ja: "プロセスの環境変数を読み出させようとしました" },
    holds: ({ command }) => /\/proc\/(?:self|\d+|\*|\$\w+)\/environ/.test(text(command)),
  },
  {
    id: "credential-files",
    attack: ["T1552.001"],
    weight: 50,
    buildWeight: 0,
    because: {
      en: "Files with passwords or keys of clouds and services were looked for",
      ja: "クラウドやサービスのパスワード・鍵のファイルが探されました",
    },
    holds: (deed, scene) =>
      deed.command.name !== "echo" &&
      (CREDENTIAL_FILES.test(text(deed.command)) || namesPath(deed, scene, CREDENTIAL_FILES)),
  },
  {
    id: "private-keys",
    attack: ["T1552.004"],
    weight: 50,
    buildWeight: 5,
    because: { en: "Private keys were looked for", ja: "秘密鍵が探されました" },
    holds: ({ command }) =>
      /^(?:cat|find|ls|cp|tar|grep|egrep|locate|less|head|scp|curl|zip|base64|for|ssh-add)$/.test(command.name) &&
      KEYS.test(text(command)),
  },
  {
    id: "searched-for-passwords",
    attack: ["T1552.001"],
    weight: 50,
    buildWeight: 0,
    because: { en: "Files were searched for passwords", ja: "ファイルの中のパスワードが検索されました" },
    holds: ({ command }) =>
      /^(?:grep|egrep|rg|findstr|strings|trufflehog|gitleaks)$/.test(command.name) &&
      /\b(?:passw(?:or)?d|secret|aws_access|api[_-]?key|token|BEGIN \w* ?PRIVATE KEY|AKIA)/i.test(text(command)) &&
      (/\s-[a-zA-Z]*[rRE]/.test(text(command)) || command.fedBy.length === 0),
  },
  {
    id: "password-hashes",
    attack: ["T1003.008"],
    weight: 60,
    buildWeight: 0,
    because: {
      en: "The password hashes of the system were to be read",
      ja: "システムのパスワードハッシュを読み出させようとしました",
    },
    holds: ({ command }) =>
      /^(?:cat|cp|head|tail|tac|less|more|grep|unshadow|getent|base64|dd|awk|curl|tar)$/.test(command.name) &&
      /\/etc\/(?:g?shadow|master\.passwd)\b|getent shadow/.test(text(command)),
  },
  {
    id: "shell-history",
    attack: ["T1552.003"],
    weight: 50,
    because: {
      en: "The history of shells was to be read: passwords and hosts stand there",
      ja: "シェルの履歴を読み出させようとしました。パスワードや接続先が残る場所です",
    },
    holds: ({ command }) =>
      /^(?:cat|grep|head|tail|less|awk|cp|tar)$/.test(command.name) &&
      /\.(?:bash|zsh|ash|mysql|psql|python)_history\b/.test(text(command)),
  },
  {
    id: "service-account-token",
    attack: ["T1528", "T1552.007"],
    weight: 60,
    because: {
      en: "The Kubernetes token of a pod was to be read",
      ja: "Pod の Kubernetes トークンを読み出させようとしました",
    },
    holds: ({ command }) => /\/(?:var\/)?run\/secrets\/kubernetes\.io|\/var\/lib\/kubelet/.test(text(command)),
  },
  {
    id: "data-sent-out",
    attack: ["T1041", "T1048"],
    weight: 40,
    buildWeight: 0,
    because: { en: "Data was to be sent out", ja: "データを外部へ送信させようとしました" },
    holds: ({ command }) =>
      (command.name === "curl" &&
        /\s(?:-F|--form|-T|--upload-file|--data-binary|--data|-d)\s*\S*(?:@|\$\(|`|<)|\s-T\s/.test(text(command))) ||
      (command.name === "wget" && /--post-(?:file|data)/.test(text(command))) ||
      (command.name === "curl" && command.fedBy.length > 0 && /@-|-T\s*-/.test(text(command))) ||
      (/^(?:nc|ncat|netcat)$/.test(command.name) &&
        command.fedBy.some((name) => /^(?:tar|cat|env|gzip|zip|dd)$/.test(name))),
  },
  {
    id: "accounts-read",
    attack: ["T1087.001"],
    weight: 5,
    buildWeight: 0,
    because: { en: "The list of accounts was read", ja: "アカウントの一覧が読まれました" },
    holds: ({ command }) =>
      /^(?:cat|head|grep|cut|awk|less|getent)$/.test(command.name) &&
      /\/etc\/(?:passwd|group)\b|getent passwd/.test(text(command)),
  },
  {
    id: "system-looked-at",
    attack: ["T1082"],
    weight: 0,
    because: { en: "Kernel, processors or memory were looked at", ja: "カーネル・CPU・メモリの情報が調べられました" },
    holds: ({ command, role }) =>
      role !== "build" &&
      (/^(?:uname|lscpu|nproc|free|hostnamectl|dmidecode|lsb_release|arch|lsblk|nvidia-smi|lspci|dmesg|df|hostname|uptime)$/.test(
        command.name,
      ) ||
        /\/proc\/(?:cpuinfo|meminfo|version)|\/etc\/\S*release|\/etc\/issue/.test(text(command))),
  },
  {
    id: "user-looked-at",
    attack: ["T1033"],
    weight: 0,
    because: { en: "The visitor asked who it runs as", ja: "実行ユーザーが調べられました" },
    holds: ({ command, role }) => role !== "build" && /^(?:id|whoami|w|who|last|lastlog)$/.test(command.name),
  },
  {
    id: "processes-looked-at",
    attack: ["T1057"],
    weight: 0,
    because: { en: "Running processes were looked at", ja: "稼働中のプロセスが調べられました" },
    holds: ({ command, role }) => role !== "build" && /^(?:ps|top|pgrep|pidof|htop|pstree)$/.test(command.name),
  },
  {
    id: "network-looked-at",
    attack: ["T1016", "T1049"],
    weight: 0,
    because: { en: "Addresses and connections were looked at", ja: "アドレスや接続状況が調べられました" },
    holds: ({ command, role }) =>
      role !== "build" &&
      (/^(?:ifconfig|netstat|ss|arp|route|lsof)$/.test(command.name) ||
        (command.name === "ip" && /\s(?:a|addr|r|route|link|neigh)/.test(text(command)))),
  },
  {
    id: "files-looked-at",
    attack: ["T1083"],
    weight: 0,
    because: { en: "Files and directories were looked at", ja: "ファイルやディレクトリが調べられました" },
    holds: ({ command, role }) => role !== "build" && /^(?:ls|find|tree|du|stat|locate)$/.test(command.name),
  },
  {
    id: "ssh-to-others",
    attack: ["T1021.004"],
    weight: 45,
    because: { en: "Other machines were to be entered over SSH", ja: "SSH で他のマシンに侵入させようとしました" },
    holds: ({ command, role }) =>
      role !== "build" &&
      ((/^(?:ssh|sshpass|pssh|parallel-ssh)$/.test(command.name) &&
        command.argv.length > 2 &&
        !/\s-V\b/.test(text(command))) ||
        (command.name === "scp" && /\w@[\w.$-]+:/.test(text(command)))),
  },
];
