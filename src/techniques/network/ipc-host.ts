import { all, any, hostuid0, matchesHostUser, ns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Reading the host's shared memory.
 *
 * With the host's IPC namespace /dev/shm is the host's own (measured). Segments and files keep their owners, so the
 * user has to match.
 */
export const ipcHost = technique({
  id: "ipc-host",
  attack: ["T1056", "T1499"],
  severity: "medium",
  title: { en: "The host's shared memory can be read and changed", ja: "ホストの共有メモリを読み書きできる" },
  explanation: {
    en: "In the host's IPC namespace the container shares message queues, semaphores and shared memory with the host, and /dev/shm is the host's. Databases, browsers and sound servers keep data there. Root reads and changes all of it; other users only what belongs to their number.",
    ja: "ホストの IPC 名前空間では、メッセージキュー、セマフォ、共有メモリがホストと共通になり、/dev/shm もホストのものになる。データベース、ブラウザ、音声サーバなどがデータを置く場所である。root はすべてを読み書きでき、他のユーザは自分の番号のものだけを読み書きできる。",
  },
  basis: "measured",
  needs: all(ns.ipc.host, any(hostuid0, matchesHostUser)),
  gains: ["host-shm-access"],
  examples: {
    open: [
      "docker run --ipc host busybox",
      { line: "docker run --ipc host --user 1000:1000 busybox", host: { hostUser1000: true } },
    ],
    possible: ["docker run --ipc host --user 1000:1000 busybox"],
    closed: [
      "docker run --ipc private busybox",
      "docker run --shm-size 1g busybox",
      { line: "docker run --ipc host busybox", host: { usernsRemap: true } },
    ],
  },
});
