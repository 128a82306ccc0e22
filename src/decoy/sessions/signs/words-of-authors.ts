import type { LocalizedText } from "../../../base/index.ts";
import type { SceneRule, Sign } from "./sign.ts";

/** Sentences in comments of scripts that say what a script does, and names of scripts that do. */
const WORDS: readonly { readonly pattern: RegExp; readonly attack: readonly string[]; readonly says: LocalizedText }[] =
  [
    {
      pattern:
        /\badd(?:s|ed|ing)?\s+(?:an?\s+|the\s+)?(?:new\s+|local\s+|backdoor\s+)*(?:user|account)|\b(?:user|useradd|adduser|backdoor_?user)\.sh\b/i,
      attack: ["T1136.001"],
      says: { en: "a user account", ja: "ユーザーアカウントの作成" },
    },
    {
      pattern: /\b(?:ssh|authorized)[ _-]?keys?\b|\b(?:ssh_?keys?|key|sshkey)\.sh\b/i,
      attack: ["T1098.004"],
      says: { en: "SSH keys", ja: "SSH 鍵" },
    },
    { pattern: /\bcron(?:tab|b|jobs?)?\b/i, attack: ["T1053.003"], says: { en: "cron jobs", ja: "cron ジョブ" } },
    {
      pattern:
        /\b(?:steal|grab|collect|harvest|dump)\w*\s+(?:\w+\s+)?(?:credentials?|creds|keys?|tokens?|secrets?)|\b(?:aws\d?|creds?|credentials?|grab\w*|steal\w*|grabber|secrets?|tokens?|keys?_?grab\w*|gcp|azure)\.(?:sh|py)\b/i,
      attack: ["T1552.001"],
      says: { en: "stealing credentials", ja: "認証情報の窃取" },
    },
    {
      pattern: /\b(?:xmr|miner|mining|mine|monero|pool|setup_(?:mo|c3p|xmr)\w*|xmrig)\w*\.sh\b|\bmin(?:er|ing|es)\b/i,
      attack: ["T1496"],
      says: { en: "mining", ja: "採掘" },
    },
    {
      pattern:
        /\b(?:scan\w*|masscan|spread\w*|lateral\w*|worm)\.(?:sh|py)\b|\bscans?\s+(?:for|the|other)\b|\bmasscan\b|\bzgrab\b/i,
      attack: ["T1046"],
      says: { en: "scanning for other victims", ja: "他の標的のスキャン" },
    },
    {
      pattern: /\bspread_?ssh\w*|\bssh_?(?:spread|brute|worm|lateral)\w*|\blateral\b/i,
      attack: ["T1021.004"],
      says: { en: "spreading over SSH", ja: "SSH による拡散" },
    },
    {
      pattern:
        /\b(?:disable|stop|kill|remove)s?\s+(?:\w+\s+)?(?:security|firewall|apparmor|selinux|monitoring|agents?|aliyun)/i,
      attack: ["T1562.001"],
      says: { en: "switching protection off", ja: "防御の停止" },
    },
    {
      pattern:
        /\b(?:iptables|firewall|ufw)\b.*\b(?:2375|2376|drop|block)|\bblock(?:s|ed|ing)?\s+(?:port\s+)?(?:2375|2376)/i,
      attack: ["T1562.004"],
      says: { en: "closing the engine's port", ja: "エンジンのポートの遮断" },
    },
    {
      pattern: /\brootkit\b|\bdiamorphine\b|\blibprocesshider\b|ld\.so\.preload/i,
      attack: ["T1014"],
      says: { en: "a rootkit", ja: "ルートキット" },
    },
    {
      pattern: /\b(?:rm|clean|clear)\w*\s+(?:\w+\s+)?(?:logs?|history)/i,
      attack: ["T1070"],
      says: { en: "removing traces", ja: "痕跡の消去" },
    },
    { pattern: /\bddos\b|\bflood/i, attack: ["T1498"], says: { en: "floods", ja: "フラッド攻撃" } },
    {
      pattern: /\b(?:c2(?![.\w-])|command[- ]and[- ]control|reverse shell|beacon|botnet)\b/i,
      attack: ["T1071"],
      says: { en: "a line to its authors", ja: "作者への通信路" },
    },
    {
      pattern: /socks5h?:\/\/(?:localhost|127\.0\.0\.1):9[01]50|\btor\b.*\.onion|\.onion\b/i,
      attack: ["T1090.003"],
      says: { en: "Tor", ja: "Tor" },
    },
  ];

/** What scripts say of themselves, in comments and in the names of scripts that they fetch. */
export const AUTHORS_WORDS_RULE: SceneRule = {
  id: "words-of-authors",
  find: ({ comments, deeds, payloads }) => {
    const texts = [
      ...comments.map(({ act, text }) => ({ act, text })),
      ...payloads.map(({ act, text }) => ({ act, text: text.slice(0, 16_384) })),
      ...deeds.flatMap(({ act, command }) =>
        command.argv.filter((word) => /\.(?:sh|py)\b/.test(word) && word.length < 2_048).map((text) => ({ act, text })),
      ),
    ];
    return WORDS.flatMap(({ pattern, attack, says }): Omit<Sign, "rule">[] => {
      const hit = texts.find(({ text }) => pattern.test(text));
      return hit === undefined
        ? []
        : [
            {
              attack,
              weight: 10,
              basis: "likely",
              because: {
                en: `The script's own words or its name speak of ${says.en}`,
                ja: `スクリプトの注釈または名前が${says.ja}を示しています`,
              },
              request: hit.act.request.number,
              quote: pattern.exec(hit.text)?.[0] ?? "",
            },
          ];
    });
  },
};
