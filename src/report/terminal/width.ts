import { eastAsianWidth } from "get-east-asian-width";

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Printable ASCII: no marks that join. */
const PLAIN = /^[\x20-\x7e]*$/;

/** Columns that a text takes in a terminal: kanji and kana two, marks that join the letter before them none. */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) {
    return text.length; // most text is of letters of one column each, and taking it apart is slow
  }
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

/** Signs that may not end a line: opening brackets. */
const NOT_LAST = /[「『（【〔〈《([{“‘]$/u;

/**
 * Breaks a text into lines of at most `columns`: at spaces, and between Japanese letters where the rules allow it. A
 * sign that may not begin a line takes the letter before it along. A word that is longer than a line is cut.
 */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line: string[] = [];
  for (const piece of breakable(text).flatMap((word) =>
    displayWidth(word) > columns ? cutAt(word, columns) : [word],
  )) {
    if (line.length > 0 && displayWidth(line.join("") + piece.trimEnd()) > columns) {
      const kept = breakBefore(line, piece, columns);
      lines.push(line.slice(0, kept).join("").trimEnd());
      line = line.slice(kept);
    }
    line.push(piece);
  }
  const last = line.join("").trimEnd();
  return last === "" ? lines : [...lines, last];
}

/**
 * How many pieces of a line stay on it when the next one begins a new line; all of them where no rule can be kept, or
 * what is taken along would be too wide with it.
 */
function breakBefore(line: readonly string[], next: string, columns: number): number {
  for (let kept = line.length; kept > 0; kept -= 1) {
    if (displayWidth(line.slice(kept).join("") + next.trimEnd()) > columns) {
      return line.length;
    }
    if (!NOT_FIRST.test(line[kept] ?? next) && !NOT_LAST.test(line[kept - 1] ?? "")) {
      return kept;
    }
  }
  return line.length;
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
