import { all, any, cap, device, told, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Typing into a terminal of the host.
 *
 * TIOCSTI puts bytes into the input of a terminal. On one that is not the process's own the kernel demands
 * CAP_SYS_ADMIN (tiocsti, drivers/tty/tty_io.c). Without it, root has to win the terminal as its controlling one, and
 * dev.tty.legacy_tiocsti must be on.
 */
export const devTtyTiocsti = technique({
  id: "dev-tty-tiocsti",
  attack: ["T1611", "T1056"],
  severity: "high",
  title: { en: "Keystrokes can be typed into a terminal of the host", ja: "ホストの端末に打鍵を注入できる" },
  explanation: {
    en: "A terminal device of the host takes characters as if somebody had typed them: whoever is logged in there runs the commands. Injecting into a foreign terminal takes CAP_SYS_ADMIN; without it only kernels that still allow the old form to everybody let root try. Only root can open the node.",
    ja: "ホストの端末デバイスは、誰かが打ったかのように文字を受け取り、そこにログインしている者がコマンドを実行することになる。他者の端末への注入には CAP_SYS_ADMIN が要り、それがない場合は、旧来の方式を全員に許すカーネルでだけ root が試みられる。ノードを開けるのは root だけである。",
  },
  basis: "documented",
  needs: all(device("tty-host", "w"), userns.host, any(cap("SYS_ADMIN"), told("host.legacy-tiocsti"))),
  gains: ["host-uid-exec"],
  examples: {
    open: ["docker run --cap-add SYS_ADMIN --device /dev/tty1 busybox"],
    possible: ["docker run --device /dev/tty1 busybox"],
    closed: [
      "docker run -it --cap-add SYS_ADMIN busybox",
      "docker run --user 1000 --cap-add SYS_ADMIN --device /dev/tty1 busybox",
      { line: "docker run --device /dev/ttyS0 busybox", host: { facts: { "host.legacy-tiocsti": "no" } } },
    ],
  },
});
