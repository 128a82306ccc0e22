import { all, any, cap, lsm, seccomp, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Setting the one clock that everybody shares. */
export const sysTime = technique({
  id: "sys-time",
  attack: ["T1499"],
  severity: "medium",
  title: { en: "The host's clock can be set", ja: "ホストの時計を変更できる" },
  explanation: {
    en: "The clock belongs to no namespace. CAP_SYS_TIME sets it for the whole host, which breaks certificates, logs and scheduled jobs. Images for NTP and DNS ask for it.",
    ja: "時計はどの名前空間にも属さない。CAP_SYS_TIME があればホスト全体の時刻を変えられ、証明書、ログ、定期ジョブが狂う。NTP や DNS のイメージがこれを求める。",
  },
  basis: "documented",
  needs: all(
    cap("SYS_TIME"),
    userns.host,
    any(seccomp.allows("clock_settime"), seccomp.allows("clock_adjtime")),
    lsm.allows("kernel-capability"),
  ),
  gains: ["host-dos"],
  aliases: { "cis-docker-1.6.0": ["5.4"] },
  examples: {
    open: ["docker run --cap-add SYS_TIME busybox"],
    closed: [
      "docker run busybox",
      "docker run --cap-add SYS_TIME --user 1000:1000 busybox",
      { line: "docker run --cap-add SYS_TIME busybox", host: { usernsRemap: true } },
    ],
  },
});
