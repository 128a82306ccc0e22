/**
 * A release of a component, read from what a package manager, a client or `uname -r` prints: `1.4.0-rc.3`,
 * `1.1.5+ds1-1+deb12u1`, `20.10.24+dfsg1`, `5:27.3.1-1~ubuntu.24.04~noble`, `6.8.0-45-generic`.
 */
export interface Release {
  readonly numbers: readonly number[];
  /** Before the release of these numbers: alpha, beta, rc. Absent for the release itself. */
  readonly preview?: { readonly stage: number; readonly number: number };
  /** Something follows the upstream version: a distribution built this, and may have added fixes. */
  readonly packaged: boolean;
}

/** Stages before a release, the earliest first. */
const STAGES = ["alpha", "beta", "rc"] as const;

/** An epoch (`5:`), a leading `v`, then one to four numbers. */
const NUMBERS = /^(?:\d{1,3}:)?v?(\d{1,9}(?:\.\d{1,9}){0,3})/;

/** `-rc.3`, `-rc93`, `~rc93` (Debian), `.rc6` (Fedora), `-beta.4`. */
const PREVIEW = /^[-~.]?(alpha|beta|rc)[-.]?(\d{0,9})/;

/** Letters that upstream itself adds to a release: `18.09.1-ce`, `19.03.0-ee`. */
const UPSTREAM_SUFFIX = /^-(ce|ee)(?![\w.])/;

/** Reads a release; `undefined` when the text does not begin with a number. */
export function readRelease(text: string): Release | undefined {
  const numbersFound = NUMBERS.exec(text.trim());
  if (numbersFound?.[1] === undefined) {
    return undefined;
  }
  const numbers = numbersFound[1].split(".").map(Number);
  let rest = text.trim().slice(numbersFound[0].length).replace(UPSTREAM_SUFFIX, "");
  const previewFound = PREVIEW.exec(rest);
  if (previewFound === null) {
    return { numbers, packaged: rest !== "" };
  }
  rest = rest.slice(previewFound[0].length);
  const stage = STAGES.indexOf(previewFound[1] as (typeof STAGES)[number]);
  return { numbers, preview: { stage, number: Number(previewFound[2] ?? 0) }, packaged: rest !== "" };
}

/** Negative when `left` is older. A missing number counts as 0, and previews come before their release. */
export function compareReleases(left: Release, right: Release): number {
  for (let index = 0; index < Math.max(left.numbers.length, right.numbers.length); index += 1) {
    const difference = (left.numbers[index] ?? 0) - (right.numbers[index] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  if (left.preview === undefined || right.preview === undefined) {
    return Number(left.preview === undefined) - Number(right.preview === undefined);
  }
  return left.preview.stage - right.preview.stage || left.preview.number - right.preview.number;
}

/** Whether two releases come from one branch of maintenance: the first two numbers are the same. */
export const sameBranch = (left: Release, right: Release): boolean =>
  (left.numbers[0] ?? 0) === (right.numbers[0] ?? 0) && (left.numbers[1] ?? 0) === (right.numbers[1] ?? 0);
