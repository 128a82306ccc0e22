import { type LocalizedText, quoteUntrusted } from "../../base/index.ts";

/** What is wrong with a document. */
export type YamlErrorCode = "BAD_SYNTAX" | "TOO_LARGE";

/** A document cannot be read at all. The offset counts from the beginning of the file. */
export class YamlError extends Error {
  override readonly name = "YamlError";
  readonly code: YamlErrorCode;
  readonly text: LocalizedText;
  readonly offset: number;

  constructor(code: YamlErrorCode, text: LocalizedText, offset: number) {
    super(text.en);
    this.code = code;
    this.text = text;
    this.offset = offset;
  }
}

const SHOWN_CHARACTERS_MAX = 80;

const shown = (text: string): string => quoteUntrusted(text, SHOWN_CHARACTERS_MAX);

/** The sentences of this folder. */
export const YAML_MESSAGES = {
  syntax: (reason: string): LocalizedText => ({
    en: `this is no valid YAML: ${quoteUntrusted(reason, 200)}`,
    ja: `YAML として正しくありません: ${quoteUntrusted(reason, 200)}`,
  }),
  notText: (): LocalizedText => ({
    en: "a control character: this is no text file",
    ja: "制御文字があります。テキストファイルではありません",
  }),
  tooDeep: (max: number): LocalizedText => ({
    en: `nested deeper than ${max} levels`,
    ja: `入れ子が ${max} 段を超えています`,
  }),
  tooManyNodes: (max: number): LocalizedText => ({
    en: `more than ${max} values once aliases are written out`,
    ja: `エイリアスを展開すると値が ${max} 個を超えます`,
  }),
  aliasCycle: (name: string): LocalizedText => ({
    en: `the anchor ${shown(name)} contains itself`,
    ja: `アンカー ${shown(name)} が自分自身を含んでいます`,
  }),
  unknownAlias: (name: string): LocalizedText => ({
    en: `there is no anchor ${shown(name)} before this alias`,
    ja: `このエイリアスより前にアンカー ${shown(name)} がありません`,
  }),
  badMerge: (): LocalizedText => ({
    en: "<< takes a mapping or a list of mappings",
    ja: "<< に書けるのはマッピングか、そのリストです",
  }),
  badKey: (): LocalizedText => ({
    en: "a key of a mapping must be a plain value",
    ja: "マッピングのキーは単純な値でなければなりません",
  }),
} as const;
