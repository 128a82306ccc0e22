import type { Language } from "../base/index.ts";

/** The language of `--lang`, else of LC_ALL, LC_MESSAGES or LANG, else English. */
export function languageOf(
  option: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Language {
  const wanted = option ?? environment["LC_ALL"] ?? environment["LC_MESSAGES"] ?? environment["LANG"] ?? "";
  return wanted.toLowerCase().startsWith("ja") ? "ja" : "en";
}
