import type { LocalizedText } from "../base/index.ts";
import type { Change, Fix } from "../findings/index.ts";
import { applyEdits, type Subject } from "./apply.ts";
import { engineRefusal } from "./refusal.ts";
import type { Evaluate, Evaluation } from "./search.ts";

/** Something that privileged was visibly used for, and what would do in its place. */
interface Use {
  /** Looked for in the image's name, the entrypoint and the command. */
  readonly sign: RegExp;
  /** Edits besides `HostConfig.Privileged=false`. */
  readonly edits: readonly string[];
  readonly summary: LocalizedText;
  readonly note: LocalizedText;
}

/** Uses that can be told from the outside, the narrowest replacement for each. Sources: the pages of the tools named. */
const USES: readonly Use[] = [
  {
    sign: /\bdind\b|\bdockerd\b|\bk3s\b|\bk3d\b|\bkindest\b|\bbuildkitd\b/,
    edits: ['HostConfig.Runtime="sysbox-runc"'],
    summary: { en: "run the inner engine under Sysbox", ja: "内側のエンジンを Sysbox で動かす" },
    note: {
      en: "needs Sysbox on the host; other ways: the image docker:dind-rootless, or the host's engine through a gate that refuses dangerous containers",
      ja: "ホストに Sysbox が要る。ほかに、イメージ docker:dind-rootless、または危険なコンテナを拒否する関門を通したホストのエンジンがある",
    },
  },
  {
    sign: /\b(wireguard|wg-quick|wg|openvpn|tailscaled?|gluetun|ocserv|zerotier)\b/,
    edits: ["HostConfig.CapAdd+=NET_ADMIN", "HostConfig.Devices+=/dev/net/tun"],
    summary: { en: "give it NET_ADMIN and the tun device", ja: "NET_ADMIN と tun デバイスだけを渡す" },
    note: {
      en: "a tunnel needs no more than these two, in a network of its own",
      ja: "トンネルに要るのはこの 2 つだけである(専用のネットワークで)",
    },
  },
  {
    sign: /\b(iptables|ip6tables|nft|nftables|tc|ip (route|link|addr|rule))\b/,
    edits: ["HostConfig.CapAdd+=NET_ADMIN"],
    summary: { en: "give it NET_ADMIN", ja: "NET_ADMIN だけを渡す" },
    note: {
      en: "for rules of its own network; it does not reach the host's",
      ja: "自分のネットワークの規則のため。ホストのものには届かない",
    },
  },
  {
    sign: /\bmount\b.*(-t\s*(nfs|cifs|smb)|\bnfs\b|\bcifs\b)|\bmount\.(nfs|cifs)\b/,
    edits: [],
    summary: { en: "let the engine mount the share as a volume", ja: "共有はエンジンにボリュームとしてマウントさせる" },
    note: {
      en: "--mount type=volume,dst=/data,volume-opt=type=nfs,volume-opt=o=addr=SERVER,volume-opt=device=:/EXPORT",
      ja: "--mount type=volume,dst=/data,volume-opt=type=nfs,volume-opt=o=addr=SERVER,volume-opt=device=:/EXPORT",
    },
  },
  {
    sign: /\bmount\b/,
    edits: ["HostConfig.CapAdd+=SYS_ADMIN"],
    summary: {
      en: "give it SYS_ADMIN, if it has to mount by itself",
      ja: "自分でマウントする必要があるなら SYS_ADMIN だけを渡す",
    },
    note: {
      en: "narrower, and still a way out: mounting on the host, or a volume, is better",
      ja: "狭くはなるが、まだ逃げ道である。ホスト側でのマウントかボリュームのほうがよい",
    },
  },
  {
    sign: /\b(strace|gdb|perf|delve|dlv)\b/,
    edits: ["HostConfig.CapAdd+=SYS_PTRACE"],
    summary: { en: "give it SYS_PTRACE", ja: "SYS_PTRACE だけを渡す" },
    note: { en: "for its own processes", ja: "自分のプロセスのため" },
  },
  {
    sign: /\b(chronyd?|ntpd|ntpdate|hwclock)\b/,
    edits: ["HostConfig.CapAdd+=SYS_TIME"],
    summary: { en: "give it SYS_TIME", ja: "SYS_TIME だけを渡す" },
    note: {
      en: "it can still set the host's clock, which is its work",
      ja: "ホストの時計は設定できるままだが、それが仕事である",
    },
  },
  {
    sign: /\b(modprobe|insmod)\b/,
    edits: [],
    summary: { en: "load the module on the host", ja: "モジュールはホストで読み込む" },
    note: { en: "name it in /etc/modules-load.d on the host", ja: "ホストの /etc/modules-load.d に名前を書く" },
  },
  {
    sign: /\bsysctl\b/,
    edits: [],
    summary: { en: "let the engine set the kernel parameter", ja: "カーネルパラメータはエンジンに設定させる" },
    note: {
      en: "--sysctl NAME=VALUE for those of its own namespaces; others belong to the host",
      ja: "自分の名前空間のものは --sysctl NAME=VALUE。ほかはホストで設定する",
    },
  },
];

/** The devices are mapped one by one already, so that privileged only adds the others. */
const DEVICES: Omit<Use, "sign"> = {
  edits: [],
  summary: { en: "keep only the devices that are listed", ja: "列挙したデバイスだけを残す" },
  note: {
    en: "they stay usable without privileged, because they are passed by name",
    ja: "名前で渡しているため、特権モードでなくても使える",
  },
};

/**
 * Narrower replacements for privileged, where it can be seen what it was used for. Each is applied and evaluated like
 * any other fix, so a replacement that still leads to the host says so.
 */
export function replacementsForPrivileged(subject: Subject, before: Evaluation, evaluate: Evaluate): readonly Fix[] {
  const { Config, HostConfig } = subject.workload.config;
  if (HostConfig.Privileged !== true) {
    return [];
  }
  const text = [Config.Image ?? "", ...(Config.Entrypoint ?? []), ...(Config.Cmd ?? [])].join(" ");
  const use = USES.find(({ sign }) => sign.test(text));
  const uses = [...(use === undefined ? [] : [use]), ...((HostConfig.Devices?.length ?? 0) > 0 ? [DEVICES] : [])];
  return uses.flatMap((found) => replacementBy(found, subject, before, evaluate));
}

function replacementBy(use: Omit<Use, "sign">, subject: Subject, before: Evaluation, evaluate: Evaluate): Fix[] {
  const edits = ["HostConfig.Privileged=false", ...use.edits];
  const edited = applyEdits(subject, edits);
  if (engineRefusal(edited) !== undefined) {
    return [];
  }
  const after = evaluate(edited);
  return [
    {
      changes: edits.map(
        (edit, index): Change => ({
          id: edit
            .toLowerCase()
            .replace(/[^a-z0-9]+/g, "-")
            .replace(/^-|-$/g, ""),
          summary: index === 0 ? { en: "do not run it privileged", ja: "特権モードをやめる" } : use.summary,
          edit,
        }),
      ),
      closes: [...before.gains.keys()].filter((gain) => !after.gains.has(gain)),
      remains: [...after.gains.keys()],
      cost: 3 + use.edits.length,
      kind: "replacement",
      note: { en: `${use.summary.en}: ${use.note.en}`, ja: `${use.summary.ja}: ${use.note.ja}` },
    },
  ];
}
