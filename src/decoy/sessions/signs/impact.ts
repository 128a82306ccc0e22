import { MINER_NAME, MINING_FLAGS, POOL } from "../mining-words.ts";
import { isInstall } from "./persistence.ts";
import type { CommandRule } from "./sign.ts";
import { textOfCommand as text } from "./text-of-command.ts";

/** What the visitor wants from the machine: its processors, its line, its data. */
export const IMPACT_RULES: readonly CommandRule[] = [
  {
    id: "miner",
    attack: ["T1496"],
    weight: 90,
    because: {
      en: "A program that mines cryptocurrency was to be run",
      ja: "暗号通貨を採掘するプログラムを動かそうとしました",
    },
    holds: ({ command }) =>
      MINER_NAME.test(command.argv[0]?.split("/").at(-1) ?? "") ||
      MINING_FLAGS.test(text(command)) ||
      POOL.test(text(command)) ||
      (/^(?:curl|wget|chmod|cp|mv|nohup|tar)$/.test(command.name) &&
        /\b(?:xmrig|kdevtmpfsi|cpuminer|srbminer|lolminer|ccminer|astrominer|xmr-stak)\b/i.test(text(command))),
  },
  {
    id: "huge-pages",
    attack: ["T1496"],
    weight: 50,
    because: {
      en: "Memory was to be set up as miners like it (huge pages, MSR)",
      ja: "マイナーが好むメモリ設定 (huge pages、MSR) にさせようとしました",
    },
    holds: ({ command }) => /nr_hugepages|randomx_boost|modprobe msr|wrmsr/.test(text(command)),
  },
  {
    id: "bandwidth-sold",
    attack: ["T1496", "T1090"],
    weight: 70,
    because: {
      en: "The machine's line was to be sold as a proxy or for clicks",
      ja: "回線をプロキシやクリック用に売らせようとしました",
    },
    holds: ({ command }) =>
      /\b(?:9hits\w*|traffmonetizer|earnapp|honeygain|peer2profit|p2pclient|packetstream|psclient|pawns-?(?:cli|app)|iproyal|proxyrack|bitping|repocket|earnfm|proxylite|mysterium|spide|grass-node|wipter|antgain)\b|--mode=exchange/i.test(
        text(command),
      ),
  },
  {
    id: "flood",
    attack: ["T1498"],
    weight: 80,
    because: {
      en: "Floods against other machines were to be sent",
      ja: "他のマシンへのフラッド攻撃を送らせようとしました",
    },
    holds: ({ command }) =>
      /^(?:hping3?|t50|slowloris(?:\.py)?|goldeneye(?:\.py)?|mhddos\w*|torshammer(?:\.py)?|xerxes|loic|udp-?flood\w*|syn-?flood\w*|http-?flood\w*|slowhttptest|ddos\w*)$/i.test(
        command.name,
      ) || /\b(?:--flood|(?:udp|syn|http|tcp|ack)[-_ ]?flood|ddos)\b/i.test(text(command)),
  },
  {
    id: "network-scanner",
    attack: ["T1046"],
    weight: 60,
    because: { en: "Other networks were to be scanned", ja: "他のネットワークをスキャンさせようとしました" },
    holds: ({ command }) =>
      /^(?:masscan|zmap|zgrab\d?|pnscan|rustscan|naabu|unicornscan|fscan|kscan|sx)$/.test(command.name) ||
      (isInstall(command.name, text(command)) &&
        /\b(?:masscan|zmap|pnscan|rustscan|libpcap-dev)\b/.test(text(command))) ||
      (/^(?:curl|wget|git|chmod)$/.test(command.name) && /\b(?:masscan|zgrab|pnscan|zmap|fscan)\b/.test(text(command))),
  },
  {
    id: "port-scanner",
    attack: ["T1046"],
    weight: 30,
    buildWeight: 0,
    because: { en: "Ports of other machines were to be looked for", ja: "他のマシンのポートを調べさせようとしました" },
    holds: ({ command, role }) =>
      role !== "build" &&
      (command.name === "nmap" || (/^(?:nc|ncat|netcat)$/.test(command.name) && /\s-[a-z]*z/.test(text(command)))),
  },
  {
    id: "scan-script",
    attack: ["T1046"],
    weight: 35,
    because: {
      en: "A script with the name of a scanner was to be run",
      ja: "スキャナーの名を持つスクリプトを実行させようとしました",
    },
    holds: ({ command }) =>
      /(?:^|\/)(?:scan|scanner|spread\w*|worm|lateral\w*|pwn|brute\w*|masscan\w*)(?:\.sh|\.py|\.pl)?$/.test(
        command.argv[0] ?? "",
      ) && /\//.test(command.argv[0] ?? ""),
  },
  {
    id: "engines-of-others",
    attack: ["T1046", "T1610"],
    weight: 70,
    because: {
      en: "The engines of other machines were to be used: it spreads",
      ja: "他のマシンのエンジンを操作させようとしました。拡散の動きです",
    },
    holds: ({ command, container }) =>
      (/^(?:docker|podman)$/.test(command.name) &&
        /\s(?:-H|--host)[= ]?\s*(?:tcp:\/\/)?[\w.$[\]{}-]+:(?:2375|2376|4243|\$)/.test(text(command))) ||
      (container !== undefined &&
        /^(?:curl|wget)$/.test(command.name) &&
        /:(?:2375|2376|4243)\/(?:v[\d.]+\/)?(?:containers|images|version|info|_ping)/.test(text(command))),
  },
  {
    id: "data-destroyed",
    attack: ["T1485"],
    weight: 70,
    buildWeight: 0,
    because: { en: "Data was to be destroyed", ja: "データを破壊させようとしました" },
    holds: (deed, scene) =>
      (deed.command.name === "rm" &&
        /\s-[a-zA-Z]*[rR]/.test(text(deed.command)) &&
        deed.command.argv
          .slice(1)
          .some(
            (word) =>
              /^\/\*?$/.test(word) ||
              /--no-preserve-root/.test(word) ||
              (word.startsWith("/") &&
                /^\/(?:\*|etc|home|root|var|usr|boot|lib\w*)?(?:\/\*)?$/.test(scene.place(deed, word).path) &&
                scene.place(deed, word).onHost),
          )) ||
      /^(?:mkfs(?:\.\w+)?|wipefs|blkdiscard)$/.test(deed.command.name) ||
      (deed.command.name === "dd" && /of=\/dev\/(?:sd|vd|nvme|xvd|hd|mmcblk)/.test(text(deed.command))),
  },
  {
    id: "files-encrypted",
    attack: ["T1486"],
    weight: 70,
    because: {
      en: "Files were to be encrypted, as for a ransom",
      ja: "身代金目的のようにファイルを暗号化させようとしました",
    },
    holds: ({ command }) =>
      (/^(?:openssl|gpg|ccrypt|age|7z|zip)$/.test(command.name) &&
        command.context.wrappers.some((name) => /^(?:find|xargs)$/.test(name)) &&
        /\s(?:enc|-c|--symmetric|-p|-r|a)\b/.test(text(command))) ||
      /\b(?:readme_?for_?decrypt|how_?to_?decrypt|your files (?:are|have been) encrypted)/i.test(text(command)),
  },
  {
    id: "tor",
    attack: ["T1090.003"],
    weight: 45,
    because: { en: "Traffic was to go through Tor", ja: "通信を Tor 経由にさせようとしました" },
    holds: ({ command }) =>
      /^(?:tor|torsocks|torify|torproxy)$/.test(command.name) ||
      /\.onion\b|socks5h?:\/\/(?:localhost|127\.0\.0\.1):9[01]50/.test(text(command)) ||
      (isInstall(command.name, text(command)) && /\s(?:tor|torsocks)(?:\s|$)/.test(text(command))),
  },
  {
    id: "proxy",
    attack: ["T1090"],
    weight: 40,
    buildWeight: 0,
    because: { en: "A proxy or a tunnel was to be set up", ja: "プロキシまたはトンネルを立てさせようとしました" },
    holds: ({ command, role }) =>
      role !== "build" &&
      (/^(?:gost|frpc?|chisel|ngrok|cloudflared|3proxy|microsocks|iodine|proxychains4?|dante-server|sockd|revsocks|ligolo\w*|stunnel)$/.test(
        command.name,
      ) ||
        /\b(?:socks[45]h?|proxy)\.(?:sh|py)\b|(?:^|\s)(?:--?x|--proxy)\s+socks/.test(text(command)) ||
        (/^(?:ba|a)?sh$/.test(command.name) && /proxy\.sh/.test(text(command))) ||
        (/^(?:curl|wget)$/.test(command.name) && /\/proxy\.sh\b/.test(text(command)))),
  },
  {
    id: "remote-control",
    attack: ["T1219"],
    weight: 60,
    because: { en: "A tool for remote control was to be installed", ja: "遠隔操作ツールを導入させようとしました" },
    holds: ({ command }) =>
      /\b(?:gs-netcat|gsocket\.io|gsocket|tmate|tshd?|weave-?scope|scope launch|teleport|anydesk|nezha-agent|sliver|meterpreter|cobaltstrike|platypus)\b/i.test(
        text(command),
      ) && !/\btsh\b(?!\.sh)/.test(text(command)),
  },
];
