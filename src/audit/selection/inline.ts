import type { FindingException } from "../../findings/index.ts";

/** Most inline comments of one file. */
export const INLINE_COMMENTS_MAX = 10_000;

const COMMENT = /#\s*sekisho:ignore\s+([\w.:*-]+(?:\s*,\s*[\w.:*-]+)*)\s*(.*)$/;

const ATTRIBUTE = /^(until|owner)=(\S+)\s*/;

/**
 * Exceptions written as comments: `# sekisho:ignore RULE[,RULE] [until=YYYY-MM-DD] [owner=NAME] reason`. At the end of a
 * line it speaks for that line; alone on a line, for the next line that is no comment.
 */
export function inlineExceptions(text: string, uri: string): readonly FindingException[] {
  if (!text.includes("sekisho:ignore")) {
    return [];
  }
  const lines = text.split(/\r\n|\n|\r/);
  const exceptions: FindingException[] = [];
  for (const [index, line] of lines.entries()) {
    const match = line.includes("sekisho:ignore") ? COMMENT.exec(line) : null;
    if (match === null || exceptions.length >= INLINE_COMMENTS_MAX) {
      continue;
    }
    const target = line.slice(0, match.index).trim() === "" ? nextCode(lines, index) : index;
    const { attributes, reason } = attributesOf(match[2] ?? "");
    for (const rule of (match[1] ?? "").split(/\s*,\s*/)) {
      exceptions.push({
        rule,
        lines: { uri, from: target + 1, to: target + 1 },
        ...(reason !== "" && { reason }),
        ...attributes,
        place: { uri, line: index + 1, column: match.index + 1 },
      });
    }
  }
  return exceptions;
}

function nextCode(lines: readonly string[], from: number): number {
  let index = from + 1;
  while (index < lines.length && /^\s*(#|$)/.test(lines[index] ?? "")) {
    index += 1;
  }
  return index;
}

function attributesOf(text: string): { attributes: Pick<FindingException, "expires" | "owner">; reason: string } {
  let rest = text;
  const attributes: { expires?: string; owner?: string } = {};
  for (let match = ATTRIBUTE.exec(rest); match !== null; match = ATTRIBUTE.exec(rest)) {
    attributes[match[1] === "until" ? "expires" : "owner"] = match[2] ?? "";
    rest = rest.slice(match[0].length);
  }
  return { attributes, reason: rest.trim() };
}
