import { ns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Sharing memory with another container.
 *
 * Reaches that container and nothing of the host, unless that container has the host's IPC namespace itself (ipc-host).
 */
export const ipcContainer = technique({
  id: "ipc-container",
  attack: ["T1056"],
  severity: "low",
  title: { en: "Another container's shared memory can be reached", ja: "他のコンテナの共有メモリに届く" },
  explanation: {
    en: "Two containers in one IPC namespace read and write each other's shared memory and message queues. Whoever takes over one of them can feed the other data of its choice. Where two containers do not exchange data in this way, let each have its own namespace.",
    ja: "同じ IPC 名前空間の二つのコンテナは、互いの共有メモリとメッセージキューを読み書きできる。一方を乗っ取った者は、他方に任意のデータを渡せる。この方法でデータを交換しないのであれば、名前空間をそれぞれに分けるとよい。",
  },
  basis: "documented",
  needs: ns.ipc.container,
  gains: ["other-container-control"],
  examples: {
    open: ["docker run --ipc container:database busybox"],
    closed: [
      "docker run --ipc shareable busybox",
      "docker run --ipc private busybox",
      "docker run --network container:database busybox",
    ],
  },
});
