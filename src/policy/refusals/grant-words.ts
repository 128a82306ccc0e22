import { type LocalizedText, quoteUntrusted } from "../../base/index.ts";
import type { Grant, HostNamespace } from "../grants/grant.ts";
import type { ClientRules } from "../language/client-rules.ts";

/** Characters of a client's own text that a message repeats. */
const SHOWN_CHARACTERS_MAX = 120;

/** Entries of a list of the policy that a message repeats. */
const SHOWN_ENTRIES_MAX = 6;

export const shown = (text: string): string => quoteUntrusted(text, SHOWN_CHARACTERS_MAX);

export function shownList(entries: Iterable<string>): string {
  const all = [...entries];
  const more = all.length > SHOWN_ENTRIES_MAX ? ", …" : "";
  return all.slice(0, SHOWN_ENTRIES_MAX).join(", ") + more;
}

const NAMESPACE_WORDS: Readonly<Record<HostNamespace, LocalizedText>> = {
  pid: { en: "process", ja: "プロセス" },
  ipc: { en: "IPC", ja: "IPC" },
  network: { en: "network", ja: "ネットワーク" },
  uts: { en: "host name", ja: "ホスト名" },
  user: { en: "user", ja: "ユーザ" },
  cgroup: { en: "cgroup", ja: "cgroup" },
};

const LAYER_WORDS: Readonly<Record<Extract<Grant, { kind: "confinement" }>["layer"], LocalizedText>> = {
  seccomp: { en: "the system call filter", ja: "システムコールの制限（seccomp）" },
  apparmor: { en: "the AppArmor profile", ja: "AppArmor プロファイル" },
  selinux: { en: "the SELinux label", ja: "SELinux ラベル" },
  "masked-paths": { en: "the masked paths of /proc and /sys", ja: "/proc と /sys の遮蔽" },
  "read-only-paths": { en: "the read-only paths of /proc", ja: "/proc の読取り専用指定" },
  cgroups: { en: "the read-only cgroup tree", ja: "cgroup ツリーの読取り専用指定" },
};

const both = (en: string, ja: string): LocalizedText => ({ en, ja });

/** What a grant is, for whoever asked for it. */
export function grantWords(grant: Grant): LocalizedText {
  switch (grant.kind) {
    case "host-path": {
      const path = shown(grant.path);
      const source = grant.written === grant.path ? path : `${shown(grant.written)} (${path})`;
      return both(
        `the host path ${source}${grant.readOnly ? ", read-only" : ", writable"}${grant.inherited ? ", inherited" : ""}`,
        `ホストのパス ${source}（${grant.readOnly ? "読取り専用" : "書込み可"}${grant.inherited ? "、継承" : ""}）`,
      );
    }
    case "volume":
      return both(
        `the volume ${shown(grant.name || "(anonymous)")} of driver ${shown(grant.driver)}`,
        `ボリューム ${shown(grant.name || "（匿名）")}（ドライバ ${shown(grant.driver)}）`,
      );
    case "volume-device":
      return both(
        `a volume that mounts ${shown(grant.device || "(nothing)")} of type ${shown(grant.type || "(none)")}`,
        `${shown(grant.device || "（なし）")} を種類 ${shown(grant.type || "（なし）")} でマウントするボリューム`,
      );
    case "unknown-mounts":
      return both(
        `the mounts of the container ${shown(grant.from)}, which cannot be looked at`,
        `確認できないコンテナ ${shown(grant.from)} のマウント`,
      );
    case "privileged":
      return both("a privileged container", "特権コンテナ（--privileged）");
    case "capability":
      return both(`the capability ${shown(grant.capability)}`, `ケーパビリティ ${shown(grant.capability)}`);
    case "device":
      return both(
        `the device ${shown(grant.path)} (${shown(grant.permissions)})`,
        `デバイス ${shown(grant.path)}（${shown(grant.permissions)}）`,
      );
    case "device-rule":
      return both(`the device rule ${shown(grant.rule)}`, `デバイス規則 ${shown(grant.rule)}`);
    case "device-request":
      return both(`the device request ${shown(grant.driver)}`, `デバイス要求 ${shown(grant.driver)}`);
    case "host-namespace": {
      const word = NAMESPACE_WORDS[grant.namespace];
      return both(`the host's ${word.en} namespace`, `ホストの${word.ja}名前空間`);
    }
    case "joined-namespace": {
      const word = NAMESPACE_WORDS[grant.namespace];
      const name = shown(grant.container);
      return both(`the ${word.en} namespace of the container ${name}`, `コンテナ ${name} の${word.ja}名前空間`);
    }
    case "confinement": {
      const word = LAYER_WORDS[grant.layer];
      return both(
        `taking away ${word.en} (${shown(grant.detail)})`,
        `${word.ja}を弱めること（${shown(grant.detail)}）`,
      );
    }
    default:
      return settingWords(grant);
  }
}

