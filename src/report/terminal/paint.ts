/** What a piece of text means; colours follow the tokens of docs/look.md: colour means a way out. */
export type Ink = "open" | "weakened" | "act" | "faint" | "strong" | "plain";

const CODES: Readonly<Record<Exclude<Ink, "plain">, string>> = {
  open: "31",
  weakened: "33",
  act: "34",
  faint: "2",
  strong: "1",
};

/** Puts ink on text, or not. */
export type Paint = (text: string, ink: Ink) => string;

/** Paints with the 16 colours of every terminal. */
export const colours: Paint = (text, ink) =>
  ink === "plain" || text === "" ? text : `\u001b[${CODES[ink]}m${text}\u001b[0m`;

/** Leaves text as it is: for pipes and for NO_COLOR. */
export const noColours: Paint = (text) => text;
