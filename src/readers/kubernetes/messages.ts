import { type LocalizedText, quoteUntrusted } from "../../base/index.ts";
import { SHOWN_CHARACTERS_MAX } from "./limits.ts";

const shown = (text: string): string => quoteUntrusted(text, SHOWN_CHARACTERS_MAX);

/** What a field takes, for messages. */
export const EXPECTED = {
  string: { en: "text", ja: "文字列" },
  boolean: { en: "true or false", ja: "true か false" },
  integer: { en: "a whole number", ja: "整数" },
  quantity: { en: "a quantity such as 500m or 128Mi", ja: "500m や 128Mi のような量" },
  list: { en: "a list", ja: "リスト" },
  map: { en: "a mapping", ja: "マッピング" },
} as const satisfies Readonly<Record<string, LocalizedText>>;

/** One of {@link EXPECTED}. */
export type Expectation = keyof typeof EXPECTED;

/** The sentences of this folder. */
export const MESSAGES = {
  tooLarge: (mebibytes: number): LocalizedText => ({
    en: `larger than ${mebibytes} MiB`,
    ja: `${mebibytes} MiB を超えています`,
  }),
  tooManyDocuments: (max: number): LocalizedText => ({
    en: `more than ${max} documents; the rest is not examined`,
    ja: `文書が ${max} 個を超えています。残りは調べません`,
  }),
  tooManyContainers: (max: number): LocalizedText => ({
    en: `more than ${max} containers; the rest is not examined`,
    ja: `コンテナが ${max} 個を超えています。残りは調べません`,
  }),
  listTooDeep: (max: number): LocalizedText => ({
    en: `lists nested deeper than ${max} levels are not examined`,
    ja: `${max} 段を超えるリストの入れ子は調べません`,
  }),
  template: (): LocalizedText => ({
    en: "this is a template, not a manifest: render it first, for example helm template CHART | sekisho audit -",
    ja: "マニフェストではなくテンプレートです。先に展開してください(例: helm template CHART | sekisho audit -)",
  }),
  notObject: (): LocalizedText => ({
    en: "a Kubernetes object is a mapping with apiVersion and kind",
    ja: "Kubernetes オブジェクトは apiVersion と kind を持つマッピングです",
  }),
  noKind: (): LocalizedText => ({
    en: "no kind: the API server refuses this object",
    ja: "kind がありません。API サーバはこのオブジェクトを拒否します",
  }),
  nothing: (): LocalizedText => ({
    en: "no Kubernetes object in this file",
    ja: "このファイルに Kubernetes オブジェクトはありません",
  }),
  custom: (kind: string, apiVersion: string): LocalizedText => ({
    en: `${shown(kind)} of ${shown(apiVersion)} is a custom resource and is not examined: if it makes pods, examine those`,
    ja: `${shown(kind)}(${shown(apiVersion)})はカスタムリソースなので調べません。Pod を作るものなら、その Pod を調べてください`,
  }),
  wrongType: (expected: Expectation): LocalizedText => ({
    en: `expected ${EXPECTED[expected].en}: the API server refuses this object`,
    ja: `${EXPECTED[expected].ja}が必要です。API サーバはこのオブジェクトを拒否します`,
  }),
  noSpec: (): LocalizedText => ({
    en: "no pod is described here: the API server refuses this object",
    ja: "Pod が記述されていません。API サーバはこのオブジェクトを拒否します",
  }),
  noContainers: (): LocalizedText => ({
    en: "the pod has no containers: the API server refuses it",
    ja: "Pod にコンテナがありません。API サーバは拒否します",
  }),
  unknownField: (name: string): LocalizedText => ({
    en: `no field ${shown(name)} is known here: the API server leaves it out, or is newer than this reader`,
    ja: `${shown(name)} という項目は知られていません。API サーバは無視するか、この版より新しいものです`,
  }),
  duplicateKey: (name: string): LocalizedText => ({
    en: `the key ${shown(name)} stands twice; the last one counts`,
    ja: `キー ${shown(name)} が重複しています。最後のものが使われます`,
  }),
  dropWithPrefix: (name: string): LocalizedText => ({
    en: `capabilities are written without CAP_: containerd does not drop ${shown(name)}`,
    ja: `ケーパビリティは CAP_ を付けずに書きます。containerd は ${shown(name)} を外しません`,
  }),
  seccompAnnotation: (): LocalizedText => ({
    en: "Kubernetes 1.27 and newer ignore the seccomp annotation: set securityContext.seccompProfile",
    ja: "Kubernetes 1.27 以降は seccomp のアノテーションを無視します。securityContext.seccompProfile を指定してください",
  }),
  windows: (): LocalizedText => ({
    en: "a Windows pod: only what Kubernetes itself gives it is examined, not the escapes of Linux",
    ja: "Windows の Pod です。Kubernetes が与えるものだけを調べ、Linux の脱出経路は調べません",
  }),
  moreProblems: (left: number): LocalizedText => ({
    en: `${left} more problems are not listed`,
    ja: `ほかに ${left} 件の問題があります`,
  }),
} as const;

/** Why a field is not known, for `Workload.unresolved`. */
export const REASONS = {
  subPathExpr: "the path depends on variables of the container (subPathExpr)",
  notRead: "the value could not be read",
} as const;
