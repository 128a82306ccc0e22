import { hostuid0 } from "../facts/index.ts";
import { check } from "./check.ts";

/** The process is root, and the host's root where files and sockets are concerned. Every escape is easier from there. */
export const runsAsRoot = check({
  id: "runs-as-root",
  severity: "low",
  title: { en: "The container runs as the host's root", ja: "コンテナがホストの root として動いている" },
  explanation: {
    en: "User 0 inside is user 0 of the host unless the engine maps users. It owns every file that is bound in, and every fault of the kernel or the runtime starts from a better place. Name a user in the image or here, or let the engine map users.",
    ja: "エンジンがユーザを対応付けないかぎり、コンテナ内の uid 0 はホストの uid 0 である。バインドされたすべてのファイルの所有者であり、カーネルやランタイムの欠陥も突きやすくなる。イメージかここで一般ユーザを指定するか、エンジンでユーザを対応付けるとよい。",
  },
  needs: hostuid0,
  field: "Config.User",
  remedy: {
    summary: { en: "Run as a user other than root", ja: "root 以外のユーザで動かす" },
    edit: 'Config.User="1000:1000"',
  },
  aliases: { "cis-docker-1.6.0": ["4.1"] },
  examples: {
    flagged: ["docker run -d busybox", "docker run --user 0 busybox"],
    clean: [
      "docker run --user 1000 busybox",
      { line: "docker run -d busybox", host: { usernsRemap: true } },
      { line: "docker run -d busybox", host: { rootless: true } },
    ],
  },
});
