import { invariant } from "../../base/index.ts";
import { compareReleases, type Release, readRelease, sameBranch } from "./release.ts";

/** Which releases of a component have a fault, as upstream's advisory gives them. */
export interface AffectedRange {
  /** First release with the fault. Absent: as far back as anybody looked. */
  readonly introduced?: string;
  /** First release without the fault, one for each branch that was mended, the oldest first. */
  readonly fixed: readonly string[];
}

/**
 * Whether a release has a fault by its number. A branch that was mended is asked for its own fix. A branch that was not
 * has the fault until the newest fix: Linux 5.14 ended before the fault was found, and 5.18 was born without it.
 */
export function isAffected(release: Release, range: AffectedRange): boolean {
  if (range.introduced !== undefined && compareReleases(release, known(range.introduced)) < 0) {
    return false;
  }
  const fixes = range.fixed.map(known);
  const ownFix = fixes.find((fix) => sameBranch(fix, release));
  const newestFix = fixes.at(-1);
  invariant(newestFix !== undefined, "every entry of the table has a fix");
  return compareReleases(release, ownFix ?? newestFix) < 0;
}

function known(text: string): Release {
  const release = readRelease(text);
  invariant(release !== undefined, `${text} in the table of CVEs is no release`);
  return release;
}
