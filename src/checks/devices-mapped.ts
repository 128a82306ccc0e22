import { config } from "../facts/index.ts";
import { check } from "./check.ts";

/** Device nodes of the host are given. Which of them are dangerous is for the techniques to say. */
export const devicesMapped = check({
  id: "devices-mapped",
  severity: "info",
  title: { en: "Devices of the host are given to the container", ja: "ホストのデバイスが渡されている" },
  explanation: {
    en: "A device node is a door to a driver of the host. Many are harmless, some are the host's disks; the techniques name those. Give single nodes instead of directories, with only the rights that are used, such as `:r`.",
    ja: "デバイスノードは、ホストのドライバへの入口である。無害なものも多いが、ホストのディスクそのものもあり、危険なものは個別の手口として報告される。ディレクトリではなく個々のノードを、`:r` のように使う権限だけを付けて渡すとよい。",
  },
  needs: config.devices,
  field: "HostConfig.Devices",
  remedy: {
    summary: { en: "Remove the devices that the program does not open", ja: "プログラムが開かないデバイスを外す" },
    edit: "HostConfig.Devices=[]",
  },
  aliases: { "cis-docker-1.6.0": ["5.18"] },
  examples: {
    flagged: ["docker run --device /dev/null busybox", "docker run --device /dev/snd busybox"],
    clean: ["docker run -d busybox", "docker run -v /dev/snd:/dev/snd busybox"],
  },
});
