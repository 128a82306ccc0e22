/** Whether a mode of chmod sets the setuid or the setgid bit: `4755`, `u+s`, `+s`, `g=xs`. */
export function setsId(mode: string): boolean {
  if (/^0*[0-7]{4,5}$/.test(mode)) {
    return (Number.parseInt(mode, 8) & 0o6000) !== 0;
  }
  return mode.split(",").some((part) => /^[ugoa]*[+=][rwxXt]*s[rwxXst]*$/.test(part));
}

/** Values of `-m` and `--mode`. */
export const modesOf = (words: readonly string[]): readonly string[] =>
  words.flatMap((word, index) => {
    const before = words[index - 1] ?? "";
    const joined = /^(?:-m|--mode=)(.+)$/.exec(word)?.[1];
    return joined !== undefined ? [joined] : before === "-m" || before === "--mode" ? [word] : [];
  });
