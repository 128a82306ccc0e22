import type { Severity } from "../../findings/index.ts";
import { element } from "./svg.ts";
import type { WallState } from "./walls.ts";

const SEVERITY: Readonly<Record<Severity, string>> = {
  critical: '<path d="M6 0 12 6 6 12 0 6Z" fill="var(--shu-fill)"/>',
  high: '<path d="M6 .8 11.8 11.2H.2Z" fill="var(--ki-fill)"/>',
  medium:
    '<circle cx="6" cy="6" r="5.2" fill="none" stroke="var(--ink-2)" stroke-width="1.5"/><path d="M6 .8a5.2 5.2 0 0 0 0 10.4Z" fill="var(--ink-2)"/>',
  low: '<circle cx="6" cy="6" r="5.2" fill="none" stroke="var(--ink-3)" stroke-width="1.5"/>',
  info: '<path d="M1 6h10" stroke="var(--ink-3)" stroke-width="1.8"/>',
};

/** The sign of a severity: told by its shape first. Always beside its word. */
export const severityGlyph = (severity: Severity): string =>
  element("svg", { width: 12, height: 12, viewBox: "0 0 12 12", "aria-hidden": "true" }, SEVERITY[severity]);

const STATE: Readonly<Record<WallState, string>> = {
  holds: '<path d="M0 5h26" class="w-holds" stroke-width="6"/>',
  absent: '<path d="M0 5h26" class="w-absent" stroke-width="1.6"/>',
  weakened: '<path d="M0 5h26" class="w-weakened" stroke-width="6" stroke-dasharray="5 2.6"/>',
  open: '<path d="M0 5h7M19 5h7" class="w-open" stroke-width="6"/><path d="M7.7 0v10M18.3 0v10" class="w-open" stroke-width="1.6"/>',
  unknown:
    '<path d="M1 5h8M17 5h8" class="w-unknown" stroke-width="2.4" stroke-dasharray=".1 4" stroke-linecap="round"/><text x="13" y="9" text-anchor="middle" font-size="10" font-weight="700" fill="var(--ink-2)">?</text>',
};

/** The sign of a wall's state, for legends and lists. */
export const stateGlyph = (state: WallState): string =>
  element("svg", { width: 26, height: 10, viewBox: "0 0 26 10", "aria-hidden": "true" }, STATE[state]);

/** The gate that stands for the tool. */
export const gateMark = (size: number): string =>
  element(
    "svg",
    { width: size, height: size, viewBox: "0 0 22 22", fill: "none", stroke: "currentColor", "aria-hidden": "true" },
    '<path d="M5 21V4M17 21V4" stroke-width="2.6"/><path d="M1 5.2h20" stroke-width="3"/><path d="M5 10.5h12" stroke-width="1.8"/>',
  );
