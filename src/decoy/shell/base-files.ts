/** Files that an image of a family has: enough to look around in. */
import { directory, type FileNode, file, symlink } from "./files.ts";
import type { ImageFamily } from "./shell.ts";

const FOLDERS =
  "bin boot dev dev/pts dev/shm etc home lib media mnt opt proc root run sbin srv sys tmp usr usr/bin usr/lib usr/local usr/local/bin usr/local/sbin usr/sbin usr/share var var/cache var/lib var/log var/run var/tmp";

const BUSYBOX =
  "ash base64 chattr chgrp lsattr chroot nsenter modprobe insmod lsmod sysctl adduser addgroup deluser chpasswd lsof fuser readlink realpath basename dirname expr seq od nohup setsid nice timeout usleep install sha1sum sha256sum diff tac telnet route uptime who watch killall pkill pgrep pidof reboot printenv nl fold split tty stty ifup sleep unzip xxd awk base64 cat chmod chown cp crontab cut date dd df dmesg du echo egrep env false find free grep gunzip gzip head hostname id ifconfig ip kill killall ln ls md5sum mkdir mknod mktemp mount mv nc netstat nproc nslookup passwd ping printf ps pwd rm rmdir sed sh sleep sort stat sync tail tar tee test top touch tr true umount uname uniq vi wc wget which whoami xargs yes";

const GNU =
  "arch awk nohup setsid nice ionice printenv realpath dd nl fold split tac sha1sum diff uptime nsenter unshare lscpu lsblk sysctl pgrep pkill top w df dmesg ls passwd chpasswd userdel groupadd adduser sync fuser hostname login last base64 basename bash cat chgrp chmod chown chroot cp cut date dd df dir dirname du echo env expr false find getent grep groups gunzip gzip head hostname id install kill ln ls lsattr chattr md5sum mkdir mknod mktemp more mount mv nproc od passwd perl printf ps pwd readlink rm rmdir sed seq sh sha256sum sleep sort stat stty su sync tail tar tee test timeout touch tr true tty umount uname uniq useradd usermod wc which whoami xargs yes";

const PASSWD =
  "root:x:0:0:root:/root:SHELL\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\nbin:x:2:2:bin:/bin:/usr/sbin/nologin\nsys:x:3:3:sys:/dev:/usr/sbin/nologin\nmail:x:8:8:mail:/var/mail:/usr/sbin/nologin\nwww-data:x:33:33:www-data:/var/www:/usr/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n";
const GROUP =
  "root:x:0:\ndaemon:x:1:\nbin:x:2:\nsys:x:3:\nadm:x:4:\ntty:x:5:\nmail:x:8:\nwww-data:x:33:\nnogroup:x:65534:\n";

const RELEASES: Readonly<Record<ImageFamily, string>> = {
  alpine:
    'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.20.3\nPRETTY_NAME="Alpine Linux v3.20"\nHOME_URL="https://alpinelinux.org/"\nBUG_REPORT_URL="https://gitlab.alpinelinux.org/alpine/aports/-/issues"\n',
  debian:
    'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nVERSION="12 (bookworm)"\nVERSION_CODENAME=bookworm\nID=debian\nHOME_URL="https://www.debian.org/"\nSUPPORT_URL="https://www.debian.org/support"\nBUG_REPORT_URL="https://bugs.debian.org/"\n',
  ubuntu:
    'PRETTY_NAME="Ubuntu 22.04.4 LTS"\nNAME="Ubuntu"\nVERSION_ID="22.04"\nVERSION="22.04.4 LTS (Jammy Jellyfish)"\nVERSION_CODENAME=jammy\nID=ubuntu\nID_LIKE=debian\nHOME_URL="https://www.ubuntu.com/"\n',
  redhat:
    'NAME="CentOS Linux"\nVERSION="7 (Core)"\nID="centos"\nID_LIKE="rhel fedora"\nVERSION_ID="7"\nPRETTY_NAME="CentOS Linux 7 (Core)"\n',
  busybox: "",
  scratch: "",
};

const built = new Map<ImageFamily, ReadonlyMap<string, FileNode>>();

/** The lowest layer of a family; the same object every time. */
export function baseFiles(family: ImageFamily): ReadonlyMap<string, FileNode> {
  let nodes = built.get(family);
  if (nodes === undefined) {
    nodes = build(family);
    built.set(family, nodes);
  }
  return nodes;
}

/** When the images of the hub were built. */
const BUILT_AT = Date.UTC(2024, 8, 6, 22, 21, 39);

function build(family: ImageFamily): Map<string, FileNode> {
  const nodes = new Map<string, FileNode>([["/", directory(BUILT_AT)]]);
  if (family === "scratch") {
    return nodes;
  }
  const program = "\u007fELF\u0002\u0001\u0001";
  const text = (path: string, content: string, mode = 0o644): void => {
    nodes.set(path, file(Buffer.from(content), mode, BUILT_AT));
  };
  for (const folder of FOLDERS.split(" ")) {
    nodes.set(`/${folder}`, directory(BUILT_AT, folder === "tmp" ? 0o1777 : folder === "root" ? 0o700 : 0o755));
  }
  const small = family === "alpine" || family === "busybox";
  if (small) {
    text("/bin/busybox", program, 0o755);
    for (const name of BUSYBOX.split(" ")) {
      nodes.set(`/bin/${name}`, symlink("/bin/busybox", BUILT_AT));
    }
  } else {
    for (const name of GNU.split(" ")) {
      text(`/bin/${name}`, program, 0o755);
    }
  }
  for (const name of ["null", "zero", "urandom", "random", "full", "tty"]) {
    text(`/dev/${name}`, "", 0o666);
  }
  if (family === "alpine") {
    text("/sbin/apk", program, 0o755);
    text("/etc/alpine-release", "3.20.3\n");
  } else if (family === "debian" || family === "ubuntu") {
    text("/usr/bin/apt-get", program, 0o755);
    text("/usr/bin/dpkg", program, 0o755);
    text("/etc/debian_version", family === "debian" ? "12.7\n" : "bookworm/sid\n");
  } else if (family === "redhat") {
    text("/usr/bin/yum", program, 0o755);
    text("/etc/redhat-release", "CentOS Linux release 7.9.2009 (Core)\n");
  }
  text("/etc/passwd", PASSWD.replace("SHELL", small ? "/bin/sh" : "/bin/bash"));
  text("/etc/group", GROUP);
  text("/etc/shadow", "root:*:19900:0:99999:7:::\n", 0o640);
  text("/etc/resolv.conf", "");
  text("/etc/profile", "export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n");
  text("/etc/shells", small ? "/bin/sh\n/bin/ash\n" : "/bin/sh\n/bin/bash\n/bin/dash\n");
  text("/etc/fstab", "");
  text("/etc/hostname", "");
  text("/etc/hosts", "");
  if (family === "alpine") {
    text(
      "/etc/crontabs/root",
      "# do daily/weekly/monthly maintenance\n*/15\t*\t*\t*\t*\trun-parts /etc/periodic/15min\n",
      0o600,
    );
    text(
      "/etc/apk/repositories",
      "https://dl-cdn.alpinelinux.org/alpine/v3.20/main\nhttps://dl-cdn.alpinelinux.org/alpine/v3.20/community\n",
    );
    nodes.set("/etc/crontabs", directory(BUILT_AT));
    nodes.set("/etc/apk", directory(BUILT_AT));
  }
  if (RELEASES[family] !== "") {
    text("/etc/os-release", RELEASES[family]);
  }
  return nodes;
}
