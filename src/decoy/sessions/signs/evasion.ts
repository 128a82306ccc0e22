import { touchedFiles } from "./paths.ts";
import { isInstall } from "./persistence.ts";
import type { CommandRule } from "./sign.ts";
import { textOfCommand as text } from "./text-of-command.ts";

/** Tools that watch hosts: named to be stopped or removed. */
const WATCHERS =
  /\b(?:aliyun|aegis|cloudmonitor|aliyundun|qcloud|YunJing|yunjing|bcm-agent|cloud-?init|falco|auditd|sysdig|osquery|crowdstrike|falcon-sensor|ds_agent|clamav|freshclam|rkhunter|chkrootkit|apparmor|selinux|fail2ban|wazuh|ossec|sentinel|datadog-agent|rsyslog|syslog|hids|titanagent|edr|mdatp|amazon-ssm-agent)\b/i;

/** Miners and bots that campaigns throw out before they move in. */
const RIVALS =
  /\b(?:xmr|xmrig|kinsing|kdevtmpfsi|kthreaddk|minerd?|minergate|sysupdate|networkservice|watchbog|sysguard|solr|ddgs?|qW3xT|pnscan|zgrab|masscan|kworkerds|sshexec|dbused|crypto|stratum|cryptonight|nanopool|cnrig|xmr-stak|rocke|tsm|javaupd|biosetjenkins)/i;

