export { type InspectedWorkload, type InspectResult, readInspect } from "./inspect.ts";
export type { ObservedContainer } from "./observed.ts";
