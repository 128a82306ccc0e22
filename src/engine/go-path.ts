import { type GoStruct, type GoValue, itemsOf } from "./go-value.ts";

/** Where a field stands in a text. */
export interface FoundPlace {
  readonly at: number;
  /** The field itself is written there. Otherwise it is not written, and this is the nearest thing around it that is. */
  readonly exact: boolean;
}

/**
 * Finds a field by the path that the Engine API's documentation uses: `HostConfig.Mounts[0].Source`. The rest of a path
 * after a map is looked up as its key first, because keys such as `net.ipv4.ip_forward` have points of their own; an
 * index counts the entries of a map in the order of the text.
 */
export function findPlace(root: GoStruct, path: string): FoundPlace {
  let value: GoValue = root;
  let rest = path;
  while (rest !== "") {
    const step = stepInto(value, rest);
    if (step === undefined) {
      return { at: value.at, exact: false };
    }
    value = step.value;
    rest = step.rest;
  }
  return { at: value.at, exact: true };
}

interface Step {
  readonly value: GoValue;
  readonly rest: string;
}

function stepInto(value: GoValue, path: string): Step | undefined {
  switch (value.kind) {
    case "struct":
      return stepByName(value.fields, path);
    case "map":
      return stepByName(value.entries, path) ?? stepByIndex([...value.entries.values()], path);
    case "list":
      return stepByIndex(itemsOf(value), path);
    default:
      return undefined;
  }
}

function stepByIndex(items: readonly (GoValue | undefined)[], path: string): Step | undefined {
  const index = /^\[(\d{1,9})\]/.exec(path);
  const item = index === null ? undefined : items[Number(index[1])];
  return index === null || item === undefined ? undefined : { value: item, rest: afterPoint(path, index[0].length) };
}

/** The longest beginning of the path, up to a point or a bracket, that is a name here. */
function stepByName(values: ReadonlyMap<string, GoValue | undefined>, path: string): Step | undefined {
  for (let end = path.length; end > 0; end = Math.max(path.lastIndexOf(".", end - 1), path.lastIndexOf("[", end - 1))) {
    const value = values.get(path.slice(0, end));
    if (value !== undefined) {
      return { value, rest: afterPoint(path, end) };
    }
  }
  return undefined;
}

function afterPoint(path: string, end: number): string {
  return path.slice(path[end] === "." ? end + 1 : end);
}
