import { any, device, deviceRequest } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Driving a graphics processor.
 *
 * Not an escape: the drivers keep processes apart. They are large, and their faults are the host's. The faults of the
 * toolkit that passes the GPU are in cve/table.ts.
 */
export const gpuAttackSurface = technique({
  id: "gpu-attack-surface",
  attack: ["T1611"],
  severity: "low",
  title: { en: "The GPU's driver can be reached", ja: "GPU ドライバに到達できる" },
  explanation: {
    en: "A container with a GPU calls a large driver in the host's kernel, and that is what the container is for. The driver is meant to keep its users apart, so nothing of the host is open; but a fault in it is a fault of the host. Keep the driver and the container toolkit up to date, and give the GPU only to images that compute on it.",
    ja: "GPU を使うコンテナは、ホストのカーネルにある大きなドライバを呼び出す。それが目的であり、ドライバは利用者同士を隔離するため、ホストのものが開くわけではない。ただしドライバの欠陥はそのままホストの欠陥になる。ドライバとコンテナツールキットを最新に保ち、GPU は計算に使うイメージにだけ渡すとよい。",
  },
  basis: "documented",
  needs: any(deviceRequest, device("gpu", "w")),
  gains: ["kernel-attack-surface"],
  examples: {
    open: [
      "docker run --gpus all busybox",
      "docker run --device /dev/dri busybox",
      "docker run --user 1000 --device /dev/nvidia0 busybox",
    ],
    closed: ["docker run -v /dev/dri:/dev/dri busybox", "docker run -e NVIDIA_VISIBLE_DEVICES=all busybox"],
  },
});
