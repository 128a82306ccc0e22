import { type LocalizedText, quoteUntrusted } from "../../base/index.ts";
import { SHOWN_CHARACTERS_MAX } from "./limits.ts";

/** What a value has to be, for {@link MESSAGES.wrongType}. */
const EXPECTED = {
  boolean: { en: "true or false", ja: "true または false" },
  text: { en: "a string", ja: "文字列" },
  textOrNumber: { en: "a string or a number", ja: "文字列または数値" },
  plain: { en: "a string, a number, true, false or nothing", ja: "文字列、数値、true、false または空" },
  number: { en: "a number", ja: "数値" },
  integer: { en: "a whole number", ja: "整数" },
  size: { en: "a size such as 512m", ja: "512m のようなサイズ" },
  list: { en: "a list", ja: "リスト" },
  map: { en: "a mapping", ja: "マッピング" },
  listOrMap: { en: "a mapping or a list of KEY=VALUE", ja: "マッピングまたは KEY=VALUE のリスト" },
  textOrMap: { en: "a string or a mapping", ja: "文字列またはマッピング" },
  gpus: { en: "all, or a list of mappings", ja: "all またはマッピングのリスト" },
  volumeType: {
    en: "bind, volume, tmpfs, npipe, image or cluster",
    ja: "bind、volume、tmpfs、npipe、image、cluster のいずれか",
  },
  cgroup: { en: "host or private", ja: "host または private" },
  port: { en: "a port such as 8080:80/tcp", ja: "8080:80/tcp のようなポート" },
  volume: { en: "a volume such as ./data:/data:ro", ja: "./data:/data:ro のようなボリューム" },
  device: { en: "a device such as /dev/fuse:/dev/fuse:rwm", ja: "/dev/fuse:/dev/fuse:rwm のようなデバイス" },
  securityOption: { en: "an option such as no-new-privileges:true", ja: "no-new-privileges:true のようなオプション" },
  command: { en: "a command whose quotes are closed", ja: "引用符が閉じたコマンド" },
} as const satisfies Readonly<Record<string, LocalizedText>>;

/** Name of one of {@link EXPECTED}. */
export type Expectation = keyof typeof EXPECTED;

/** Bytes that somebody else wrote, short and harmless. */
export const shown = (text: string): string => quoteUntrusted(text, SHOWN_CHARACTERS_MAX);

