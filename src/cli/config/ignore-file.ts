import { existsSync } from "node:fs";
import type { FindingException } from "../../findings/index.ts";
import { ReadError } from "../../readers/index.ts";
import { readInput } from "../inputs/files.ts";

/** The ignore file of the working directory. */
export const IGNORE_FILE = ".sekishoignore";

/** Most lines of an ignore file. */
export const IGNORE_LINES_MAX = 10_000;

const KEYS = ["path", "workload", "owner", "until"] as const;

/** Reads the ignore file of the working directory where there is one, or the named one. @throws {ReadError} */
export function readIgnoreFile(named: string | undefined): readonly FindingException[] {
  const uri = named ?? IGNORE_FILE;
  return named === undefined && !existsSync(uri) ? [] : parseIgnoreFile(readInput(uri), uri);
}

/**
 * One exception a line: `RULE [path=PATTERN] [workload=PATTERN] [owner=NAME] [until=YYYY-MM-DD] # reason`. Empty lines
 * and lines that begin with `#` say nothing.
 * @throws {ReadError} with the line of the first mistake.
 */
export function parseIgnoreFile(source: string, uri: string): readonly FindingException[] {
  const lines = source.split(/\r\n|\n|\r/);
  if (lines.length > IGNORE_LINES_MAX) {
    const limit = `more than ${IGNORE_LINES_MAX} lines`;
    throw new ReadError("TOO_LARGE", { en: limit, ja: `行数が上限を超えています: ${limit}` }, { uri });
  }
  return lines.flatMap((line, index) => {
    const place = { uri, line: index + 1 };
    const hash = /(?:^|\s)#/.exec(line);
    const rule = (hash === null ? line : line.slice(0, hash.index)).trim();
    const reason = hash === null ? "" : line.slice(hash.index).replace(/^\s*#/, "").trim();
    return rule === "" ? [] : [exceptionOf(rule.split(/\s+/), reason, place)];
  });
}

function exceptionOf([rule = "", ...words]: readonly string[], reason: string, place: FindingException["place"]) {
  const values: Partial<Record<(typeof KEYS)[number], string>> = {};
  for (const word of words) {
    const equals = word.indexOf("=");
    const key = KEYS.find((known) => known === word.slice(0, Math.max(equals, 0)));
    if (key === undefined || equals === word.length - 1) {
      throw wrong(`"${word}" is none of ${KEYS.map((name) => `${name}=`).join(", ")}; a reason follows #`, place);
    }
    values[key] = word.slice(equals + 1);
  }
  if (values.until !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(values.until)) {
    throw wrong(`until=${values.until} is no day: YYYY-MM-DD`, place);
  }
  const { path, workload, owner, until } = values;
  return {
    rule,
    ...(path !== undefined && { path }),
    ...(workload !== undefined && { workload }),
    ...(owner !== undefined && { owner }),
    ...(until !== undefined && { expires: until }),
    ...(reason !== "" && { reason }),
    place,
  };
}

const wrong = (message: string, place: FindingException["place"]): ReadError =>
  new ReadError("BAD_SYNTAX", { en: message, ja: `例外の書き方の誤り: ${message}` }, place);
