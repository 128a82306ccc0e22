import { MESSAGES } from "./messages.ts";
import type { Problems } from "./problems.ts";
import { entriesOf, type Written } from "./tree.ts";

/**
 * Says which keys of a mapping we do not know. Compose refuses such a file, unless it is newer than this reader; either
 * way the user has to know that nobody looked at them. Extension fields (`x-…`) are for others.
 */
export function noteUnknownKeys(problems: Problems, written: Written, known: ReadonlySet<string>): void {
  if (written.node.kind !== "map") {
    return;
  }
  for (const { key, keyOffset, path } of entriesOf(written.node, written.path)) {
    if (!known.has(key) && !key.startsWith("x-")) {
      problems.add("note", keyOffset, path, MESSAGES.unknownKey(key));
    }
  }
}
