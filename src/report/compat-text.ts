import { type Language, quoteUntrusted } from "../base/index.ts";
import {
  type Compatibility,
  HOME_NAMES,
  type HomeVerdict,
  type RootlessLimit,
  type WorkloadInHome,
} from "../findings/index.ts";
import type { Ink, Paint } from "./terminal/paint.ts";
import { padEnd, wrap } from "./terminal/width.ts";

/** A workload and what the safer homes make of it. */
export interface NamedCompatibility extends Compatibility {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
}

/** How the report is written. */
export interface CompatTextOptions {
  readonly language: Language;
  /** Columns of the terminal. */
  readonly columns: number;
  readonly paint: Paint;
}

/** Most characters of a name that somebody else chose. */
const NAME_CHARACTERS_MAX = 80;

const NAME_COLUMNS = 18;

const WORDS = {
  en: {
    verdicts: { works: "works", conditional: "on conditions", "does-not": "does not work" },
    unverified: "not verified",
    alternatives: "Without an engine inside or its socket:",
    limits: "The known limits of rootless Docker, as they stand today:",
    nothing: "nothing to examine",
  },
  ja: {
    verdicts: { works: "動く", conditional: "条件つき", "does-not": "動かない" },
    unverified: "未検証",
    alternatives: "コンテナ内のエンジンやソケットを使わない方法:",
    limits: "rootless Docker の知られた制限の現状:",
    nothing: "調べる対象がありません",
  },
} as const;

const INKS: Readonly<Record<HomeVerdict, Ink>> = { works: "plain", conditional: "weakened", "does-not": "open" };

/** What each workload would be in safer homes, for a terminal. */
export function compatToText(
  workloads: readonly NamedCompatibility[],
  limits: readonly RootlessLimit[],
  options: CompatTextOptions,
): string {
  const { language, columns, paint } = options;
  const words = WORDS[language];
  const lines: string[] = workloads.length === 0 ? [words.nothing, ""] : [];
  const say = (text: string, indent: number): void => {
    lines.push(...wrap(text, Math.max(20, columns - indent)).map((line) => `${" ".repeat(indent)}${line}`));
  };
  for (const { name, id, homes, alternatives } of workloads) {
    const shown = (text: string) => quoteUntrusted(text, NAME_CHARACTERS_MAX);
    lines.push(`${paint(shown(name), "strong")}  ${paint(shown(id), "faint")}`);
    for (const home of homes) {
      const verdict = paint(words.verdicts[home.verdict], INKS[home.verdict]);
      lines.push(`  ${padEnd(HOME_NAMES[home.home], NAME_COLUMNS)}${verdict}`);
      for (const text of reasonsOf(home, language)) {
        say(text, 4);
      }
    }
    if (alternatives.length > 0) {
      lines.push(`  ${words.alternatives}`);
      for (const { text } of alternatives) {
        say(`- ${text[language]}`, 4);
      }
    }
    lines.push("");
  }
  lines.push(words.limits);
  for (const { title, verdict, text } of limits) {
    say(`${title[language]} (${words.verdicts[verdict]}): ${text[language]}`, 2);
  }
  return `${lines.join("\n")}\n`;
}

function reasonsOf({ features }: WorkloadInHome, language: Language): readonly string[] {
  const words = WORDS[language];
  return features.flatMap(({ title, verdict, reason, basis }) => {
    if (verdict === "works") {
      return [];
    }
    const doubt = basis === "unverified" ? [words.unverified] : [];
    const how = [words.verdicts[verdict], ...doubt].join(", ");
    return [`${title[language]} (${how})${reason ? `: ${reason[language]}` : ""}`];
  });
}

/** The same as data; texts in both languages. */
export function compatToDocument(
  workloads: readonly NamedCompatibility[],
  limits: readonly RootlessLimit[],
): Readonly<Record<string, unknown>> {
  return { schema: "sekisho.compat/v1", homes: HOME_NAMES, rootlessLimits: limits, workloads };
}
