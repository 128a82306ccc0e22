/** The languages that every sentence for a reader is written in. */
export const LANGUAGES = ["en", "ja"] as const;

/** One of {@link LANGUAGES}. */
export type Language = (typeof LANGUAGES)[number];

/** A sentence in every language. */
export type LocalizedText = Readonly<Record<Language, string>>;
