import { MIB } from "../../base/index.ts";

/** Longest text read for run lines. A script of this size is generated, not written. */
export const RUN_TEXT_CHARACTERS_MAX = 1 * MIB;

/** Words in one text, all commands together. Above what the longest allowed text of ordinary words holds is noise. */
export const SHELL_WORDS_MAX = 100_000;

/** How deep `$(…)` and backticks may stand in each other. bash has no limit; people stop at three. */
export const SHELL_NESTING_MAX = 32;

/** Run lines in one text. */
export const RUN_LINES_MAX = 1_000;

/** Ports that the ranges of one run line may open to: as many as a host has. */
export const PUBLISHED_PORTS_MAX = 65_536;

/** Longest file that a run line may draw in (a seccomp profile, a file of variables). Docker's own profile has 13 KiB. */
export const DRAWN_FILE_CHARACTERS_MAX = 1 * MIB;

/** Unknown parts up to which a comma separated value is split. One with more is open as a whole, which is never wrong. */
export const SPLIT_UNKNOWN_PARTS_MAX = 16;

/** Problems reported for one text. A text with more has one cause, and the first tell it. */
export const PROBLEMS_MAX = 1_000;

/** Characters of the input that a message or an id repeats. */
export const SHOWN_CHARACTERS_MAX = 120;
