import { ns } from "../facts/index.ts";
import { check } from "./check.ts";

/** The host's IPC namespace is shared. ipc-host says what follows. */
export const hostIpcNamespace = check({
  id: "host-ipc-namespace",
  severity: "low",
  title: { en: "The host's IPC namespace is shared", ja: "ホストの IPC 名前空間を共有している" },
  explanation: {
    en: "Shared memory, semaphores and message queues of the host are the container's too. Few programs need this; those that exchange memory with another container can join that container's namespace instead.",
    ja: "ホストの共有メモリ、セマフォ、メッセージキューがコンテナのものにもなる。これを必要とするプログラムはほとんどなく、他のコンテナとメモリを共有したい場合は、そのコンテナの名前空間に参加すればよい。",
  },
  needs: ns.ipc.host,
  field: "HostConfig.IpcMode",
  remedy: {
    summary: { en: "Use the container's own IPC namespace", ja: "コンテナ専用の IPC 名前空間を使う" },
    edit: 'HostConfig.IpcMode="private"',
  },
  aliases: { "cis-docker-1.6.0": ["5.17"], kics: ["shared_host_ipc_namespace"] },
  examples: {
    flagged: ["docker run --ipc host busybox"],
    // the other container may have the host's
    possible: ["docker run --ipc container:db busybox"],
    clean: ["docker run -d busybox", "docker run --ipc shareable busybox"],
  },
});
