import { ns } from "../facts/index.ts";
import { check } from "./check.ts";

/** The host's name is shared. uts-host says what follows with CAP_SYS_ADMIN. */
export const hostUtsNamespace = check({
  id: "host-uts-namespace",
  severity: "low",
  title: { en: "The host's name is shared", ja: "ホスト名を共有している" },
  explanation: {
    en: "The container shows the host's name as its own, and with CAP_SYS_ADMIN it can change it. Give the container the name that its program expects with --hostname instead.",
    ja: "コンテナはホスト名を自分の名前として見せ、CAP_SYS_ADMIN があれば変更もできる。プログラムが特定の名前を必要とするなら、--hostname で指定するとよい。",
  },
  needs: ns.uts.host,
  field: "HostConfig.UTSMode",
  remedy: {
    summary: { en: "Give the container a host name of its own", ja: "コンテナ専用のホスト名を付ける" },
    edit: 'HostConfig.UTSMode=""',
  },
  aliases: { "cis-docker-1.6.0": ["5.21"] },
  examples: {
    flagged: ["docker run --uts host busybox"],
    clean: ["docker run -d busybox", "docker run --hostname web busybox"],
  },
});
