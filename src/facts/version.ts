import type { Known } from "./known.ts";

/**
 * Compares the leading numbers of two versions: `6.8.0-45-generic` is 6.8.0, `20.10.24+dfsg1` is 20.10.24.
 * A missing number counts as 0. `undefined` when one of them does not begin with a number.
 */
export function compareVersions(left: string, right: string): number | undefined {
  const leftNumbers = leadingNumbers(left);
  const rightNumbers = leadingNumbers(right);
  if (leftNumbers === undefined || rightNumbers === undefined) {
    return undefined;
  }
  for (let index = 0; index < Math.max(leftNumbers.length, rightNumbers.length); index += 1) {
    const difference = (leftNumbers[index] ?? 0) - (rightNumbers[index] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}

/** Whether a version is older than another; `unknown` when it is absent or cannot be read. */
export function isOlder(version: string | undefined, than: string): Known {
  const order = version === undefined ? undefined : compareVersions(version, than);
  return order === undefined ? "unknown" : order < 0 ? "yes" : "no";
}

/** Versions that were read already; engines, runtimes and kernels have few. */
const known = new Map<string, readonly number[] | undefined>();

/** One more, and all are forgotten. */
const KNOWN_MAX = 256;

function leadingNumbers(version: string): readonly number[] | undefined {
  if (!known.has(version)) {
    if (known.size >= KNOWN_MAX) {
      known.clear();
    }
    const match = /^v?(\d{1,9}(?:\.\d{1,9}){0,3})/.exec(version);
    known.set(version, match?.[1]?.split(".").map(Number));
  }
  return known.get(version);
}
