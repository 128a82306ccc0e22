import { eastAsianWidth } from "get-east-asian-width";

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Columns that a text takes in a terminal: kanji and kana two, marks that join the letter before them none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const { segment } of segmenter.segment(text)) {
    width += graphemeWidth(segment);
  }
  return width;
}

function graphemeWidth(grapheme: string): number {
  const point = grapheme.codePointAt(0) ?? 0;
  return point < 0x20 ? 0 : eastAsianWidth(point);
}

/** The text with spaces behind it, so that it fills `columns`. */
export const padEnd = (text: string, columns: number): string =>
  text + " ".repeat(Math.max(columns - displayWidth(text), 0));

/** Signs that may not begin a line in Japanese (kinsoku shori, JIS X 4051). */
const NOT_FIRST = /^[、。，．・：；？！ー」』）】〕〉》%‐’”ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ,.:;?!)\]}]/u;

/**
 * Breaks a text into lines of at most `columns`: at spaces, and between Japanese letters where the rules allow it. A
 * word that is longer than a line is cut.
 */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  let width = 0;
  for (const piece of breakable(text)) {
    const pieceWidth = displayWidth(piece);
    if (width + displayWidth(piece.trimEnd()) > columns && line !== "" && !NOT_FIRST.test(piece)) {
      lines.push(line.trimEnd());
      line = "";
      width = 0;
    }
    if (pieceWidth > columns && line === "") {
      const cut = cutAt(piece, columns);
      lines.push(...cut.slice(0, -1));
      line = cut.at(-1) ?? "";
      width = displayWidth(line);
    } else {
      line += piece;
      width += pieceWidth;
    }
  }
  return line.trimEnd() === "" ? lines : [...lines, line.trimEnd()];
}

/** Words with the space behind them; each wide letter is a piece of its own. */
function breakable(text: string): string[] {
  return (
    text.match(
      /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u30ff]|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u30ff]+\s*|\s+/gu,
    ) ?? []
  );
}

function cutAt(text: string, columns: number): string[] {
  const pieces: string[] = [""];
  for (const { segment } of segmenter.segment(text)) {
    const last = pieces.at(-1) ?? "";
    if (displayWidth(last) + graphemeWidth(segment) > columns) {
      pieces.push(segment);
    } else {
      pieces[pieces.length - 1] = last + segment;
    }
  }
  return pieces;
}
