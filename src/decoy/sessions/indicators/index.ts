export { collectIndicators } from "./collect.ts";
