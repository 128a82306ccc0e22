import { device } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Recording the host's keyboard.
 *
 * No capability is needed: root owns the nodes. Writing to an event node only moves its lights; typing needs
 * dev-uinput.
 */
export const devInputKeylog = technique({
  id: "dev-input-keylog",
  attack: ["T1056.001"],
  severity: "medium",
  title: { en: "The host's keyboard can be recorded", ja: "ホストのキーボードを記録できる" },
  explanation: {
    en: "The event nodes below /dev/input give every key that is pressed on the host, before any program sees it. Passwords typed at the console are among them. Home automation and game images ask for this directory for one controller, and get the keyboards too.",
    ja: "/dev/input 以下のイベントノードからは、ホストで押されたすべてのキーを、どのプログラムよりも先に読み取れる。コンソールで入力されたパスワードも含まれる。ホームオートメーションやゲームのイメージがコントローラ一つのためにこのディレクトリを求めると、キーボードも一緒に渡ってしまう。",
  },
  basis: "documented",
  needs: device("input", "r"),
  gains: ["cred-theft"],
  examples: {
    open: ["docker run --device /dev/input busybox", "docker run --cap-drop ALL --device /dev/input/event3 busybox"],
    closed: [
      "docker run -v /dev/input:/dev/input busybox",
      "docker run --user 1000 --device /dev/input busybox",
      "docker run --device /dev/input:/dev/input:w busybox",
    ],
  },
});
