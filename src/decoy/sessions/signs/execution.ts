import { TUNNEL_HOST } from "../known-hosts.ts";
import {
  addressesIn,
  asksMetadata,
  feedsInterpreter,
  fetches,
  fetchesByOtherName,
  fromKnownInstaller,
  hostOf,
} from "./network-commands.ts";
import type { CommandRule } from "./sign.ts";
import { textOfCommand as text } from "./text-of-command.ts";

const PLAIN_ADDRESS = /^(?:\d{1,3}\.){3}\d{1,3}$/;

/** Running code, and fetching more of it. */
export const EXECUTION_RULES: readonly CommandRule[] = [
  {
    id: "pipe-from-web",
    attack: ["T1105", "T1059.004"],
    weight: 60,
    buildWeight: 30,
    because: {
      en: "A script was to be fetched from the network and run unseen",
      ja: "スクリプトをネットワークから取得し、中身を確かめずに実行させようとしました",
    },
    holds: (deed) => fetches(deed) && !asksMetadata(deed) && feedsInterpreter(deed) && !fromKnownInstaller(deed),
  },
  {
    id: "fetch-from-address",
    attack: ["T1105"],
    weight: 35,
    buildWeight: 30,
    because: {
      en: "A file was to be fetched from a bare address, without a name and without TLS",
      ja: "名前も TLS もない、IP アドレスだけの場所からファイルを取得させようとしました",
    },
    holds: (deed) =>
      fetches(deed) &&
      !asksMetadata(deed) &&
      addressesIn(deed).some(
        (address) =>
          PLAIN_ADDRESS.test(hostOf(address)) && !isPrivate(hostOf(address)) && !address.startsWith("https:"),
      ),
  },
  {
    id: "fetch",
    attack: ["T1105"],
    weight: 5,
    buildWeight: 0,
    because: { en: "Something was to be fetched from the network", ja: "ネットワークから何かを取得させようとしました" },
    holds: (deed) => fetches(deed) && !asksMetadata(deed),
  },
  {
    id: "changing-name",
    attack: ["T1568.002", "T1572"],
    weight: 40,
    because: {
      en: "It was fetched from a tunnel service, under a name that changes with every campaign",
      ja: "攻撃のたびに名前が変わるトンネルサービスから取得させようとしました",
    },
    holds: (deed) => addressesIn(deed).some((address) => TUNNEL_HOST.test(hostOf(address))),
  },
  {
    id: "renamed-fetcher",
    attack: ["T1036.003", "T1105"],
    weight: 40,
    because: {
      en: "curl or wget under another name: a habit of miners that lock rivals out",
      ja: "別名の curl または wget が使われました。競合を締め出すマイナーがよく使う手口です",
    },
    holds: ({ command }) =>
      fetchesByOtherName(command.name, command.argv.slice(1)) ||
      (/^(?:mv|cp|ln)$/.test(command.name) &&
        /\/(?:curl|wget)$/.test(command.argv.at(-2) ?? "") &&
        !/\/(?:curl|wget)$/.test(command.argv.at(-1) ?? "")),
  },
  {
    id: "shell",
    attack: ["T1059.004"],
    weight: 0,
    because: { en: "A shell was to run commands", ja: "シェルにコマンドを実行させようとしました" },
    holds: ({ command, role }) =>
      role !== "build" && command.argv.length > 1 && /^(?:ba|da|a|z|k)?sh$/.test(command.name),
  },
  {
    id: "python",
    attack: ["T1059.006"],
    weight: 0,
    because: { en: "A Python program was to be run", ja: "Python プログラムを実行させようとしました" },
    holds: ({ command }) => /^python[\d.]*$/.test(command.name),
  },
  {
    id: "other-interpreter",
    attack: ["T1059"],
    weight: 5,
    because: {
      en: "A program was given to an interpreter on its command line",
      ja: "インタプリタにコマンドライン上のプログラムが渡されました",
    },
    holds: ({ command }) =>
      /^(?:perl|php|ruby|lua)[\d.]*$/.test(command.name) && /^-[a-zA-Z]*[erE]$/.test(command.argv[1] ?? ""),
  },
  {
    id: "reverse-shell",
    attack: ["T1059.004", "T1095"],
    weight: 90,
    because: { en: "A shell was to be opened towards the visitor", ja: "訪問者へ向けてシェルを開かせようとしました" },
    holds: ({ command }) =>
      (/^(?:ba|z|k|a)?sh$/.test(command.name) &&
        command.redirects.some(({ target }) => /^\/dev\/(?:tcp|udp)\//.test(target)) &&
        (command.argv.includes("-i") || command.redirects.length > 1)) ||
      (/^exec$/.test(command.name) && command.redirects.some(({ target }) => /^\/dev\/(?:tcp|udp)\//.test(target))) ||
      (/^(?:nc|ncat|netcat|busybox)$/.test(command.name) &&
        /\s-[a-z]*[ec]\s+\S*sh\b|--(?:sh-)?exec/.test(text(command))) ||
      (/^socat$/.test(command.name) &&
        /exec:|system:/i.test(text(command)) &&
        /tcp|openssl|udp/i.test(text(command))) ||
      (/^(?:nc|ncat|netcat|telnet)$/.test(command.name) && command.fedBy.some((name) => /^(?:ba|a)?sh$/.test(name))) ||
      (/^(?:python|perl|php|ruby)/.test(command.name) &&
        /socket/i.test(text(command)) &&
        /dup2|pty\.spawn|\/bin\/(?:ba)?sh|exec/.test(text(command))),
  },
  {
    id: "shell-over-tcp-device",
    attack: ["T1105", "T1059.004"],
    weight: 60,
    because: {
      en: "bash was to fetch through /dev/tcp, without curl or wget",
      ja: "curl や wget を使わず、bash の /dev/tcp 経由で取得させようとしました",
    },
    holds: ({ command }) =>
      command.redirects.some(({ target }) => target.startsWith("/dev/tcp/")) ||
      /\/dev\/tcp\/[\w.$]/.test(text(command)),
  },
  {
    id: "made-executable",
    attack: ["T1222.002"],
    weight: 10,
    buildWeight: 0,
    because: { en: "A file was to be made executable", ja: "ファイルに実行権限を付けさせようとしました" },
    holds: ({ command }) =>
      command.name === "chmod" && /\s(?:\+x|[ugoa]*\+[rwx]*x|0?7[0-7]{2}|777|\+rwx)\b/.test(text(command)),
  },
  {
    id: "run-from-temporary-directory",
    attack: ["T1059.004"],
    weight: 20,
    buildWeight: 0,
    because: {
      en: "A file in a directory for temporary files was to be run",
      ja: "一時ディレクトリのファイルを実行させようとしました",
    },
    holds: ({ command }) =>
      /^\/(?:tmp|var\/tmp|dev\/shm|run\/shm)\//.test(command.argv[0] ?? "") ||
      (/^(?:ba|a)?sh$/.test(command.name) && /^\/(?:tmp|var\/tmp|dev\/shm)\//.test(command.argv[1] ?? "")),
  },
  {
    id: "decoded-and-run",
    attack: ["T1140", "T1027"],
    weight: 55,
    because: { en: "A hidden text was to be decoded and run", ja: "隠された文字列を復号して実行させようとしました" },
    holds: ({ command }) => feedsShell(command.feeds) && isDecoder(command.name, command.argv),
  },
  {
    id: "decodes",
    attack: ["T1140"],
    weight: 15,
    buildWeight: 5,
    because: { en: "A hidden text was to be decoded", ja: "隠された文字列を復号させようとしました" },
    holds: ({ command }) => isDecoder(command.name, command.argv),
  },
  {
    id: "detached",
    attack: [],
    weight: 5,
    because: { en: "It was to go on after the session", ja: "セッション終了後も動き続けるようにしていました" },
    holds: ({ command }) => /^(?:nohup|setsid|disown|daemonize)$/.test(command.name),
  },
];

function isDecoder(name: string, argv: readonly string[]): boolean {
  const words = argv.slice(1).join(" ");
  return (
    (name === "base64" && /(?:^|\s)(?:-[a-zA-Z]*[dD]|--decode)/.test(words)) ||
    (name === "base32" && /-d/.test(words)) ||
    (name === "openssl" && /\s?-d\b/.test(words)) ||
    (name === "xxd" && /-[a-z]*r/.test(words)) ||
    /^(?:rev|gunzip|zcat)$/.test(name) ||
    (name === "gzip" && /-[a-z]*d/.test(words)) ||
    (/^(?:python|perl|php|ruby)/.test(name) &&
      /b64decode|decode_base64|base64_decode|fromhex|unhexlify|gzinflate|zlib\.decompress/.test(words))
  );
}

const feedsShell = (feeds: readonly string[]): boolean =>
  feeds.some((name) => /^(?:(?:ba|da|a|z|k)?sh|python[\d.]*|perl|php)$/.test(name));

/** Addresses of private networks, of the machine itself and of the link. */
export const isPrivate = (address: string): boolean =>
  /^(?:10\.|127\.|0\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[789]\d|1[01]\d|12[0-7])\.|22[4-9]\.|23\d\.|2[45]\d\.)/.test(
    address,
  );
