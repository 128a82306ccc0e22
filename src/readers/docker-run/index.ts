export type { RunSurroundings } from "./draft.ts";
export { type RunLinesResult, readRunArguments, readRunLine } from "./read-run-lines.ts";
export type { RunLine } from "./run-line.ts";
export { joinArguments, quoteWord } from "./shell/index.ts";
export type { Tool } from "./tool.ts";
