export { type Decoy, type DecoyOptions, startDecoy } from "./decoy.ts";
export { DecoyError, type DecoyErrorCode } from "./decoy-error.ts";
export { reachableEngine } from "./real-engine.ts";
