const SPACE = /\s/;

/**
 * Splits a command line as Compose does (go-shellwords): quotes and backslashes, no expansion. `undefined`: a quote is
 * not closed. A `;` or `|` is an ordinary character here; Compose stops there, and what follows changes no isolation.
 */
export function splitShellWords(line: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  for (let index = 0; index < line.length; index += 1) {
    const character = line[index] ?? "";
    if (character === "\\" && quote !== "'") {
      index += 1;
      word = (word ?? "") + (line[index] ?? "");
    } else if (quote !== "") {
      if (character === quote) {
        quote = "";
      } else {
        word = (word ?? "") + character;
      }
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= "";
    } else if (SPACE.test(character)) {
      if (word !== undefined) {
        words.push(word);
      }
      word = undefined;
    } else {
      word = (word ?? "") + character;
    }
  }
  if (quote !== "") {
    return undefined;
  }
  return word === undefined ? words : [...words, word];
}
