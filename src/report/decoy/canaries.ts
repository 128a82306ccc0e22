import type { Language } from "../../base/index.ts";
import { csvCell } from "../formats/escape.ts";

/** The planted credentials of one installation of the decoy. */
export interface CanariesDocument {
  readonly persona: string;
  readonly hostname: string;
  /** When the installation was made (RFC 3339). */
  readonly planted: string;
  readonly canaries: readonly { readonly container: string; readonly variable: string; readonly value: string }[];
}

/** One line for each credential (RFC 4180). */
export function canariesToCsv({ canaries }: CanariesDocument): string {
  const rows = canaries.map(({ container, variable, value }) => [container, variable, value]);
  return [["container", "variable", "value"], ...rows].map((row) => `${row.map(csvCell).join(",")}\r\n`).join("");
}

const WORDS = {
  head: {
    en: "Planted by this decoy (HOSTNAME, since DATE). Nobody uses them: wherever one turns up, it was taken from here.",
    ja: "このデコイが仕込んだ資格情報です（HOSTNAME、DATE から）。使う人はいないため、どこかで現れたらここから持ち出されたものです。",
  },
} as const;

/** For a terminal: the credentials by container, each on a line of its own so that it can be searched for. */
export function canariesToText({ hostname, planted, canaries }: CanariesDocument, language: Language): string {
  const lines = [WORDS.head[language].replace("HOSTNAME", hostname).replace("DATE", planted.slice(0, 10))];
  let container: string | undefined;
  for (const canary of canaries) {
    if (canary.container !== container) {
      container = canary.container;
      lines.push("", container);
    }
    lines.push(`  ${canary.variable}=${canary.value}`);
  }
  return `${lines.join("\n")}\n`;
}
