import { all, any, lsm, mount, rootOn } from "../../facts/index.ts";
import { technique } from "../technique.ts";

const PATHS = ["/boot", "/boot/efi", "/boot/grub", "/boot/grub2"];

/**
 * Writing what the host boots from.
 *
 * Needs all of: /boot, or the part of it with the boot loader, writable, and root on that mount. It waits for a reboot.
 */
export const bootWrite = technique({
  id: "boot-write",
  attack: ["T1542"],
  severity: "critical",
  title: { en: "The host's boot files are writable", ja: "ホストの起動ファイルに書き込める" },
  explanation: {
    en: "Kernel, initial file system and boot configuration lie in /boot. Whoever writes them decides what runs at the next boot, before any protection of the host. Secure Boot checks the kernel, not the initial file system.",
    ja: "カーネル、初期ファイルシステム、起動設定は /boot にある。書き込める者は、次の起動時に、ホストのどの保護よりも先に何が動くかを決められる。Secure Boot が検査するのはカーネルであり、初期ファイルシステムではない。",
  },
  basis: "documented",
  needs: any(
    ...PATHS.map((path) => all(mount.rw(path), rootOn(path), any(lsm.allows("file-host"), mount.relabelled(path)))),
  ),
  gains: ["kernel-code"],
  aliases: { "cis-docker-1.6.0": ["5.6"] },
  examples: {
    open: ["docker run -v /boot:/boot busybox"],
    closed: [
      "docker run -v /boot:/boot:ro busybox",
      "docker run -u 20000:20000 -v /boot:/boot busybox",
      "docker run -v /srv/boot:/boot busybox",
    ],
  },
});
