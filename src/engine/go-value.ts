import type { JsonNode } from "./go-json-node.ts";
import type { GoType } from "./go-type.ts";

/**
 * What Go's decoder leaves in a variable, with the place in the text that each part came from. A field that nothing was
 * written to is absent rather than zero: readers must tell "not said" from "said to be false".
 */
export type GoValue = GoBool | GoString | GoInt | GoList | GoMap | GoStruct | GoAny;

interface Placed {
  /** Offset of the key, or of the item of a list, that this was read from last. */
  at: number;
}

export interface GoBool extends Placed {
  readonly kind: "bool";
  readonly value: boolean;
}

export interface GoString extends Placed {
  readonly kind: "string";
  readonly value: string;
}

export interface GoInt extends Placed {
  readonly kind: "int";
  /** The number's text: a JavaScript number would round it past 2^53. */
  readonly text: string;
}

/** A slice or an array. A `nil` slice is absent, an empty one is a list of length 0. */
export interface GoList extends Placed {
  readonly kind: "list";
  /** Everything that the storage ever held. Only the first {@link length} are the value; see go-decode.ts. */
  readonly storage: (GoValue | undefined)[];
  length: number;
}

export interface GoMap extends Placed {
  readonly kind: "map";
  /** An entry that only `null` was written to is `undefined`: the zero value of its type. */
  readonly entries: Map<string, GoValue | undefined>;
}

export interface GoStruct extends Placed {
  readonly kind: "struct";
  readonly fields: Map<string, GoValue>;
}

/** Data of a type that is not modelled, as it was written. */
export interface GoAny extends Placed {
  readonly kind: "any";
  readonly node: JsonNode;
}

/** A value that Go refuses: the engine answers the whole request with an error. */
export interface GoTypeError {
  /** `HostConfig.Mounts[0].Source`, under the names of the type and not of the text. */
  readonly field: string;
  readonly expected: GoType["kind"];
  readonly node: JsonNode;
}

/** The items of a list. One that only `null` was ever written to is `undefined`: the zero value of its type. */
export function itemsOf(list: GoList): readonly (GoValue | undefined)[] {
  return list.storage.slice(0, list.length);
}
