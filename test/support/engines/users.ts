/**
 * Users that exist for one engine only: private copies of the host's user tables with lines of our own, which the engine
 * sees in the place of the originals. The host's files stay as they are.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PrivateCopy } from "./recipe.ts";

/** A user, its group of the same name and number, and the range of ids that it may map. */
export interface PrivateUser {
  readonly name: string;
  readonly id: number;
  readonly home: string;
  readonly firstSubordinateId: number;
  readonly subordinateIds: number;
}

/** The tables; a user needs a line in each. */
export const USER_TABLES = ["/etc/passwd", "/etc/group", "/etc/subuid", "/etc/subgid"] as const;

/** Writes the copies with one more user. */
export function addPrivateUser(folder: string, user: PrivateUser): PrivateCopy[] {
  const { name, id, home, firstSubordinateId, subordinateIds } = user;
  const range = `${name}:${firstSubordinateId}:${subordinateIds}`;
  const lines = {
    "/etc/passwd": `${name}:x:${id}:${id}:Sekisho tests:${home}:/usr/sbin/nologin`,
    "/etc/group": `${name}:x:${id}:`,
    "/etc/subuid": range,
    "/etc/subgid": range,
  };
  return USER_TABLES.map((original) => {
    const copy = join(folder, original.slice("/etc/".length));
    writeFileSync(copy, `${readFileSync(original, "utf8").trimEnd()}\n${lines[original]}\n`.trimStart(), {
      mode: 0o644,
    });
    return { copy, original };
  });
}
