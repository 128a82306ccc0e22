import { KIB } from "../../base/index.ts";

const UNITS = ["", "k", "m", "g", "t"] as const;

/** A size as it is written in a policy, in bytes. Units count in 1024, as `docker run --memory` does. */
export function bytesOf(written: number | string): number {
  if (typeof written === "number") {
    return written;
  }
  const match = /^(\d+)([kmgt]?)/i.exec(written);
  const power = UNITS.indexOf((match?.[2] ?? "").toLowerCase() as (typeof UNITS)[number]);
  return Number(match?.[1] ?? 0) * KIB ** Math.max(power, 0);
}
