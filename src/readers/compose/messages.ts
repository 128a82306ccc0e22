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
  extends: {
    en: "the name of a service, or a mapping with service and file",
    ja: "サービス名、または service と file を持つマッピング",
  },
  include: {
    en: "a path, or a mapping with path, project_directory and env_file",
    ja: "パス、または path、project_directory、env_file を持つマッピング",
  },
  envFile: { en: "a path, or a mapping with path", ja: "パス、または path を持つマッピング" },
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
  requiredVariable: (name: string, message: string) => ({
    en: `the variable ${shown(name)} has to be set${message === "" ? "" : `: ${shown(message)}`}`,
    ja: `変数 ${shown(name)} の設定が必要です${message === "" ? "" : `: ${shown(message)}`}`,
  }),
  variablesTooLong: (charactersMax: number) => ({
    en: `variables make it longer than ${charactersMax} characters`,
    ja: `変数を展開すると ${charactersMax} 文字を超えます`,
  }),
  tooManyDocuments: (documentsMax: number) => ({
    en: `more than ${documentsMax} YAML documents in one file`,
    ja: `1 つのファイルに YAML 文書が ${documentsMax} 個を超えてあります`,
  }),
  cannotMerge: () => ({
    en: "this cannot be merged with what an earlier file or the extended service has here; Compose refuses it",
    ja: "前のファイルや extends 先の値と形が違うため結合できません。Compose は受け付けません",
  }),
  remoteFile: (name: string) => ({
    en: `${shown(name)} lies on another machine; Sekisho fetches nothing, so it is not examined`,
    ja: `${shown(name)} は別のマシンにあります。Sekisho は何も取得しないため調べません`,
  }),
  directoryUnknown: (name: string) => ({
    en: `${shown(name)} is relative, and the directory of the file is not known`,
    ja: `${shown(name)} は相対パスですが、ファイルのディレクトリが不明です`,
  }),
  tooManyFiles: (filesMax: number, bytesMax: number) => ({
    en: `the project loads more than ${filesMax} files or ${bytesMax} bytes`,
    ja: `プロジェクトが読み込むファイルが ${filesMax} 個または ${bytesMax} バイトを超えます`,
  }),
  fileMissing: (name: string) => ({
    en: `the file ${shown(name)} could not be read`,
    ja: `ファイル ${shown(name)} を読めませんでした`,
  }),
  fileUnreadable: (name: string) => ({
    en: `the file ${shown(name)} is no Compose file that can be read`,
    ja: `ファイル ${shown(name)} は Compose ファイルとして読めません`,
  }),
  notComposeNamed: (name: string) => ({
    en: `the file ${shown(name)} has no mapping named services`,
    ja: `ファイル ${shown(name)} に services というマッピングがありません`,
  }),
  nothingToExtend: (service: string, uri: string) => ({
    en: `there is no service ${shown(service)} to extend in ${shown(uri)}`,
    ja: `extends 先のサービス ${shown(service)} が ${shown(uri)} にありません`,
  }),
  chainTooLong: (key: "extends" | "include", stepsMax: number) => ({
    en: `${key} goes on for more than ${stepsMax} steps`,
    ja: `${key} が ${stepsMax} 段を超えて続いています`,
  }),
  cycle: (key: "extends" | "include", steps: readonly string[]) => ({
    en: `${key} goes round: ${steps.map(shown).join(" -> ")}`,
    ja: `${key} が循環しています: ${steps.map(shown).join(" -> ")}`,
  }),
  includeUnknown: (names: readonly string[]) => ({
    en: `which file is included depends on ${names.map(shown).join(", ")}; it is not examined`,
    ja: `取り込むファイルが変数 ${names.map(shown).join(", ")} で決まるため、調べません`,
  }),
  includeConflict: (section: string, name: string) => ({
    en: `the included ${section}.${shown(name)} differs from the one of this file, and Compose refuses that; this file's is examined`,
    ja: `取り込んだ ${section}.${shown(name)} がこのファイルのものと違います。Compose は受け付けません（このファイルのものを調べます）`,
  }),
  envFileTooLarge: (charactersMax: number) => ({
    en: `longer than ${charactersMax} characters, the most that is read of a file of variables`,
    ja: `変数ファイルとして読み取る上限 ${charactersMax} 文字を超えています`,
  }),
  badEnvLine: () => ({
    en: "this line sets no variable, and Compose refuses it",
    ja: "この行は変数の設定になっていません。Compose は受け付けません",
  }),
  provider: () => ({
    en: "Compose hands this service to a provider and makes no container; it is not examined",
    ja: "このサービスは provider に渡され、コンテナは作られません。調べません",
  }),
  credentialSpec: () => ({
    en: "credential_spec only matters to Windows containers and is ignored",
    ja: "credential_spec は Windows コンテナにだけ関係するため無視します",
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
  envFile: "a file of env_file could not be read",
  labelFile: "a file of label_file could not be read",
  hook: "a hook runs with every privilege inside the container",
  extends: "extends: what the service takes over from another one could not be read",
} as const;