type Setting = Exclude<
  Grant,
  {
    kind:
      | "host-path"
      | "volume"
      | "volume-device"
      | "unknown-mounts"
      | "privileged"
      | "capability"
      | "device"
      | "device-rule"
      | "device-request"
      | "host-namespace"
      | "joined-namespace"
      | "confinement";
  }
>;

function settingWords(grant: Setting): LocalizedText {
  switch (grant.kind) {
    case "cgroup-parent":
      return both(`the cgroup parent ${shown(grant.path)}`, `親 cgroup ${shown(grant.path)}`);
    case "runtime":
      return both(`the runtime ${shown(grant.name)}`, `ランタイム ${shown(grant.name)}`);
    case "annotation":
      return both(
        `the annotation ${shown(grant.name)}, which is handed to the runtime`,
        `ランタイムに渡されるアノテーション ${shown(grant.name)}`,
      );
    case "log-driver": {
      const option = grant.option === "" ? "" : ` ${shown(grant.option)}`;
      return both(
        `the log driver ${shown(grant.driver)}${option}, for which the daemon itself opens files or connections`,
        `デーモン自身がファイルや接続を開くログドライバ ${shown(grant.driver)}${option}`,
      );
    }
    case "sysctl":
      return both(`the kernel setting ${shown(grant.name)}`, `カーネル設定 ${shown(grant.name)}`);
    case "storage-option":
      return both(`the storage option ${shown(grant.name)}`, `ストレージオプション ${shown(grant.name)}`);
    case "network":
      return both(`the network ${shown(grant.name)}`, `ネットワーク ${shown(grant.name)}`);
    case "network-driver":
      return both(`a network of driver ${shown(grant.driver)}`, `ドライバ ${shown(grant.driver)} のネットワーク`);
    case "network-option":
      return both(`the network option ${shown(grant.name)}`, `ネットワークオプション ${shown(grant.name)}`);
    case "published-port": {
      const place = `${grant.address || "0.0.0.0"}:${grant.port || "?"}`;
      return both(`the published port ${shown(place)}`, `公開ポート ${shown(place)}`);
    }
    case "restart":
      return both(`the restart policy ${shown(grant.policy)}`, `再起動ポリシー ${shown(grant.policy)}`);
    case "oom":
      return both(
        `protection from the OOM killer (${shown(grant.detail)})`,
        `OOM killer からの保護（${shown(grant.detail)}）`,
      );
    case "other":
      return both(`${shown(grant.detail)}, which is not understood`, `解釈できない ${shown(grant.detail)}`);
  }
}

/** What to change, given what the policy allows. */
export function changeWords(grant: Grant, rules: ClientRules): LocalizedText {
  switch (grant.kind) {
    case "host-path": {
      const paths = shownList(rules.mounts.map((rule) => `${rule.path}${rule.readOnly ? " (ro)" : ""}`));
      return paths === ""
        ? both("use a named volume", "名前付きボリュームを使ってください")
        : both(
            `use a named volume, or a path below ${paths}`,
            `名前付きボリュームか、${paths} 以下のパスを使ってください`,
          );
    }
    case "volume":
    case "volume-device":
      return both(
        `use a plain volume of driver ${shownList(rules.volumeDrivers)}`,
        `ドライバ ${shownList(rules.volumeDrivers)} のオプションなしボリュームを使ってください`,
      );
    case "privileged":
      return both(
        "run without --privileged and name the capabilities that are needed",
        "--privileged を外し、必要なケーパビリティだけを指定してください",
      );
    case "joined-namespace":
      return rules.join === "own"
        ? both("join a container of your own only", "自分の作ったコンテナにだけ参加してください")
        : REMOVE;
    case "published-port":
      return portChange(rules);
    case "network":
    case "network-driver":
      return both(
        `use a network of driver ${shownList(rules.networkDrivers)}`,
        `ドライバ ${shownList(rules.networkDrivers)} のネットワークを使ってください`,
      );
    case "runtime":
      return both("leave the runtime to the engine", "ランタイムの指定を外してください");
    default:
      return REMOVE;
  }
}

const REMOVE: LocalizedText = both("leave it out", "この指定を外してください");

function portChange(rules: ClientRules): LocalizedText {
  const [low, high] = rules.portRange;
  switch (rules.publish) {
    case "none":
      return both("publish no ports", "ポートを公開しないでください");
    case "loopback":
      return both(
        `publish on 127.0.0.1 and ports ${low} to ${high} only`,
        `127.0.0.1 のポート ${low}〜${high} だけに公開してください`,
      );
    case "any":
      return both(`publish on ports ${low} to ${high} only`, `ポート ${low}〜${high} だけに公開してください`);
  }
}
