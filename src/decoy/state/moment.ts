/** Times as Go has them: nanoseconds since 1970, in a bigint. */

export const NANOS_PER_MS = 1_000_000n;
export const NANOS_PER_SECOND = 1_000_000_000n;

/** What Go writes for a time that was never set. */
export const NEVER_TEXT = "0001-01-01T00:00:00Z";

let last = 0n;

/** Now, with nanoseconds; never the same twice. */
export function now(): bigint {
  const moment = BigInt(Date.now()) * NANOS_PER_MS + (process.hrtime.bigint() % NANOS_PER_MS);
  last = moment > last ? moment : last + 1n;
  return last;
}

export function fromMs(ms: number, nanos: number): bigint {
  return BigInt(Math.floor(ms)) * NANOS_PER_MS + BigInt(nanos);
}

export function toMs(moment: bigint): number {
  return Number(moment / NANOS_PER_MS);
}

export function toSeconds(moment: bigint): number {
  return Number(moment / NANOS_PER_SECOND);
}

/** RFC 3339 with nanoseconds, zeros at the end removed; `undefined` is Go's zero time. */
export function timeText(moment: bigint | undefined): string {
  if (moment === undefined) {
    return NEVER_TEXT;
  }
  const fraction = String(moment % NANOS_PER_SECOND)
    .padStart(9, "0")
    .replace(/0+$/, "");
  return `${secondText(moment)}${fraction === "" ? "" : `.${fraction}`}Z`;
}

/** The same with all nine digits, as log lines have it. */
export function fullTimeText(moment: bigint): string {
  return `${secondText(moment)}.${String(moment % NANOS_PER_SECOND).padStart(9, "0")}Z`;
}

/** Whole seconds. */
export function secondsTimeText(moment: bigint): string {
  return `${secondText(moment)}Z`;
}

const secondText = (moment: bigint): string => new Date(toMs(moment)).toISOString().slice(0, 19);

/** go-units `HumanDuration`: what `Up 5 minutes` says. */
export function humanDuration(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const minutes = Math.floor(ms / 60_000);
  const hours = Math.floor(ms / 3_600_000 + 0.5);
  if (seconds < 1) {
    return "Less than a second";
  }
  if (seconds === 1) {
    return "1 second";
  }
  if (seconds < 60) {
    return `${seconds} seconds`;
  }
  if (minutes === 1) {
    return "About a minute";
  }
  if (minutes < 60) {
    return `${minutes} minutes`;
  }
  if (hours === 1) {
    return "About an hour";
  }
  if (hours < 48) {
    return `${hours} hours`;
  }
  if (hours < 24 * 7 * 2) {
    return `${Math.floor(hours / 24)} days`;
  }
  if (hours < 24 * 30 * 2) {
    return `${Math.floor(hours / 24 / 7)} weeks`;
  }
  if (hours < 24 * 365 * 2) {
    return `${Math.floor(hours / 24 / 30)} months`;
  }
  return `${Math.floor(hours / 24 / 365)} years`;
}
