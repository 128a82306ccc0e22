/** Go types of the bodies that are not the engine folder's own. */
import { type GoType, structOf } from "../../engine/index.ts";

export { BOOL, INT64, mapOf, pointerTo, STRING, STRING_MAP, STRINGS, sliceOf, structOf } from "../../engine/index.ts";

export const UINT64: GoType = { kind: "int", lowest: 0n, highest: 2n ** 64n - 1n };
export const arrayOf = (length: number, of: GoType): GoType => ({ kind: "array", of, length });

export const EMPTY_STRUCT = structOf("struct {}", {});
