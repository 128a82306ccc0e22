import { all, device, told } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Making a keyboard that the host believes in.
 *
 * Not enough: the device alone. Somebody has to be logged in at the console for keystrokes to run anything.
 */
export const devUinput = technique({
  id: "dev-uinput",
  attack: ["T1056"],
  severity: "high",
  title: {
    en: "A false keyboard can type on the host's console",
    ja: "偽のキーボードでホストのコンソールに入力できる",
  },
  explanation: {
    en: "Through /dev/uinput a process creates an input device, and the host treats its keys as those of a real keyboard. They go to whatever session is open at the console, a desktop or a root shell. On a server where nobody is logged in there, they reach a login prompt and nothing more.",
    ja: "/dev/uinput を使うとプロセスは入力デバイスを作れ、ホストはその打鍵を本物のキーボードとして扱う。打鍵は、デスクトップであれ root シェルであれ、コンソールで開いているセッションに届く。誰もログインしていないサーバでは、ログイン画面に届くだけである。",
  },
  basis: "documented",
  needs: all(device("uinput", "w"), told("host.console-session")),
  gains: ["host-uid-exec"],
  examples: {
    open: [{ line: "docker run --device /dev/uinput busybox", host: { facts: { "host.console-session": "yes" } } }],
    possible: ["docker run --device /dev/uinput busybox"],
    closed: [
      "docker run -v /dev/uinput:/dev/uinput busybox",
      "docker run --user 1000 --device /dev/uinput busybox",
      { line: "docker run --device /dev/uinput busybox", host: { facts: { "host.console-session": "no" } } },
    ],
  },
});
