import type { Place } from "../facts/index.ts";

/** A finding that somebody decided to live with: which, where, why, who, and until when. */
export interface FindingException {
  /** A rule's id, one of its aliases (`cis-docker-1.6.0:5.4`), or a pattern with `*`. */
  readonly rule: string;
  /** Pattern of the file that the finding lies in (`*` within a folder, `**` over folders). Absent: any. */
  readonly path?: string;
  /** Pattern of the workload's name or id. Absent: any, the host included. */
  readonly workload?: string;
  /** Lines of the file that an inline comment speaks for. */
  readonly lines?: { readonly uri: string; readonly from: number; readonly to: number };
  readonly reason?: string;
  readonly owner?: string;
  /** Last day on which it holds, `YYYY-MM-DD` (UTC). Absent: no end. */
  readonly expires?: string;
  /** Where the exception is written. */
  readonly place: Place;
}
