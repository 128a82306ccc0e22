import { type LocalizedText, quoteUntrusted } from "../../base/index.ts";
import { SHOWN_CHARACTERS_MAX } from "./limits.ts";

const show = (text: string): string => `\`${quoteUntrusted(text, SHOWN_CHARACTERS_MAX)}\``;

/** Every sentence of this reader. Text of the input enters quoted and cut. */
export const message = {
  textTooLong: (max: number): LocalizedText => ({
    en: `the text has more than ${max} characters`,
    ja: `テキストが ${max} 文字を超えています`,
  }),
  tooManyWords: (max: number): LocalizedText => ({
    en: `the text has more than ${max} words`,
    ja: `テキストが ${max} 語を超えています`,
  }),
  nestedTooDeep: (max: number): LocalizedText => ({
    en: `command substitutions stand more than ${max} deep in each other`,
    ja: `コマンド置換の入れ子が ${max} 段を超えています`,
  }),
  tooManyRunLines: (max: number): LocalizedText => ({
    en: `only the first ${max} run lines are examined`,
    ja: `調べるのは最初の ${max} 個の run 行だけです`,
  }),
  tooManyProblems: (max: number): LocalizedText => ({
    en: `only the first ${max} problems are shown`,
    ja: `表示するのは最初の ${max} 個の問題だけです`,
  }),
  noRunLine: (): LocalizedText => ({
    en: "there is no `docker run`, `docker create`, `podman run` or `podman create` in this text",
    ja: "このテキストには `docker run`、`docker create`、`podman run`、`podman create` がありません",
  }),
  unterminated: (opening: string): LocalizedText => ({
    en: `this ${show(opening)} is never closed; it is read as if it were closed at the end of the text`,
    ja: `この ${show(opening)} は閉じられていません。テキストの終わりで閉じたものとして読みます`,
  }),
  runLineInHereDocument: (): LocalizedText => ({
    en: "the run line in this here-document is not examined",
    ja: "このヒアドキュメントの中の run 行は調べません",
  }),
  runLineInWord: (): LocalizedText => ({
    en: "the run line in this quoted text is not examined",
    ja: "この引用された文字列の中の run 行は調べません",
  }),
  noImage: (tool: string, verb: string): LocalizedText => ({
    en: `${tool} ${verb} needs an image`,
    ja: `${tool} ${verb} にはイメージが必要です`,
  }),
  badImage: (image: string): LocalizedText => ({
    en: `${show(image)} is not an image name; docker would refuse it`,
    ja: `${show(image)} はイメージ名ではありません。docker は受け付けません`,
  }),
  unknownFlag: (tool: string, flag: string): LocalizedText => ({
    en: `${tool} has no flag ${show(flag)}; it is left out`,
    ja: `${tool} に ${show(flag)} というフラグはありません。無視します`,
  }),
  flagOfRunOnly: (flag: string): LocalizedText => ({
    en: `${show(flag)} belongs to \`docker run\`; \`docker create\` would refuse it`,
    ja: `${show(flag)} は \`docker run\` のフラグです。\`docker create\` は受け付けません`,
  }),
  badFlagSyntax: (flag: string): LocalizedText => ({
    en: `${show(flag)} is not the form of a flag; it is left out`,
    ja: `${show(flag)} はフラグの形になっていません。無視します`,
  }),
  missingValue: (flag: string): LocalizedText => ({
    en: `${show(flag)} needs a value`,
    ja: `${show(flag)} には値が必要です`,
  }),
  refusedValue: (flag: string, value: string, because: LocalizedText): LocalizedText => ({
    en: `the command line would refuse ${show(value)} for ${show(flag)}: ${because.en}`,
    ja: `${show(flag)} の値 ${show(value)} はコマンドが受け付けません: ${because.ja}`,
  }),
  conflict: (left: string, right: string): LocalizedText => ({
    en: `docker refuses ${show(left)} together with ${show(right)}`,
    ja: `docker は ${show(left)} と ${show(right)} の併用を受け付けません`,
  }),
  hiddenArguments: (source: string): LocalizedText => ({
    en: `${show(source)} may add any flags; they are not examined`,
    ja: `${show(source)} が加えるかもしれないフラグは調べられません`,
  }),
  hiddenFlagName: (source: string): LocalizedText => ({
    en: `the name of the flag ${show(source)} is not known; it is not examined`,
    ja: `フラグ ${show(source)} の名前がわからないため、調べられません`,
  }),
  printsHelp: (tool: string): LocalizedText => ({
    en: `with --help ${tool} only prints its usage; no container is made`,
    ja: `--help が付いているため ${tool} は使い方を表示するだけで、コンテナは作られません`,
  }),
  tooManyPorts: (max: number): LocalizedText => ({
    en: `the published ports open to more than ${max} entries`,
    ja: `公開するポートが ${max} 個を超えています`,
  }),
} as const;

