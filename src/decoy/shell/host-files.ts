/** The files of the machine itself, for whoever binds `/`: one believable host per installation. */
import { baseFiles } from "./base-files.ts";
import { directory, type FileNode, file } from "./files.ts";
import { numberOf } from "./machine-facts.ts";
import type { ShellMachine } from "./shell.ts";

const built = new Map<string, ReadonlyMap<string, FileNode>>();

export function hostFiles(machine: ShellMachine): ReadonlyMap<string, FileNode> {
  let nodes = built.get(machine.seed);
  if (nodes === undefined) {
    built.clear();
    nodes = build(machine);
    built.set(machine.seed, nodes);
  }
  return nodes;
}

/** Characters of base64 and of `crypt`, the same for the same words. */
function letters(count: number, ...words: readonly string[]): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  return Array.from(
    { length: count },
    (_, index) => alphabet[numberOf(0, alphabet.length - 1, ...words, String(index))],
  ).join("");
}

const stamp = (ms: number): string =>
  new Date(ms)
    .toUTCString()
    .replace(
      /^\w+, (\d+) (\w+) \d+ ([\d:]+) GMT$/,
      (_, day: string, month: string, time: string) => `${month} ${day.replace(/^0/, " ")} ${time}`,
    );

function build(machine: ShellMachine): Map<string, FileNode> {
  const ubuntu = machine.operatingSystem.startsWith("Ubuntu");
  const nodes = new Map(baseFiles(ubuntu ? "ubuntu" : "debian"));
  const { seed, hostname, project, bootedAt, installedAt } = machine;
  const folder = (path: string, mode = 0o755): void => {
    const parts = path.split("/").filter(Boolean);
    for (let count = 1; count <= parts.length; count += 1) {
      const part = `/${parts.slice(0, count).join("/")}`;
      if (!nodes.has(part)) {
        nodes.set(part, directory(installedAt, count === parts.length ? mode : 0o755));
      }
    }
  };
  const put = (path: string, text: string, mode = 0o644, modified = installedAt): void => {
    folder(path.slice(0, path.lastIndexOf("/")) || "/");
    nodes.set(path, file(Buffer.from(text), mode, modified));
  };
  const admin = ubuntu ? "ubuntu" : "debian";
  put("/etc/hostname", `${hostname}\n`);
  put(
    "/etc/hosts",
    `127.0.0.1\tlocalhost\n127.0.1.1\t${hostname}\n${machine.address}\t${hostname}\n\n::1\tlocalhost ip6-localhost ip6-loopback\n`,
  );
  put("/etc/resolv.conf", `nameserver ${machine.resolver}\n`);
  put("/etc/os-release", releaseOf(machine));
  put("/etc/issue", `${machine.operatingSystem} \\n \\l\n\n`);
  put(
    "/etc/passwd",
    `root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\nbin:x:2:2:bin:/bin:/usr/sbin/nologin\nsys:x:3:3:sys:/dev:/usr/sbin/nologin\nsync:x:4:65534:sync:/bin:/bin/sync\nmail:x:8:8:mail:/var/mail:/usr/sbin/nologin\nwww-data:x:33:33:www-data:/var/www:/usr/sbin/nologin\nbackup:x:34:34:backup:/var/backups:/usr/sbin/nologin\n_apt:x:100:65534::/nonexistent:/usr/sbin/nologin\nsystemd-network:x:101:102:systemd Network Management,,,:/run/systemd:/usr/sbin/nologin\nmessagebus:x:103:106::/nonexistent:/usr/sbin/nologin\nsshd:x:104:65534::/run/sshd:/usr/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n${admin}:x:1000:1000:,,,:/home/${admin}:/bin/bash\n`,
  );
  put(
    "/etc/group",
    `root:x:0:\ndaemon:x:1:\nsys:x:3:\nadm:x:4:${admin}\ntty:x:5:\nsudo:x:27:${admin}\nwww-data:x:33:\nshadow:x:42:\ndocker:x:998:${admin}\n${admin}:x:1000:\n`,
  );
  put(
    "/etc/shadow",
    `root:*:19702:0:99999:7:::\ndaemon:*:19702:0:99999:7:::\nwww-data:*:19702:0:99999:7:::\nsshd:!:19702::::::\nnobody:*:19702:0:99999:7:::\n${admin}:$6$${letters(16, seed, "salt")}$${letters(86, seed, "hash")}:19702:0:99999:7:::\n`,
    0o640,
  );
  put(
    "/etc/sudoers",
    'Defaults\tenv_reset\nDefaults\tsecure_path="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"\nroot\tALL=(ALL:ALL) ALL\n%sudo\tALL=(ALL:ALL) ALL\n@includedir /etc/sudoers.d\n',
    0o440,
  );
  put(`/etc/sudoers.d/90-cloud-init-users`, `${admin} ALL=(ALL) NOPASSWD:ALL\n`, 0o440);
  put(
    "/etc/ssh/sshd_config",
    "Include /etc/ssh/sshd_config.d/*.conf\nPermitRootLogin prohibit-password\nPasswordAuthentication no\nKbdInteractiveAuthentication no\nUsePAM yes\nX11Forwarding yes\nPrintMotd no\nSubsystem\tsftp\t/usr/lib/openssh/sftp-server\n",
  );
  put(
    "/etc/crontab",
    "SHELL=/bin/sh\nPATH=/usr/local/sbin:/usr/local/bin:/sbin:/bin:/usr/sbin:/usr/bin\n\n17 *\t* * *\troot\tcd / && run-parts --report /etc/cron.hourly\n25 6\t* * *\troot\ttest -x /usr/sbin/anacron || run-parts --report /etc/cron.daily\n",
  );
  for (const name of ["hourly", "daily", "weekly", "monthly"]) {
    folder(`/etc/cron.${name}`);
  }
  put(
    "/etc/cron.d/e2scrub_all",
    "30 3 * * 0 root test -e /run/systemd/system || SERVICE_MODE=1 /usr/lib/x86_64-linux-gnu/e2fsprogs/e2scrub_all_cron\n",
  );
  put(
    "/etc/cron.daily/logrotate",
    "#!/bin/sh\ntest -x /usr/sbin/logrotate || exit 0\n/usr/sbin/logrotate /etc/logrotate.conf\n",
    0o755,
  );
  put(
    "/var/spool/cron/crontabs/root",
    `# m h  dom mon dow   command\n15 2 * * * /opt/${project}/backup.sh >/dev/null 2>&1\n`,
    0o600,
  );
  put("/etc/fstab", "/dev/sda1 / ext4 errors=remount-ro 0 1\n");
  put("/etc/docker/daemon.json", '{\n  "hosts": ["fd://", "tcp://0.0.0.0:2375"]\n}\n');
  put("/etc/systemd/system/docker.service.d/override.conf", "[Service]\nExecStart=\nExecStart=/usr/bin/dockerd\n");
  put(
    "/lib/systemd/system/docker.service",
    "[Unit]\nDescription=Docker Application Container Engine\nAfter=network-online.target docker.socket\n\n[Service]\nType=notify\nExecStart=/usr/bin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock\n\n[Install]\nWantedBy=multi-user.target\n",
  );
  folder("/root/.ssh", 0o700);
  put(
    "/root/.ssh/authorized_keys",
    `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${letters(43, seed, "key")} ops@${project}\n`,
    0o600,
  );
  put("/root/.bashrc", "# ~/.bashrc: executed by bash(1) for non-login shells.\nexport LS_OPTIONS='--color=auto'\n");
  put(
    "/root/.bash_history",
    `apt update\napt install -y docker.io docker-compose\ncd /opt/${project}\ndocker-compose up -d\ndocker ps\nvi /etc/docker/daemon.json\nsystemctl restart docker\n`,
    0o600,
  );
  folder(`/home/${admin}/.ssh`, 0o700);
  put(
    `/home/${admin}/.ssh/authorized_keys`,
    `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${letters(43, seed, "user key")} ${admin}@${project}\n`,
    0o600,
  );
  put(
    `/opt/${project}/docker-compose.yml`,
    "services:\n  web:\n    image: nginx:1.25\n    ports: ['80:80']\n  db:\n    image: postgres:15\n    env_file: .env\n  queue:\n    image: redis:7\n",
  );
  put(
    `/opt/${project}/backup.sh`,
    `#!/bin/sh\ndocker exec ${project}-db-1 pg_dumpall -U ${project} | gzip > /var/backups/${project}.sql.gz\n`,
    0o755,
  );
  for (const name of ["containers", "image/overlay2", "network/files", "overlay2", "volumes", "tmp"]) {
    folder(`/var/lib/docker/${name}`, 0o710);
  }
  put(
    "/var/log/auth.log",
    `${stamp(bootedAt + 9000)} ${hostname} sshd[${numberOf(560, 620, seed, "sshd")}]: Server listening on 0.0.0.0 port 22.\n${stamp(bootedAt + 60_000_000)} ${hostname} CRON[4211]: pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)\n`,
    0o640,
    bootedAt,
  );
  put(
    "/var/log/syslog",
    `${stamp(bootedAt)} ${hostname} kernel: [    0.000000] Linux version ${machine.kernel}\n${stamp(bootedAt + 12_000)} ${hostname} dockerd: API listen on [::]:2375\n`,
    0o640,
    bootedAt,
  );
  put("/var/log/wtmp", "", 0o664, bootedAt);
  put("/var/log/lastlog", "", 0o664, bootedAt);
  put(`/boot/vmlinuz-${machine.kernel}`, "\u007fELF", 0o600);
  put(`/boot/config-${machine.kernel}`, "CONFIG_64BIT=y\nCONFIG_X86_64=y\n");
  for (const name of [
    "docker",
    "dockerd",
    "containerd",
    "sudo",
    "crontab",
    "systemctl",
    "journalctl",
    "ssh",
    "ssh-keygen",
    "curl",
    "wget",
    "perl",
    "python3",
    "git",
    "vi",
  ]) {
    nodes.set(
      `/usr/bin/${name}`,
      file(Buffer.from("\u007fELF\u0002\u0001\u0001"), name === "sudo" ? 0o4755 : 0o755, installedAt),
    );
  }
  for (const name of [
    "sshd",
    "cron",
    "iptables",
    "ufw",
    "service",
    "insmod",
    "modprobe",
    "lsmod",
    "sysctl",
    "ip",
    "visudo",
  ]) {
    nodes.set(`/usr/sbin/${name}`, file(Buffer.from("\u007fELF\u0002\u0001\u0001"), 0o755, installedAt));
  }
  return nodes;
}

/** `/etc/os-release` of the system that `docker info` names. */
function releaseOf({ operatingSystem }: ShellMachine): string {
  const [, version = "12"] = / (\d+(?:\.\d+)?)/.exec(operatingSystem) ?? [];
  const [, code = version === "24.04" ? "noble" : "jammy"] = /\((\w+)\)/.exec(operatingSystem) ?? [];
  return operatingSystem.startsWith("Ubuntu")
    ? `PRETTY_NAME="${operatingSystem}"\nNAME="Ubuntu"\nVERSION_ID="${version}"\nVERSION_CODENAME=${code}\nID=ubuntu\nID_LIKE=debian\nHOME_URL="https://www.ubuntu.com/"\n`
    : `PRETTY_NAME="${operatingSystem}"\nNAME="Debian GNU/Linux"\nVERSION_ID="${version}"\nVERSION_CODENAME=${code}\nID=debian\nHOME_URL="https://www.debian.org/"\n`;
}