/** Every sentence of this reader. Fields are named by the place that goes with the sentence. */
export const MESSAGES = {
  tooLarge: (bytesMax: number) => ({
    en: `larger than ${bytesMax} bytes, the most that is read of a Compose file`,
    ja: `Compose ファイルとして読み取る上限 ${bytesMax} バイトを超えています`,
  }),
  tooDeep: (depthMax: number) => ({
    en: `nested deeper than ${depthMax} levels`,
    ja: `入れ子が ${depthMax} 段を超えています`,
  }),
  tooManyNodes: (nodesMax: number) => ({
    en: `more than ${nodesMax} values once its aliases and merge keys are written out`,
    ja: `エイリアスとマージキーを展開すると値が ${nodesMax} 個を超えます`,
  }),
  notText: () => ({
    en: "not a text file: it holds control characters that YAML does not allow",
    ja: "テキストファイルではありません（YAML で許されない制御文字を含みます）",
  }),
  badYaml: (detail: string) => ({
    en: `not valid YAML: ${shown(detail)}`,
    ja: `正しい YAML ではありません: ${shown(detail)}`,
  }),
  unknownAlias: (name: string) => ({
    en: `the alias *${shown(name)} names no anchor above it`,
    ja: `エイリアス *${shown(name)} に対応するアンカーが前にありません`,
  }),
  aliasCycle: (name: string) => ({
    en: `the alias *${shown(name)} lies inside its own anchor`,
    ja: `エイリアス *${shown(name)} が自身のアンカーの中にあります`,
  }),
  notCompose: () => ({
    en: "not a Compose file: it has no mapping named services",
    ja: "Compose ファイルではありません（services というマッピングがありません）",
  }),
  notMapping: () => ({
    en: "not a Compose file: it is not a mapping",
    ja: "Compose ファイルではありません（マッピングではありません）",
  }),
  duplicateKey: (key: string) => ({
    en: `the key ${shown(key)} is written twice, and Compose refuses that; the last one is examined`,
    ja: `キー ${shown(key)} が二重に書かれています。Compose は受け付けません（最後の値を調べます）`,
  }),
  badKey: () => ({ en: "a key has to be a plain string", ja: "キーは単純な文字列でなければなりません" }),
  badMerge: () => ({
    en: "a merge key (<<) takes a mapping or a list of mappings",
    ja: "マージキー（<<）の値はマッピングかマッピングのリストでなければなりません",
  }),
  wrongType: (expected: Expectation) => ({
    en: `expected ${EXPECTED[expected].en}`,
    ja: `${EXPECTED[expected].ja}でなければなりません`,
  }),
  yamlOneBoolean: (text: string, value: boolean) => ({
    en: `${shown(text)} is a string in YAML 1.2; Compose takes it as ${value}`,
    ja: `${shown(text)} は YAML 1.2 では文字列です。Compose は ${value} として扱います`,
  }),
  badVariable: () => ({
    en: "a $ that begins no variable; write $$ for a dollar sign",
    ja: "$ の後が変数になっていません。ドル記号は $$ と書きます",
  }),
  unknownKey: (key: string) => ({
    en: `the key ${shown(key)} is not known to Sekisho and is not examined`,
    ja: `キー ${shown(key)} は Sekisho が知らないため調べません`,
  }),
  legacy: () => ({
    en: "a version 1 file, without services; current Compose does not read it",
    ja: "services のないバージョン 1 のファイルです。現在の Compose では読めません",
  }),
  noServices: () => ({ en: "there is no service in this file", ja: "このファイルにはサービスがありません" }),
  extendsUnread: () => ({
    en: "extends is not followed yet: what it brings in is unknown",
    ja: "extends の先はまだ読みません。引き継がれる設定は不明として扱います",
  }),
  includeUnread: () => ({
    en: "include is not followed yet: the included files are not examined, and what they change is unknown",
    ja: "include の先はまだ読みません。取り込まれるファイルは調べず、その影響は不明として扱います",
  }),
  onlyIncluded: () => ({
    en: "every service of this file stands in included files, which are not read yet",
    ja: "サービスはすべて取り込み先のファイルにあり、まだ読めません",
  }),
  tagUnread: (tag: string) => ({
    en: `the tag ${shown(tag)} matters when files are merged, which is not done yet: what it leaves is unknown`,
    ja: `タグ ${shown(tag)} はファイルの結合時に働きますが、まだ対応していません。結果は不明として扱います`,
  }),
  moreDocuments: () => ({
    en: "only the first YAML document is read; Compose merges the others into it, so the result is unknown",
    ja: "最初の YAML 文書だけを読みます。Compose は残りを結合するため、結果は不明として扱います",
  }),
  provider: () => ({
    en: "Compose hands this service to a provider and makes no container; it is not examined",
    ja: "このサービスは provider に渡され、コンテナは作られません。調べません",
  }),
  fileUnread: (key: string) => ({
    en: `${key} is not read yet: what it adds is unknown`,
    ja: `${key} のファイルはまだ読みません。加わる値は不明として扱います`,
  }),
  credentialSpec: () => ({
    en: "credential_spec only matters to Windows containers and is ignored",
    ja: "credential_spec は Windows コンテナにだけ関係するため無視します",
  }),
  buildPrivileges: () => ({
    en: "the build of the image asks for privileges; builds are not examined",
    ja: "イメージのビルドが特権を求めています。ビルドは調べません",
  }),
  privilegedHook: () => ({
    en: "Compose runs this hook with every privilege inside the container, so the service counts as possibly privileged",
    ja: "Compose はこのフックをコンテナ内で全特権で実行します。特権の可能性ありとして扱います",
  }),
  sameTarget: (target: string) => ({
    en: `${shown(target)} is mounted twice; Compose keeps the last`,
    ja: `${shown(target)} に二度マウントされています。Compose は最後のものを使います`,
  }),
  undeclared: (kind: "volume" | "network" | "secret" | "config", name: string) => ({
    en: `the ${kind} ${shown(name)} is not declared at the top of the file, and Compose refuses that`,
    ja: `${KINDS[kind]} ${shown(name)} がファイルの最上位で宣言されていません。Compose は受け付けません`,
  }),
  unknownService: (name: string) => ({
    en: `there is no service ${shown(name)} in this file`,
    ja: `このファイルにサービス ${shown(name)} はありません`,
  }),
  networkTwice: () => ({
    en: "network_mode and networks exclude each other, and Compose refuses both; network_mode is examined",
    ja: "network_mode と networks は同時に使えません。network_mode を調べます",
  }),
  notMountable: (kind: "secret" | "config", name: string) => ({
    en: `the ${kind} ${shown(name)} is external; Compose refuses it outside Swarm`,
    ja: `${KINDS[kind]} ${shown(name)} は external です。Compose は Swarm 以外では受け付けません`,
  }),
  profileUnread: (path: string) => ({
    en: `the seccomp profile ${shown(path)} could not be read`,
    ja: `seccomp プロファイル ${shown(path)} を読めませんでした`,
  }),
  badProfile: (path: string) => ({
    en: `the seccomp profile ${shown(path)} is not JSON, or too long`,
    ja: `seccomp プロファイル ${shown(path)} は JSON でないか、長すぎます`,
  }),
  tooManyPorts: (portsMax: number) => ({
    en: `the service publishes more than ${portsMax} ports; the rest is not listed`,
    ja: `公開ポートが ${portsMax} 個を超えています。残りは扱いません`,
  }),
  moreProblems: (left: number) => ({
    en: `${left} more problems are not listed`,
    ja: `ほかに ${left} 件の問題があります`,
  }),
} as const;

