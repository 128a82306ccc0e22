import { commandsMatching } from "./commands.ts";
import { imageCheck } from "./image-check.ts";

/** The image's command is that of a miner. */
export const imageMinerCommand = imageCheck({
  id: "image-miner-command",
  severity: "high",
  title: { en: "The image's command is that of a miner", ja: "採掘プログラムを起動するイメージ" },
  explanation: {
    en: "The command names a publicly known mining program or a mining pool's protocol. Do not start it unless mining is its purpose; find out where the image came from.",
    ja: "コマンドに、公に知られた採掘プログラムか採掘プールのプロトコルが書かれています。採掘が目的でないなら起動せず、イメージの出所を調べてください。",
  },
  aliases: {},
  find: (image) =>
    commandsMatching(
      image,
      /(?:^|[\s"'/=;&|])(?:xmrig|xmr-stak|minerd|cpuminer|ccminer|ethminer|nbminer|lolminer|kinsing|kdevtmpfsi)(?:$|[\s"';&|])/i,
      /\bstratum\+(?:tcp|ssl|tls):\/\//i,
    ),
  examples: {
    flagged: [{ Entrypoint: ["/usr/bin/xmrig"] }, { Cmd: ["-o", "stratum+tcp://pool.example:3333"] }],
    clean: [{ Entrypoint: ["/usr/bin/xmrigger"] }, { Cmd: ["-o", "tcp://pool.example:3333"] }],
  },
});
