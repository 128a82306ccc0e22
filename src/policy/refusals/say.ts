import type { Language, LocalizedText } from "../../base/index.ts";
import { gainKind } from "../../findings/index.ts";
import { TECHNIQUES } from "../../techniques/index.ts";
import type { Refusal } from "./refusal.ts";

const TITLES: ReadonlyMap<string, LocalizedText> = new Map(
  TECHNIQUES.map((technique) => [technique.id, technique.title]),
);

/** Refusals that one answer tells; the rest is in the log. */
export const TOLD_REFUSALS_MAX = 3;

/** One refusal as a sentence: what is refused, the escape path that this closes, and what to change. */
export function refusalSentence(refusal: Refusal): LocalizedText {
  const title = TITLES.get(refusal.technique);
  const at = refusal.field === "" ? "" : refusal.field;
  return {
    en: `${refusal.what.en} is not allowed${at === "" ? "" : ` (${at})`}${closesEnglish(refusal, title)}; ${refusal.change.en}`,
    ja: `${refusal.what.ja}は許可されていません${at === "" ? "" : `（${at}）`}。${closesJapanese(refusal, title)}${refusal.change.ja}`,
  };
}

function closesEnglish(refusal: Refusal, title: LocalizedText | undefined): string {
  if (title !== undefined) {
    return `: it would open "${title.en}"${refusal.gain === "" ? "" : ` (${gainKind(refusal.gain).title.en})`}`;
  }
  return refusal.gain === "" ? "" : `: it would lead to ${gainKind(refusal.gain).title.en}`;
}

function closesJapanese(refusal: Refusal, title: LocalizedText | undefined): string {
  if (title !== undefined) {
    return `「${title.ja}」${refusal.gain === "" ? "" : `（${gainKind(refusal.gain).title.ja}）`}の経路が開きます。`;
  }
  return refusal.gain === "" ? "" : `${gainKind(refusal.gain).title.ja}につながります。`;
}

/** The answer for the client, in its language. */
export function denialMessage(client: string, refusals: readonly Refusal[], language: Language): string {
  const told = refusals.slice(0, TOLD_REFUSALS_MAX).map((refusal) => refusalSentence(refusal)[language]);
  const more = refusals.length - told.length;
  if (language === "ja") {
    return `sekisho: ${client} の要求を拒否しました: ${told.join(" / ")}${more > 0 ? `（ほか ${more} 件）` : ""}`;
  }
  return `sekisho: request of ${client} refused: ${told.join(" / ")}${more > 0 ? ` (and ${more} more)` : ""}`;
}