/** Covering tracks, switching protection off, looking like something else. */
export const EVASION_RULES: readonly CommandRule[] = [
  {
    id: "attributes-cleared",
    attack: ["T1222.002"],
    weight: 45,
    because: {
      en: "The protection of files against change was to be lifted (chattr)",
      ja: "ファイルの変更防止属性を外させようとしました (chattr)",
    },
    holds: ({ command }) =>
      /^(?:chattr|lockr|t?chattr\w?)$/.test(command.name) && /\s-[a-zA-Z]*[ia]/.test(text(command)),
  },
  {
    id: "attributes-set",
    attack: ["T1222.002"],
    weight: 45,
    because: {
      en: "Files were to be protected against change, also by their owner (chattr)",
      ja: "所有者でも変更できないようファイルを固定させようとしました (chattr)",
    },
    holds: ({ command }) => /^(?:chattr|lockr)$/.test(command.name) && /\s\+[a-zA-Z]*[ia]/.test(text(command)),
  },
  {
    id: "engine-port-closed",
    attack: ["T1562.004"],
    weight: 80,
    because: {
      en: "The port of the engine was to be closed to everybody else: rivals are locked out",
      ja: "エンジンのポートを他者に対して閉じさせようとしました。競合を締め出す手口です",
    },
    holds: ({ command }) =>
      /^(?:ip6?tables|firewall-cmd|ufw|nft|firewalld)/.test(command.name) &&
      /\b(?:2375|2376|2377|4243)\b/.test(text(command)),
  },
  {
    id: "firewall-changed",
    attack: ["T1562.004"],
    weight: 30,
    because: {
      en: "The firewall was to be changed or switched off",
      ja: "ファイアウォールを変更または無効化させようとしました",
    },
    holds: ({ command }) =>
      (/^(?:ip6?tables|ip6?tables-restore|firewall-cmd|ufw|nft)$/.test(command.name) &&
        !/\s(?:-L|-S|--list\S*|status|list)\b/.test(text(command))) ||
      (/^(?:systemctl|service)$/.test(command.name) &&
        /\b(?:stop|disable)\b/.test(text(command)) &&
        /firewalld|ufw|iptables/.test(text(command))),
  },
  {
    id: "protection-stopped",
    attack: ["T1562.001"],
    weight: 55,
    buildWeight: 10,
    because: {
      en: "A protection or monitoring of the host was to be switched off",
      ja: "ホストの防御または監視を停止させようとしました",
    },
    holds: ({ command }) =>
      (command.name === "setenforce" && /\s0|permissive/i.test(text(command))) ||
      /^aa-(?:teardown|disable|complain)$/.test(command.name) ||
      (/^(?:systemctl|service|pkill|killall|apt|apt-get|yum|rpm|dpkg|rm|chkconfig)$/.test(command.name) &&
        /\b(?:stop|disable|mask|remove|purge|off|-e|-9|-rf?)\b|^(?:pkill|killall)/.test(text(command)) &&
        WATCHERS.test(text(command))) ||
      (command.name === "auditctl" && /\s-e\s*0/.test(text(command))) ||
      (command.name === "sysctl" && /nmi_watchdog=0/.test(text(command))),
  },
  {
    id: "selinux-off",
    attack: ["T1562.001"],
    weight: 50,
    because: { en: "SELinux was to be switched off for good", ja: "SELinux を恒久的に無効化させようとしました" },
    holds: (deed, scene) =>
      touchedFiles(deed, scene).some(
        ({ path, content }) => /\/etc\/(?:selinux|sysconfig)\//.test(path) && /disabled/i.test(content ?? ""),
      ),
  },
  {
    id: "rivals-killed",
    attack: ["T1489", "T1562.001"],
    weight: 55,
    because: {
      en: "Miners and bots of others were to be stopped: the place is taken for itself",
      ja: "他者のマイナーやボットを停止させようとしました。計算資源を独占する手口です",
    },
    holds: ({ command }) =>
      (/^(?:pkill|killall|kill)$/.test(command.name) && RIVALS.test(text(command))) ||
      (/^(?:grep|awk|egrep|fgrep|pgrep)$/.test(command.name) &&
        RIVALS.test(text(command)) &&
        command.feeds.some((name) => /^(?:xargs|kill|pkill|awk)$/.test(name))),
  },
  {
    id: "logs-removed",
    attack: ["T1070.002"],
    weight: 50,
    buildWeight: 0,
    because: { en: "System logs were to be emptied or removed", ja: "システムログを空にするか削除させようとしました" },
    holds: (deed, scene) =>
      (/^(?:rm|shred|truncate|unlink)$/.test(deed.command.name) &&
        /\/var\/log(?:\/|\s|$)|\bwtmp|\blastlog|\bbtmp/.test(text(deed.command))) ||
      (deed.command.name === "journalctl" && /--vacuum/.test(text(deed.command))) ||
      deed.command.writes.some(
        ({ path, append }) =>
          !append &&
          /\/(?:var\/log\/(?!apt|dpkg)|wtmp|lastlog|btmp)/.test(scene.place(deed, path).path) &&
          (deed.command.argv.length === 0 || /^(?::|echo|cat|true)$/.test(deed.command.name)),
      ),
  },
  {
    id: "history-removed",
    attack: ["T1070.003"],
    weight: 50,
    buildWeight: 0,
    because: { en: "The history of commands was to be lost", ja: "コマンド履歴を残さないようにしようとしました" },
    holds: ({ command }) =>
      (command.name === "history" && /\s-[cw]/.test(text(command))) ||
      (command.name === "unset" && /HIST/.test(text(command))) ||
      (command.name === "export" && /HISTFILE=|HISTSIZE=0|HISTFILESIZE=0/.test(text(command))) ||
      (/^(?:rm|shred|ln|truncate)$/.test(command.name) && /\.(?:bash|zsh|ash|sh)_history/.test(text(command))) ||
      command.writes.some(({ path }) => /_history$/.test(path)),
  },
  {
    id: "own-files-removed",
    attack: ["T1070.004"],
    weight: 15,
    buildWeight: 0,
    because: {
      en: "Files that were used were to be removed afterwards",
      ja: "使い終えたファイルを削除させようとしました",
    },
    holds: ({ command }) =>
      /^(?:rm|shred|unlink)$/.test(command.name) &&
      /\s(?:\/tmp\/|\/var\/tmp\/|\/dev\/shm\/|\$0|\S+\.sh\b)/.test(text(command)) &&
      !/\/var\/lib\/apt\/lists/.test(text(command)),
  },
  {
    id: "time-stamps-changed",
    attack: ["T1070.006"],
    weight: 40,
    because: {
      en: "The time stamps of a file were to be made to look old",
      ja: "ファイルのタイムスタンプを偽装させようとしました",
    },
    holds: ({ command }) => command.name === "touch" && /\s-[a-z]*[rtd]\s/.test(text(command)),
  },
  {
    id: "hidden-directory",
    attack: ["T1564.001"],
    weight: 25,
    buildWeight: 0,
    because: {
      en: "A hidden file or directory was to be used in a place for temporary files",
      ja: "一時ディレクトリに隠しファイルまたは隠しディレクトリを置かせようとしました",
    },
    holds: ({ command }) =>
      /(?:^|\s|=)\/(?:tmp|var\/tmp|dev\/shm|usr\/bin|usr\/local\/bin|usr\/lib|etc|opt|var\/lib)\/\.[A-Za-z0-9_.-]+/.test(
        text(command),
      ) && !/\/\.(?:X11-unix|dockerenv|pwd\.lock|npm|cache|git)/.test(text(command)),
  },
  {
    id: "system-name-borrowed",
    attack: ["T1036.005"],
    weight: 50,
    because: {
      en: "A program was to run under a name that belongs to the system",
      ja: "システムの名前を騙るプログラムを動かそうとしました",
    },
    holds: (deed, scene) =>
      borrowsName(deed.command.argv[0] ?? "") ||
      touchedFiles(deed, scene).some(({ path }) => borrowsName(path)) ||
      /(?:exec\s+-a\s+|prctl|setproctitle)\S*(?:\[?k(?:worker|thread|swap)|sshd|httpd|nginx|systemd)/.test(
        text(deed.command),
      ),
  },
  {
    id: "packed-binary",
    attack: ["T1027.002"],
    weight: 20,
    because: { en: "A packed program was used (UPX)", ja: "UPX で圧縮されたプログラムが使われました" },
    holds: ({ command }) => command.name === "upx",
  },
  {
    id: "built-on-the-victim",
    attack: ["T1027.004"],
    weight: 20,
    buildWeight: 0,
    because: { en: "A program was to be compiled on the spot", ja: "その場でプログラムをコンパイルさせようとしました" },
    holds: ({ command, role }) =>
      /^(?:gcc|cc|tcc|g\+\+|clang)$/.test(command.name) && role !== "build" && !isInstall(command.name, text(command)),
  },
  {
    id: "rights-changed",
    attack: ["T1222.002"],
    weight: 0,
    because: { en: "Rights of files were to be changed", ja: "ファイルの権限を変更させようとしました" },
    holds: ({ command, role }) => role !== "build" && /^(?:chown|chmod|setfacl)$/.test(command.name),
  },
];

/** Kernel threads and system services whose names strangers take, in places where the real ones never lie. */
function borrowsName(path: string): boolean {
  const name = path.split("/").at(-1) ?? "";
  return (
    (/^\[?(?:kworker|kthread|ksoftirq|kswapd|migration|kdevtmpfs|khugepage|watchdogd|rcu_)\S*$/.test(name) &&
      path.includes("/")) ||
    /^\/(?:tmp|var\/tmp|dev\/shm|root|opt|home)\/(?:\S*\/)?(?:systemd(?:-\w+)?|sshd|nginx|httpd|apache2?|php(?:-fpm)?|mysqld?|java|dockerd|containerd|cron|crond|init|bash|dbus(?:-daemon)?|redis-server|kubelet|udevd)$/.test(
      path,
    )
  );
}
