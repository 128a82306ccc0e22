import { ns } from "../facts/index.ts";
import { check } from "./check.ts";

/** The host's processes are visible. The techniques of the folder processes say what follows. */
export const hostPidNamespace = check({
  id: "host-pid-namespace",
  severity: "low",
  title: { en: "The host's process namespace is shared", ja: "ホストの PID 名前空間を共有している" },
  explanation: {
    en: "The container sees every process of the host, with its arguments. Which of them it can control depends on its user and its capabilities. Monitoring that only counts processes can run on the host instead, or join the namespace of the one container that it watches.",
    ja: "コンテナからホストの全プロセスが引数とともに見える。どれを操作できるかは、ユーザとケーパビリティで決まる。プロセスを数えるだけの監視であれば、ホスト側で動かすか、対象のコンテナの名前空間だけを共有するとよい。",
  },
  needs: ns.pid.host,
  field: "HostConfig.PidMode",
  remedy: {
    summary: { en: "Use the container's own process namespace", ja: "コンテナ専用の PID 名前空間を使う" },
    edit: 'HostConfig.PidMode=""',
  },
  aliases: { "cis-docker-1.6.0": ["5.16"], kics: ["host_namespace_is_shared"] },
  examples: {
    flagged: ["docker run --pid host busybox"],
    // the other container may have the host's
    possible: ["docker run --pid container:app busybox"],
    clean: ["docker run -d busybox"],
  },
});
