import type { LocalizedText } from "../base/index.ts";

/** One check of the daemon and its host, and what it came to. Not applicable is no pass, and unknown is no failure. */
export interface HostControl {
  readonly id: string;
  readonly title: LocalizedText;
  readonly aliases: Readonly<Record<string, readonly string[]>>;
  readonly status: "pass" | "fail" | "unknown" | "not-applicable";
}