const KINDS = { volume: "ボリューム", network: "ネットワーク", secret: "シークレット", config: "コンフィグ" } as const;

/** Why a field is not known, for `Workload.unresolved`. */
export const REASONS = {
  variables: (names: readonly string[]) =>
    names.length === 1
      ? `the value depends on the variable ${shown(names[0] ?? "")}`
      : `the value depends on the variables ${shown(names.join(", "))}`,
  badVariable: "the value holds a $ that begins no variable",
  wrongType: (expected: Expectation) => `the value could not be read: expected ${EXPECTED[expected].en}`,
  noDirectory: "the path is relative, and the directory of the file is not known",
  noHome: "the path begins at a home directory that is not known",
  externalVolume: (name: string) => `the volume ${shown(name)} is external: the file does not say what it holds`,
  unreadVolume: (name: string) => `the declaration of the volume ${shown(name)} could not be read`,
  profile: (path: string) => `the seccomp profile ${shown(path)} was not read`,
  callersEnvironment: (name: string) =>
    `the value of ${shown(name)} comes from the environment of whoever runs Compose`,
  outside: (name: string) => `the container ${shown(name)} is not made by this file`,
  missingService: (name: string) => `the service ${shown(name)} is not in this file`,
  envFile: "the variables of env_file are not read yet",
  labelFile: "the labels of label_file are not read yet",
  hook: "a hook runs with every privilege inside the container",
  extends: "extends: what the service takes over from another one is not read yet",
  include: "include: the included files are not read yet",
  documents: "later YAML documents of the file are not merged yet",
  tag: (tag: string) => `${shown(tag)}: what the merge of files leaves here is not worked out yet`,
} as const;
