export { endWithUser, rewriteInstruction } from "./dockerfile-patch.ts";
export { linesOfCommand } from "./shell-words.ts";
export { applyTextEdits, type TextEdit } from "./text-edit.ts";
export { DIFF_LINES_MAX, unifiedDiff } from "./unified-diff.ts";
export { type ReadAgain, type Texts, type Written, writeEdits } from "./write-edits.ts";
