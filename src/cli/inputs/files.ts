import { readFileSync, statSync } from "node:fs";
import { MIB } from "../../base/index.ts";
import { ReadError } from "../../readers/index.ts";

/** Largest file that is opened at all. The readers' own limits are at or below it. */
export const INPUT_BYTES_MAX = 64 * MIB;

/** Largest file that an input names (a seccomp profile, an env file). */
export const NAMED_FILE_BYTES_MAX = 4 * MIB;

/** Reads an input whole as text. @throws {ReadError} when it cannot be read, is too large, or is no text. */
export function readInput(path: string): string {
  const uri = path;
  const bytes = path === "-" ? readStandardInput() : readFileBounded(path);
  if (bytes.includes(0)) {
    throw new ReadError(
      "NOT_THIS_INPUT",
      { en: "this is a binary file, not text", ja: "テキストではなくバイナリファイルです" },
      { uri },
    );
  }
  return bytes.toString("utf8");
}

function readFileBounded(path: string): Buffer {
  const stat = worldly(path, () => statSync(path));
  if (stat.size > INPUT_BYTES_MAX) {
    throw tooLarge(path);
  }
  return worldly(path, () => readFileSync(path));
}

/** Standard input can be read once; what was read is kept for who asks again. */
let standardInput: Buffer | undefined;

function readStandardInput(): Buffer {
  const bytes = standardInput ?? worldly("-", () => readFileSync(0));
  standardInput = bytes;
  if (bytes.length > INPUT_BYTES_MAX) {
    throw tooLarge("-");
  }
  return bytes;
}

const tooLarge = (uri: string) =>
  new ReadError(
    "TOO_LARGE",
    { en: `larger than ${INPUT_BYTES_MAX / MIB} MiB`, ja: `${INPUT_BYTES_MAX / MIB} MiB を超えています` },
    { uri },
  );

function worldly<Value>(uri: string, read: () => Value): Value {
  try {
    return read();
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    const words: Readonly<Record<string, readonly [string, string]>> = {
      ENOENT: ["no such file", "そのようなファイルはありません"],
      EACCES: ["may not be read by this user", "このユーザでは読めません"],
      EISDIR: ["is a directory", "ディレクトリです"],
    };
    const [en, ja] = words[code] ?? [`cannot be read (${code})`, `読めません(${code})`];
    throw new ReadError("NOT_THIS_INPUT", { en, ja }, { uri }, { cause });
  }
}

/** A small file that an input names; `undefined` when it cannot be read. Never throws. */
export function readNamedFile(path: string): string | undefined {
  try {
    return statSync(path).size > NAMED_FILE_BYTES_MAX ? undefined : readFileSync(path, "utf8");
  } catch {
    return undefined; // whoever asked says that the file could not be read
  }
}
