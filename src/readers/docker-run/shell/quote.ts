import type { Segment, ShellCommand, ShellWord } from "./types.ts";

/** Characters that no shell treats specially in the middle of a word. */
const PLAIN_WORD = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** A word as a POSIX shell reads it back. */
export function quoteWord(word: string): string {
  return PLAIN_WORD.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Words as one shell line, and the same words with their places in it. */
export function joinArguments(words: readonly string[]): { readonly line: string; readonly command: ShellCommand } {
  const pieces: string[] = [];
  const shellWords: ShellWord[] = [];
  let offset = 0;
  for (const word of words) {
    const quoted = quoteWord(word);
    const end = offset + quoted.length;
    shellWords.push({ text: word, offset, end, segments: segmentsOf(word, quoted, offset), unknown: [] });
    pieces.push(quoted);
    offset = end + 1;
  }
  return { line: pieces.join(" "), command: { words: shellWords } };
}

function segmentsOf(word: string, quoted: string, offset: number): Segment[] {
  if (quoted === word) {
    return [{ at: 0, offset }];
  }
  // Each quote of the word is written as four characters: '\''
  const segments: Segment[] = [{ at: 0, offset: offset + 1 }];
  let added = 1;
  for (let quote = word.indexOf("'"); quote >= 0; quote = word.indexOf("'", quote + 1)) {
    added += 3;
    segments.push({ at: quote + 1, offset: offset + quote + 1 + added });
  }
  return segments;
}