/** Why a field is not known. */
export const unresolvedBecause = {
  shell: (source: string): LocalizedText => ({
    en: `${show(source)} is only known when the shell runs`,
    ja: `${show(source)} はシェルが実行されるまでわかりません`,
  }),
  workingDirectory: (path: string): LocalizedText => ({
    en: `${show(path)} depends on the directory in which the command is run`,
    ja: `${show(path)} はコマンドを実行するディレクトリによって変わります`,
  }),
  homeDirectory: (path: string): LocalizedText => ({
    en: `${show(path)} depends on who runs the command`,
    ja: `${show(path)} はコマンドを実行する人によって変わります`,
  }),
  file: (path: string): LocalizedText => ({
    en: `the file ${show(path)} is not at hand`,
    ja: `ファイル ${show(path)} の内容がわかりません`,
  }),
  callersEnvironment: (name: string): LocalizedText => ({
    en: `${show(name)} is taken from the environment of whoever runs the command`,
    ja: `${show(name)} はコマンドを実行する人の環境変数から取られます`,
  }),
  hiddenArguments: (source: string): LocalizedText => ({
    en: `${show(source)} may set it`,
    ja: `${show(source)} が設定するかもしれません`,
  }),
  pod: (name: string): LocalizedText => ({
    en: `the pod ${show(name)} decides`,
    ja: `Pod ${show(name)} が決めます`,
  }),
} as const;

/** Why a command line refuses a value. */
export const refusedBecause = {
  notBoolean: { en: "it is neither true nor false", ja: "true でも false でもありません" },
  notInteger: { en: "it is not a whole number", ja: "整数ではありません" },
  notSize: { en: "it is not a size such as 512m", ja: "512m のような大きさではありません" },
  notDecimal: {
    en: "it is not a number with at most nine decimal places",
    ja: "小数点以下 9 桁までの数ではありません",
  },
  notCsv: { en: "its quotes are not those of comma separated values", ja: "カンマ区切りの引用符が正しくありません" },
  notKeyValue: { en: "it is not of the form key=value", ja: "key=value の形ではありません" },
  emptyKey: { en: "its name is empty", ja: "名前が空です" },
  badMode: (allowed: string): LocalizedText => ({
    en: `the mode is not one of ${allowed}`,
    ja: `モードは ${allowed} のどれかでなければなりません`,
  }),
  badPort: { en: "it is not a port specification", ja: "ポートの指定になっていません" },
  badVolume: { en: "a part between its colons is empty", ja: "コロンの間に空の部分があります" },
  badMountKey: (key: string): LocalizedText => ({
    en: `${show(key)} is not a mount option or lacks its value`,
    ja: `${show(key)} はマウントのオプションでないか、値がありません`,
  }),
  noMountTarget: { en: "it has no target", ja: "target がありません" },
  mixedMountOptions: (prefix: string, type: string): LocalizedText => ({
    en: `${prefix} options do not go with type ${show(type)}`,
    ja: `${prefix} のオプションは type ${show(type)} と併用できません`,
  }),
  needsReadOnly: { en: "this bind-recursive needs `readonly`", ja: "この bind-recursive には `readonly` が必要です" },
  needsPrivatePropagation: {
    en: "bind-recursive=readonly needs `bind-propagation=rprivate`",
    ja: "bind-recursive=readonly には `bind-propagation=rprivate` が必要です",
  },
  badDevice: {
    en: "it is not of the form host[:container][:permissions]",
    ja: "host[:container][:permissions] の形ではありません",
  },
  badDeviceRule: {
    en: "it is not of the form `type major:minor rwm`",
    ja: "`type major:minor rwm` の形ではありません",
  },
  badGpuRequest: { en: "it is not a GPU request", ja: "GPU の指定になっていません" },
  badSecurityOption: { en: "it is not a security option", ja: "セキュリティオプションになっていません" },
  badProfile: { en: "the file is not JSON", ja: "ファイルが JSON ではありません" },
  badRestartPolicy: { en: "it is not a restart policy", ja: "再起動ポリシーになっていません" },
  badUlimit: { en: "it is not of the form name=soft[:hard]", ja: "name=soft[:hard] の形ではありません" },
  badNetwork: { en: "it is not a network specification", ja: "ネットワークの指定になっていません" },
  networksConflict: {
    en: "a network may be named once, and host, none and the like stand alone",
    ja: "ネットワークは 1 度だけ指定でき、host や none などは単独で使います",
  },
  badLabel: { en: "a label needs a name without blanks", ja: "ラベルには空白を含まない名前が必要です" },
  badSysctl: {
    en: "this sysctl is not one that the command line lets through",
    ja: "この sysctl はコマンドが通しません",
  },
  driverTakesNoOptions: {
    en: "the logging driver `none` takes no options",
    ja: "ログドライバ `none` にオプションは付けられません",
  },
  socketOnly: { en: "it needs an engine on a unix socket", ja: "unix ソケットのエンジンでだけ使えます" },
  badJson: { en: "it is not a JSON array of words", ja: "文字列の JSON 配列ではありません" },
} as const satisfies Record<string, LocalizedText | ((...values: never[]) => LocalizedText)>;

/** Both languages in one string, as `Workload.unresolved` wants them. */
export function inBothLanguages(text: LocalizedText): string {
  return `${text.en} / ${text.ja}`;
}
